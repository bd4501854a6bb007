"""Codes and facts to sentences of at most two rows of 20."""

from datetime import UTC, date, datetime
from decimal import Decimal
from string import Formatter

import pytest

from tui.jobs.view import Fact, Message
from tui.texts import words
from tui.texts.en import TEXTS
from tui.texts.en.hints import HINTS
from tui.texts.en.messages import MESSAGES
from tui.texts.en.reading import READING
from tui.texts.wording import wordings

NUMBERS = {"qty", "short", "max", "min", "step", "total", "by"}
COUNTS = {"n", "m", "no", "id", "length", "read", "should"}


def facts_of(wording: str) -> list[str]:
    return [fact for _, fact, _, _ in Formatter().parse(wording) if fact]


@pytest.mark.parametrize(
    ("code", "facts", "sentence"),
    [
        ("not_enough", {"qty": Decimal("5.00000"), "short": Decimal(1)}, "Only 5 here, 1 short"),
        ("not_enough", {"qty": Decimal(3), "lot": "L1"}, "Only 3 of L1 free"),
        ("not_enough", {"qty": Decimal(3), "n": Decimal(2), "document": "PK-12"}, "Only 3 free (2 on PK-12)"),
        ("bad_qty", {"max": Decimal("99999.5")}, "Qty 0..99999.5 only"),
        ("bad_qty", {"uom": "BOX"}, "Qty too small for BOX"),
        ("bad_qty", {"step": Decimal("0.5"), "uom": "BOX"}, "Not a multiple of 0.5 BOX"),
        ("bin_blocked", {"bin": "W-01", "direction": "IN"}, "Bin W-01 blocked IN"),
        ("bin_blocked", {"bin": "W-01", "direction": "OUT"}, "Bin W-01 blocked OUT"),
        ("nothing_handled", {"variant": "count"}, "No lines recorded"),
        ("nothing_to_do", {"job": "pick"}, "Nothing to pick"),
        ("nothing_to_do", {"job": "put_away", "code": "1000"}, "No put-away for 1000"),
        ("unknown", {"code": "401", "prompt": "qty"}, "Read 401: unknown. Want a quantity"),
        ("unknown", {"code": "401", "prompt": "item"}, "Read 401: unknown. Want an item"),
        ("unknown", {"code": "401"}, "Read 401: unknown"),
        ("missing", {"what": "expiry"}, "Expiry date required"),
        ("missing", {"what": "Reason"}, "Reason required"),
        ("unreadable", {"e_code": "E_CHECK", "read": "4", "should": "3"}, "Check digit wrong: read 4, should be 3"),
        ("unreadable", {"e_code": "E_CTRL", "char": "\x1b"}, "Label holds a control character <ESC>"),
        ("not_here", {"number": "L7{0}", "bin": "\x1b[2J"}, "L7{0} not in <ESC>[2J"),
    ],
)
def test_a_code_is_told_by_the_wording_its_facts_choose(code: str, facts: dict[str, Fact], sentence: str) -> None:
    assert words(Message(code, facts)) == sentence


def test_days_are_iso_and_moments_hours_and_minutes() -> None:
    day: dict[str, Fact] = {"lot": "L1", "date": date(2026, 10, 1)}

    assert words(Message("expired", day)) == "Lot L1 expired 2026-10-01"
    assert words(Message("locked", {"time": datetime(2026, 10, 1, 10, 45, tzinfo=UTC)})) == "Locked until 10:45"


def test_a_long_value_is_cut_and_a_number_never() -> None:
    lot: dict[str, Fact] = {"lot": "LOT-2026-0001-0042-4711", "number": "LOT-2026-0001-0042-4711"}

    assert words(Message("one_lot", lot | {"bin": "W-01-0001"})) == "Bin W..0001 holds L..4711: one lot only"
    assert words(Message("whole_lot", lot | {"qty": Decimal("99999.5")})) == "Lot LO..4711: change all 99999.5 or none"
    assert words(Message("not_here", lot | {"bin": "12345678.12345"})) == "LOT-2026-000..4711 not in 12345678.12345"


def test_a_wider_screen_cuts_less() -> None:
    facts: dict[str, Fact] = {"number": "4012345678901234567890123456789", "bin": "W-01-0001"}

    assert words(Message("not_here", facts)) == "40123456789012345..6789 not in W-01-0001"
    assert words(Message("not_here", facts), width=80) == "4012345678901234567890123456789 not in W-01-0001"


def test_a_blank_fact_leaves_no_hole() -> None:
    place: dict[str, Fact] = {"location": "", "bin": "W-01", "number": None, "qty": Decimal(5), "uom": "PCS"}

    assert words(Message("sheet.place", place)) == "W-01 5 PCS"
    assert words(Message("done", {"operator": "ANNA", "time": ""})) == "Done by ANNA"


def test_an_unknown_language_or_code_is_shown_as_well_as_it_can_be() -> None:
    assert words(Message("duplicate"), language="xx") == "Already scanned"
    assert words(Message("no_such_code\x1b")) == "no_such_code<ESC>"


@pytest.mark.parametrize("code", sorted(MESSAGES | READING | HINTS))
def test_every_answer_fits_two_rows_with_bins_of_20_lots_of_50_and_five_digits(code: str) -> None:
    for wording in wordings(TEXTS[code]):
        facts: dict[str, Fact] = {}
        for fact in facts_of(wording):
            facts[fact] = Decimal(99999) if fact in NUMBERS else 14 if fact in COUNTS else "X" * 50

        assert len(words(Message(code, facts))) <= 40


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("who", "Badge required"),
        ("document", "Document required"),
        ("sign", "Found or missing required"),
        ("qty", "Quantity required"),
    ],
)
def test_enter_where_something_must_be_answered_names_it(prompt: str, told: str) -> None:
    assert words(Message("missing", {"what": prompt})) == told
