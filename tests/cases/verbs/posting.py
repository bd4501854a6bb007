"""What is posted in one step, without a document: purchases, sales, returns, transfers (ledger.md)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.books import Books
from domain.posting import JournalLine, Line, Origin, Posting, Reclassification, post
from domain.situation import Situation
from tests.cases.arguments import Arguments
from tests.cases.goods import goods_of
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake
from tests.cases.world import World

_TAKES = (
    "item qty uom variant location bin lot serial serials package expires tracking unit_cost amount unit_price date"
    " reason applies_to applies_from party"
)
_PARTNERS = {"purchase": "vendor", "sale": "customer"}


@verb("purchase", takes=_TAKES)
def purchase(world: World, step: Arguments) -> Result:
    """Receive and invoice."""
    return _trade(world, step, "purchase")


@verb("sell", takes=_TAKES)
def sell(world: World, step: Arguments) -> Result:
    """Ship and invoice."""
    return _trade(world, step, "sale")


@verb("receive", takes=_TAKES)
def receive(world: World, step: Arguments) -> Result:
    """Receive, not yet invoiced."""
    return _trade(world, step, "purchase", is_invoiced=False)


@verb("ship", takes=_TAKES)
def ship(world: World, step: Arguments) -> Result:
    """Ship, not yet invoiced."""
    return _trade(world, step, "sale", is_invoiced=False)


@verb("return_to_vendor", takes=_TAKES)
def return_to_vendor(world: World, step: Arguments) -> Result:
    """Send back what was bought."""
    return _trade(world, step, "purchase", sign=-1)


@verb("customer_return", takes=_TAKES)
def customer_return(world: World, step: Arguments) -> Result:
    """Take back what was sold."""
    return _trade(world, step, "sale", sign=-1)


@verb("transfer", takes=f"{_TAKES} from to to_bin")
def transfer(world: World, step: Arguments) -> Result:
    """Bring goods to another location, in one step."""
    goods = goods_of(world, step)
    line = Reclassification(
        item=step.text("item"),
        qty=goods.qty,
        location=step.text("from"),
        new_location=step.text("to"),
        bin=step.text("bin"),
        new_bin=step.text("to_bin"),
        variant=step.text("variant"),
        uom=step.text("uom"),
        tracking=goods.tracking,
        posting_date=step.day("date"),
        reason=step.text("reason"),
        applies_to=entry_of(world, step.text("applies_to")),
    )
    posting = _post(world, step, line)
    name_halves(world, step.text("as") or step.text("id"), posting.entries)
    return None


def entry_of(world: World, name: str) -> int:
    """Return the item entry of a name, 0 for no name."""
    if name and name not in world.entries:
        raise Mistake(f"{name} is no entry")
    return world.entries.get(name, 0)


def name_halves(world: World, name: str, entries: Sequence[int]) -> None:
    """Call the entries of a transfer `t.out` and `t.in`, or `t.in1`, `t.in2` where there are several."""
    if name and entries:
        out, *came = entries
        world.entries[f"{name}.out"] = out
        numbered = [""] if len(came) == 1 else map(str, range(1, len(came) + 1))
        world.entries |= {f"{name}.in{number}": entry for number, entry in zip(numbered, came, strict=True)}


def _trade(world: World, step: Arguments, entry_type: str, *, sign: int = 1, is_invoiced: bool = True) -> Result:
    goods = goods_of(world, step)
    party = step.text("party")
    line = JournalLine(
        entry_type=entry_type,
        item=step.text("item"),
        qty=sign * goods.qty,
        location=step.text("location", world.location),
        bin=step.text("bin"),
        variant=step.text("variant"),
        uom=step.text("uom"),
        tracking=goods.tracking,
        unit_cost=step.number("unit_cost"),
        amount=step.number("amount"),
        posting_date=step.day("date"),
        reason=step.text("reason"),
        origin=Origin(source_type=_PARTNERS[entry_type], source_no=party) if party else Origin(),
        is_invoiced=is_invoiced,
        applies_to=entry_of(world, step.text("applies_to")),
        applies_from=entry_of(world, step.text("applies_from")),
    )
    posting = _post(world, step, line)
    world.name_entries(step.text("as") or step.text("id"), posting.entries)
    return {"entries": len(posting.entries)}


def _post(world: World, step: Arguments, line: Line) -> Posting:
    def work(books: Books, situation: Situation, line: Line) -> Posting:
        with books.ledger.command(situation.head("case")):
            return post(books, situation, [line], source="case")

    return world.do(work, line, confirm=step.flag("confirm"))
