"""The line drops at any prompt: nothing is posted, the work is taken up where it stood (floor-flows.md 15; SAF-04)."""

from dataclasses import replace

import pytest

from domain.errors import SetupError
from domain.people.books import ParkedWork
from domain.site import SessionTimes
from tests.tui.session.hand import PIN, Floor, Hand
from tui.jobs.view import Message

Steps = tuple[str, ...]

ADJUST: list[tuple[str, Steps]] = [
    ("bin", ()),
    ("item", ("W-01",)),
    ("sign", ("W-01", "1000")),
    ("lot", ("W-01", "LOTS")),
    ("serial", ("W-01", "PIECES")),
    ("qty", ("W-01", "1000", "1")),
    ("reason", ("W-01", "1000", "1", "3")),
    ("summary", ("W-01", "1000", "1", "3", "2")),
]
COUNT: list[tuple[str, Steps]] = [
    ("document", ()),
    ("item", ("W-01",)),
    ("lot", ("W-01", "LOTS")),
    ("serial", ("W-01", "PIECES")),
    ("qty", ("W-01", "1000")),
    ("menu", ("W-01", ".m")),
    ("summary", ("W-01", ".x", "1", ".d")),
]
MOVE: list[tuple[str, Steps]] = [
    ("bin", ()),
    ("item", ("W-01",)),
    ("qty", ("W-01", "LOTS")),
    ("place", ("W-01", "1000", "2")),
    ("place", ("W-01", "PIECES")),
]
RECLASSIFY: list[tuple[str, Steps]] = [
    ("change", ()),
    ("bin", ("1",)),
    ("lot", ("1", "W-01", "LOTS")),
    ("qty", ("1", "W-01", "LOTS", "L1")),
    ("new", ("5", "W-01", "1000", "2")),
    ("summary", ("1", "W-01", "LOTS", "L1", "2", "L2")),
]
MY_DAY: list[tuple[str, Steps]] = [
    ("menu", ()),
    ("document", ("1",)),
    ("menu", ("1", "1")),
    ("summary", ("1", "1", "1")),
]
PLACES = [
    *(("7", prompt, steps) for prompt, steps in ADJUST),
    *(("6", prompt, steps) for prompt, steps in COUNT),
    *(("5", prompt, steps) for prompt, steps in MOVE),
    *(("91", prompt, steps) for prompt, steps in RECLASSIFY),
    *(("98", prompt, steps) for prompt, steps in MY_DAY),
    ("8", "menu", ()),
    ("8", "menu", ("W-01",)),
    ("8", "menu", ("1000", "2")),
]


def stand(floor: Floor, job: str, prompt: str, steps: Steps) -> Hand:
    """Sign SUE in and bring her to a prompt."""
    floor.house.adjust("W-02 1001 1", by="SUE")
    hand = floor.at_work("SUE")
    hand.types(*job, *steps)
    assert hand.view.prompt == prompt
    return hand


@pytest.mark.parametrize(("job", "prompt", "steps"), PLACES)
@pytest.mark.parametrize("way", ["same terminal", "other terminal", "hung up"])
def test_work_is_resumed_at_the_exact_same_view(floor: Floor, way: str, job: str, prompt: str, steps: Steps) -> None:
    hand = stand(floor, job, prompt, steps)
    before = hand.view
    entries = len(floor.house.entries())
    if way == "hung up":
        hand.terminal.hang_up()
    hand.drops()

    again = floor.at_work("SUE", "T2" if way == "other terminal" else "T1")
    assert again.asked == "resume"
    again.presses("ok")

    assert again.view == replace(before, message=None)
    assert len(floor.house.entries()) == entries


def test_pieces_scanned_at_the_quantity_prompt_are_not_scanned_again(floor: Floor) -> None:
    hand = stand(floor, "7", "qty", ("W-01", "1000", "1"))
    hand.scans("1000", "1000", "1000")
    hand.drops()

    again = floor.at_work("SUE")
    again.presses("ok")

    assert (again.view.counted, again.view.field) == (3, "3")


