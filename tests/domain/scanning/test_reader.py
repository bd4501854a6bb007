"""The steps of the reader that are built, beyond the vectors (scanning.md)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.gtin import check_digit
from domain.scanning.prefixes import COMMANDS
from domain.scanning.reader import read
from domain.scanning.reading import KINDS, Reading
from domain.site import DeviceProfile, Scanning
from tui.commands import COMMANDS as FLOOR_COMMANDS
from tui.texts.en.reading import READING

TODAY = date(2026, 1, 15)


def reading(text: str, profile: DeviceProfile | None = None, **prefixes: tuple[str, ...]) -> Reading:
    scanning = Scanning()
    return read(text, Scanning(prefixes=scanning.prefixes | prefixes), profile or DeviceProfile(), TODAY)


def told(text: str, profile: DeviceProfile | None = None, **prefixes: tuple[str, ...]) -> str:
    """Return kind and facts, or the error, in one line."""
    result = reading(text, profile, **prefixes)
    return " ".join([result.error or result.kind, *map(str, (result.error_facts or result.facts).values())])


def checked(body: str) -> str:
    return body + check_digit(body)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", "E_EMPTY"),
        (" \t\r\n", "E_EMPTY"),
        ("]A0  ", "E_EMPTY"),
        ("A" * 513, "E_LONG 513"),
        ("AB\tCD", "E_CTRL \t"),
        ("AB\x9b", "E_CTRL \x9b"),
        ("]", "E_SYMID ]"),
        ("]#1ABC", "E_SYMID ]#"),
        ("]A-ABC", "E_SYMID ]A"),
        ("]é1ABC", "E_SYMID ]é"),
        ("Käse", "E_CHARSET ä"),
        ("AB\ufffd", "E_CHARSET \ufffd"),
        ("  ABC  ", "plain ABC"),
        ("\x02ABC\x03\r\n", "plain ABC"),
        ("]A0ABC", "plain ABC"),
    ],
)
def test_cleaning_takes_frames_off_and_names_what_cannot_be(text: str, result: str) -> None:
    assert told(text) == result


def test_a_device_prefix_and_suffix_go_before_the_site_prefix_is_looked_at() -> None:
    profile = DeviceProfile(prefix=("!", "!!"), suffix=("##", "#"))

    assert told("!!B:A-01##\r", profile) == "bin A-01"
    assert told("!B:A-01#", profile) == "bin A-01"
    assert told("!!##", profile) == "E_EMPTY"


@pytest.mark.parametrize("spelling", ["{GS}", "{gs}", "[GS]", "^]", "~d029", "\\x1d", "\\x1D", "\u241d", "\x1d"])
def test_every_spelling_of_a_separator_makes_a_gs1_string(spelling: str) -> None:
    assert told(f"10AB{spelling}21S9") == "gs1 AB S9"
    assert told(f"10AB^{spelling}21S9") == "E_CHARSET ^"
    assert told(f"L:AB{spelling}21S9").startswith("E_VALUE lot")


def test_a_spelling_of_the_profile_is_a_separator_only_where_switched_on() -> None:
    assert told("L:A|B") == "lot A|B"
    assert told("10A|21B", DeviceProfile(gs_tokens=("", "|"))) == "gs1 A B"
    assert told("https://a.b/c|d", DeviceProfile(gs_tokens=("|",))) == "url https://a.b/c|d"


def test_a_long_number_with_a_wrong_check_digit_is_no_plain_code() -> None:
    assert told("0109521234000014") == "E_CHECK 4 3"
    assert told("00395212340000000121ABC") == "E_CHECK 1 0"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("ABCD-123ABCD-123", "E_DOUBLE"),
        ("ABC-123ABC-123", "plain ABC-123ABC-123"),
        ("95212340000139521234000013", "E_DOUBLE"),
        ("B:A-01-02B:A-01-02", "E_DOUBLE"),
    ],
)
def test_a_code_glued_to_itself_is_refused_from_16_characters_on(text: str, result: str) -> None:
    assert told(text) == result


def test_a_pair_of_stars_is_taken_off_with_a_warning() -> None:
    assert told("*B:A-01*") == "bin A-01"
    assert reading("*ABC*").warn == ("W_STAR",)
    assert reading("*9521234000013*") == Reading("*9521234000013*", "gtin", {"gtin": "09521234000013"}, ("W_STAR",))
    assert [told(text) for text in ("*ABC", "**", "*")] == ["E_NOMATCH"] * 3


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("b:a-01", "bin A-01"),
        ("B:", "E_VALUE bin B:"),
        ("B:-A", "E_VALUE bin B:-A"),
        ("B:L:X", "E_VALUE bin B:L:X"),
        ("B:" + "A" * 20, "bin " + "A" * 20),
        ("B:" + "A" * 21, "E_VALUE bin B:" + "A" * 21),
        ("L:B:x", "lot B:x"),
        ("l:" + "x" * 51, "E_VALUE lot l:" + "x" * 51),
        ("I:item 1", "item ITEM 1"),
        ("I:" + "x" * 21, "E_VALUE item I:" + "x" * 21),
        ("p:pal-1", "pallet PAL-1"),
        ("P:PAL/1", "E_VALUE pallet P:PAL/1"),
        ("O:po/1", "order PO/1"),
        ("U:Anna", "user Anna"),
        ("U:AN-NA", "E_VALUE user U:AN-NA"),
        ("%%done", "command DONE"),
        ("c:cancel", "command CANCEL"),
        ("%%POST", "E_NOMATCH"),
        ("%%QTY=3", "command QTY 3"),
        ("%%qty=2.50", "command QTY 2.5"),
        ("%%QTY=0", "E_QTY 0"),
        ("%%QTY=1,5", "E_QTY 1,5"),
        ("%%QTY=-1", "E_QTY -1"),
        ("%%QTY", "E_NOMATCH"),
    ],
)
def test_a_prefix_decides_the_kind_and_its_rest_must_fit(text: str, result: str) -> None:
    assert told(text) == result


def test_a_site_may_rename_double_or_switch_off_a_prefix() -> None:
    assert told("BIN=A1", bin=("BIN=", "B:")) == "bin A1"
    assert told("B:A1", bin=("BIN=", "B:")) == "bin A1"
    assert told("B:A1", bin=()) == "E_NOMATCH"
    assert told("B:X:A1", bin=("B:", "B:X:")) == "bin A1"


def test_the_labels_of_the_floor_are_the_commands_that_are_read() -> None:
    assert {label for command in FLOOR_COMMANDS for label in command.labels} == COMMANDS


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (checked("200000000001"), "rcn"),
        (checked("021234567890"), "rcn"),
        (checked("041234567890"), "rcn"),
        (checked("21234567890"), "rcn"),
        (checked("41234567890"), "rcn"),
        (checked("031234567890"), "gtin"),
        (checked("2000001"), "rcn"),
        (checked("4000001"), "gtin"),
        ("]E4" + checked("0000017"), "rcn"),
        ("]E4" + checked("1000001"), "gtin"),
    ],
)
def test_numbers_given_out_in_a_store_are_no_catalogue_gtin(text: str, result: str) -> None:
    assert reading(text).kind == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("04252614", "gtin 00042100005264"),
        ("01234565", "gtin 00012345000065"),
        ("]E001234565", "gtin 00012345000065"),
        ("]E095210018", "E_VALUE UPC-E 95210018"),
        ("01234566", "E_CHECK 6 5"),
    ],
)
def test_eight_digits_with_a_leading_0_are_upc_e_where_that_is_valid(text: str, result: str) -> None:
    assert told(text) == result


def test_eight_digits_that_are_valid_both_ways_are_asked_about() -> None:
    both = next(
        body + check_digit(body)
        for body in (f"1{number:06}" for number in range(1, 1000))
        if reading(body + check_digit(body)).error == "E_AMBIG"
    )

    result = reading(both)

    assert [one.kind for one in result.readings] == ["gtin", "gtin"]
    assert result.readings[0].text("gtin").startswith("001")
    assert result.readings[1].text("gtin") == both.zfill(14)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("]E0" + checked("95212340000"), "gtin 0" + checked("95212340000").zfill(13)),
        ("]E0123", "E_VALUE 13 or 12 or 8"),
        ("]E0952123400001X", "E_VALUE 13 or 12 or 8"),
        ("]E3952123400001312345", "gtin 09521234000013 12345"),
        ("]E39521234000013", "E_VALUE 15 or 18"),
        ("]I1123456", "plain 123456"),
        ("]I1" + checked("95212340000"), "plain " + checked("95212340000")),
        ("]I1" + "1" * 41, "E_NOMATCH"),
        ("]I11952123400001X", "E_VALUE 14"),
    ],
)
def test_the_identifier_says_how_long_a_retail_number_is(text: str, result: str) -> None:
    assert told(text) == result


def test_a_14_digit_number_starting_with_9_is_a_variable_measure() -> None:
    assert reading(checked("9952123400001")).warn == ("W_VAR",)
    assert reading("]I1" + checked("9952123400001")).warn == ("W_VAR",)


@pytest.mark.parametrize(
    ("text", "result"),
    [("395212340000000120", "gs1 395212340000000120"), ("395212340000000121", "E_CHECK 1 0"), ("0" * 13, "E_VALUE")],
)
def test_bare_digits_are_checked(text: str, result: str) -> None:
    assert told(text) == result


@pytest.mark.parametrize("text", ["٣٤٥٦٧٨٩٠", "9521234\uff1000013", "²³"])
def test_digits_of_other_scripts_are_no_digits(text: str) -> None:
    assert reading(text).error == "E_CHARSET"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1234567", "plain 1234567"),
        ("W-01-0001", "plain W-01-0001"),
        ("a b._/+-9", "plain a b._/+-9"),
        ("1" + "X" * 39, "plain 1" + "X" * 39),
        ("X" * 41, "E_NOMATCH"),
        ("-5", "E_NOMATCH"),
        ("1,5", "E_NOMATCH"),
        ("A:B", "E_NOMATCH"),
    ],
)
def test_a_plain_code_starts_with_a_letter_or_digit_and_ends_within_40(text: str, result: str) -> None:
    assert told(text) == result


@given(
    st.text(st.characters(), max_size=600) | st.text("]CEdI0123456789+*%:BLPSQTGS{}()[>\x1d\x1e\x04 .-", max_size=40)
)
def test_whatever_comes_in_is_read_or_refused_with_a_code_that_has_a_text(text: str) -> None:
    profile = DeviceProfile(gs_tokens=("|",), prefix=("!!",), suffix=("##",), di_1d=True)

    result = reading(text, profile)

    assert result.raw == text
    assert (result.kind in KINDS) != (result.error in READING)


@given(st.decimals(min_value=Decimal("0.00001"), max_value=Decimal("999999999"), places=5))
def test_every_quantity_of_a_command_card_comes_back_as_written(qty: Decimal) -> None:
    assert Decimal(reading(f"%%QTY={qty:f}").text("qty")) == qty
