"""Changing what stock is called or where it is (reclassifying.md): lots, serials, packages, dates, places, variants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.ledger.entries import BinEntry
from domain.posting import Reclassification
from domain.posting.posted import Posted
from domain.site import Bin, Location, ReasonCode, TrackingCode
from domain.tracking.cards import InfoCard
from domain.work.reclassifying import (
    ChangeVariant,
    PostReclassification,
    change_variant,
    check_reclassification,
    check_variant_change,
    date_by_default,
    dated,
    post_reclassification,
    redated,
)
from domain.work.stock_here import Goods
from tests.domain.notation import EAST, ROAD, SILVER, WHITE, Warehouse, goods
from tests.domain.work.holding import hold

OLD, LATER, OTHER = date(2027, 1, 31), date(2027, 5, 31), date(2027, 9, 30)


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    dated = TrackingCode("DATED", lot_specific=True, lot_warehouse=True, use_expiration=True)
    house.keep(
        dated,
        replace(dated, code="STRICT", strict_expiration=True),
        replace(dated, code="MUST", require_expiration_entry=True),
        TrackingCode("PACK", lot_specific=True, lot_warehouse=True, package_specific=True, package_warehouse=True),
        TrackingCode("CARDS", lot_specific=True, lot_warehouse=True, lot_info_must_exist_in=True),
    )
    for no, tracking in (("1000", ""), ("LOTS", "LOT"), ("PIECES", "SERIAL"), ("MILK", "DATED"), ("OLD", "STRICT")):
        house.item(no, tracking=tracking, unit_cost=Decimal(2))
    for no, tracking in (("JAM", "MUST"), ("CUPS", "PACK"), ("BOLT", "CARDS")):
        house.item(no, tracking=tracking)


def line(house: Warehouse, text: str, **new: Any) -> Reclassification:
    """Return the line that changes of some goods what is named: location, bin, a number, expires."""
    told = goods(text)
    numbers = told.numbers
    old = Goods(told.item, told.variant, numbers.lot, numbers.serial, numbers.package)
    place = {"location": told.location, "bin": told.bin} | {
        name: new.pop(name) for name in ("location", "bin") if name in new
    }
    renamed = replace(numbers, **new)
    if "expires" not in new:
        goods_renamed = Goods(told.item, told.variant, renamed.lot, renamed.serial, renamed.package)
        renamed = replace(renamed, expires=house.ask(lambda books: date_by_default(books, old, goods_renamed)))
    return Reclassification(
        item=told.item,
        qty=told.qty,
        location=told.location,
        new_location=place["location"],
        bin=told.bin,
        new_bin=place["bin"],
        variant=told.variant,
        uom=told.uom,
        tracking=(house.ask(lambda books: dated(books, old)),),
        new_tracking=(renamed,),
    )


def post(house: Warehouse, *lines: Reclassification, by: str = "ANNA", reason: str = "", **told: Any) -> Posted:
    with_reason = tuple(replace(one, reason=reason) for one in lines)
    return house.do(post_reclassification, PostReclassification(with_reason), by, **told)


def change(house: Warehouse, text: str, by: str = "ANNA", **new: Any) -> Posted:
    return post(house, line(house, text, **new), by=by)


def redate(house: Warehouse, item: str, lot: str, expires: date | None) -> Posted:
    def lines(books: Any) -> tuple[Reclassification, ...]:
        return redated(books, books.records.one(Location, SILVER), Goods(item, lot=lot), expires)

    return post(house, *house.ask(lines))


def dates(house: Warehouse, item: str, lot: str) -> date | None:
    known = house.ask(lambda books: books.numbers.known(item, "", "lot", lot))
    return known.expires if known else None


def written(house: Warehouse) -> list[str]:
    """Return the item entries after the opening stock."""
    return [
        " ".join(filter(None, (one.entry_type, one.location, one.lot, one.serial, f"{one.qty.normalize():f}")))
        for one in house.entries()
        if one.entry_type != "positive_adj"
    ]


def test_another_lot_is_a_transfer_pair_of_equal_cost(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", at="3")

    change(house, "W-01 LOTS lot L1 2", lot="L2")

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3", "W-01 LOTS lot L2 2"]
    assert written(house) == ["transfer SILVER L1 -2", "transfer SILVER L2 2"]
    assert sum(house.costs()[1:]) == 0


def test_another_location_may_have_bins_or_none(house: Warehouse) -> None:
    house.stock("W-01 1000 5")

    change(house, "W-01 1000 5", location=EAST, bin="")
    assert house.lying() == ["EAST 1000 5"]
    change(house, "EAST 1000 2", location=SILVER, bin="W-02")

    assert house.lying() == ["W-02 1000 2", "EAST 1000 3"]


def test_decision_38_the_bin_alone_is_a_move_without_item_entries(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))
    entries = house.entries()

    change(house, "W-01 LOTS lot L1 5", bin="W-02")

    assert house.entries() == entries
    assert [row.entry_type for row in house.rows(BinEntry)[1:]] == ["movement", "movement"]
    assert house.lying("LOTS") == ["W-02 LOTS lot L1 5"]


def test_bin_and_lot_change_together(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")

    change(house, "W-01 LOTS lot L1 5", bin="W-02", lot="L2")

    assert house.lying("LOTS") == ["W-02 LOTS lot L2 5"]


def test_a_serial_is_renamed_where_the_new_one_is_not_in_stock(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-02 PIECES serial S2 1")

    with house.refused("serial_in_stock", serial="S2"):
        change(house, "W-01 PIECES serial S1 1", serial="S2")
    change(house, "W-01 PIECES serial S1 1", serial="S3")

    assert house.lying("PIECES") == ["W-01 PIECES serial S3 1", "W-02 PIECES serial S2 1"]


def test_a_package_is_renamed_and_its_lot_stays(house: Warehouse) -> None:
    house.stock("W-01 CUPS lot L1 package P1 5")

    change(house, "W-01 CUPS lot L1 package P1 2", package="P2")

    assert house.lying("CUPS") == ["W-01 CUPS lot L1 package P1 3", "W-01 CUPS lot L1 package P2 2"]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("W-01 1000 1", {}),
        ("W-01 LOTS lot L1 1", {}),
        ("W-01 LOTS lot L1 1", {"lot": "l1"}),
        ("W-02 MILK lot M1 1", {"expires": OLD}),
    ],
)
def test_rule_1_what_changes_nothing_is_refused(house: Warehouse, text: str, new: dict[str, Any]) -> None:
    house.stock("W-01 1000 1", "W-01 LOTS lot L1 1", f"W-02 MILK lot M1 expires {OLD} 1")

    with house.refused("nothing_changes"):
        change(house, text, **new)


def test_without_lines_there_is_nothing_to_post(house: Warehouse) -> None:
    with house.refused("nothing_handled", variant="post"):
        post(house)


@pytest.mark.parametrize(
    ("text", "new", "code"),
    [
        ("W-01 1000 1", {"location": WHITE, "bin": ""}, "use_warehouse"),
        ("W-01 1000 1", {"location": ROAD, "bin": ""}, "transit_only"),
        ("W-01 1000 1", {"location": EAST, "bin": "W-01"}, "no_bins"),
        ("W-01 1000 1", {"bin": "W-99"}, "bin_elsewhere"),
        ("EAST 1000 1", {"location": SILVER}, "missing"),
    ],
)
def test_rules_3_to_5_places_that_goods_cannot_come_to(
    house: Warehouse, text: str, new: dict[str, Any], code: str
) -> None:
    house.stock("W-01 1000 1", "EAST 1000 1")

    with house.refused(code):
        change(house, text, **new)


def test_rule_3_from_a_directed_location_only_a_transfer_order_leads(house: Warehouse) -> None:
    house.stock("W-01 1000 1")

    with house.refused("use_warehouse", location=WHITE, what="transfer order"):
        change(house, "W-01 1000 1", location=WHITE, bin="")


def test_rule_4_a_location_of_others_may_be_the_new_one_never_the_old(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "EAST 1000 5")
    house.locations("ANNA", SILVER)

    change(house, "W-01 1000 1", location=EAST, bin="")
    with house.refused("not_your_location", location=EAST):
        change(house, "EAST 1000 1", location=SILVER, bin="W-01")


@pytest.mark.parametrize(("blocked", "block", "way"), [("W-01", "outbound", "OUT"), ("W-02", "inbound", "IN")])
@pytest.mark.parametrize("lot", ["L1", "L2"])
def test_rule_5_blocked_bins_give_and_take_nothing(
    house: Warehouse, blocked: str, block: str, way: str, lot: str
) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(Bin(SILVER, blocked, block=block))

    with house.refused("bin_blocked", bin=blocked, direction=way):
        change(house, "W-01 LOTS lot L1 5", bin="W-02", lot=lot)


def test_saf_25_reclassifying_needs_its_right(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")

    with house.refused("no_right", action="reclassify"):
        change(house, "W-01 LOTS lot L1 5", by="PIA", lot="L2")


def test_rule_1_there_is_no_more_than_lies_there_whatever_the_settings(house: Warehouse) -> None:
    house.set(prevent_negative_inventory=False)
    house.stock("EAST 1000 3")

    with house.refused("not_enough", qty=3, short=1):
        change(house, "EAST 1000 4", location=SILVER, bin="W-01")


@pytest.mark.parametrize("new", [{"lot": "L2"}, {"bin": "W-02"}, {"location": EAST, "bin": ""}])
def test_what_an_open_pick_holds_is_not_reclassified(house: Warehouse, new: dict[str, Any]) -> None:
    house.stock("W-01 LOTS lot L1 5")
    hold(house, "W-01 LOTS lot L1 2")

    with house.refused("not_enough", qty=3, n=2, document="PK1"):
        change(house, "W-01 LOTS lot L1 4", **new)
    change(house, "W-01 LOTS lot L1 3", **new)


def test_rule_10_a_number_that_is_demanded_is_not_taken_away(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-01 PIECES serial S1 1", "W-01 CUPS lot L1 package P1 5")

    with house.refused("missing", what="new"):
        change(house, "W-01 LOTS lot L1 5", lot="")
    with house.refused("missing", what="serial"):
        change(house, "W-01 PIECES serial S1 1", serial="")
    with house.refused("missing", what="package"):
        change(house, "W-01 CUPS lot L1 package P1 5", package="")


def test_rule_12a_a_whole_lot_gets_another_date_in_all_its_bins(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"W-02 MILK lot M1 expires {OLD} 3")

    redate(house, "MILK", "M1", LATER)

    assert dates(house, "MILK", "M1") == LATER
    assert house.lying("MILK") == ["W-01 MILK lot M1 5", "W-02 MILK lot M1 3"]
    assert [row.expires for row in house.entries()[2:]] == [OLD, LATER] * 2


def test_rule_13_later_receipts_of_the_lot_take_its_new_date(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5")
    redate(house, "MILK", "M1", LATER)
    house.adjust("W-01 MILK lot M1 -5")

    house.adjust("W-01 MILK lot M1 4")

    assert house.entries()[-1].expires == LATER


def test_rule_12a_a_part_of_a_lot_keeps_its_date(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"W-02 MILK lot M1 expires {OLD} 3")

    for text in ("W-01 MILK lot M1 5", "W-01 MILK lot M1 4"):
        with house.refused("whole_lot", lot="M1", qty=8):
            change(house, text, expires=LATER)


def test_rule_12a_a_lot_at_two_locations_is_redated_once_it_is_brought_together(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"EAST MILK lot M1 expires {OLD} 3")

    with house.refused("whole_lot", lot="M1", qty=8):
        redate(house, "MILK", "M1", LATER)
    change(house, "EAST MILK lot M1 3", location=SILVER, bin="W-01")
    redate(house, "MILK", "M1", LATER)

    assert dates(house, "MILK", "M1") == LATER


def test_rule_12b_lots_that_become_one_carry_one_date(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"W-01 MILK lot M2 expires {LATER} 3")
    first = line(house, "W-01 MILK lot M1 5", lot="M3", expires=OTHER)

    with house.refused("merge_dates", lot="M3"):
        post(house, first, line(house, "W-01 MILK lot M2 3", lot="M3"))
    post(house, first, line(house, "W-01 MILK lot M2 3", lot="m3", expires=OTHER))

    assert house.lying("MILK") == ["W-01 MILK lot M3 8"]
    assert dates(house, "MILK", "M3") == OTHER


def test_rule_12c_a_lot_that_is_in_stock_gives_its_date(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"W-02 MILK lot M2 expires {LATER} 3")

    with house.refused("expiry_differs", lot="M2", date=LATER):
        change(house, "W-01 MILK lot M1 5", lot="M2", expires=OLD)
    change(house, "W-01 MILK lot M1 5", lot="M2")

    assert house.entries()[-1].expires == LATER


def test_a_new_lot_takes_the_date_of_the_old_by_default(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5")

    change(house, "W-01 MILK lot M1 2", lot="M9")

    assert dates(house, "MILK", "M9") == OLD


def test_rule_12d_a_date_is_taken_away_only_where_none_is_required(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"W-01 JAM lot J1 expires {OLD} 5")

    redate(house, "MILK", "M1", None)
    with house.refused("missing", what="expiry"):
        redate(house, "JAM", "J1", None)

    assert house.entries()[-1].expires is None


def test_rule_14_expired_goods_may_be_reclassified(house: Warehouse) -> None:
    house.stock("W-01 OLD lot L1 expires 2026-01-01 5")

    change(house, "W-01 OLD lot L1 5", lot="L2")

    assert house.lying("OLD") == ["W-01 OLD lot L2 5"]


@pytest.mark.parametrize(("blocked", "new"), [("L1", "L2"), ("L2", "L2")])
def test_rule_15_a_blocked_lot_is_neither_old_nor_new(house: Warehouse, blocked: str, new: str) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(InfoCard("lot", "LOTS", "", blocked, blocked, blocked=True))

    with house.refused("blocked", what="lot", code=blocked):
        change(house, "W-01 LOTS lot L1 5", lot=new)


def test_rule_16_the_card_of_the_new_lot_must_exist_where_the_code_wants_one(house: Warehouse) -> None:
    house.keep(InfoCard("lot", "BOLT", "", "L1", "L1"))
    house.stock("W-01 BOLT lot L1 5")

    with house.refused("no_card", lot="L2"):
        change(house, "W-01 BOLT lot L1 5", lot="L2")
    house.keep(InfoCard("lot", "BOLT", "", "L2", "L2"))
    change(house, "W-01 BOLT lot L1 5", lot="L2")


def test_rule_20_a_reason_is_required_where_the_site_has_one_for_it(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    with house.refused("reason_not_here", code="DAMAGED"):
        post(house, line(house, "W-01 LOTS lot L1 1", lot="L2"), reason="DAMAGED")
    change(house, "W-01 LOTS lot L1 1", lot="L2")
    house.keep(ReasonCode("RELABEL", "Relabelled", offered_for=("reclassify",), position=9))

    with house.refused("missing", what="reason"):
        change(house, "W-01 LOTS lot L1 1", lot="L2")
    post(house, line(house, "W-01 LOTS lot L1 1", lot="L2"), reason="RELABEL")

    assert house.entries()[-1].reason == "RELABEL"


def test_rule_21_all_lines_are_posted_or_none(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-01 1000 1")

    with house.refused("not_enough", qty=1, short=1):
        post(house, line(house, "W-01 LOTS lot L1 5", lot="L2"), line(house, "W-01 1000 2", bin="W-02"))


def test_saf_03_the_same_operation_again_answers_the_first_result_and_writes_nothing(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    one = line(house, "W-01 LOTS lot L1 2", lot="L2")
    first = post(house, one, operation="op-1")
    before = house.footprint()

    assert post(house, one, operation="op-1") == first
    assert house.footprint() == before


def test_counting_38_a_counted_bin_is_asked_about(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    house.freeze("warn")
    journal = house.open_count("W-02")

    with house.refused("bin_in_count", bin="W-02", document=journal):
        change(house, "W-01 1000 1", bin="W-02")


def test_what_posting_would_refuse_is_told_before_the_reason_is_asked_and_nothing_is_written(house: Warehouse) -> None:
    house.keep(ReasonCode("RELABEL", offered_for=("reclassify",)))
    house.stock("W-01 LOTS lot L1 5")
    before = house.footprint()

    house.do(check_reclassification, PostReclassification((line(house, "W-01 LOTS lot L1 5", lot="L2"),)))
    with house.refused("not_enough", qty=5, short=1):
        house.do(check_reclassification, PostReclassification((line(house, "W-01 LOTS lot L1 6", lot="L2"),)))

    assert house.footprint() == before


def variant(house: Warehouse, qty: int, **more: Any) -> Posted:
    told: dict[str, Any] = {"item": "SHIRT", "variant": "RED", "new_variant": "BLUE", "location": SILVER, "bin": "W-01"}
    return house.do(change_variant, ChangeVariant(**told | {"qty": Decimal(qty)} | more))


@pytest.fixture
def shirts(house: Warehouse) -> None:
    house.item("SHIRT")
    house.variant("SHIRT", "RED")
    house.variant("SHIRT", "BLUE")
    house.stock("W-01 SHIRT variant RED 4", at="2.5")


@pytest.mark.usefixtures("shirts")
def test_rule_8_another_variant_is_a_pair_at_equal_cost(house: Warehouse) -> None:
    variant(house, 3)

    assert house.lying("SHIRT") == ["W-01 SHIRT variant BLUE 3", "W-01 SHIRT variant RED 1"]
    assert [(row.entry_type, row.variant, row.qty) for row in house.entries()[1:]] == [
        ("negative_adj", "RED", -3),
        ("positive_adj", "BLUE", 3),
    ]
    assert house.costs()[1:] == [Decimal("-7.5"), Decimal("7.5")]


@pytest.mark.usefixtures("shirts")
def test_rule_8_neither_half_stands_alone(house: Warehouse) -> None:
    with house.refused("not_enough", qty=4, short=1):
        variant(house, 5)
    house.keep(Bin(SILVER, "W-01", block="inbound"))
    with house.refused("bin_blocked", direction="IN"):
        variant(house, 3)


@pytest.mark.usefixtures("shirts")
def test_a_variant_becomes_another_one_of_its_item_or_none(house: Warehouse) -> None:
    with house.refused("nothing_changes"):
        variant(house, 1, new_variant="RED")
    with house.refused("unknown", code="GREEN", prompt="variant"):
        variant(house, 1, new_variant="GREEN")
    variant(house, 1, new_variant="")

    assert house.lying("SHIRT") == ["W-01 SHIRT 1", "W-01 SHIRT variant RED 3"]


@pytest.mark.usefixtures("shirts")
def test_a_variant_is_changed_in_a_unit_of_the_item_and_not_what_a_pick_holds(house: Warehouse) -> None:
    house.unit("SHIRT", "PAIR", 2)
    hold(house, "W-01 SHIRT variant RED 2")

    with house.refused("not_enough", qty=2, n=2, document="PK1"):
        house.do(
            check_variant_change,
            ChangeVariant("SHIRT", "RED", "BLUE", Decimal(2), SILVER, "W-01", uom="PAIR"),
        )
    variant(house, 1, uom="PAIR")

    assert house.lying("SHIRT") == ["W-01 SHIRT variant BLUE 2", "W-01 SHIRT variant RED 2"]


def test_the_numbers_of_goods_go_with_them_into_the_other_variant(house: Warehouse) -> None:
    house.item("COAT", tracking="SERIAL")
    house.variant("COAT", "RED")
    house.variant("COAT", "BLUE")
    house.stock("W-01 COAT variant RED serial S1 1", "W-01 COAT variant RED serial S2 1")
    rows = tuple(replace(goods(f"W-01 COAT serial {no} 1").numbers, qty_base=Decimal(1)) for no in ("S1", "S2"))

    variant(house, 2, item="COAT", tracking=rows)

    assert house.lying("COAT") == ["W-01 COAT variant BLUE serial S1 1", "W-01 COAT variant BLUE serial S2 1"]
