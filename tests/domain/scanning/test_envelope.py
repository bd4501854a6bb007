"""ISO 15434 envelopes and fields with data identifiers (SCN-80..83, step 11)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.reader import read
from domain.site import DeviceProfile, Scanning
from tests.domain.scanning.labels import GTIN, TODAY, reading, told

SINGLE_FIELDS = DeviceProfile(di_1d=True)


def enveloped(*formats: str) -> str:
    """Return an envelope; `_` stands for GS."""
    return "\x1e".join(["[)>", *formats, "\x04"]).replace("_", "\x1d")


def fields(*texts: str) -> str:
    return told(reading(enveloped("_".join(["06", *texts]))))


def single(text: str) -> str:
    return told(read(text, Scanning(), SINGLE_FIELDS, TODAY))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("[)>\x1e06\x1dP1\x1e\x04", "part=1"),
        ("[)>\x1e06\x1dP1\x04", "part=1"),
        ("[)>\x1e06\x1dP1\x1e", "part=1 W_ENV"),
        ("[)>06\x1dP1\x1e\x04", "part=1 W_ENV"),
        (">[)>\x1e06\x1dP1\x1e\x04", "part=1 W_ENV"),
        (">[)>{RS}06{GS}P1{RS}{EOT}", "part=1 W_ENV"),
        ("[)>[RS]06[GS]P1[RS][EOT]", "part=1"),
        ("[)>^^06^]P1^^^D", "part=1"),
        ("[)>~d03006~d029P1~d030~d004", "part=1"),
        ("[)>\u241e06\u241dP1\u241e\u2404\r\n", "part=1"),
        ("]d1[)>\x1e06\x1dP1\x1e\x04", "part=1"),
        ("[)>", "E_ENV"),
        ("[)>\x1e", "E_ENV"),
        ("[)>\x1e\x04", "E_ENV"),
        ("[)>\x1e06\x1e\x04", "E_ENV"),
        ("[)>\x1e06P1\x1e\x04", "E_ENV"),
        ("[)>\x1e6\x1dP1\x1e\x04", "E_ENV"),
        ("[)>\x1e07\x1dP1\x1e\x04", "E_ENV"),
        ("[)>\x1e06\x1dP1\x1e\x1e06\x1dQ1\x1e\x04", "E_ENV"),
        ("[)>\x1e06\x1dP1\x1e\x04\x04", "E_ENV"),
        ("[)>\x1e06\x1dP\x041\x1e\x04", "E_ENV"),
        ("[)>\x1e06\x1dP1\x1e\x04" * 2, "E_ENV"),
        ("[)>\x1e06\x1d\x1d\x1e05\x1d\x1e\x04", "E_EMPTY"),
        ("[)>\x1e06\x1dPä\x1e\x04", "E_CHARSET ä"),
        ("[>\x1e06\x1dP1\x1e\x04", "E_CHARSET ["),
    ],
)
def test_an_envelope_is_whole_or_damaged_scn_80(text: str, result: str) -> None:
    assert told(reading(text)) == result


@pytest.mark.parametrize(
    ("formats", "result"),
    [
        ((f"05_01{GTIN}_10L7",), f"gtin={GTIN} lot=L7"),
        (("05_10L7",), "lot=L7 W_PART"),
        ((f"05_01{GTIN}__10L7_",), f"gtin={GTIN} lot=L7 W_SEP"),
        ((f"05_01{GTIN}10L7|#",), "E_CHARSET |"),
        (("05_0109521234000014",), "E_CHECK 4 3"),
        ((f"05_01{GTIN}3712",), "E_PAIR 01 37"),
        ((f"05_01{GTIN}10AB17280630",), f"gtin={GTIN} lot=AB17280630"),
        (("05_10A", "05_10B"), "E_DUP 10 A B"),
        (("05_10A_", f"05_01{GTIN}"), f"lot=A gtin={GTIN}"),
        ((f"05_01{GTIN}", "06_PX_Q5"), f"gtin={GTIN} part=X qty=5"),
        ((f"05_01{GTIN}10A", "06_1TA"), f"gtin={GTIN} lot=A"),
        ((f"05_01{GTIN}10A", "06_1TB"), "E_DUP lot A B"),
        ((f"05_01{GTIN}_91X", "06_9LY"), f"gtin={GTIN} other={{'91': 'X', '9L': 'Y'}}"),
        (("06_PX", "06_PY"), "E_DUP P X Y"),
        (("06_PX", "06_Q5"), "part=X qty=5"),
        (("06_Q5", "05_"), "qty=5"),
    ],
)
def test_formats_of_one_envelope_are_merged_scn_80(formats: tuple[str, ...], result: str) -> None:
    assert told(reading(enveloped(*formats))) == result


@pytest.mark.parametrize(
    ("field", "result"),
    [
        ("P12 3", "part=12 3"),
        ("P#^|{}<GS>", "part=#^|{}<GS>"),
        ("1PX", "supplier_part=X"),
        ("30PX", "part_alt=X"),
        ("SX", "serial=X"),
        ("1TLot7", "lot=Lot7"),
        ("KX", "order=X"),
        ("VX", "supplier=X"),
        ("2PX", "revision=X"),
        ("4LDE", "origin=DE"),
        ("14D20280630", "expiry=2028-06-30"),
        ("16D20260105", "made=2026-01-05"),
        ("25D20270131", "best_before=2027-01-31"),
        ("14D20270229", "E_DATE 20270229"),
        ("14D280630", "E_DATE 280630"),
        ("16D2026O105", "E_DATE 2026O105"),
        ("25D00000101", "E_DATE 00000101"),
        ("25D2027013", "E_DATE 2027013"),
        ("JX", "licence_plate=X"),
        ("1JX", "licence_plate=X"),
        ("5JX", "licence_plate=X"),
        ("6JX", "licence_plate=X"),
        ("2JX", "other={'2J': 'X'}"),
        ("123ZX", "other={'123Z': 'X'}"),
        ("Q007.50", "qty=7.5"),
        ("Q123456789.12345", "qty=123456789.12345"),
        *[(f"Q{qty}", f"E_QTY {qty}") for qty in ("0", "0.0", "1,5", "+1", "-1", "1e3", "1.", ".5", "1.123456", "1 ")],
        ("Q1234567890", "E_QTY 1234567890"),
        ("7Q10PC", "qty=10 uom=PC"),
        ("7Q2.50kg", "qty=2.5 uom=kg"),
        ("7Q1012", "qty=10 uom=12"),
        *[(f"7Q{qty}", f"E_QTY {qty}") for qty in ("0PC", "PC", "5", "10 PC", "-1PC", "10P.")],
        ("12", "E_DI 12"),
        ("#12", "E_DI #12"),
        ("p1", "E_DI p1"),
        ("1234PX", "E_DI 1234PX"),
        ("P", "E_DI P"),
        (" PX", "E_DI  PX"),
    ],
)
def test_a_field_is_read_by_its_identifier_scn_81_to_83(field: str, result: str) -> None:
    assert fields(field) == result


def test_fields_may_be_empty_or_say_the_same_again_but_never_differ_scn_82() -> None:
    assert fields("", "PX", "", "") == "part=X"
    assert fields("PX", "PX") == "part=X"
    assert fields("Q5", "Q5.0", "7Q5PC") == "qty=5 uom=PC"
    assert fields("Q5", "7Q6PC") == "E_DUP 7Q 5 6"
    assert fields("JX", "1JY") == "E_DUP 1J X Y"
    assert fields("9LX", "9LY") == "E_DUP 9L X Y"


def test_separators_of_the_device_are_data_inside_an_envelope_scn_25() -> None:
    profile = DeviceProfile(gs_tokens=("|", "#"))

    assert told(read(enveloped("06_PA|B#"), Scanning(), profile, TODAY)) == "part=A|B#"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1TLOT88", "lot=LOT88 W_PART"),
        ("1PX", "supplier_part=X W_PART"),
        ("14D20280630", "expiry=2028-06-30 W_PART"),
        ("16D20260105", "made=2026-01-05 W_PART"),
        ("PX", "part=X W_PART"),
        ("Q12", "qty=12 W_PART"),
        ("SX", "serial=X W_PART"),
        ("KX", "order=X W_PART"),
        ("VX", "supplier=X W_PART"),
        ("*PX*", "part=X W_PART W_STAR"),
        ("Q0", "E_QTY 0"),
        ("14D20280631", "E_DATE 20280631"),
        ("PA\x1eB", "E_CHARSET \x1e"),
        ("P", "code=P"),
        ("1T", "code=1T"),
        ("2PX", "code=2PX"),
        ("p1", "code=p1"),
    ],
)
def test_a_single_field_is_part_of_a_label_where_the_device_sends_them(text: str, result: str) -> None:
    assert single(text) == result
    assert told(reading("1TLOT88")) == "code=1TLOT88"


@given(st.decimals(min_value=Decimal("0.00001"), max_value=Decimal("999999999"), places=5))
def test_every_quantity_of_a_field_comes_back_as_written(qty: Decimal) -> None:
    assert Decimal(reading(enveloped(f"06_Q{qty:f}")).text("qty")) == qty


@given(st.lists(st.text("PQ1T0DJ. \x1d\x1e\x04[)>5679", max_size=12), max_size=6))
def test_whatever_stands_in_an_envelope_is_read_or_refused(texts: list[str]) -> None:
    result = reading("[)>\x1e" + "".join(texts))

    assert (result.kind == "mh10") != bool(result.error)
