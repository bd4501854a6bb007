"""What stands in each row of the floor screen, at any size: pure, from a View.

The same rows at every size, top to bottom: title, what to do, prompt with the scan line, last answer, keys. A wide
screen has the document beside them (floor-flows.md 11). Rows are worked out here and not by a layout of widgets, so
that an answer repaints the rows that changed and nothing else (textual-notes 9).

Not here: how a role looks (themes.py), putting rows on a terminal (widgets.py), sentences (tui/texts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size

from tui.commands import KeyMap, by_id, key_map
from tui.jobs.view import Fact, Message, View
from tui.texts import HANDHELD, clean, words
from tui.texts.cleaning import CUT, KEPT_END

TALL = 16
"""Rows from which the answer and the keys have two each."""
BODY_ROWS = 12
"""As much as a prompt needs; on taller screens the scan line stays as near to what it is about."""

NAME_WIDTH = 12
"""Of names and codes in a table: longer ones are cut, so that more columns fit."""

TITLE, STRONG, QUESTION, TAKEN, REFUSED = "title", "strong", "question", "taken", "refused"
"""Roles of rows."""


DELIVERED = key_map({})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Tells everything in the language of the terminal, in the characters it has, by the keys of the site."""

    language: str
    charset: str = "utf-8"
    keys: KeyMap = DELIVERED

    def __call__(self, message: Message, width: int) -> str:
        """Return the words of a message, at most so wide."""
        return words(message, self.language, width, self.charset, self.keys.told)

    def shown(self, text: str) -> str:
        """Return a text from outside as it is shown."""
        return clean(text, charset=self.charset)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen."""

    text: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a screen, where its cursor stands, how many rows its body has, and how many do not fit."""

    rows: tuple[Row, ...]
    cursor: tuple[int, int]
    body_rows: int
    hidden: int


def work(view: View, typed: str, columns: int, rows: int, *, speak: Speaker, scrolled: int = 0) -> Page:
    """Return the main part of a screen; `scrolled` counts body rows gone by."""
    answer_rows, key_rows = (2, 2) if rows >= TALL else (1, 1)
    answer = _answer(view, columns, answer_rows, speak)
    room = max(rows - 2 - answer_rows - key_rows, 0)
    without_keys = max(rows - 2 - min(len(answer), answer_rows + key_rows), 0)
    body = _refusal(view.error, columns, speak) if view.error else _body(view, columns, (room, without_keys), speak)
    if len(body) > room or len(answer) > answer_rows:
        room, key_rows = without_keys, 0
    body_rows = min(room, max(BODY_ROWS, len(body)))
    hidden = max(len(body) - body_rows, 0)
    scrolled = min(scrolled, hidden)
    progress = f"{scrolled + 1}-{scrolled + body_rows}/{len(body)}" if hidden else view.progress
    scan, column = _scan_line(view, typed, columns, speak)
    above = [Row(_title(view, progress, columns, speak), TITLE), *_filled(body[scrolled:], body_rows), scan]
    below = _filled(answer, rows - len(above) - key_rows) + _filled(_key_bar(view, columns, speak), key_rows)
    page = [Row(row.text, REFUSED) if view.error else row for row in (above + below)[:rows]]
    return Page(tuple(page), (min(column, columns - 1), min(len(above), rows) - 1), body_rows, hidden)


def _filled(rows: Sequence[Row], count: int) -> list[Row]:
    return [*rows, *[Row()] * (count - len(rows))][: max(count, 0)]


def _title(view: View, progress: str, columns: int, speak: Speaker) -> str:
    """Job and document, then place, person and device profile where there is room, progress at the end."""
    text = " ".join(filter(None, (speak(Message(f"title.{view.job}"), columns), speak.shown(view.document))))
    room = columns - cell_len(progress) - 1
    for more in filter(None, map(speak.shown, (view.location, view.operator, view.profile))):
        if cell_len(f"{text} {more}") <= room:
            text = f"{text} {more}"
    return set_cell_size(shortened(text, room), room) + f" {progress}"


def _refusal(error: Message, columns: int, speak: Speaker) -> list[Row]:
    """The word, then what was wrong and what would be right (SCN-111)."""
    told = speak(error, max(HANDHELD, columns))
    return [Row(row) for row in [speak(Message("frame.refused"), columns), *wrapped(told, columns)]]


def _body(view: View, columns: int, rooms: Sequence[int], speak: Speaker) -> list[Row]:
    """As much of everything as fits, the biggest thing first and cut last (floor-flows.md 11).

    `rooms` are the rows there are beside the keys and instead of them. What never fits can be scrolled.
    """
    role = QUESTION if view.prompt == "question" else STRONG
    whole, in_two_rows = columns * max(rooms), max(HANDHELD, columns)
    in_full = [f"{choice.digit} {speak(choice.label, whole)}" for choice in view.choices]
    choices = [f"{choice.digit} {_cut(choice.label, columns - 2, speak)}" for choice in view.choices]
    pairs = _in_pairs(choices, columns)

    def forms(*ways: tuple[int, int, list[str]]) -> list[list[Row]]:
        return [_rows(view, texts, columns, first, others, role, speak) for first, others, texts in ways]

    if view.is_whole:
        return forms((whole, whole, in_full))[0]
    uncut = forms((whole, whole, in_full), (whole, whole, choices), (whole, columns, choices), (whole, columns, pairs))
    cut = forms((in_two_rows, in_two_rows, choices), (columns, columns, pairs))
    fitting = (form for kind in (uncut, cut) for room in rooms for form in kind if len(form) <= room)
    return next(fitting, forms((in_two_rows, in_two_rows, pairs))[0])


