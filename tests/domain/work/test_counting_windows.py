"""When an item is next to be counted (counting.md 32-36)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.work.counting_windows import next_counting_window

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("frequency", "first", "last"),
    [
        (1, date(2026, 1, 1), date(2026, 12, 31)),
        (2, date(2026, 1, 1), date(2026, 6, 30)),
        (3, date(2026, 1, 1), date(2026, 4, 30)),
        (4, date(2026, 1, 1), date(2026, 3, 31)),
        (6, date(2026, 3, 1), date(2026, 4, 30)),
        (12, date(2026, 3, 1), date(2026, 3, 31)),
        (24, date(2026, 3, 16), date(2026, 3, 31)),
    ],
)
def test_counting_33_and_34_without_a_last_count_it_is_the_calendar_window_of_today(
    frequency: int, first: date, last: date
) -> None:
    assert next_counting_window(frequency, TODAY, None) == (first, last)


@pytest.mark.parametrize(
    ("frequency", "counted", "first", "last"),
    [
        (1, date(2025, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
        (4, date(2026, 2, 3), date(2026, 4, 1), date(2026, 6, 30)),
        (12, date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31)),
        (24, date(2026, 2, 14), date(2026, 2, 15), date(2026, 2, 28)),
        (24, date(2024, 2, 15), date(2024, 3, 1), date(2024, 3, 15)),
    ],
)
def test_counting_33_and_34_else_the_one_after_that_of_the_last_count(
    frequency: int, counted: date, first: date, last: date
) -> None:
    assert next_counting_window(frequency, TODAY, counted) == (first, last)


@pytest.mark.parametrize("frequency", [12, 24])
def test_counting_36_a_count_the_day_before_a_window_starts_leaves_it_due(frequency: int) -> None:
    window = next_counting_window(frequency, TODAY, None)

    assert next_counting_window(frequency, TODAY, window[0] - timedelta(days=1)) == window


@pytest.mark.parametrize(
    ("counted", "window", "first"),
    [
        (None, None, TODAY),
        (date(2026, 1, 10), None, date(2026, 3, 24)),
        (date(2026, 2, 28), (date(2026, 3, 1), date(2026, 5, 12)), date(2026, 5, 12)),
        (date(2026, 3, 1), (date(2026, 3, 1), date(2026, 5, 12)), date(2026, 5, 13)),
        (date(2026, 5, 12), (date(2026, 3, 1), date(2026, 5, 12)), date(2026, 5, 13)),
        (date(2026, 5, 13), (date(2026, 3, 1), date(2026, 5, 12)), date(2026, 7, 25)),
    ],
)
def test_counting_35_any_other_frequency_counts_in_steps_of_its_own_length(
    counted: date | None, window: tuple[date, date] | None, first: date
) -> None:
    assert next_counting_window(5, TODAY, counted, window) == (first, first + timedelta(days=72))


@given(
    frequency=st.integers(1, 52),
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    counted=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_the_next_window_is_never_over_when_the_item_was_last_counted(
    frequency: int, today: date, counted: date
) -> None:
    first, last = next_counting_window(frequency, today, counted)

    assert counted < first <= last
