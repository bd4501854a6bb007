"""Undo at a terminal: asked by Esc after each posting, and from My day (floor-flows.md 23, My day; LED-38)."""

from __future__ import annotations

import pytest

from domain.site import Role
from domain.work.activities import Activity, ActivityLine
from domain.work.claims import claim
from domain.work.undoing import Undone
from tests.domain.notation import SILVER
from tests.domain.work.picks import make_pick, ordered
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message


@pytest.fixture
def anna(floor: Floor) -> Hand:
    """An operator who has just posted two missing of 1000 in W-01."""
    hand = floor.at_work("ANNA")
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("2", "2", "1")
    hand.presses("ok")
    assert (hand.prompt, hand.told) == ("adjust bin", "posted")
    return hand


@pytest.fixture
def sue(floor: Floor) -> Hand:
    """A supervisor at My day, who posted two found of 1000 in W-01."""
    floor.house.adjust("W-01 1000 2", by="SUE", reason="FOUND")
    hand = floor.at_work("SUE")
    hand.types("9", "8")
    return hand


def test_esc_after_a_posting_asks_what_goes_back_where_and_enter_undoes_it(floor: Floor, anna: Hand) -> None:
    anna.presses("back")
    assert (anna.asked, anna.view.bells, anna.view.commands) == ("undo_ask", 1, ("ok", "back"))
    assert (anna.view.body[0].facts["qty"], anna.view.body[0].facts["bin"]) == (2, "W-01")

    anna.presses("ok")

    assert (anna.prompt, anna.told, anna.view.outcome) == ("adjust bin", "undone", "posted")
    assert floor.house.lying() == ["W-01 1000 5"]


def test_the_label_back_asks_too_and_ok_answers(floor: Floor, anna: Hand) -> None:
    anna.scans("%%BACK", "%%OK")

    assert floor.house.lying() == ["W-01 1000 5"]


def test_esc_at_the_question_is_no_and_the_next_esc_leaves_the_job(floor: Floor, anna: Hand) -> None:
    anna.presses("back", "back")
    assert (anna.prompt, anna.asked) == ("adjust bin", "")
    anna.presses("back")

    assert (anna.prompt, floor.house.lying()) == ("menu menu", ["W-01 1000 3"])


def test_the_question_is_asked_until_the_next_answer(floor: Floor, anna: Hand) -> None:
    anna.scans("nowhere")
    assert anna.refused == "unknown"
    anna.presses("ok", "back")
    assert anna.asked == "undo_ask"
    anna.presses("back")
    anna.scans("W-02")
    anna.presses("back")

    assert (anna.prompt, anna.asked) == ("adjust bin", "")


def test_what_was_undone_is_not_asked_about_again(floor: Floor, anna: Hand) -> None:
    anna.presses("back", "ok", "back")

    assert anna.prompt == "menu menu"


def test_without_the_right_esc_just_leaves(floor: Floor) -> None:
    floor.house.keep(Role("operator", ("look", "adjust")))
    anna = floor.at_work("ANNA")
    anna.types("7")
    anna.scans("W-01", "1000")
    anna.types("2", "2", "1")
    anna.presses("ok", "back")

    assert (anna.prompt, floor.house.audits("no_right")) == ("menu menu", [])


def test_what_cannot_be_undone_any_more_says_why_and_may_be_left(floor: Floor) -> None:
    anna = floor.at_work("ANNA")
    anna.types("7")
    anna.scans("W-03", "1000")
    anna.types("1", "2", "2")
    anna.presses("ok")
    floor.house.adjust("W-03 1000 -1")

    anna.presses("back", "ok")
    assert anna.view.error == Message("cannot_undo", {"why": "gone"})
    anna.presses("ok", "back", "back", "back")

    assert (anna.prompt, floor.house.lying()) == ("menu menu", ["W-01 1000 5", "W-03 1000 1"])


def test_a_question_of_the_undo_itself_is_asked_after_it(floor: Floor, anna: Hand) -> None:
    floor.house.freeze("warn")
    floor.house.open_count("W-01")

    anna.presses("back", "ok")
    assert anna.asked == "bin_in_count"
    anna.types("1")

    assert (anna.told, floor.house.lying()) == ("undone", ["W-01 1000 5"])


def test_a_move_is_asked_about_by_the_bin_it_came_from(floor: Floor) -> None:
    anna = floor.at_work("ANNA")
    anna.types("5")
    anna.scans("W-01", "1000")
    anna.types("4")
    anna.scans("W-03")
    assert anna.told == "moved"

    anna.presses("back")
    assert (anna.view.body[0].facts["qty"], anna.view.body[0].facts["bin"]) == (4, "W-01")
    anna.presses("ok")

    assert (anna.prompt, floor.house.lying()) == ("move bin", ["W-01 1000 5"])


