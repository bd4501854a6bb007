"""GS1 strings without a separator: read only where there is one way to read them (SCN-50..52)."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.gs1_identifiers import identifier
from domain.scanning.gs1_lost_separators import MOST_READINGS
from tests.domain.scanning.labels import GTIN, SSCC, checked, proven, reading, told

MAY_FOLLOW = {"00", "01", "02", "10", "11", "13", "15", "16", "17", "21", "30", "37", *(f"310{x}" for x in range(6))}


def ways(text: str) -> set[str]:
    """Return every way a text is read behind a GS1 mark; its error alone where there is none."""
    result = reading(f"]C1{text}")
    return {told(one) for one in result.readings} if result.error == "E_AMBIG" else {told(result)}


@pytest.mark.parametrize(
    "text",
    [f"01{GTIN}10LOT7", f"01{GTIN}1728063010LOT7", "400PO-77812", f"01{GTIN}10LOT17271332", f"01{GTIN}10LOT300"],
)
def test_a_string_with_one_way_to_read_it_needs_no_separator_scn_50(text: str) -> None:
    assert ways(text) == {proven(text)}


@pytest.mark.parametrize(
    ("text", "results"),
    [
        (f"01{GTIN}10AB17280630", {"lot=AB17280630", "lot=AB expiry=2028-06-30"}),
        (
            f"01{GTIN}10AB1728063021S",
            {"lot=AB1728063021S", "lot=AB17280630 serial=S", "lot=AB expiry=2028-06-30 serial=S"},
        ),
        (f"01{GTIN}21AB10X", {"serial=AB10X", "serial=AB lot=X"}),
        (f"01{GTIN}10AB3012", {"lot=AB3012", "lot=AB qty=12"}),
        (f"01{GTIN}10AB3100004444", {"lot=AB3100004444", "lot=AB measure={'net_kg': '4444'}"}),
        (f"01{GTIN}10AB17280600", {"lot=AB17280600", "lot=AB expiry=2028-06-30"}),
    ],
)
def test_where_there_are_several_ways_all_are_told_scn_50(text: str, results: set[str]) -> None:
    assert ways(text) == {f"gtin={GTIN} {result}" for result in results}


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("10AB12280630", "AB12280630"),
        ("10AB20X1", "AB20X1"),
        ("10AB240X", "AB240X"),
        ("10AB3106001250", "AB3106001250"),
        ("10AB3201001250", "AB3201001250"),
        ("10AB17281330", "AB17281330"),
        ("10AB3000", "AB3000"),
        ("10AB300000001234", "AB300000001234"),
        ("10AB0145645645645", "AB0145645645645"),
        ("10AB10AB", "AB10AB"),
        ("10AB3712", "AB3712"),
    ],
)
def test_only_a_valid_element_of_the_list_ends_a_field_early_scn_50(text: str, lot: str) -> None:
    expected = {f"gtin={GTIN} lot={lot}"} | ({f"gtin={GTIN} lot=AB W_DUP"} if text == "10AB10AB" else set())

    assert ways(f"01{GTIN}{text}") == expected


def test_a_reading_that_may_not_be_on_one_label_is_none() -> None:
    assert ways(f"01{GTIN}10AB10CD") == {f"gtin={GTIN} lot=AB10CD"}
    assert ways("10AB3712") == {"lot=AB3712 W_PART", "lot=AB content_qty=12 W_PART"}


def test_a_key_may_follow_anywhere_scn_50() -> None:
    number = checked("0456456456456")

    assert ways(f"10A01{number}") == {f"lot=A01{number} W_PART", f"lot=A gtin={number}"}
    assert ways(f"10{'A' * 10}02{number}3712") == {f"lot={'A' * 10} content_gtin={number} content_qty=12 W_NOSEP"}
    assert ways(f"21{'S' * 10}00{SSCC}") == {f"serial={'S' * 10} sscc={SSCC} W_NOSEP"}


def test_after_a_field_of_fixed_length_any_identifier_may_follow() -> None:
    assert ways(f"01{GTIN}10ABCDEFGHIJK17280630240X-1") == {
        f"gtin={GTIN} lot=ABCDEFGHIJK expiry=2028-06-30 addl_id=X-1 W_NOSEP"
    }


def test_one_way_that_is_not_the_plain_one_warns_of_the_lost_separator_scn_50() -> None:
    assert ways(f"01{GTIN}10ABCDEFGHIJKLMN17280630") == {f"gtin={GTIN} lot=ABCDEFGHIJKLMN expiry=2028-06-30 W_NOSEP"}
    assert ways(f"01{GTIN}42227617770430") == {f"gtin={GTIN} other={{'422': '276'}} expiry=1977-04-30 W_NOSEP"}


@pytest.mark.parametrize("text", [f"01{GTIN}10AB17280630", "10AB21CD"])
def test_a_separator_or_a_device_that_sends_them_leaves_the_plain_reading_scn_51(text: str) -> None:
    assert reading(f"]C1{text}").error == "E_AMBIG"
    assert reading(f"]C1{text}", gs_proven=True).error == ""
    assert reading(f"]C1{text}\x1d").error == ""
    assert reading(f"\x1d{text}").error == ""


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"01{GTIN[:-1]}410AB17280630", "E_CHECK 4 3"),
        (f"01{GTIN}05A17280630", "E_AI 05"),
        (f"01{GTIN}10A B17280630", "E_CHARSET  "),
        (f"01{GTIN}10{'A' * 21}17281330", "E_VALUE 10 1-20"),
        (f"01{GTIN}3712", "E_PAIR 01 37"),
        (f"01{GTIN}300", "E_QTY 0"),
    ],
)
def test_where_nothing_can_be_read_the_plain_reading_says_why(text: str, error: str) -> None:
    assert ways(text) == {error}


def test_without_a_mark_every_way_warns_of_that_too() -> None:
    result = reading(f"01{GTIN}10AB17280630")

    assert {one.warn for one in result.readings} == {("W_NOFNC1",)}
    assert {one.raw for one in result.readings} == {result.raw}


def test_readings_that_contradict_themselves_are_none_of_the_64_scn_50() -> None:
    other_day_first = "70032806301430" + "21aaaaa17280630" + "1017290630"
    many_ways = "".join(f"{ai}A15280101" for ai in (240, 241, 250, 251, 254, 243, 400, 401, 403))

    assert reading(f"]C1{other_day_first}{many_ways}").error == "E_AMBIG"


def test_the_search_ends_at_64_readings_or_20_000_positions_scn_50() -> None:
    many = reading("]C1103730373037212111373030302121213030303712130303721211")
    endless = reading("]C110" + "1110302137" * 48)

    assert (many.error, len(many.readings)) == ("E_AMBIG", MOST_READINGS)
    assert (endless.error, len(endless.readings)) == ("E_AMBIG", 0)


def ways_by_hand(text: str, *, is_after_early_end: bool = False) -> Iterator[list[str]]:
    """Yield the elements of every way to cut a text up as SCN-50 says, each element valid by itself."""
    for width in (2, 3, 4):
        known = identifier(text[:width])
        if known is None or (is_after_early_end and known.ai not in MAY_FOLLOW):
            continue
        for end in range(width + 1, len(text) + 1):
            if reading(f"]C1{text[:end]}", gs_proven=True).error or (
                known.is_predefined and end != width + known.longest
            ):
                continue
            if end == len(text):
                yield [text]
            for rest in ways_by_hand(text[end:], is_after_early_end=not known.is_predefined):
                yield [text[:end], *rest]


@given(st.lists(st.sampled_from(["10", "21", "11", "17", "30", "37", "3100", "101110", "A", "1", "0"]), max_size=12))
def test_the_ways_found_are_those_found_by_trying_everything_scn_50(parts: list[str]) -> None:
    text = "".join(["10A", *parts])[:26]
    by_hand = [reading("]C1" + "\x1d".join(elements), gs_proven=True) for elements in ways_by_hand(text)]
    valid = [one.facts for one in by_hand if not one.error]

    result = reading(f"]C1{text}")

    if len(valid) > 1:
        assert sorted(map(str, (one.facts for one in result.readings))) == sorted(map(str, valid))[:MOST_READINGS]
    else:
        assert [result.facts for _ in valid] == valid
        assert bool(result.error) == (not valid)
