"""Date formulas (PER-02) and typed dates (floor-flows.md 4)."""

from datetime import date

import pytest

from domain.dates import formula_date, full_year, typed_date
from domain.errors import Refused

TODAY = date(2026, 3, 17)


@pytest.mark.parametrize(
    ("formula", "day"),
    [
        ("CM", "2026-03-31"),
        ("-CM", "2026-03-01"),
        ("0D", "2026-03-17"),
        ("-30D", "2026-02-15"),
        ("1W", "2026-03-24"),
        ("-1M", "2026-02-17"),
        ("-1M-CM", "2026-02-01"),
        ("-CM-1D", "2026-02-28"),
        ("+1D", "2026-03-18"),
        ("CW", "2026-03-22"),
        ("-CW", "2026-03-16"),
        ("CQ", "2026-03-31"),
        ("-CQ", "2026-01-01"),
        ("CY", "2026-12-31"),
        ("-CY", "2026-01-01"),
        ("1Q", "2026-06-17"),
        ("-2Y", "2024-03-17"),
        (" cm+1d ", "2026-04-01"),
    ],
)
def test_a_formula_is_counted_from_the_day_given(formula: str, day: str) -> None:
    assert formula_date(formula, TODAY) == date.fromisoformat(day)


def test_a_month_on_from_its_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert formula_date("1M", date(2026, 1, 31)) == date(2026, 2, 28)
    assert formula_date("1M", date(2028, 1, 31)) == date(2028, 2, 29)
    assert formula_date("-1Y", date(2028, 2, 29)) == date(2027, 2, 28)


def test_the_current_quarter_ends_with_its_third_month() -> None:
    assert formula_date("CQ", date(2026, 11, 30)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "formula", ["", " ", "D", "1", "1D1W", "<1D>", "C", "CD", "1X", "--1D", "1.5D", "9999Y", "-9999Y", "٣D"]
)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(Refused) as refusal:
        formula_date(formula, TODAY)

    assert (refusal.value.code, refusal.value.facts) == ("bad_formula", {"formula": formula})


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("310126", "2026-01-31"),
        ("0226", "2026-02-28"),
        ("0228", "2028-02-29"),
        ("2027-06-30", "2027-06-30"),
        (" 010199 ", "1999-01-01"),
    ],
)
def test_a_date_is_typed_as_ddmmyy_or_mmyy_or_iso(typed: str, day: str) -> None:
    assert typed_date(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("typed", ["310226", "1326", "0026", "320126", "", "12", "31.01.26", "20260131", "٣١٠١٢٦"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="bad_date"):
        typed_date(typed, TODAY)


def test_two_digits_mean_a_year_within_fifty_of_today() -> None:
    assert [full_year(yy, date(2026, 1, 15)) for yy in (76, 77, 99, 0, 26)] == [2076, 1977, 1999, 2000, 2026]
    assert [full_year(yy, date(2060, 1, 15)) for yy in (10, 11, 99)] == [2110, 2011, 2099]
