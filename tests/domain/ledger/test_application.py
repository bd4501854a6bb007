"""In which order a supply is drawn, what was read and what the posting itself made (LED-19, decision 33)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.ledger.application import Supply
from domain.ledger.books import OpenEntry

AT = datetime(2026, 1, 5, 6, tzinfo=UTC)


def entry(number: int, day: int, qty: int) -> OpenEntry:
    return OpenEntry(number, "1000", "", "MAIN", "", "", "", date(2026, 1, day), AT, Decimal(qty))


def drawn(supply: Supply, need: int) -> list[tuple[int, int]]:
    return [(draw.entry, int(draw.qty)) for draw in supply.draw(Decimal(need))]


def test_led_19_what_was_read_and_what_was_made_are_drawn_by_posting_date() -> None:
    supply = Supply(iter([entry(1, 5, 2), entry(2, 9, 2)]))
    supply.add(entry(-1, 7, 2))

    assert drawn(supply, 5) == [(1, 2), (-1, 2), (2, 1)]


def test_led_19_lifo_draws_the_newest_first() -> None:
    supply = Supply(iter([entry(2, 9, 2), entry(1, 5, 2)]), newest_first=True)
    supply.add(entry(-1, 7, 2))

    assert drawn(supply, 5) == [(2, 2), (-1, 2), (1, 1)]


@pytest.mark.parametrize(("newest_first", "day"), [(False, 3), (True, 9)])
def test_led_19_what_is_used_up_is_not_drawn_again_behind_what_came_before_it(newest_first: bool, day: int) -> None:
    supply = Supply(iter([]), newest_first=newest_first)
    supply.add(entry(-2, 7, 1))
    assert drawn(supply, 1) == [(-2, 1)]
    supply.add(entry(-1, day, 1))

    assert drawn(supply, 2) == [(-1, 1)]


def test_led_19_a_supply_tells_the_latest_moment_of_what_it_read() -> None:
    supply = Supply(iter([entry(1, 5, 2)]))
    supply.add(entry(-1, 7, 2))

    drawn(supply, 1)

    assert supply.latest == AT
