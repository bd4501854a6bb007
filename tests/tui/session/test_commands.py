"""Keys, their typed twins and their labels mean the same, and no label posts (floor-flows.md 2, 3; SCN-100, 101)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.site import SiteHead
from tests.tui.session.hand import Floor, Hand
from tui.commands import COMMANDS, Command
from tui.jobs.view import View

Give = Callable[[Hand, Command], View]


def at_count(floor: Floor) -> Hand:
    """At the quantity prompt of a count, with one piece scanned."""
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-01", "1000")
    hand.scans("1000")
    return hand


def at_summary(floor: Floor) -> Hand:
    """At the summary of an adjustment."""
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("1", "3", "2")
    assert hand.prompt == "adjust summary"
    return hand


def by_key(hand: Hand, command: Command) -> View:
    return hand.presses(command.id)


def by_typing(hand: Hand, command: Command) -> View:
    return hand.types(command.typed) if command.typed else hand.presses("ok")


def by_label(hand: Hand, command: Command) -> View:
    return hand.scans(f"%%{command.labels[-1]}")


def by_other_prefix(hand: Hand, command: Command) -> View:
    return hand.scans(f"c:{command.labels[0].lower()}")


AT_COUNT = {
    "ok": ("count qty", "recount"),
    "back": ("count qty", ""),
    "help": ("count qty", "hint.qty"),
    "done": ("count qty", "recount"),
    "short": ("count qty", "recount"),
    "next": ("count qty", "recount"),
    "find": ("lookup menu", ""),
    "split": ("count qty", "key_not_here"),
    "full": ("count qty", "key_not_here"),
    "menu": ("count menu", ""),
    "explain": ("explain menu", ""),
}
"""Where each command leads from there, and what is told, asked or refused; pieces scanned are counted first."""


@pytest.mark.parametrize("give", [by_key, by_typing, by_label, by_other_prefix])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_a_command_means_the_same_whichever_way_it_is_given(floor: Floor, command: Command, give: Give) -> None:
    hand = at_count(floor)

    give(hand, command)

    assert (hand.prompt, hand.told or hand.asked or hand.refused) == AT_COUNT[command.id]


@pytest.mark.parametrize("give", [by_key, by_typing, by_label])
def test_explain_tells_the_scan_before_it(floor: Floor, give: Give) -> None:
    hand = at_count(floor)

    give(hand, COMMANDS[-1])

    assert (hand.view.job, hand.view.body[0].facts) == ("explain", {"raw": "1000"})


@pytest.mark.parametrize("text", [".z", ".D", ".d ", "..x", ".", "...", ".1"])
def test_floor_flows_3_other_text_that_starts_with_a_point_is_data(floor: Floor, text: str) -> None:
    hand = floor.at_work("PIA")
    hand.types("6")

    hand.types(text)

    assert (hand.prompt, hand.refused != "") == ("count document", True)
    assert hand.refused != "key_not_here"


@pytest.mark.parametrize("label", ["%%OK", "C:OK", "%%ok"])
def test_no_label_posts(floor: Floor, label: str) -> None:
    hand = at_summary(floor)

    hand.scans(label)

    assert (hand.prompt, hand.told, len(floor.house.entries())) == ("adjust summary", "", 4)
    assert (floor.scans()[-1].outcome, floor.scans()[-1].code) == ("ignored", "ok_label")


@pytest.mark.parametrize("scan", ["1000", "W-01", "B:W-01", "1", "%%DONE", "%%SHORT", "%%QTY=3", "3*"])
def test_the_summary_takes_nothing_but_enter_and_back(floor: Floor, scan: str) -> None:
    hand = at_summary(floor)

    hand.scans(scan)

    assert (hand.prompt, hand.view.outcome, len(floor.house.entries())) == ("adjust summary", "none", 4)


def test_the_finish_of_a_count_is_not_signed_by_a_label(floor: Floor) -> None:
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-01", "%%SHORT")
    hand.types("1")
    hand.scans("%%DONE")
    assert hand.prompt == "count summary"

    hand.scans("%%OK")
    assert hand.prompt == "count summary"
    hand.presses("ok")

    assert (hand.told, hand.view.outcome) == ("finished", "finished")


@pytest.mark.parametrize(
    ("prompt", "steps"),
    [
        ("bin", ()),
        ("item", ("W-01",)),
        ("sign", ("W-01", "1000")),
        ("qty", ("W-01", "1000", "1")),
        ("lot", ("W-01", "LOTS")),
    ],
)
def test_find_opens_a_look_up_over_any_prompt_and_esc_returns_to_exactly_there(
    floor: Floor, prompt: str, steps: tuple[str, ...]
) -> None:
    hand = floor.at_work()
    hand.types("7")
    hand.scans(*steps)
    assert hand.view.prompt == prompt
    before = hand.view

    hand.presses("find")
    hand.scans("W-02")
    assert (hand.prompt, hand.body[0]) == ("lookup menu", "sheet.bin")
    hand.presses("back")

    assert hand.view == before


def test_help_says_what_the_prompt_wants_and_moves_nothing(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")

    hand.presses("help")

    assert (hand.prompt, hand.told) == ("adjust bin", "hint.bin")


@pytest.mark.parametrize("key", ["find", "explain"])
def test_nobody_looks_up_or_explains_anything_before_signing_in(floor: Floor, key: str) -> None:
    hand = floor.hand()

    hand.presses(key)

    assert (hand.prompt, hand.refused) == ("login who", "key_not_here")


def test_changed_keys_of_the_site_count_from_the_next_prompt_site_06(floor: Floor) -> None:
    hand = at_count(floor)
    before = hand.view
    head = floor.house.one(SiteHead, 1)
    assert head is not None

    floor.house.keep(replace(head, keys={"f3": "menu"}))

    assert before.keys == hand.view.keys == {}
    assert hand.types("2").keys == {"f3": "menu"}
