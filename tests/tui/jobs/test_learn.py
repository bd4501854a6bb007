"""Learning a code at a terminal, from F9 or from the refusal of a look-up (catalogue.md; floor-flows.md, Lookup)."""

from __future__ import annotations

import pytest

from domain.items.card import Identifier
from domain.site import Role
from tests.tui.session.hand import PIN, Floor, Hand
from tui.texts import words

GTIN = "9521234000013"


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """SUE in look-up; 1000 comes in pieces and boxes, 1001 also in red."""
    floor.house.unit("1000", "PCS", 1)
    floor.house.variant("1001", "RED")
    hand = floor.at_work("SUE")
    hand.types("8")
    return hand


def told(hand: Hand) -> list[str]:
    return [words(message) for message in hand.view.body]


def offered(hand: Hand) -> list[str]:
    return [f"{choice.digit} {words(choice.label)}" for choice in hand.view.choices]


def test_an_unknown_code_in_look_up_is_learned_by_1_and_found_at_once_at_every_terminal(
    floor: Floor, hand: Hand
) -> None:
    other = floor.at_work("VERA", "T2")
    hand.scans("ZZ-9")
    assert hand.view.error is not None
    assert words(hand.view.error) == "Read ZZ-9: unknown. 1 = learn it"

    hand.types("1")
    assert (hand.prompt, told(hand)) == ("learn item", ["ZZ-9: scan its item"])
    hand.scans("1000")
    assert (hand.prompt, told(hand)) == ("learn new", ["ZZ-9: which unit"])
    assert offered(hand) == ["1 1 PCS = 1 PCS", "2 1 BOX = 6 PCS"]
    hand.types("2")
    assert (hand.prompt, told(hand)) == ("learn summary", ["ZZ-9 = BOX of 1000. Enter"])
    assert floor.house.one(Identifier, "ZZ-9") is None
    hand.presses("ok")

    assert (hand.prompt, hand.told) == ("lookup menu", "learned")
    assert floor.house.one(Identifier, "ZZ-9") == Identifier("ZZ-9", "1000", "", "BOX")
    other.scans("ZZ-9")
    assert (other.prompt, other.view.body[0].facts["item"]) == ("lookup menu", "1000")


