"""The table of application identifiers is what the GS1 dictionary says, and what the rules of scanning.md say of it."""

import inspect
from pathlib import Path

import pytest

from domain.scanning import ai_table
from domain.scanning.dictionary import table
from domain.scanning.gs1_identifiers import ai_at, identifier

DICTIONARY = Path(__file__).parents[4] / "shared" / "data" / "gs1" / "gs1-syntax-dictionary.txt"
CHECKED = {
    "00",
    "01",
    "02",
    "03",
    "253",
    "255",
    "402",
    *(f"41{last}" for last in range(8)),
    "8003",
    "8006",
    "8017",
    "8018",
    "8026",
}
EVERY = [ai for ai in (f"{n:0{width}}" for width in (2, 3, 4) for n in range(10**width)) if identifier(ai)]


@pytest.mark.skipif(not DICTIONARY.exists(), reason="the GS1 dictionary is not beside this checkout")
def test_the_table_is_made_of_the_dictionary() -> None:
    assert inspect.getsource(ai_table) == table(DICTIONARY.read_text(encoding="utf-8"))


def test_the_identifiers_with_a_check_digit_are_those_of_the_rule_scn_42() -> None:
    assert {ai for ai in EVERY if (known := identifier(ai)) and known.checked} == CHECKED


def test_the_keys_of_links_are_those_of_the_rule_scn_70() -> None:
    qualifiers = {
        "01": "22 10 21 235",
        "414": "254 7040",
        "415": "8020",
        "417": "7040",
        "8004": "7040",
        "8006": "22 10 21",
        "8010": "8011",
        "8017": "8019",
        "8018": "8019",
    }

    assert dict.fromkeys(("00", "253", "255", "401", "402", "8003", "8013"), "") | qualifiers == ai_table.LINK_KEYS


def test_an_identifier_is_found_by_its_first_two_digits() -> None:
    assert [ai for ai in EVERY if ai_at(f"{ai}0000", 0) != ai] == []


def test_a_field_of_predefined_length_has_one_length() -> None:
    predefined = [known for ai in EVERY if (known := identifier(ai)) and known.is_predefined]

    assert {len(known.lengths) for known in predefined} == {1}
    assert all(known.digits == known.longest for known in predefined)
