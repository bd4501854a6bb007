"""Dates of goods (tracking.md 19-22, adjusting.md 19)."""

from datetime import date

import pytest

from domain.site import TrackingCode
from tests.domain.notation import TODAY, Warehouse, line

DATED = TrackingCode("DATED", lot_specific=True, use_expiration=True)
REQUIRED = TrackingCode("DATED", lot_specific=True, use_expiration=True, require_expiration_entry=True)
STRICT = TrackingCode("DATED", lot_specific=True, use_expiration=True, strict_expiration=True)


def expiry(house: Warehouse) -> list[date | None]:
    return [entry.expires for entry in house.entries()]


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.keep(DATED)
    house.item("1000", tracking="DATED")


def test_tracking_20_the_date_typed_is_kept(house: Warehouse) -> None:
    house.post(line("W-01 1000 lot L1 expires 2027-05-31 1"))

    assert expiry(house) == [date(2027, 5, 31)]


def test_tracking_20_without_one_the_date_the_lot_has_is_taken(house: Warehouse) -> None:
    house.stock("W-01 1000 lot L1 expires 2027-05-31 1")

    house.post(line("W-02 1000 lot l1 1"))

    assert expiry(house) == [date(2027, 5, 31)] * 2


def test_tracking_20_else_the_items_formula_counts_from_the_posting_date(house: Warehouse) -> None:
    house.item("1000", tracking="DATED", expiration_calculation="2M")

    house.post(line("W-01 1000 lot L1 1"))

    assert expiry(house) == [date(2026, 5, 2)]


def test_tracking_20_the_lots_own_date_goes_before_the_formula(house: Warehouse) -> None:
    house.item("1000", tracking="DATED", expiration_calculation="2M")
    house.stock("W-01 1000 lot L1 expires 2027-05-31 1")

    house.post(line("W-02 1000 lot L1 1"))

    assert expiry(house)[-1] == date(2027, 5, 31)


def test_tracking_20_an_increase_without_a_date_is_refused_where_one_is_required(house: Warehouse) -> None:
    house.keep(REQUIRED)

    with house.refused("missing", what="expiry"):
        house.post(line("W-01 1000 lot L1 1"))


def test_tracking_20_a_code_that_does_not_use_expiration_keeps_no_date(house: Warehouse) -> None:
    house.item("1000", tracking="LOT")

    house.post(line("W-01 1000 lot L1 expires 2027-05-31 1"))

    assert expiry(house) == [None]


def test_tracking_21_another_date_for_a_lot_in_stock_is_refused(house: Warehouse) -> None:
    house.stock("EAST 1000 lot L1 expires 2027-05-31 1")

    with house.refused("expiry_differs", lot="L1", date=date(2027, 5, 31)):
        house.post(line("W-01 1000 lot L1 expires 2027-06-30 1"))


def test_tracking_21_another_date_in_the_same_posting_is_refused(house: Warehouse) -> None:
    with house.refused("expiry_differs", lot="L1", date=date(2027, 5, 31)):
        house.post(
            line("W-01 1000 lot L1 expires 2027-05-31 1"),
            line("W-02 1000 lot l1 expires 2027-06-30 1"),
        )


def test_tracking_21_a_lot_that_is_used_up_may_come_in_with_a_new_date(house: Warehouse) -> None:
    house.stock("W-01 1000 lot L1 expires 2027-05-31 1")
    house.post(line("W-01 1000 lot L1 -1"))

    house.post(line("W-01 1000 lot L1 expires 2027-06-30 1"))

    assert expiry(house)[-1] == date(2027, 6, 30)


def test_tracking_21_the_same_lot_of_another_item_has_a_date_of_its_own(house: Warehouse) -> None:
    house.item("1001", tracking="DATED")
    house.stock("W-01 1000 lot L1 expires 2027-05-31 1")

    house.post(line("W-01 1001 lot L1 expires 2027-06-30 1"))

    assert expiry(house)[-1] == date(2027, 6, 30)


@pytest.mark.parametrize("serial_date", ["2027-06-30"])
def test_tracking_21_a_serial_in_another_posting_has_its_own_date(house: Warehouse, serial_date: str) -> None:
    house.keep(TrackingCode("SNS", serial_specific=True, use_expiration=True))
    house.item("1002", tracking="SNS")
    house.stock("W-01 1002 serial S1 expires 2027-05-31 1")

    house.post(line(f"W-01 1002 serial S2 expires {serial_date} 1"))

    assert expiry(house) == [date(2027, 5, 31), date(2027, 6, 30)]


def test_a_decrease_carries_the_date_of_its_lot_whatever_was_typed(house: Warehouse) -> None:
    house.stock("W-01 1000 lot L1 expires 2027-05-31 2")

    house.post(line("W-01 1000 lot L1 expires 2030-01-01 -1"))

    assert expiry(house) == [date(2027, 5, 31)] * 2


def test_tracking_22_expired_goods_are_written_off_under_strict_expiration(house: Warehouse) -> None:
    house.keep(STRICT)
    house.stock("W-01 1000 lot L1 expires 2026-03-01 2")

    house.post(line("W-01 1000 lot L1 -2"))

    assert house.lying() == []


@pytest.mark.parametrize(("expires", "is_expired"), [("2026-03-01", True), (TODAY.isoformat(), False)])
def test_tracking_22_any_other_issue_of_expired_goods_is_refused_from_the_day_after(
    house: Warehouse, expires: str, is_expired: bool
) -> None:
    house.keep(STRICT)
    house.stock(f"W-01 1000 lot L1 expires {expires} 2")
    issue = line("W-01 1000 lot L1 -1", "positive_adj")

    if is_expired:
        with house.refused("expired", lot="L1", date=date(2026, 3, 1)):
            house.post(issue)
    else:
        house.post(issue)
        assert house.lying() == ["W-01 1000 lot L1 1"]