def test_a_pin_in_between_is_no_code_to_be_learned(hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.view = hand.terminal.idle()
    hand.types(PIN, "1")

    assert (hand.prompt, hand.refused) == ("lookup menu", "")


def test_f9_offers_it_at_any_prompt_and_shows_what_the_code_means_then(floor: Floor, hand: Hand) -> None:
    hand.presses("back")
    hand.types("7")
    hand.scans("W-01", GTIN)
    hand.presses("ok", "explain")
    assert offered(hand) == ["1 Learn this code", "2 Rule for the site file"]

    hand.types("1")
    hand.scans("1001")
    assert told(hand) == [f"0{GTIN}: which variant"]
    assert offered(hand) == ["1 all of 1001", "2 RED"]
    hand.types("2")
    hand.presses("ok")

    assert hand.view.job == "explain"
    assert "item 1001 RED PCS" in told(hand)
    assert offered(hand) == []
    hand.presses("back")
    hand.scans(GTIN)
    assert hand.prompt == "adjust sign"


def test_only_what_is_open_is_asked(hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.types("1")

    hand.types("LOTS")

    assert told(hand) == ["ZZ-9 = PCS of LOTS. Enter"]


def test_a_variant_that_was_scanned_is_not_asked(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("OLD", "1001", "RED"))
    hand.scans("ZZ-9")
    hand.types("1")

    hand.scans("OLD")

    assert told(hand) == ["ZZ-9 = PCS of 1001 RED. Enter"]


def test_back_asks_for_the_item_again_and_then_leaves_everything_as_it_was(floor: Floor, hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.types("1", "1000")

    hand.presses("back")
    assert hand.prompt == "learn item"
    hand.presses("back")

    assert hand.prompt == "lookup menu"
    assert floor.house.one(Identifier, "ZZ-9") is None


def test_a_scan_at_the_summary_saves_nothing(floor: Floor, hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.types("1", "LOTS")

    hand.scans("1000", "%%OK")

    assert hand.prompt == "learn summary"
    assert floor.house.one(Identifier, "ZZ-9") is None


def test_a_code_that_somebody_learned_meanwhile_is_refused(floor: Floor, hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.types("1", "LOTS")
    floor.house.keep(Identifier("ZZ-9", "1001"))

    hand.presses("ok")

    assert hand.view.error is not None
    assert words(hand.view.error) == "ZZ-9 is item 1001 already"
    assert floor.house.one(Identifier, "ZZ-9") == Identifier("ZZ-9", "1001")


@pytest.mark.parametrize("scan", ["1000", "B:NEW", "S:NEW", "4012345678902", "A#1"])
def test_what_is_known_or_no_bare_code_is_not_offered(hand: Hand, scan: str) -> None:
    hand.scans(scan)
    assert hand.view.error is None or "learn" not in words(hand.view.error)

    hand.presses("explain")

    assert "1 Learn this code" not in offered(hand)


def test_of_a_label_its_article_number_is_learned(floor: Floor, hand: Hand) -> None:
    hand.scans(f"]C1010{GTIN}10L7")

    hand.types("1", "LOTS")
    hand.presses("ok")

    assert floor.house.one(Identifier, f"0{GTIN}") == Identifier(f"0{GTIN}", "LOTS")


@pytest.mark.parametrize("who", ["VERA", "PIA", "ANNA"])
def test_saf_27_without_the_right_it_is_not_offered(floor: Floor, who: str) -> None:
    hand = floor.at_work(who)
    hand.types("8")
    hand.scans("ZZ-9")
    assert hand.view.error is not None
    assert words(hand.view.error) == "Read ZZ-9: unknown"

    hand.presses("explain")
    assert offered(hand) == []
    hand.presses("back")
    hand.types("1")

    assert hand.prompt == "lookup menu"


def test_saf_25_a_right_taken_away_before_enter_is_missed_then(floor: Floor, hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.types("1", "LOTS")
    floor.house.keep(Role("supervisor", ("look",)))

    hand.presses("ok")

    assert hand.refused == "no_right"
    assert floor.house.one(Identifier, "ZZ-9") is None


def test_1_learns_only_right_after_the_refusal(hand: Hand) -> None:
    hand.scans("ZZ-9", "1000")

    hand.types("1")

    assert (hand.prompt, hand.body[0]) == ("lookup menu", "sheet.item")


def test_many_variants_have_pages(floor: Floor, hand: Hand) -> None:
    for number in range(10):
        floor.house.variant("LOTS", f"V{number}")
    hand.scans("ZZ-9")
    hand.types("1", "LOTS")
    assert (hand.view.progress, len(hand.view.choices)) == ("1/2", 10)

    hand.types("0", "2")

    assert told(hand) == ["ZZ-9 = PCS of LOTS V9. Enter"]


def test_scn_103_a_rule_for_the_site_file_is_shown_ready_to_copy(hand: Hand) -> None:
    hand.scans("V-123456")
    hand.presses("explain")
    hand.types("2")
    assert (told(hand), offered(hand)[:3]) == (["V-123456: what is it"], ["1 item", "2 bin", "3 lot"])

    hand.types("3")

    assert told(hand)[0] == "For the site file, scanning: rules:"
    assert "".join(told(hand)[1:]) == r"- {rank: 10, kind: lot, match: 'V\-(?P<code>[0-9]{6})'}"
    hand.presses("back", "back")
    assert hand.prompt == "explain menu"


def test_scn_32_a_number_whose_check_digit_is_wrong_may_need_a_rule(hand: Hand) -> None:
    hand.scans("4012345678902")

    hand.presses("explain")

    assert offered(hand) == ["2 Rule for the site file"]
    hand.types("2", "1")
    assert told(hand)[-1] == "It takes all numbers of 13 digits"
