"""My day: own postings, counts to post, adjustments to approve (floor-flows.md, My day; SAF-28; decisions 54, 67)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.site import Operator, Role
from domain.tracking.cards import InfoCard
from domain.work.adjusting import approve_adjustment, leave_for_approval
from domain.work.documents import CountJournal, PendingAdjustment
from tests.domain.notation import SILVER, Warehouse, adjustment
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message


@pytest.fixture
def sue(floor: Floor) -> Hand:
    """A supervisor at My day."""
    hand = floor.at_work("SUE")
    hand.types("9", "8")
    assert hand.prompt == "my_day menu"
    return hand


def counted(house: Warehouse, *texts: str) -> str:
    """Count W-01 and hand it over."""
    journal = house.open_count("W-01")
    house.count(journal, *texts)
    house.finish(journal)
    return journal


def waiting(house: Warehouse, text: str = "W-01 1000 11") -> str:
    return house.do(leave_for_approval, adjustment(text), "ANNA", operation=f"op {text}").no


def test_what_is_offered_depends_on_the_rights(floor: Floor, sue: Hand) -> None:
    anna = floor.at_work("ANNA", "T2")
    anna.types("9", "8")

    assert sue.offered == {
        "1": "my_day.postings",
        "2": "my_day.counts",
        "3": "my_day.approvals",
        "4": "my_day.drafts",
    }
    assert anna.offered == {"1": "my_day.postings", "2": "my_day.drafts"}


def test_saf_25_a_right_taken_away_meanwhile_is_told_and_esc_leads_out(floor: Floor, sue: Hand) -> None:
    sue.types("2")
    floor.house.keep(Role("supervisor", ("look",)))

    sue.types("0")
    assert sue.view.error == Message("no_right", {"action": "post_count", "operator": "SUE"})
    sue.presses("ok", "back")

    assert sue.offered == {"1": "my_day.postings"}


def test_saf_25_esc_leads_out_of_a_count_that_may_not_be_posted_any_more(floor: Floor, sue: Hand) -> None:
    counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    sue.types("2", "1")
    assert sue.prompt == "my_day summary"
    floor.house.keep(Role("supervisor", ("look",)))

    sue.presses("back")

    assert (sue.refused, sue.offered) == ("", {"1": "my_day.postings"})


def test_own_postings_are_listed_newest_first_in_local_time(floor: Floor, sue: Hand) -> None:
    floor.house.adjust("W-01 1000 1", by="SUE")
    floor.house.adjust("W-01 1000 1", by="ANNA")
    floor.house.pass_time(minutes=1)
    floor.house.adjust("W-01 1000 1", by="SUE")

    sue.types("1")

    assert [choice.label.code for choice in sue.view.choices] == ["body.posting"] * 2
    first, second = (choice.label.facts for choice in sue.view.choices)
    assert (first["source"], first["n"], first["document"] != second["document"]) == ("adjustment", 1, True)
    sue.types("1")
    assert sue.view.body[0].facts["document"] == first["document"]
    assert [(line.facts["bin"], line.facts["item"], line.facts["qty"]) for line in sue.view.body[1:]] == [
        ("W-01", "1000", 1)
    ]


def test_a_posting_looked_at_over_midnight_is_no_longer_one_of_the_day(floor: Floor, sue: Hand) -> None:
    floor.house.adjust("W-01 1000 1", by="SUE")
    sue.types("1", "1")
    floor.house.pass_time(days=1)

    sue.scans("1000")
    assert (sue.refused, sue.told) == ("", "key_not_here")
    sue.presses("back")

    assert sue.body == ["body.nothing_here"]


def test_an_empty_list_says_so(sue: Hand) -> None:
    sue.types("2")

    assert (sue.prompt, sue.body) == ("my_day document", ["body.nothing_here"])


def test_a_long_list_has_pages(floor: Floor, sue: Hand) -> None:
    for _ in range(11):
        floor.house.adjust("W-01 1000 1", by="SUE")
    sue.types("1")
    assert len(sue.offered) == 10
    newest = sue.view.choices[0].label.facts["document"]

    sue.types("0")
    assert list(sue.offered) == ["1", "2", "0"]
    sue.types("2")
    assert sue.view.body[0].facts["document"] != newest
    sue.presses("back")
    assert list(sue.offered) == ["1", "2", "0"]
    sue.types("0")

    assert len(sue.offered) == 10


def test_a_count_left_open_is_gone_on_with_and_esc_returns_to_the_list(floor: Floor) -> None:
    pia = floor.at_work("PIA")
    pia.types("6", "W-01", "1000", "5")
    pia.presses("next", "back")
    pia.types("9", "8", "2")
    assert [choice.label for choice in pia.view.choices] == [
        Message("body.draft", {"document": "C1", "bin": "W-01", "done": 1, "n": 3})
    ]

    pia.types("1")
    assert (pia.prompt, pia.view.document) == ("count item", "C1")
    pia.presses("next", "back")

    assert pia.prompt == "my_day document"


def test_esc_goes_up_to_the_menu(floor: Floor, sue: Hand) -> None:
    counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    sue.types("2", "1")
    seen = []
    while sue.view.job == "my_day":
        seen.append(sue.view.prompt)
        sue.presses("back")

    assert seen == ["summary", "document", "menu"]


def test_a_count_shows_differences_first_with_value_and_what_moved_since(floor: Floor, sue: Hand) -> None:
    floor.house.item("1000", unit_cost=Decimal("2.50"))
    counted(floor.house, "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1", "W-01 1000 3")
    floor.house.adjust("W-01 1000 4")

    sue.types("2", "1")

    head, first, *_ = sue.view.body
    assert (head.code, head.facts) == (
        "body.count_summary",
        {"bin": "W-01", "n": 3, "differ": 1, "value": Decimal("-5.00")},
    )
    assert (first.facts["item"], first.facts["counted"], first.facts["expected"], first.facts["moved"]) == (
        "1000",
        3,
        5,
        4,
    )
    assert sue.view.lines[0] == {
        "bin": "W-01",
        "item": "1000",
        "variant": None,
        "lot": None,
        "serial": None,
        "qty_calculated": 5,
        "qty_counted": 3,
        "difference": -2,
        "moved_since": 4,
    }


def test_a_count_of_several_bins_tells_the_bin_of_each_line(floor: Floor, sue: Hand) -> None:
    journal = floor.house.open_count(SILVER, bins=("W-01", "W-02"), items=("1000", "1001"))
    floor.house.count(journal, "W-01 1000 5", "W-02 1001 8")
    floor.house.finish(journal)

    sue.types("2", "1")

    assert [line.facts["bin"] for line in sue.view.body[1:]] == ["W-02", "W-01"]


def test_a_third_count_is_marked(floor: Floor, sue: Hand) -> None:
    pia = floor.at_work("PIA", "T2")
    pia.types("6", "W-02", "1001", "8", "7", "6")
    pia.presses("done", "ok")

    sue.types("2", "1")

    assert sue.view.body[1].facts["review"] == "!"


def test_enter_posts_a_count(floor: Floor, sue: Hand) -> None:
    journal = counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    sue.types("2", "1")

    sue.presses("ok")

    assert (sue.prompt, sue.view.message, sue.view.outcome) == (
        "my_day document",
        Message("posted", {"document": journal}),
        "posted",
    )
    assert (floor.house.lying(), sue.body) == (["W-01 1000 4"], ["body.nothing_here"])


def test_8_sends_a_count_back(floor: Floor, sue: Hand) -> None:
    journal = counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    sue.types("2", "1", "8")

    kept = floor.house.one(CountJournal, journal)
    assert kept is not None
    assert (sue.told, kept.status) == ("sent_back", "open")


def test_decision_54_a_difference_on_a_blocked_lot_alone_is_refused_and_the_count_stays(
    floor: Floor, sue: Hand
) -> None:
    floor.house.stock("W-03 LOTS lot L9 3")
    floor.house.keep(InfoCard("lot", "LOTS", "", "L9", "L9", blocked=True))
    journal = floor.house.open_count("W-03")
    floor.house.count(journal, "W-03 LOTS lot L9 2")
    floor.house.finish(journal)
    sue.types("2", "1")

    sue.presses("ok")

    assert (sue.prompt, sue.refused) == ("my_day summary", "blocked")


def test_decision_54_left_out_after_a_1_the_rest_is_posted_and_the_lot_is_told(floor: Floor, sue: Hand) -> None:
    journal = counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 2", "W-01 PIECES serial S1 1")
    floor.house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))
    sue.types("2", "1")
    assert [line.facts.get("blocked") for line in sue.view.body[1:]] == [None, "!", None]

    sue.presses("ok", "ok")
    assert (sue.prompt, floor.house.proofs()) == ("my_day summary", [])
    sue.presses("ok")
    assert (sue.asked, sue.view.body[0].facts) == ("blocked_ask", {"n": 1, "code": "L1"})
    sue.types("1")

    assert (sue.view.message, sue.view.outcome) == (Message("posted", {"document": journal, "left_out": 1}), "posted")
    assert (floor.house.lying(), floor.house.lying("LOTS")) == (["W-01 1000 4"], ["W-01 LOTS lot L1 3"])


@pytest.mark.parametrize("label", ["%%OK", "1000", "%%DONE"])
def test_no_label_posts_a_count(floor: Floor, sue: Hand, label: str) -> None:
    counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    sue.types("2", "1")

    sue.scans(label)

    assert (sue.view.outcome, floor.house.proofs()) == ("none", [])


def test_a_scan_where_only_keys_count_is_a_beep(floor: Floor, sue: Hand) -> None:
    counted(floor.house, "W-01 1000 4", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    sue.types("2", "1")

    sue.scans("1000")

    assert (sue.told, sue.refused, sue.view.bells) == ("key_not_here", "", 2)


def test_saf_28_enter_approves_an_adjustment(floor: Floor, sue: Hand) -> None:
    no = waiting(floor.house)
    sue.types("3")
    facts = sue.view.choices[0].label.facts
    assert (facts["operator"], facts["item"], facts["qty"], facts["reason"]) == ("ANNA", "1000", 11, "DAMAGED")
    sue.types("1")
    sue.presses("ok")

    pending = floor.house.one(PendingAdjustment, no)
    assert pending is not None
    assert (sue.told, pending.status, floor.house.lying()) == ("posted", "approved", ["W-01 1000 16"])


def test_saf_28_8_refuses_it_with_a_reason(floor: Floor, sue: Hand) -> None:
    no = waiting(floor.house)
    sue.types("3", "1", "8")
    assert (sue.prompt, sue.offered) == ("my_day reason", {"1": "Damaged", "2": "Found", "3": "Stolen"})
    sue.types("2")

    pending = floor.house.one(PendingAdjustment, no)
    assert pending is not None
    assert (sue.told, pending.status, floor.house.lying()) == ("refused_adjustment", "refused", ["W-01 1000 5"])


def test_esc_at_the_reason_refuses_nothing(floor: Floor, sue: Hand) -> None:
    no = waiting(floor.house)
    sue.types("3", "1", "8")

    sue.presses("back")

    pending = floor.house.one(PendingAdjustment, no)
    assert pending is not None
    assert (sue.prompt, pending.status) == ("my_day summary", "waiting")


def test_an_adjustment_of_ones_own_is_not_approved(floor: Floor, sue: Hand) -> None:
    floor.house.do(leave_for_approval, adjustment("W-01 1000 11"), "SUE", operation="own")
    sue.types("3", "1")

    sue.presses("ok")

    assert sue.refused == "same_person"


def test_what_somebody_else_decided_meanwhile_is_told(floor: Floor, sue: Hand) -> None:
    no = waiting(floor.house)
    sue.types("3", "1")
    floor.house.keep(Operator("EVA", role="supervisor", locations=(SILVER,)))
    floor.house.do(approve_adjustment, no, "EVA")

    sue.presses("ok")

    assert sue.refused == "done"
    assert sue.view.error is not None
    assert sue.view.error.facts["operator"] == "EVA"


def test_a_list_choice_that_is_not_there_is_refused(floor: Floor, sue: Hand) -> None:
    waiting(floor.house)

    sue.types("3", "2")

    assert sue.view.error == Message("bad_choice", {"n": 1})