def test_a_posted_pick_is_asked_about_and_its_order_can_be_picked_again(floor: Floor) -> None:
    order = ordered(floor.house, "1000 4")
    make_pick(floor.house, order)
    pia = floor.at_work("PIA")
    pia.types("3", "1")
    pia.scans("W-01", "1000")
    pia.presses("ok", "done", "ok")
    assert (pia.told, floor.house.lying()) == ("posted", ["W-01 1000 1"])

    pia.presses("back")
    assert (pia.asked, pia.view.body[0].facts["qty"], pia.view.body[0].facts["bin"]) == ("undo_ask", 4, "W-01")
    pia.presses("ok")

    assert (pia.told, floor.house.lying()) == ("undone", ["W-01 1000 5"])
    assert make_pick(floor.house, order)


def test_a_posted_count_is_asked_about_as_a_whole(floor: Floor, sue: Hand) -> None:
    journal = floor.house.open_count("W-01")
    floor.house.count(journal, "W-01 1000 5", "W-01 LOTS lot L1 1", "W-01 PIECES serial S1 1")
    floor.house.finish(journal)
    sue.types("2", "1")
    sue.presses("ok", "back")
    assert sue.view.body[0] == Message("undo_ask", {"n": 2, "document": journal})

    sue.presses("ok")

    assert sue.view.message == Message("undone", {"document": journal})
    assert (floor.house.lying(), floor.house.lying("LOTS")) == (["W-01 1000 7"], ["W-01 LOTS lot L1 3"])


def test_a_drop_forgets_the_question_and_my_day_still_has_it(floor: Floor, anna: Hand) -> None:
    anna.drops()

    again = floor.at_work("ANNA")
    again.presses("back", "back")
    assert again.asked == "log_off"
    again.presses("back")
    again.types("9", "8", "1", "1")

    assert again.offered == {"1": "posting.undo"}


def test_my_day_undoes_after_a_summary(floor: Floor, sue: Hand) -> None:
    sue.types("1", "1")
    assert (sue.prompt, sue.body, sue.offered) == (
        "posting menu",
        ["body.posting", "body.posted_line"],
        {"1": "posting.undo"},
    )

    sue.types("1")
    (told,) = sue.view.body
    assert (sue.prompt, told.code) == ("posting summary", "body.undo")
    assert (told.facts["qty"], told.facts["item"], told.facts["bin"], told.facts["way"]) == (2, "1000", "W-01", "out")
    sue.presses("ok")

    assert (sue.prompt, sue.told, sue.view.outcome) == ("my_day document", "undone", "posted")
    assert floor.house.lying() == ["W-01 1000 5"]
    undo, undone = (choice.label.facts for choice in sue.view.choices)
    assert (undo["source"], undo["undone"], undone["source"], undone["undone"]) == ("undo", None, "adjustment", "!")


def test_what_is_undone_and_an_undo_are_shown_without_a_way_to_undo_them(sue: Hand) -> None:
    sue.types("1", "1", "1")
    sue.presses("ok")

    for digit in ("1", "2"):
        sue.types(digit)
        assert (sue.prompt, sue.offered) == ("posting menu", {})
        sue.presses("back")


@pytest.mark.parametrize("label", ["%%OK", "1000", "%%DONE", "1"])
def test_no_label_posts_an_undo(floor: Floor, sue: Hand, label: str) -> None:
    sue.types("1", "1", "1")

    sue.scans(label)

    assert (sue.view.outcome, floor.house.rows(Undone)) == ("none", [])


def test_esc_goes_up_step_by_step(sue: Hand) -> None:
    sue.types("1", "1", "1")
    seen = []
    while sue.view.job != "menu":
        seen.append(sue.prompt)
        sue.presses("back")

    assert seen == ["posting summary", "posting menu", "my_day document", "my_day menu"]


def test_undo_any_finds_a_posting_of_somebody_else_by_its_name(floor: Floor, sue: Hand) -> None:
    posted = floor.house.adjust("W-02 1001 1", reason="FOUND")
    sue.types("1")

    sue.types(posted.document)
    assert sue.view.document == posted.document
    sue.types("1")
    sue.presses("ok")

    assert (sue.told, floor.house.lying("1001")) == ("undone", ["W-02 1001 9"])


def test_without_undo_any_only_the_list_is_chosen_from(floor: Floor) -> None:
    posted = floor.house.adjust("W-02 1001 1", by="SUE", reason="FOUND")
    anna = floor.at_work("ANNA")
    anna.types("9", "8", "1")

    anna.types(posted.document)

    assert anna.refused == "key_not_here"


def test_picks_left_open_stand_beside_counts(floor: Floor) -> None:
    pick = Activity("P1", "pick", is_inventory=True, location=SILVER, order="S-1")
    floor.house.keep(pick, ActivityLine("P1", 10000, "take", SILVER, "1000", 10000))
    floor.house.do(claim, "P1", "PIA")
    journal = floor.house.open_count("W-01")
    pia = floor.at_work("PIA")

    pia.types("9", "8", "2")

    assert [choice.label.facts["document"] for choice in pia.view.choices] == [journal, "P1"]
