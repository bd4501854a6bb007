"""The language itself: what matches, what is a mistake, what a change must break."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cases.case_file import case_files, read_cases
from tests.cases.matching import changes, difference
from tests.cases.vocabulary import Mistake, mistakes

TODAY = date(2026, 1, 15)
ROWS = [{"lot": "L1", "qty": Decimal(6)}, {"lot": "L2", "qty": Decimal(8)}]


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("10.00", Decimal(10)),
        ("-0.5", Decimal("-0.50")),
        ("1000", "1000"),
        ("true", True),
        ("2026-01-18", date(2026, 1, 18)),
        ("D", TODAY),
        ("D+3", date(2026, 1, 18)),
        ("D-15", date(2025, 12, 31)),
        (None, None),
        (None, ""),
        ("", None),
        ({"lot": "L1"}, ROWS[0]),
        ([{"qty": "6"}, {"qty": "8"}], ROWS),
        ({"any_order": [{"qty": "8"}, {"qty": "6"}]}, ROWS),
        ({"includes": [{"lot": "L2"}]}, ROWS),
        ({"any_order": [{}, {"lot": "L1"}]}, ROWS),
        ([], []),
    ],
)
def test_what_matches(expected, actual):
    assert difference(expected, actual, today=TODAY) is None


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("10.01", Decimal(10)),
        ("1000.0", "1000"),
        ("true", False),
        (None, False),
        (None, Decimal(0)),
        ("0", None),
        ("D+1", TODAY),
        ("D", "D+0"),
        ([{"qty": "8"}, {"qty": "6"}], ROWS),
        ([{"qty": "6"}], ROWS),
        ([{"qty": "6"}, {"qty": "8"}, {}], ROWS),
        ({"any_order": [{"lot": "L1"}]}, ROWS),
        ({"any_order": [{"lot": "L1"}, {"qty": "6"}]}, ROWS),
        ({"includes": [{"lot": "L1"}, {"qty": "6"}]}, ROWS),
        ({"lot": "L1"}, None),
        ([], None),
        ("L1", ROWS),
    ],
)
def test_what_differs(expected, actual):
    assert difference(expected, actual, today=TODAY)


def test_a_key_that_does_not_exist_differs_even_when_null_is_expected():
    assert difference({"colour": None}, ROWS[0], today=TODAY)


def test_a_difference_names_the_place_and_both_values():
    found = difference([{"lot": "L1", "qty": "7"}], ROWS, today=TODAY, where="then.ledger")

    assert str(found) == "then.ledger[1].qty, expected 7, got 6"


def test_a_wrapper_stands_alone_over_a_list():
    with pytest.raises(Mistake):
        difference({"any_order": [], "includes": []}, ROWS, today=TODAY)
    with pytest.raises(Mistake):
        difference({"includes": "L1"}, ROWS, today=TODAY)


def test_each_scalar_is_changed_once_and_keys_and_modes_are_left():
    expected = {"rows": [{"qty": "6", "open": "true"}, {"only": "true"}], "date": "D+1", "lot": None}

    places = [place for place, changed in changes(expected)]

    assert places == ["rows[1].qty", "rows[1].open", "date", "lot"]


@pytest.mark.parametrize("actual", [Decimal(6), "6", TODAY, True, None, "L1"])
def test_a_changed_scalar_no_longer_matches(actual):
    expected = {Decimal(6): "6", TODAY: "D", True: "true"}.get(actual, actual)
    assert difference(expected, actual, today=TODAY) is None

    ((_, changed),) = changes(expected)

    assert difference(changed, actual, today=TODAY)


@pytest.mark.parametrize(
    ("case", "mistake"),
    [
        ({"colour": "red"}, "case: unknown key colour"),
        ({"given": {"stok": []}}, "given: unknown key stok"),
        ({"given": {"settings": {"speed": "1"}}}, "given.settings: unknown key speed"),
        ({"given": {"site": {"docks": {}}}}, "given.site: unknown key docks"),
        ({"given": {"items": {"A": {"colour": "red"}}}}, "given.items.A: unknown key colour"),
        ({"given": {"stock": [{"item": "A", "colour": "red"}]}}, "given.stock: unknown key colour"),
        ({"steps": [{"do": "adjust_sideways"}]}, "step 1: unknown verb adjust_sideways"),
        ({"steps": [{"do": "adjust_up", "item": "A"}]}, "step 1: adjust_up needs qty or serials or tracking"),
        ({"steps": [{"do": "wait", "minutes": "5", "hours": "1"}]}, "step 1: wait: unknown key hours"),
        ({"steps": [{"do": "repeat", "times": "2", "step": {"do": "jump"}}]}, "step 1: unknown verb jump"),
        ({"steps": [{"do": "check", "see": {"stok": []}}]}, "step 1: check see: unknown key stok"),
        ({"steps": [{"do": "floor", "keys": [], "see": {"colour": "red"}}]}, "step 1: floor see: unknown key colour"),
        ({"then": {"stok": []}}, "then: unknown key stok"),
        ({"raw": "B:A-01", "fact": {}}, "case: unknown key fact"),
    ],
)
def test_an_unknown_word_is_a_mistake(case, mistake):
    assert list(mistakes(case)) == [mistake]


def test_the_kept_files_use_only_words_of_the_language():
    assert [text for path in case_files() for case in read_cases(path) for text in mistakes(case.body)] == []
