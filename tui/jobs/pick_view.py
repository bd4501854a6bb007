"""How an open pick is shown. Nothing here answers: that is pick.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.items.card import Item
from domain.site import ReasonCode
from domain.values import ONE, ZERO
from domain.work.activities import Activity, ActivityLine
from domain.work.pick_lines import questions_of
from domain.work.pick_posting import summary_of
from domain.work.picking import lines_of, walking_order
from tui.jobs.goods import NUMBERS, Line
from tui.jobs.pick_cursor import is_done, open_piece, open_question
from tui.jobs.quantity import shown_count
from tui.jobs.view import Choice, Fact, Message, View

if TYPE_CHECKING:
    from tui.jobs.job import Do
    from tui.jobs.pick import Pick

MENU = ("reset_line", "list_lines", "change_lot", "close_short", "", "leave")
"""By digit, from 1 (floor-flows.md 2, F8); 5 prints, which is not built yet."""
SHORT_REASONS = ("empty", "damaged", "cannot_reach", "wrong_lot")
"""Those that have a name of the program's own."""


def view_of(pick: Pick, do: Do) -> View:
    """Show where to go and what to take; the whole pick where there is room."""
    lines = lines_of(do.books.records, pick.document)
    questions = questions_of(lines)
    told = next((line for line in lines if line.line_no == pick.line_no), None)
    here = next((pieces for pieces in questions if told in pieces), [])
    passed = sum(1 for pieces in questions if not open_piece(pieces))
    choices, page = _choices(pick, do)
    return View(
        job=pick.name,
        prompt=pick.prompt,
        document=pick.document,
        progress=page or f"{passed}/{len(questions)}",
        body=_body(pick, do, questions, here, told),
        choices=choices,
        digits=bool(choices) or pick.stage == "count_ask",
        field=_field(pick, told),
        want=_wanted(told) if told and not pick.stage else {},
        got=_got(pick.line),
        counted=_counted(pick, lines, here),
        lines=tuple(_as_row(line) for line in walking_order(lines)),
        bells=1 if pick.stage == "count_ask" else 0,
        commands=_keys(pick),
    )


def _field(pick: Pick, told: ActivityLine | None) -> str | None:
    """Return what Enter takes: all of the line, what was scanned, or nothing (decision 58)."""
    return shown_count(pick.offered(told)) if told and pick.prompt == "qty" and not pick.stage else None


def _wanted(told: ActivityLine) -> dict[str, Fact]:
    return {
        "bin": told.bin or None,
        "item": told.item,
        "qty": told.outstanding,
        "lot": told.lot or None,
        "serial": told.serial or None,
        "package": told.package or None,
        "expires": told.expires,
    }


def _got(line: Line) -> dict[str, Fact]:
    return line.facts() | {"qty": None}


def _counted(pick: Pick, lines: Iterable[ActivityLine], here: Sequence[ActivityLine]) -> Decimal | None:
    """Return the pieces scanned: of the open question, at the end of the whole pick."""
    if pick.prompt == "serial" and here:
        return sum((piece.qty_to_handle for piece in here), ZERO)
    scanned = sum((line.qty_to_handle for line in lines if line.serial), ZERO)
    return (pick.counted or None) if pick.line_no else (scanned or None)


def _keys(pick: Pick) -> tuple[str, ...]:
    """Name the keys of this prompt; those of the pick first, as a small screen has room for two."""
    if pick.stage == "summary":
        return ("ok", "back")
    if pick.stage:
        return ("back",)
    if not pick.line_no:
        return ("done", "menu", "back")
    other = ("split",) if pick.line.at_bins else ()
    full = ("full",) if pick.prompt == "qty" else ()
    return ("short", "next", *other, *full, "done", "menu", "find", "back")


def _choices(pick: Pick, do: Do) -> tuple[tuple[Choice, ...], str]:
    """Return what can be chosen by digit, and which page of it this is."""
    if pick.stage == "menu":
        entries = ((str(digit), entry) for digit, entry in enumerate(MENU, 1) if entry)
        return tuple(Choice(digit, Message(f"menu.{entry}")) for digit, entry in entries), ""
    if pick.stage == "list":
        listed = pick.listed(do)
        return listed.choices(_as_choice), listed.progress
    if pick.prompt == "reason":
        reasons = pick.reasons(do)
        return reasons.choices(lambda reason: _named_reason(reason, do)), reasons.progress
    return (), ""


