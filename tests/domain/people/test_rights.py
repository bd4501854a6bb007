"""Who may do what: SAF-25..29 and T-22, every action by every role and every command without its right."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import domain
from domain.costing import periods
from domain.costing.adjusting import AdjustCosts
from domain.errors import AisleError
from domain.ledger.entries import register_of, shown
from domain.orders import order
from domain.orders.documents import Order
from domain.people.access import SetPin, Unlock, set_pin, situation_of, unlock
from domain.people.credentials import LoginCounter
from domain.people.rights import ACTIONS, DEFAULT_ROLES, SYSTEM, require_right, rights_of
from domain.posting import Reclassification
from domain.posting.charges import ItemCharge, post_item_charge
from domain.posting.clock import confirm_clock
from domain.posting.invoicing import InvoiceEntry, invoice_entry
from domain.posting.revaluing import RevalueStock, StockToValue, inventory_value, revalue_stock
from domain.posting.to_gl import PostToGl, look_at_gl, post_to_gl
from domain.posting.valued import adjust_all
from domain.posting.worksheet import Apply, Unapply, apply, leave, unapply
from domain.scanning.separators import Device, prove_separators
from domain.set_up import ApplySite, apply_site, site_in
from domain.site import AdjustLimit, Operator, Role, Site
from domain.work import (
    adjusting,
    blocking,
    count_posting,
    counting,
    importing,
    learning,
    opening,
    order_desk,
    order_import,
    pick_lines,
    pick_lists,
    pick_places,
    pick_posting,
    picking,
    reclassifying,
    stock_here,
)
from domain.work.count_expectation import OpenCount
from domain.work.looking_up import LookUp, find_items, is_posted_document, items_of_vendor, look_up
from domain.work.moving import MoveGoods, move_goods
from domain.work.my_day import counts_left_open, picks_left_open, posting_named, posting_seen
from domain.work.stock_here import Portion
from domain.work.undoing import UndoPosting, undo_posting
from tests.domain.notation import EAST, OPENS, PEOPLE, SILVER, Warehouse, adjustment, counted
from tests.domain.work.picks import STEP, make_pick, ordered

TABLE = """
| action     | viewer | picker | operator | supervisor | office | accountant | admin |
| look       | x | x | x | x | x | x | x |
| count      |   | x | x | x |   |   |   |
| move       |   | x | x | x |   |   |   |
| pick       |   | x | x | x |   |   |   |
| ship       |   | x | x | x |   |   |   |
| receive    |   |   | x | x |   |   |   |
| put_away   |   |   | x | x |   |   |   |
| transfer   |   |   | x | x |   |   |   |
| adjust     |   |   | x | x |   |   |   |
| reclassify |   |   | x | x |   |   |   |
| assemble   |   |   | x | x |   |   |   |
| undo       |   | x | x | x |   |   |   |
| undo_any   |   |   |   | x |   |   |   |
| approve    |   |   |   | x |   |   |   |
| post_count |   |   |   | x |   |   |   |
| take_over  |   |   |   | x |   |   |   |
| release    |   |   |   | x | x |   |   |
| reserve    |   |   |   | x | x |   |   |
| block      |   |   |   | x |   |   |   |
| learn_code |   |   |   | x | x |   |   |
| unlock     |   |   |   | x |   |   | x |
| documents  |   |   |   |   | x |   |   |
| items      |   |   |   |   | x |   |   |
| cost       |   |   |   |   |   | x |   |
| ledger     |   |   |   |   |   | x |   |
| export     |   |   |   | x | x | x | x |
| trail      |   |   |   |   |   | x | x |
| set_up     |   |   |   |   |   |   | x |
| maintain   |   |   |   |   |   |   | x |
"""  # SAF-27
_HEAD, *_ROWS = ([cell.strip() for cell in row.split("|")[1:-1]] for row in TABLE.strip().splitlines())
ROLES = _HEAD[1:]
MAY = {action: {role for role, mark in zip(ROLES, marks, strict=True) if mark} for action, *marks in _ROWS}
ONE = Decimal(1)
PIECES = stock_here.Goods("1000")
REBINNED = Reclassification("1000", ONE, SILVER, SILVER, "W-02", "W-03")
VARIANT = reclassifying.ChangeVariant("1000", "", "RED", ONE, SILVER, "W-02")
ANYWHERE = {"look", "block", "learn_code", "unlock", "set_up", "cost", "documents", "ledger"}
"""Actions of no location in particular, as far as they are built."""

NOWHERE = {"picks_of_order", "import_orders"}
"""Commands that name no location themselves."""
COMMANDS: dict[Callable[..., Any], tuple[str, Callable[["Goods"], object]]] = {
    look_up: ("look", lambda _: LookUp("item", "1000", SILVER)),
    find_items: ("look", lambda _: "1000"),
    items_of_vendor: ("look", lambda _: "V-1"),
    is_posted_document: ("look", lambda _: "PS1"),
    blocking.is_blocked: ("look", lambda _: blocking.Blocking("item", "1000")),
    blocking.block: ("block", lambda _: blocking.Blocking("item", "1000", reason="recall")),
    blocking.unblock: ("block", lambda _: blocking.Blocking("item", "1000", reason="recall")),
    posting_seen: ("undo_any", lambda there: there.posted),
    posting_named: ("undo_any", lambda there: shown(there.posted)),
    undo_posting: ("undo_any", lambda there: UndoPosting(there.posted)),
    picks_left_open: ("pick", lambda _: SILVER),
    counting.open_count: ("count", lambda _: OpenCount(SILVER, "W-03")),
    counts_left_open: ("count", lambda _: SILVER),
    counting.take_count: ("count", lambda there: there.open),
    counting.renew_count: ("count", lambda there: there.open),
    counting.enter_count: ("count", lambda there: counted(there.open, "W-01 1000 5")),
    counting.count_blind: ("count", lambda there: counted(there.open, "W-01 1000 5")),
    counting.count_rest_as_zero: ("count", lambda there: counting.NothingMore(there.open)),
    counting.finish_count: ("count", lambda there: there.open),
    counting.close_empty_count: ("count", lambda there: there.empty),
    counting.reopen_count: ("post_count", lambda there: there.finished),
    count_posting.counts_to_post: ("post_count", lambda _: SILVER),
    count_posting.differences: ("post_count", lambda there: there.finished),
    count_posting.post_count: ("post_count", lambda there: count_posting.PostCount(there.finished)),
    adjusting.post_adjustment: ("adjust", lambda _: adjustment("W-02 1000 1")),
    adjusting.check_adjustment: ("adjust", lambda _: adjustment("W-02 1000 1")),
    adjusting.leave_for_approval: ("adjust", lambda _: adjustment("W-02 1000 1")),
    adjusting.waiting_adjustments: ("approve", lambda _: SILVER),
    adjusting.approve_adjustment: ("approve", lambda there: there.pending),
    adjusting.refuse_adjustment: ("approve", lambda there: adjusting.RefuseAdjustment(there.pending, "DAMAGED")),
    adjust_all: ("cost", lambda _: AdjustCosts()),
    post_to_gl: ("ledger", lambda _: PostToGl()),
    look_at_gl: ("ledger", lambda _: PostToGl()),
    unapply: ("ledger", lambda _: Unapply(0, 0)),
    apply: ("ledger", lambda _: Apply(0, 0)),
    leave: ("ledger", lambda _: "1000"),
    periods.create_period: ("ledger", lambda _: date(2020, 1, 31)),
    periods.close_period: ("ledger", lambda _: date(2020, 1, 31)),
    periods.reopen_period: ("ledger", lambda _: date(2020, 1, 31)),
    inventory_value: ("cost", lambda _: StockToValue("1000", date(2020, 1, 31))),
    revalue_stock: ("cost", lambda _: RevalueStock(StockToValue("1000", date(2020, 1, 31)))),
    learning.check_code: ("learn_code", lambda _: "77001"),
    learning.learn_code: ("learn_code", lambda _: learning.LearnCode("77001", "1000")),
    unlock: ("unlock", lambda _: Unlock("operator", "PETER", "called in")),
    confirm_clock: ("unlock", lambda _: "set right"),
    prove_separators: ("set_up", lambda _: Device("RING")),
    set_pin: ("unlock", lambda _: SetPin("PETER", "246813")),
    opening.post_opening: ("set_up", lambda _: opening.PostOpening(())),
    invoice_entry: ("documents", lambda _: InvoiceEntry(0)),
    post_item_charge: ("cost", lambda _: ItemCharge(ONE, (0,))),
    importing.import_items: ("set_up", lambda _: importing.ImportItems(())),
    importing.import_stock: ("set_up", lambda _: importing.ImportStock(())),
    apply_site: ("set_up", lambda there: ApplySite(there.site, there.site)),
    move_goods: ("move", lambda _: MoveGoods(SILVER, "W-03", (Portion("W-02", PIECES, ONE),))),
    reclassifying.post_reclassification: ("reclassify", lambda _: reclassifying.PostReclassification((REBINNED,))),
    reclassifying.check_reclassification: ("reclassify", lambda _: reclassifying.PostReclassification((REBINNED,))),
    reclassifying.change_variant: ("reclassify", lambda _: VARIANT),
    reclassifying.check_variant_change: ("reclassify", lambda _: VARIANT),
    order.save_order: ("documents", lambda _: order.SaveOrder(Order("", "sales_order", SILVER), ())),
    order.change_order: ("documents", lambda there: order.ChangeOrder(there.draft, {"priority": 1})),
    order.change_line: ("documents", lambda there: order.ChangeLine(there.draft, 1, {"qty": ONE})),
    order.cancel_order: ("documents", lambda there: there.draft),
    order.release_order: ("release", lambda there: there.draft),
    order.reopen_order: ("release", lambda there: there.released),
    order_desk.reopen: ("release", lambda there: there.released),
    order_desk.cancel: ("documents", lambda there: there.draft),
    order_desk.post_order: ("ship", lambda there: order_desk.PostOrder(there.released)),
    order_import.import_orders: ("documents", lambda _: order_import.ImportOrders(())),
    picking.create_pick: ("pick", lambda there: there.released),
    picking.delete_pick: ("approve", lambda there: there.pick),
    pick_lists.picks_of_order: ("pick", lambda there: there.released),
    pick_lists.picks_with_item: ("pick", lambda _: "1000"),
    pick_lines.open_pick: ("pick", lambda there: there.pick),
    pick_lines.take_quantity: ("pick", lambda there: pick_lines.TakeQuantity(there.pick, STEP, ONE)),
    pick_lines.name_number: ("pick", lambda there: pick_lines.NameNumber(there.pick, STEP, lot="L1")),
    pick_lines.take_serial: ("pick", lambda there: pick_lines.TakeSerial(there.pick, STEP, "S1")),
    pick_lines.short_line: ("pick", lambda there: pick_lines.ShortLine(there.pick, STEP, ONE, "damaged")),
    pick_lines.put_back: ("pick", lambda there: pick_lines.PutBack(there.pick, STEP)),
    pick_lines.close_short: ("approve", lambda there: pick_lines.CloseShort(there.pick, STEP)),
    pick_places.stand_at: ("pick", lambda there: pick_places.StandAt(there.pick, "W-03")),
    pick_places.free_in_bin: ("pick", lambda there: pick_places.ChangeBin(there.pick, STEP, "W-02")),
    pick_places.change_bin: ("pick", lambda there: pick_places.ChangeBin(there.pick, STEP, "W-02")),
    pick_places.split_line: ("pick", lambda there: pick_places.SplitLine(there.pick, STEP, ONE)),
    pick_places.count_bin: ("pick", lambda there: pick_places.CountBin(there.pick, STEP)),
    pick_posting.pick_summary: ("pick", lambda there: there.pick),
    pick_posting.post_pick: ("pick", lambda there: pick_posting.PostPick(there.pick)),
}
"""Every command and question that is built, with the action it needs and how it is called."""
OPEN_TO_ALL = {
    "sign_in",
    "count_wrong_pin",
    "claim",
    "renew",
    "take_along",
    "doubt_separators",
    "refuse_clock_back",
    "release",
    "check_items",
    "check_stock",
    "check_second_person",
    "undo_offered",
    "released",
    "check_short_reason",
}
"""Not commands by themselves: signing in, what commands are made of, and what an import would do."""


class Goods:
    """A count in each state, an adjustment that waits, an operator who forgot his PIN."""

    def __init__(self, house: Warehouse) -> None:
        house.item("1000")
        entry, _ = house.stock("W-01 1000 5", "W-02 1000 5")
        self.posted = register_of(entry)
        house.keep(Operator("PETER", role="picker"), LoginCounter("operator", "PETER"))
        self.finished = house.open_count("W-02")
        house.count(self.finished, "W-02 1000 5")
        house.finish(self.finished)
        self.open, self.empty = house.open_count("W-01"), house.open_count("W-04")
        self.pending = house.do(adjusting.leave_for_approval, adjustment("W-02 1000 1"), operation="op").no
        self.site: Site = house.ask(site_in)
        house.stock("W-03 1000 5")
        self.draft = ordered(house, "W-03 1000 1", is_released=False)
        self.released = ordered(house, "W-03 1000 1")
        self.pick = make_pick(house, ordered(house, "W-03 1000 2"), SYSTEM.code)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_saf_27_a_role_may_what_the_table_says(action: str, role: str) -> None:
    assert (action in rights_of(DEFAULT_ROLES[role])) == (role in MAY[action])


def test_saf_27_the_table_is_complete() -> None:
    assert tuple(MAY) == ACTIONS
    assert list(DEFAULT_ROLES) == ROLES


def test_saf_27_a_star_is_every_action_of_the_table() -> None:
    assert rights_of(Role("owner", ("*",))) == set(ACTIONS)


def test_saf_25_no_role_allows_nothing() -> None:
    assert rights_of(None) == frozenset()


def test_saf_27_a_role_of_the_site_replaces_the_default_of_its_name(house: Warehouse) -> None:
    house.item("1000")
    house.keep(Role("picker", ("adjust",), AdjustLimit(qty=Decimal(5))))

    house.adjust("W-01 1000 5", by="PIA")
    with house.refused("no_right", action="count"):
        house.open_count("W-01")


def test_decision_63_the_command_line_may_do_everything_everywhere(house: Warehouse) -> None:
    situation = house.ask(lambda books: situation_of(books.records, SYSTEM, now=OPENS, terminal="root"))

    for action in ACTIONS:
        require_right(situation, action, "ANYWHERE")


def test_saf_25_a_blocked_operator_may_nothing_though_he_is_signed_in(house: Warehouse) -> None:
    house.item("1000")
    house.keep(Operator("ANNA", role="operator", locations=(SILVER,), blocked=True))

    with house.refused("no_right", action="adjust"):
        house.adjust("W-01 1000 1")


def test_t_22_every_command_is_in_the_list_of_these_tests() -> None:
    found = {
        name
        for module in pkgutil.walk_packages(domain.__path__, "domain.")
        for name, function in vars(importlib.import_module(module.name)).items()
        if inspect.isfunction(function) and function.__module__ == module.name and _is_command(name, function)
    }

    assert found - OPEN_TO_ALL == {command.__name__ for command in COMMANDS}


def _is_command(name: str, function: Callable[..., Any]) -> bool:
    takes = list(inspect.signature(function).parameters)
    return (
        not name.startswith("_")
        and takes[:2] == ["books", "situation"]
        and len(takes) == 3
        and takes[2] not in ("lines", "rows")
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_t_22_a_command_is_denied_without_its_right_and_only_then(
    house: Warehouse, command: Callable[..., Any]
) -> None:
    action, call = COMMANDS[command]
    there = Goods(house)

    for who in (who for who, role in PEOPLE.items() if role not in MAY[action]):
        with house.refused("no_right", action=action):
            house.do(command, call(there), who)
    for who in (who for who, role in PEOPLE.items() if role in MAY[action]):
        assert _denied(house, command, call(there), who) == ""


@pytest.mark.parametrize(
    "command", [counting.take_count, counting.renew_count, counting.reopen_count, count_posting.differences]
)
def test_saf_25_without_the_right_nobody_hears_whether_there_is_such_a_document(
    house: Warehouse, command: Callable[..., Any]
) -> None:
    with house.refused("no_right"):
        house.do(command, "C99", "VERA")
    with house.refused("unknown"):
        house.do(command, "C99", "SUE")


@pytest.mark.parametrize(
    "command",
    [one for one, (action, _) in COMMANDS.items() if action not in ANYWHERE and one.__name__ not in NOWHERE],
    ids=lambda one: one.__name__,
)
def test_t_22_a_command_is_denied_at_a_location_that_is_not_ones_own(
    house: Warehouse, command: Callable[..., Any]
) -> None:
    action, call = COMMANDS[command]
    there = Goods(house)
    who = "SUE" if "supervisor" in MAY[action] else "OLE"
    house.locations(who, EAST)

    with house.refused("not_your_location", location=SILVER, action=action):
        house.do(command, call(there), who)


def _denied(house: Warehouse, command: Callable[..., Any], call: object, who: str) -> str:
    """Return why somebody's rights do not allow a command, "" where they do; it may be refused for other reasons."""
    try:
        house.do(command, call, who, operation=f"{who}-{command.__name__}")
    except AisleError as error:
        return error.code if error.code in ("no_right", "not_your_location") else ""
    return ""


def test_saf_22_ones_own_pin_may_be_changed_without_the_right_to_reset_others(house: Warehouse) -> None:
    house.do(set_pin, SetPin("PIA", "246813"), "PIA")

    assert [row.new for row in house.audits("pin")] == ["set"]