def _rows(
    view: View, choices: Sequence[str], columns: int, first: int, others: int, role: str, speak: Speaker
) -> list[Row]:
    """Return body and choices in rows; `first` is the width its first text may have, `others` that of the rest."""
    return [
        Row(row, "" if place else role)
        for place, message in enumerate(view.body)
        for row in wrapped(_cut(message, others if place else first, speak), columns)
    ] + [Row(row) for choice in choices for row in wrapped(choice, columns)]


def _cut(message: Message, width: int, speak: Speaker) -> str:
    """Return a sentence cut to a width; where that is still too long for a row, in two rows as whole as can be."""
    text = speak(message, width)
    return text if cell_len(text) <= width else speak(message, max(HANDHELD, width))


def _in_pairs(texts: list[str], columns: int) -> list[str]:
    """Two short texts a row, in halves of it where they fit so, if all are short."""
    half = columns // 2
    rows = [
        set_cell_size(first, max(half, cell_len(first) + 1)) + second
        for first, second in zip_longest(texts[::2], texts[1::2], fillvalue="")
    ]
    return texts if any(cell_len(row) > columns for row in rows) else rows


def _scan_line(view: View, typed: str, columns: int, speak: Speaker) -> tuple[Row, int]:
    """Return the prompt with what is typed, else with what Enter would take; and where the cursor stands."""
    label = speak(Message("frame.acknowledge") if view.error else Message(f"field.{view.prompt}"), columns)
    text = "*" * len(typed) if view.secret else speak.shown(typed)
    tail = chop_cells(text[::-1], max(columns - cell_len(label) - 1, 1))[0][::-1] if text else ""
    column = cell_len(label + tail)
    if view.field and not text and not view.error:
        label += f"[{shortened(speak.shown(view.field), columns - column - 2)}]"
    return Row(label + tail, STRONG), column


def _answer(view: View, columns: int, rows: int, speak: Speaker) -> list[Row]:
    """What was last accepted; while a refusal stands, how many scans it discarded (decision 25)."""
    message = Message("scans_ignored", {"n": view.ignored}) if view.error and view.ignored else view.message
    if message is None:
        return []
    role = TAKEN if view.outcome != "none" else ""
    return [Row(row, role) for row in wrapped(_cut(message, columns * rows, speak), columns)]


def _key_bar(view: View, columns: int, speak: Speaker) -> list[Row]:
    """`F3short F5find`: the keys that mean something here."""
    hints = (f"{_key(speak.keys.names[name])}{speak(by_id(name).label, columns)}" for name in view.commands)
    return [Row(row) for row in wrapped(" ".join(hints), columns)]


def _key(name: str) -> str:
    return name if name[-1:].isdigit() else f"{name}="


def document(view: View, columns: int, rows: int, *, speak: Speaker) -> tuple[Row, ...]:
    """Return the document as a table: the page with the open line, and the columns that fit, numbers before names."""
    current = next((place for place, line in enumerate(view.lines) if _is_open(line, {**view.got, **view.want})), -1)
    a_page = max(rows - 1, 1)
    begin = max(current, 0) // a_page * a_page
    lines = view.lines[begin : begin + a_page]
    facts = {name: [line.get(name) for line in lines] for line in lines for name in line}
    table = {name: _column(name, values, speak) for name, values in facts.items()}
    room = columns - 1
    fitting = set()
    for name in sorted(table, key=lambda name: not _is_number(facts[name])):
        width = cell_len(table[name][0])
        if 0 < width < room:
            room -= width + 1
            fitting.add(name)
    marks = [" ", *(">" if begin + place == current else " " for place in range(len(lines)))]
    shown = [marks, *(cells for name, cells in table.items() if name in fitting)]
    return tuple(Row(" ".join(cells)) for cells in zip(*shown, strict=True)) if lines else ()


def _column(name: str, facts: Sequence[Fact], speak: Speaker) -> list[str]:
    """Return head and cells of a column, all of one width; nothing where no line has that fact."""
    if all(fact in (None, "") for fact in facts):
        return [""] * (len(facts) + 1)
    cells = [speak(Message(f"column.{name}"), NAME_WIDTH), *(_cell(fact, speak) for fact in facts)]
    width = max(map(cell_len, cells))
    return [cell.rjust(width) if _is_number(facts) else set_cell_size(cell, width) for cell in cells]


def _cell(fact: Fact, speak: Speaker) -> str:
    text = speak(Message("text", {"text": fact}), HANDHELD)
    return text if isinstance(fact, Decimal) else shortened(text, NAME_WIDTH)


def _is_number(facts: Sequence[Fact]) -> bool:
    return any(isinstance(fact, Decimal) for fact in facts)


def _is_open(line: Mapping[str, Fact], facts: Mapping[str, Fact]) -> bool:
    told = {name: fact for name, fact in facts.items() if fact not in (None, "") and name != "qty" and name in line}
    return bool(told) and all(line[name] == fact for name, fact in told.items())


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text in rows, broken at blanks; what is wider than a row goes on in the next."""
    rows: list[str] = []
    for word in text.split(" "):
        if rows and cell_len(f"{rows[-1]} {word}") <= columns:
            rows[-1] += f" {word}"
        else:
            rows += chop_cells(word, max(columns, 1))
    return rows


def shortened(text: str, columns: int) -> str:
    """Return a text cut in the middle to a width in cells: its start and last four stay (floor-flows.md 12)."""
    if cell_len(text) <= columns:
        return text
    start = columns - len(CUT) - cell_len(text[-KEPT_END:])
    return set_cell_size(text, start).rstrip() + CUT + text[-KEPT_END:] if start > 0 else set_cell_size(text, columns)