def test_a_drop_at_a_question_loses_the_one_scan_that_asked_it(floor: Floor) -> None:
    hand = stand(floor, "6", "qty", ("W-01", "1001"))
    before = hand.view
    hand.types("2")
    assert hand.asked == "not_expected"
    hand.drops()

    again = floor.at_work("SUE")
    again.presses("ok")

    assert again.view == replace(before, message=None)


def test_decision_26_scans_held_at_a_question_when_the_line_drops_are_in_the_journal_as_ignored(floor: Floor) -> None:
    hand = stand(floor, "6", "qty", ("W-01", "1001"))
    hand.types("2")
    hand.scans("LOTS", "L1")
    hand.drops()

    floor.hand()

    assert [(scan.no, scan.raw, scan.outcome, scan.code) for scan in floor.scans()[-2:]] == [
        (len(floor.scans()) - 1, b"LOTS", "ignored", "left"),
        (len(floor.scans()), b"L1", "ignored", "left"),
    ]


def test_a_second_person_signs_again_after_a_drop(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7", "W-01", "1000", "1", "3", "3")
    hand.presses("ok")
    hand.types("SUE", PIN)
    assert "body.signed" in hand.body
    hand.drops()

    again = floor.at_work()
    again.presses("ok")

    assert (again.prompt, "body.signed" in again.body) == ("adjust summary", False)


@pytest.mark.parametrize("key", ["ok", "back"])
def test_saf_04_a_posting_that_was_done_is_told_before_anything_else(floor: Floor, key: str) -> None:
    hand = stand(floor, "7", "summary", ("W-01", "1000", "1", "3", "2"))
    hand.presses("ok")
    posted = hand.view.message
    assert hand.told == "posted"
    hand.drops()

    again = floor.at_work("SUE")

    assert (again.view.message, again.view.outcome, again.asked) == (posted, "posted", "resume")
    again.presses(key)
    assert len(floor.house.entries()) == 6


def test_saf_04_a_summary_that_was_not_posted_says_so(floor: Floor) -> None:
    stand(floor, "7", "summary", ("W-01", "1000", "1", "3", "2")).drops()

    again = floor.at_work("SUE")

    assert (again.told, again.asked) == ("not_posted", "resume")


def test_saf_03_the_finish_taken_up_after_a_drop_posts_once(floor: Floor) -> None:
    hand = stand(floor, "7", "summary", ("W-01", "1000", "1", "3", "2"))
    hand.drops()

    again = floor.at_work("SUE")
    again.presses("ok", "ok")

    assert (again.told, floor.house.lying()) == ("posted", ["W-01 1000 8"])


def test_esc_leaves_the_work_and_it_is_not_offered_again(floor: Floor) -> None:
    stand(floor, "7", "item", ("W-01",)).drops()
    again = floor.at_work("SUE")

    again.presses("back")
    assert again.prompt == "menu menu"
    again.drops()

    assert floor.at_work("SUE").asked == ""


def test_what_is_counted_stays_on_the_count_although_it_is_not_resumed(floor: Floor) -> None:
    hand = stand(floor, "6", "qty", ("W-01", "1000"))
    hand.types("5")
    hand.drops()
    again = floor.at_work("SUE")

    again.presses("back")
    again.types("6", "W-01")

    assert again.view.progress == "1/3"


def test_saf_24_work_of_another_operator_on_the_same_terminal_is_not_shown(floor: Floor) -> None:
    stand(floor, "7", "qty", ("W-01", "1000", "1")).drops()

    anna = floor.at_work("ANNA")

    assert (anna.prompt, anna.asked) == ("menu menu", "")
    assert floor.at_work("SUE", "T2").asked == "resume"


def test_saf_24_work_is_kept_for_24_hours(floor: Floor) -> None:
    stand(floor, "7", "item", ("W-01",)).drops()
    floor.hand().drops()
    floor.house.pass_time(hours=24, seconds=1)

    assert floor.at_work("SUE").asked == ""
    assert floor.house.rows(ParkedWork) == []


def test_saf_24_the_site_says_how_long(floor: Floor) -> None:
    floor.house.set(session=SessionTimes(keep_input=60))
    stand(floor, "7", "item", ("W-01",)).drops()
    floor.hand().drops()
    floor.house.pass_time(seconds=50)

    assert floor.at_work("SUE").asked == "resume"


def test_saf_24_work_left_on_two_terminals_is_all_kept_and_offered_newest_first(floor: Floor) -> None:
    first = floor.at_work("SUE", "T1")
    first.types("7", "W-01")
    second = floor.at_work("SUE", "T2")
    second.types("6", "W-02")
    first.drops()
    second.drops()
    floor.hand("T1").drops()
    floor.house.pass_time(seconds=1)
    floor.hand("T2").drops()

    again = floor.at_work("SUE", "T3")
    again.presses("ok")
    assert again.prompt == "count item"
    again.presses("back", "back")
    again.drops()
    again = floor.at_work("SUE", "T4")
    again.presses("ok")

    assert again.prompt == "adjust item"


def test_work_left_on_two_terminals_at_the_same_moment_is_all_kept(floor: Floor) -> None:
    for terminal, job in [("T1", "7"), ("T2", "6")]:
        hand = floor.at_work("SUE", terminal)
        hand.types(job, "W-01")
    floor.alive.clear()

    floor.at_work("SUE", "T3")

    assert len(floor.house.rows(ParkedWork)) == 2


def test_work_resumed_on_one_terminal_is_gone_from_another_that_still_asks(floor: Floor) -> None:
    stand(floor, "7", "item", ("W-01",)).drops()
    first, second = floor.at_work("SUE", "T2"), floor.at_work("SUE", "T3")
    assert (first.asked, second.asked) == ("resume", "resume")
    first.presses("ok")

    second.presses("ok")

    assert (first.prompt, second.prompt) == ("adjust item", "menu menu")


def test_a_drop_at_the_resume_question_leaves_the_work(floor: Floor) -> None:
    stand(floor, "7", "item", ("W-01",)).drops()
    floor.at_work("SUE", "T2").drops()

    again = floor.at_work("SUE", "T3")
    again.presses("ok")

    assert again.prompt == "adjust item"


@pytest.mark.parametrize("key", ["find", "1", "done"])
def test_the_resume_question_takes_only_its_keys(floor: Floor, key: str) -> None:
    stand(floor, "7", "item", ("W-01",)).drops()
    again = floor.at_work("SUE")

    again.types(key) if key == "1" else again.presses(key)
    again.presses("ok")
    again.presses(*(["ok"] if again.asked else []))

    assert again.prompt == "adjust item"


def test_a_process_that_connects_again_without_having_hung_up_leaves_its_work(floor: Floor) -> None:
    hand = stand(floor, "7", "item", ("W-01",))

    hand.view = hand.terminal.connect()
    assert hand.prompt == "login who"
    hand.signs_in("SUE")

    assert hand.asked == "resume"


def test_a_terminal_in_use_is_not_taken(floor: Floor) -> None:
    floor.at_work("SUE")

    with pytest.raises(SetupError) as used:
        floor.hand("T1")

    assert used.value.code == "terminal_in_use"


def test_saf_24_a_terminal_not_heard_from_is_taken_by_the_device_that_comes_back(floor: Floor) -> None:
    floor.house.set(session=SessionTimes(drop_after=30))
    lost = stand(floor, "7", "item", ("W-01",))
    floor.house.pass_time(seconds=29)
    with pytest.raises(SetupError, match="terminal_in_use"):
        floor.hand("T1")
    floor.house.pass_time(seconds=1)

    again = floor.at_work("SUE", "T1")
    again.presses("ok")

    assert again.prompt == "adjust item"
    assert lost.scans("1000").error == Message("terminal_in_use", {"terminal": "T1"})


def test_a_process_whose_terminal_was_taken_does_nothing_more(floor: Floor) -> None:
    old = stand(floor, "7", "summary", ("W-01", "1000", "1", "3", "2"))
    old.drops()
    floor.hand("T1")

    old.presses("ok")

    assert old.refused == "terminal_in_use"
    assert len(floor.house.entries()) == 5


def test_the_first_ones_next_answer_after_a_take_over_is_refused(floor: Floor) -> None:
    pia = floor.at_work("PIA", "T1")
    pia.types("6", "W-01", "1000", "5")
    sue = floor.at_work("SUE", "T2")

    sue.scans("C1")
    assert (sue.asked, sue.view.body[0].facts) == ("take_ask", {"operator": "PIA", "document": "C1"})
    sue.types("1")
    assert (sue.prompt, sue.view.progress) == ("count item", "1/3")
    pia.scans("LOTS", "L1")
    pia.types("3")

    assert (pia.refused, pia.view.error and pia.view.error.facts) == (
        "taken_over",
        {"operator": "SUE", "document": "C1"},
    )


def test_floor_flows_18_a_count_is_open_at_one_terminal_of_its_operator(floor: Floor) -> None:
    first, second = floor.at_work("PIA", "T1"), floor.at_work("PIA", "T2")
    first.types("6", "W-01", "1000")

    second.types("6", "W-01")
    assert (second.asked, second.view.body[0].facts) == ("take_ask", {"operator": "PIA", "document": "C1"})
    second.types("1")
    assert second.prompt == "count item"
    first.types("5")

    assert first.refused == "taken_over"
    second.types("1000", "5")
    assert second.view.progress == "1/3"


def test_whose_count_was_taken_over_can_leave_it(floor: Floor) -> None:
    pia, sue = floor.at_work("PIA", "T1"), floor.at_work("SUE", "T2")
    pia.types("6", "W-01", "1000")
    sue.types("6", "W-01", "1")
    pia.types("5")
    assert pia.refused == "taken_over"

    pia.presses("ok", "next")

    assert pia.prompt == "count document"


def test_floor_flows_16_each_answer_renews_the_lease(floor: Floor) -> None:
    pia, anna = floor.at_work("PIA", "T1"), floor.at_work("ANNA", "T2")
    pia.types("6", "W-01")
    for item in ("1000", "LOTS"):
        floor.house.pass_time(minutes=10)
        pia.scans(item)

    anna.scans("C1")

    assert anna.refused == "held"


def test_work_resumed_at_another_terminal_takes_its_claim_along(floor: Floor) -> None:
    pia = floor.at_work("PIA", "T1")
    pia.types("6", "W-01", "1000")
    pia.presses("find")
    pia.drops()

    again = floor.at_work("PIA", "T2")
    again.presses("ok", "back")
    again.types("5")

    assert (again.refused, again.view.progress) == ("", "1/3")


def test_a_count_of_another_location_is_refused(floor: Floor) -> None:
    floor.house.open_count("EAST", by="ANNA")
    hand = floor.at_work("ANNA")

    hand.scans("C1")

    assert hand.refused == "document_elsewhere"


def test_without_take_over_a_document_that_is_held_is_refused_until_its_lease_is_over(floor: Floor) -> None:
    pia = floor.at_work("PIA", "T1")
    pia.types("6", "W-01")
    anna = floor.at_work("ANNA", "T2")

    anna.scans("C1")
    assert anna.refused == "held"
    floor.house.pass_time(minutes=15)
    anna.presses("ok")
    anna.scans("C1")
    anna.types("1")

    assert anna.prompt == "count item"


def test_logging_off_ends_the_claims_of_this_terminal(floor: Floor) -> None:
    pia = floor.at_work("PIA", "T1")
    pia.types("6", "W-01", "..", "..", "..")
    pia.presses(*(["back"] if not pia.asked else []))
    pia.types("1")
    assert pia.prompt == "login who"

    anna = floor.at_work("ANNA", "T2")
    anna.scans("C1")

    assert anna.prompt == "count item"
