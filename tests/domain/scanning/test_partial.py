"""Labels that say a part, put together (SCN-48, SCN-49, SCN-94, step 11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.hibc import check_character
from domain.scanning.partial import joined
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.site import DeviceProfile, Scanning
from tests.domain.scanning.labels import GLN, GTIN, OTHER_GTIN, SSCC, TODAY, told


def reading(text: str) -> Reading:
    return read(text, Scanning(), DeviceProfile(gs_proven=True, di_1d=True), TODAY)


def both(first: str, second: str) -> str:
    """Return what two labels say together, one text for not at all."""
    found = joined(reading(first), reading(second))
    return "not of one good" if found is None else told(found)


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        (f"]C101{GTIN}", "]C110L7", f"gtin={GTIN} lot=L7"),
        ("]C110L7", f"]C101{GTIN}", f"lot=L7 gtin={GTIN}"),
        ("9521234000013", "]C110L7", f"gtin={GTIN} lot=L7"),
        ("9521234000013", "]C11728063010L7\x1d21S", f"gtin={GTIN} expiry=2028-06-30 lot=L7 serial=S"),
        (f"]C102{GTIN}", "]C13712", f"content_gtin={GTIN} content_qty=12"),
        ("]C13712", f"]C102{GTIN}", f"content_qty=12 content_gtin={GTIN}"),
        (f"]C100{SSCC}02{GTIN}", "]C13712", f"sscc={SSCC} content_gtin={GTIN} content_qty=12"),
        ("]C1254A", f"]C1414{GLN}", f"location_ext=A location={GLN}"),
        ("]C110L7", "]C117280630", "lot=L7 expiry=2028-06-30 W_PART"),
        ("]C110L7", "]C110L7", "lot=L7 W_PART"),
        (f"]C101{GTIN}10L7", "]C110L7\x1d21S", f"gtin={GTIN} lot=L7 serial=S"),
        (f"]C101{GTIN}10L7", "]C110L8", "E_DUP 10 L7 L8"),
        (f"]C101{GTIN}", "]C13712", "E_PAIR 01 37"),
        (f"]C101{GTIN}", f"]C102{GTIN}", "E_PAIR 01 02"),
        ("]C121S", f"]C101{GTIN}235T", "E_PAIR 21 235"),
        ("]C110A\x1d420B", f"]C101{GTIN}421208C", "E_PAIR 420 421"),
        (f"]C101{GTIN}3103001250", "]C13102000125", "E_PAIR 3103 3102"),
        (f"]C101{GTIN}3103001250", "]C13103001251", "E_DUP 3103 1.250 1.251"),
        (f"]C101{GTIN}91A", "]C191B", "E_DUP 91 A B"),
        (f"]C101{GTIN}91A", "]C192B", f"gtin={GTIN} other={{'91': 'A', '92': 'B'}}"),
        (f"]C101{GTIN}70032806301430", "]C117280630", f"gtin={GTIN} expiry=2028-06-30 expiry_at=2028-06-30T14:30"),
        (f"]C101{GTIN}70032806301430", "]C117280629", "E_DUP 17 2028-06-30 2028-06-29"),
        ("99521234000016", "]C13103001250", "gtin=99521234000016 measure={'net_kg': '1.250'}"),
        ("99521234000016", "]C110L7", "gtin=99521234000016 lot=L7 W_VAR"),
        ("]E3952123400001312", "]C110L7", f"gtin={GTIN} addon=12 lot=L7"),
        (f"]C101{GTIN}", f"]C101{OTHER_GTIN}", "not of one good"),
        ("2312345601254", "]C110L7", "not of one good"),
        (f"]C101{GTIN}", "L:L7", "not of one good"),
        ("]C110L7", "1TL7", "not of one good"),
    ],
)
def test_gs1_labels_that_may_be_one_label_are_joined_scn_48_49(first: str, second: str, result: str) -> None:
    assert both(first, second) == result


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        ("PX", "1TL7", "part=X lot=L7"),
        ("1TL7", "1PX", "lot=L7 supplier_part=X"),
        ("1TL7", "Q5", "lot=L7 qty=5 W_PART"),
        ("PX", "PX", "part=X"),
        ("PX", "PY", "E_DUP part X Y"),
        ("[)>\x1e06\x1dPX\x1dQ5\x1e\x04", "1TL7", "part=X qty=5 lot=L7"),
        ("[)>\x1e06\x1dPX\x1dQ5\x1e\x04", "Q6", "E_DUP qty 5 6"),
        ("[)>\x1e06\x1dPX\x1e\x04", "[)>\x1e06\x1dQ5\x1e\x04", "not of one good"),
    ],
)
def test_single_fields_are_joined_until_they_name_the_goods(first: str, second: str, result: str) -> None:
    assert both(first, second) == result


def test_a_third_label_is_joined_like_the_second() -> None:
    two = joined(reading("1TL7"), reading("Q5"))
    assert two is not None
    three = joined(two, reading("PX"))

    assert three is not None
    assert told(three) == "lot=L7 qty=5 part=X"


def test_a_second_hibc_label_is_joined_to_the_first_it_names_only_scn_94() -> None:
    def label(text: str) -> str:
        return text + check_character(text)

    item, other = label("+Z999ABC1231"), label("+Z999ABC1241")
    lot, serial = label(f"+$L7{item[-1]}"), label(f"+$+S9{item[-1]}")

    assert both(item, lot) == "hibc_item=Z999ABC123 pack_level=1 lot=L7"
    assert both(lot, item) == "lot=L7 hibc_item=Z999ABC123 pack_level=1"
    assert both(other, lot) == both(lot, serial) == both(item, other) == "not of one good"
    dated = label("+Z999ABC1231/$L8")
    assert both(dated, label(f"+$L7{dated[-1]}")) == "E_DUP lot L8 L7"
    whole = joined(reading(item), reading(lot))
    assert whole is not None
    further = joined(whole, reading(serial))
    assert further is not None
    assert told(further) == "hibc_item=Z999ABC123 pack_level=1 lot=L7 serial=S9"


FIELDS = st.sampled_from(
    ["10A", "10B", "21S", "17280630", "3712", f"02{GTIN}", f"01{GTIN}", f"01{OTHER_GTIN}", "3103001250", "91X", "235T"]
)


@given(FIELDS, FIELDS)
def test_the_order_of_two_labels_does_not_matter(one: str, other: str) -> None:
    forth, back = (joined(reading(f"]C1{a}"), reading(f"]C1{b}")) for a, b in ((one, other), (other, one)))

    assert (forth is None) == (back is None)
    if forth is not None and back is not None:
        assert (forth.error, forth.facts, set(forth.warn)) == (back.error, back.facts, set(back.warn))


@given(FIELDS, FIELDS)
def test_two_labels_say_what_one_with_both_fields_says(one: str, other: str) -> None:
    found = joined(reading(f"]C1{one}"), reading(f"]C1{other}"))
    whole = reading(f"]C1{one}\x1d{other}")

    if found is not None:
        assert (found.error, found.facts, set(found.warn)) == (whole.error, whole.facts, set(whole.warn) - {"W_DUP"})
