"""HIBC labels (SCN-27, SCN-90..94)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.hibc import check_character
from tests.domain.scanning.labels import reading, told
from tui.jobs.view import Message
from tui.texts.words import words

ITEM = "Z999ABC1231"
SAME_ITEM = "hibc_item=Z999ABC123 pack_level=1"


def label(text: str) -> str:
    """Return a label with its check character."""
    return text + check_character(text)


def part(text: str) -> str:
    """Return what a part behind the item says."""
    return told(reading(label(f"+{ITEM}/{text}"))).removeprefix(f"{SAME_ITEM} ")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (f"+{ITEM}", SAME_ITEM),
        ("+A12311", "hibc_item=A1231 pack_level=1"),
        ("+A123ABCDEFGHIJKLMNOPQR9", "hibc_item=A123ABCDEFGHIJKLMNOPQR pack_level=9"),
        ("+A1231", "E_HIBC"),
        ("+A123ABCDEFGHIJKLMNOPQRS9", "E_HIBC"),
        ("+9ABC11", "E_HIBC"),
        ("+A12-11", "E_HIBC"),
        ("+A123ABC", "E_HIBC"),
        ("+A123A B1", "E_HIBC"),
        ("+/$LOT", "E_HIBC"),
        (f"+{ITEM}/", "E_HIBC"),
        (f"+{ITEM}//$L", "E_HIBC"),
        (f"+{ITEM}/LOT", "E_HIBC"),
        (f"+{ITEM}/2801", "E_HIBC"),
    ],
)
def test_the_first_part_is_labeller_product_and_pack_level_scn_91(text: str, result: str) -> None:
    assert told(reading(label(text))) == result


@pytest.mark.parametrize("text", ["+", "++", "+A", "+ABC"])
def test_a_text_too_short_for_a_label_is_refused(text: str) -> None:
    assert told(reading(text)) in {"E_HIBC", f"E_CHECK {text[-1]} {check_character(text[:-1])}"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("+Z999ABC1231A", "E_CHECK A E"),
        ("+z999ABC1231E", "E_CHARSET z"),
        ("+Z999ABC1231E\x1d", "E_CHARSET \x1d"),
        ("+Z999_ABC1231E", "E_CHARSET _"),
    ],
)
def test_characters_come_before_the_check_character_scn_90(text: str, result: str) -> None:
    assert told(reading(text)) == result


def test_a_german_keyboard_in_front_of_a_gs1_label_is_named_scn_90() -> None:
    error = reading("+C10109521234000013")

    assert (error.error, error.error_facts["layout"]) == ("E_CHECK", "German")
    assert words(Message("unreadable", {"e_code": "E_CHECK", **error.error_facts})).endswith("keyboard layout?")


def test_a_blank_may_be_the_check_character_scn_27() -> None:
    text = next(label(f"+A123{number}1") for number in range(100, 999) if label(f"+A123{number}1")[-1] == " ")

    assert reading(text).kind == "hibc"
    assert reading(f"  *{text}* ").facts == reading(text).facts
    assert told(reading(text[:-1])).startswith("E_CHECK")
    assert told(reading("+Z999ABC1231E  ")) == SAME_ITEM


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("$LOT5", "lot=LOT5"),
        ("$-. $+%", "lot=-. $+%"),
        ("$+SN5", "serial=SN5"),
        ("$", "E_HIBC"),
        ("$+", "E_HIBC"),
        ("28060LOT", "expiry=2028-02-29 lot=LOT"),
        ("28060", "expiry=2028-02-29"),
        ("28366L", "expiry=2028-12-31 lot=L"),
        ("27366L", "E_DATE 27366"),
        ("27000L", "E_DATE 27000"),
        ("$$0628LOT", "expiry=2028-06-30 lot=LOT"),
        ("$$+0628SN", "expiry=2028-06-30 serial=SN"),
        ("$$1228LOT", "expiry=2028-12-31 lot=LOT"),
        ("$$0228", "expiry=2028-02-29"),
        ("$$0028LOT", "E_DATE 0028"),
        ("$$1328LOT", "E_DATE 1328"),
        ("$$2063028LOT", "expiry=2028-06-30 lot=LOT"),
        ("$$2063128LOT", "E_DATE 063128"),
        ("$$3280630LOT", "expiry=2028-06-30 lot=LOT"),
        ("$$3280600LOT", "E_DATE 280600"),
        ("$$32806", "E_DATE 2806"),
        ("$$428063014LOT", "expiry=2028-06-30 expiry_at=2028-06-30T14:00 lot=LOT"),
        ("$$428063024LOT", "E_DATE 28063024"),
        ("$$528060LOT", "expiry=2028-02-29 lot=LOT"),
        ("$$62806009LOT", "expiry=2028-02-29 expiry_at=2028-02-29T09:00 lot=LOT"),
        ("$$62806024LOT", "E_DATE 2806024"),
        ("$$7LOT", "lot=LOT"),
        ("$$+7SN", "serial=SN"),
        ("$$7", "E_HIBC"),
        ("$$", "E_DATE "),
        ("$$LOT", "E_DATE LOT"),
        ("$$80507LOT", "E_DATE 07LO"),
        ("$$8057LOT", "qty=5 lot=LOT"),
        ("$$8057", "qty=5"),
        ("$$9000403280630LOT", "qty=40 expiry=2028-06-30 lot=LOT"),
        ("$$+8123280630SN", "qty=12 expiry=2028-06-30 serial=SN"),
        ("$$8007LOT", "E_QTY 00"),
        ("$$8", "E_QTY "),
        ("$$81", "E_QTY 1"),
        ("$$8X57LOT", "E_QTY X5"),
        ("$$90004", "E_QTY 0004"),
        ("$$91.0007LOT", "E_QTY 1.000"),
        ("$$805", "E_DATE "),
        ("$$80580", "E_DATE 80"),
    ],
)
def test_a_part_behind_the_item_is_read_by_how_it_begins_scn_92(text: str, result: str) -> None:
    assert part(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("$L/14D20280630/16D20260105/S77/Q40", "lot=L expiry=2028-06-30 made=2026-01-05 serial=77 qty=40"),
        ("14D20280630", "expiry=2028-06-30"),
        ("$L/14D20280631", "E_DATE 20280631"),
        ("$L/16D280630", "E_DATE 280630"),
        ("$L/Q0", "E_QTY 0"),
        ("$L/Q", "E_HIBC"),
        ("$L/S", "E_HIBC"),
        ("$L/1TX", "E_HIBC"),
        ("$L/$L", "lot=L"),
        ("$L/$M", "E_DUP $ L M"),
        ("$$0628L/14D20280630", "expiry=2028-06-30 lot=L"),
        ("$$0628L/14D20280629", "E_DUP 14D 2028-06-30 2028-06-29"),
        ("$+A/SB", "E_DUP S A B"),
    ],
)
def test_further_parts_add_to_it_scn_93(text: str, result: str) -> None:
    assert part(text) == result


def test_the_check_character_may_be_the_mark_between_parts() -> None:
    first = next(label(f"+A123{number}1") for number in range(100, 999) if label(f"+A123{number}1")[-1] == "/")

    assert told(reading(first)) == f"hibc_item={first[1:-2]} pack_level=1"
    assert told(reading(label("+$L/"))) == "hibc_link=/ lot=L W_PART"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("+$LOTE", "hibc_link=E lot=LOT W_PART"),
        ("+$+SNE", "hibc_link=E serial=SN W_PART"),
        ("+$$0628LOTE", "hibc_link=E expiry=2028-06-30 lot=LOT W_PART"),
        ("+28060LOTE", "hibc_link=E expiry=2028-02-29 lot=LOT W_PART"),
        ("+$LOT/S5E", "hibc_link=E lot=LOT serial=5 W_PART"),
        ("+$E", "E_HIBC"),
        ("+27366E", "E_DATE 27366"),
    ],
)
def test_a_second_label_names_the_check_character_of_its_first_scn_94(text: str, result: str) -> None:
    assert told(reading(label(text))) == result


def test_the_check_character_of_a_first_label_is_kept_for_its_second_scn_94() -> None:
    assert reading("+Z999ABC1231E").check == "E"
    assert reading(label("+$LOTE")).check == ""


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%", max_size=40))
def test_whatever_follows_the_plus_is_read_or_refused(text: str) -> None:
    result = reading(label(f"+{text}"))

    assert (result.kind == "hibc") != bool(result.error)
    assert result.error in {"", "E_HIBC", "E_DATE", "E_QTY", "E_DUP", "E_DOUBLE"}


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=18), st.data())
def test_one_changed_character_is_always_found(product: str, data: st.DataObject) -> None:
    text = label(f"+A123{product}1")
    at = data.draw(st.integers(1, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if one != text[at]]))

    assert reading(text[:at] + other + text[at + 1 :]).error
