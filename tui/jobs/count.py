"""Count: a bin (or a location without bins) blind, by keys or by scans, recount, finish (floor-flows.md, Count)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import ClassVar

from domain.errors import NeedsConfirm, Refused
from domain.items.moving import in_base_unit
from domain.scanning.resolver import Found
from domain.tracking.numbers import in_bins
from domain.values import ONE, ZERO
from domain.work.count_expectation import OpenCount, journal_of
from domain.work.counting import (
    EnterCount,
    NothingMore,
    close_empty_count,
    count_blind,
    count_lines,
    count_rest_as_zero,
    counted_before,
    enter_count,
    finish_count,
    open_count,
    renew_count,
    take_count,
)
from domain.work.documents import CountJournal, CountLine
from tui.jobs.goods import (
    Line,
    asks_expiry,
    expected,
    find_item,
    item_of,
    location_of,
    other_number,
    with_expiry,
    with_item,
    with_number,
)
from tui.jobs.job import Beep, Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.quantity import answered_quantity, shown_count
from tui.jobs.view import Choice, Fact, Message, View

_MENU = ("reset_line", "list_lines", "leave")
_LEAVING = ("back", "next")
"""Open to somebody whose document was taken over: the way out."""


@kept
@dataclass(frozen=True, slots=True)
class Count:
    """A cursor over a count journal. What is counted stands on the journal, never here."""

    name: ClassVar[str] = "count"
    holds_refusals: ClassVar[bool] = True

    journal: str = ""
    line: Line = Line()
    counted: Decimal = ZERO
    """Pieces scanned at the quantity prompt, or serials of the open item."""
    stage: str = ""
    """"", summary, menu (F8) or list (of lines not counted yet)."""
    page: int = 0
    """Of the list."""

    @classmethod
    def of(cls, document: str, do: Do) -> Count:
        """Open a count journal by its number, claimed by this operator."""
        journal = do.run(take_count, document)
        return cls(journal.no, _line_in(journal, do))

    @property
    def prompt(self) -> str:
        """The first thing that is missing."""
        if not self.journal:
            return "document"
        if self.stage:
            return "summary" if self.stage == "summary" else "menu"
        if self.line.prompt:
            return self.line.prompt
        return "expiry" if self.line.wants_expiry and not self.line.expires else "qty"

    def answer(self, given: Given, do: Do) -> Step:
        """Take the answer of the prompt."""
        answers = {
            "document": self._document,
            "bin": self._bin,
            "item": self._item,
            "lot": self._number,
            "serial": self._number,
            "package": self._number,
            "expiry": self._expiry,
            "qty": self._qty,
            "menu": self._chosen,
        }
        if self.prompt not in answers:  # the summary takes the Enter key or back only
            raise Beep
        self._renew(do)
        return answers[self.prompt](given, do)

    def press(self, command: str, do: Do) -> Step:
        """Enter, back, F2 done, F3 empty, F4 leave the bin, F8 menu."""
        commands = {
            "ok": self._ok,
            "back": self._back,
            "done": self._done,
            "short": self._empty,
            "next": self._left,
            "menu": self._opened_menu,
        }
        if command not in commands or (not self.journal and command not in ("ok", "back")):
            raise not_here()
        if command not in _LEAVING:
            self._renew(do)
        if self._has_pieces and command in ("done", "short", "next"):
            return self._counted(self.counted, "", do)
        return commands[command](do)

    def after_refusal(self) -> Count:
        """Stand at the same prompt."""
        return self

    def resumed(self) -> Count:
        """Stand at the same prompt."""
        return self

    def view(self, do: Do) -> View:
        """Show what is counted, never what is expected."""
        lines = do.ask(count_lines, self.journal) if self.journal else []
        done = sum(1 for line in lines if line.qty_counted is not None)
        progress = f"{done}/{len(lines)}" if lines else ""
        choices = self._choices(lines)
        return View(
            job=self.name,
            prompt=self.prompt,
            document=self.journal,
            progress=(self._open_lines(lines).progress if self.stage == "list" else "") or progress,
            body=self._body(do, done, len(lines)),
            choices=choices,
            digits=bool(choices),
            field=shown_count(self._offered) if self.prompt == "qty" else None,
            want={"qty": None} if self.prompt == "qty" else {},
            got=self.line.facts(),
            counted=self.counted if self.counted or self.prompt == "serial" else None,
            lines=tuple(_shown(line) for line in _blind(lines)),
            commands=self._keys(do),
        )

    def _keys(self, do: Do) -> tuple[str, ...]:
        """Name the keys of this prompt; those of the count itself first, as a small screen has room for two."""
        if not self.journal:
            return ("back", "find") if location_of(do).bin_mandatory else ("ok", "back", "find")
        if self.stage:
            return {"summary": ("ok", "back"), "list": ("done", "back")}.get(self.stage, ("back",))
        return ("done", "short", "menu", "next", "find", "back")

    def _renew(self, do: Do) -> None:
        """Each answer renews the lease (floor-flows.md 16); the F8 menu changes nothing, and is a way out."""
        if self.journal and self.stage != "menu":
            do.run(renew_count, self.journal)

    def _document(self, given: Given, do: Do) -> Step:
        found = do.find(given, {"document", "bin", "location"})
        if found.kind == "document":
            return Step(Count.of(found.document, do))
        if found.kind == "location" and (found.location != do.situation.location or location_of(do).bin_mandatory):
            raise Refused("no_match_kind", prompt="document", code=found.location)
        return Step(self._opened(found.bin, do))

    def _bin(self, given: Given, do: Do) -> Step:
        return Step(self._at_bin(do.find(given, {"bin"}).bin, do))

    def _item(self, given: Given, do: Do) -> Step:
        found = find_item(self.line, do, given)
        if found.kind == "bin":
            return Step(self._at_bin(found.bin, do))
        return self._with_item(found, do)

    def _with_item(self, found: Found, do: Do) -> Step:
        goods = with_item(self.line.without("item"), do, found, in_bins)
        return replace(self, line=goods, counted=ZERO)._numbers_known(do)

    def _number(self, given: Given, do: Do) -> Step:
        if self.prompt == "serial":
            switched = self._switched_item(given, do)
            if switched is not None:
                return switched
        return replace(self, line=with_number(self.line, do, given, self.prompt))._numbers_known(do)

    def _numbers_known(self, do: Do) -> Step:
        """With all numbers known, a serial counts one at once; a new lot may need its date."""
        if self.line.prompt:
            return Step(self)
        wants = replace(self, line=replace(self.line, wants_expiry=asks_expiry(self.line, do)))
        if wants.prompt == "expiry" or not self.line.serial:
            return Step(wants)
        return wants._serial_counted(do)

    def _expiry(self, given: Given, do: Do) -> Step:
        dated = replace(self, line=with_expiry(self.line, do, given))
        return dated._serial_counted(do) if self.line.serial else Step(dated)

    def _serial_counted(self, do: Do) -> Step:
        """The piece in the hand is its own proof: no recount. The next serial of the item is asked."""
        command = self._command(ONE)
        if do.ask(counted_before, command):
            raise Refused("duplicate")
        do.run(enter_count, command)
        line = replace(self.line, serial="", wants_expiry=False, expires=None)
        return Step(
            replace(self, line=line, counted=self.counted + 1),
            message=Message("counted_serial", {"serial": self.line.serial, "n": self.counted + 1}),
        )

    def _qty(self, given: Given, do: Do) -> Step:
        if self.counted:
            switched = self._switched_item(given, do)
            if switched is not None:
                return switched
        answer = answered_quantity(do, given, self.line, counted=self.counted)
        if answer.is_scan:
            return Step(replace(self, counted=answer.qty))
        return self._counted(answer.qty, answer.uom, do)

    def _counted(self, qty: Decimal, uom: str, do: Do) -> Step:
        """Give the figure to the journal; outside the tolerance it only asks for a recount, never says why."""
        command = self._command(qty, uom)
        before = do.ask(counted_before, command)
        if before is not None:
            if "count_add" in do.situation.confirmed:
                more = in_base_unit(do.books.records, item_of(self.line, do), uom, qty).qty_base
                command = replace(command, qty=before + more, uom="")
            elif "count_replace" not in do.situation.confirmed:
                raise NeedsConfirm("add_or_replace")
        line = do.run(count_blind, command)
        if line.qty_counted is None:
            again = replace(self.line, proposed=None)  # Enter alone is no second count
            total: dict[str, Fact] = {} if before is None else {"item": line.item}  # not only what was added
            return Step(replace(self, line=again, counted=ZERO), message=Message("recount", total))
        told = Message("counted", {"item": line.item, "number": line.lot, "qty": line.qty_counted, "uom": line.uom})
        return Step(replace(self, line=self.line.without("item"), counted=ZERO), message=told)

    def _switched_item(self, given: Given, do: Do) -> Step | None:
        """Another item, or another variant or number of it, scanned ends the one counted; None for no other."""
        if given.reading.kind == "plain" and given.source == "keyed":
            return None
        try:
            found = do.find(given, {"item"}, expected(self.line))
        except Refused:
            return None
        is_same = found.item == self.line.item and found.variant in ("", self.line.variant)
        if is_same and not other_number(self.line, found.label):
            return None
        if self.prompt != "qty":
            return self._with_item(found, do)
        ended = self._counted(self.counted, "", do)
        if not isinstance(ended.job, Count) or ended.job.line.item:  # a recount is due first
            return ended
        return replace(ended.job._with_item(found, do), message=ended.message)

    @property
    def _offered(self) -> Decimal | None:
        """What Enter takes at the quantity prompt: the pieces scanned, else what the label said."""
        return self.counted or self.line.proposed

    def _ok(self, do: Do) -> Step:
        if self.prompt == "summary":
            journal = do.run(finish_count, self.journal)
            return Step(Count(), message=Message("finished", {"document": journal.no}), outcome="finished")
        if self.prompt == "document" and not location_of(do).bin_mandatory:
            return Step(self._opened("", do))
        if self.prompt == "qty" and self._offered:
            return self._counted(self._offered, "", do)
        if self.prompt == "serial" and self.counted:
            return Step(replace(self, line=self.line.without("item"), counted=ZERO))
        raise not_here() if self.stage else Refused("missing", what=self.prompt)

    def _back(self, do: Do) -> Step:
        """Take the last answer back; at the first prompt leave, the journal stays as a draft."""
        if self.stage:
            return Step(replace(self, stage=""))
        if self.counted and self.prompt == "qty":
            return Step(replace(self, counted=ZERO))
        last = self.line.last_answered()
        if last in ("", "bin"):
            return Step(Count() if self.journal else None)
        return Step(replace(self, line=self.line.without("item" if last == "item" else last), counted=ZERO))

    def _done(self, do: Do) -> Step:
        if self.prompt in ("expiry", "qty"):  # the goods in the hand would be forgotten where they are on no list
            raise Refused("missing", what=self.prompt)
        lines = do.ask(count_lines, self.journal)
        uncounted = sum(1 for line in lines if line.qty_counted is None)
        if not lines:
            raise Refused("nothing_handled", variant="count")
        if uncounted:
            raise Refused("open_lines", n=uncounted)
        return Step(replace(self, stage="summary"))

    def _empty(self, do: Do) -> Step:
        """F3: nothing (more) is in the bin, or of the open item; after a yes what is left uncounted is 0."""
        line = self.line
        if line.prompt == "bin":
            raise not_here()
        question = "empty_item_ask" if line.item else "empty_ask"
        if question not in do.situation.confirmed:
            raise NeedsConfirm(question, item=line.item)
        doubted = do.run(count_rest_as_zero, NothingMore(self.journal, line.bin, line.item, line.variant))
        if line.item or do.ask(count_lines, self.journal):
            told = Message("recount") if doubted else None
            return Step(replace(self, line=line.without("item"), counted=ZERO), message=told)
        do.run(close_empty_count, self.journal)
        return Step(Count(), message=Message("finished", {"document": self.journal}), outcome="finished")

    def _left(self, do: Do) -> Step:
        """F4: leave the bin; its journal stays open and comes back under its number or bin."""
        return Step(Count())

    def _opened_menu(self, do: Do) -> Step:
        return Step(replace(self, stage="menu"))

    @property
    def _has_pieces(self) -> bool:
        """Whether pieces are scanned that the journal has to be given before the line is left."""
        return self.prompt == "qty" and self.counted > 0

    def _chosen(self, given: Given, do: Do) -> Step:
        open_line = replace(self, stage="")
        if self.stage == "list":
            pages = self._open_lines(do.ask(count_lines, self.journal))
            if pages.turns(given.text):
                return Step(replace(self, page=pages.next))
            line = pages.chosen(given.text)
            if open_line._has_pieces:
                return open_line._counted(self.counted, "", do)
            found = Found("item", item=line.item, variant=line.variant, is_variant_chosen=True)
            at = replace(open_line, line=replace(self.line, bin=line.bin))
            return at._with_item(found, do)
        entry = Pages(_MENU).chosen(given.text)
        if entry == "list_lines":
            return Step(replace(self, stage="list", page=0))
        if entry == "reset_line":
            return Step(replace(open_line, line=self.line.without("item"), counted=ZERO))
        if open_line._has_pieces:
            return open_line._counted(self.counted, "", do)
        return Step(Count())

    def _opened(self, bin: str, do: Do) -> Count:
        journal = do.run(open_count, OpenCount(do.situation.location, bin))
        return Count(journal.no, _line_in(journal, do))

    def _at_bin(self, bin: str, do: Do) -> Count:
        """Go to another bin: inside a journal of several bins, else to that bin's own journal."""
        journal = do.ask(journal_of, self.journal)
        if journal.bin:
            return self._opened(bin, do)
        return replace(self, line=Line(at_bins=True, bin=bin), counted=ZERO)

    def _command(self, qty: Decimal, uom: str = "") -> EnterCount:
        line = self.line
        return EnterCount(
            journal=self.journal,
            item=line.item,
            qty=qty,
            bin=line.bin,
            variant=line.variant,
            lot=line.lot,
            serial=line.serial,
            package=line.package,
            expires=line.expires,
            uom=uom,
        )

    def _open_lines(self, lines: list[CountLine]) -> Pages[CountLine]:
        return Pages([line for line in _blind(lines) if line.qty_counted is None], self.page)

    def _choices(self, lines: list[CountLine]) -> tuple[Choice, ...]:
        if self.stage == "menu":
            return Pages(_MENU).choices(lambda entry: Message(f"menu.{entry}"))
        if self.stage != "list":
            return ()
        return self._open_lines(lines).choices(
            lambda line: Message(
                "body.open_line",
                {"item": line.item, "variant": line.variant, "number": line.serial or line.lot or line.package},
            )
        )

    def _body(self, do: Do, done: int, all_lines: int) -> tuple[Message, ...]:
        if not self.journal:
            return (Message("body.count_what" if location_of(do).bin_mandatory else "body.count_location"),)
        if self.stage == "summary":
            return (Message("body.finish_count", {"done": done, "open": all_lines - done}),)
        if self.stage == "list":
            return (Message("body.not_counted" if done < all_lines else "body.all_counted"),)
        return self.line.body()


def _line_in(journal: CountJournal, do: Do) -> Line:
    return Line(at_bins=location_of(do).bin_mandatory, bin=journal.bin)


def _blind(lines: list[CountLine]) -> list[CountLine]:
    """Return the lines without the numbers nobody has scanned, which would say what is expected (decision 2)."""
    told = (
        line if line.counts or line.qty_counted is not None else replace(line, lot="", serial="", package="")
        for line in lines
    )
    goods = attrgetter("bin", "item", "variant", "lot", "serial", "package")
    return list({goods(line): line for line in told}.values())


def _shown(line: CountLine) -> dict[str, Fact]:
    return {
        "item": line.item,
        "variant": line.variant or None,
        "bin": line.bin or None,
        "lot": line.lot or None,
        "serial": line.serial or None,
        "qty_counted": line.qty_counted,
        "uom": line.uom,
    }