def _named_reason(reason: str, do: Do) -> Message:
    if reason in SHORT_REASONS:
        return Message(f"short.{reason}")
    row = do.books.records.one(ReasonCode, reason)
    return Message("text", {"text": row.text if row else reason})


def _as_choice(line: ActivityLine) -> Message:
    done = "done" if is_done(line) else ""
    number = line.lot or line.serial
    facts: dict[str, Fact] = {"bin": line.bin, "item": line.item, "number": number, "qty": line.qty, "done": done}
    return Message("body.pick_line", facts)


def _body(
    pick: Pick,
    do: Do,
    questions: Sequence[list[ActivityLine]],
    here: Sequence[ActivityLine],
    told: ActivityLine | None,
) -> tuple[Message, ...]:
    """Tell what is asked; `here` are the pieces of the open question."""
    wanted = sum((piece.outstanding for piece in here), ZERO)
    if pick.stage == "summary":
        summary = summary_of(questions)
        facts: dict[str, Fact] = {"n": summary.answered, "m": summary.lines, "short": summary.short or None}
        return (Message("body.ship_and_post", facts),)
    if told is None:
        activity = do.books.records.one(Activity, pick.document)
        return (Message("body.pick_done", {"document": activity.order if activity else ""}),)
    if pick.stage == "other_bin":
        return (Message("body.other_bin"), *_told(pick, do, told))
    if pick.stage == "short":
        return (Message("body.really_there"), *_told(pick, do, told))
    if pick.stage == "count_ask":
        return (Message("count_bin_ask", {"bin": told.bin}),)
    if pick.stage in ("short_reason", "why"):
        qty = pick.qty if pick.stage == "short_reason" else told.qty_to_handle
        asked: dict[str, Fact] = {"item": told.item, "qty": qty, "of": wanted}
        return (Message("body.short", asked),)
    if pick.stage == "keep_reason":
        return (Message("body.why_kept", {"number": pick.pending.lot or pick.pending.serial}),)
    if pick.stage:
        return ()
    then = open_question([pieces for pieces in questions if pieces is not here], pick.skipped)[0]
    after = (Message("body.then", {"bin": then.bin, "item": then.item}),) if then else ()
    return (*_told(pick, do, told, wanted), *after)


def _told(pick: Pick, do: Do, told: ActivityLine, qty: Fact = None) -> tuple[Message, ...]:
    """Tell where to go (the biggest thing), what to take there, and how much."""
    item = do.books.records.one(Item, told.item)
    rows = []
    if told.action:
        rows.append(Message("body.bin" if pick.line.bin else "body.go", {"bin": told.bin}))
    text = item.description if item else ""
    rows.append(Message("body.item", {"item": told.item, "text": text}))
    if told.variant:
        rows.append(Message("body.variant", {"variant": told.variant}))
    number = {kind: getattr(pick.line, kind) or getattr(told, kind) for kind in NUMBERS}
    if number["lot"]:
        rows.append(Message("body.lot_of_line", {"number": number["lot"], "date": told.expires}))
    if number["serial"]:
        rows.append(Message("body.serial", {"number": number["serial"]}))
    if number["package"]:
        rows.append(Message("body.package", {"number": number["package"]}))
    units = told.outstanding / told.qty_per_unit
    is_whole = told.qty_per_unit != ONE and units == units.to_integral_value()
    facts: dict[str, Fact] = {
        "qty": told.outstanding if qty is None else qty,
        "uom": item.base_uom if item else "",
        "n": units if is_whole else None,
        "unit": told.uom,
    }
    rows.insert(min(2, len(rows)) if number["lot"] else len(rows), Message("body.take", facts))
    return tuple(rows)


def _as_row(line: ActivityLine) -> dict[str, Fact]:
    return {
        "bin": line.bin,
        "item": line.item,
        "lot": line.lot or None,
        "serial": line.serial or None,
        "package": line.package or None,
        "expires": line.expires,
        "qty": line.qty,
        "qty_outstanding": line.outstanding,
        "qty_to_handle": line.qty_to_handle,
        "reason": line.reason or None,
    }
