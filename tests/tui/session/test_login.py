"""Log-in, location, log-off (floor-flows.md 18; SAF-22, 23, 29, 31; decision 11)."""

import pytest

from domain.ledger.entries import AuditRow
from domain.people.books import ParkedWork, TerminalSession
from domain.people.credentials import LoginCounter
from domain.site import Bin, Location, Operator
from tests.domain.notation import EAST, ROAD, SILVER
from tests.tui.session.hand import PIN, Floor
from tui.jobs.view import Message

WRONG = "135792"


def test_a_terminal_begins_with_who(floor: Floor) -> None:
    hand = floor.hand()

    assert (hand.prompt, hand.body, hand.view.secret) == ("login who", ["body.sign_in"], False)


@pytest.mark.parametrize("who", ["ANNA", "anna", "OP-ANNA", "U:ANNA"])
def test_code_badge_and_label_name_an_operator(floor: Floor, who: str) -> None:
    hand = floor.hand()

    hand.scans(who)
    assert (hand.prompt, hand.view.secret) == ("login pin", True)
    hand.types(PIN)
    hand.presses("ok")

    assert (hand.prompt, hand.view.operator) == ("menu menu", "ANNA")


def test_with_several_locations_enter_takes_home(floor: Floor) -> None:
    hand = floor.hand()

    hand.types("ANNA", PIN)
    assert (hand.prompt, hand.view.field, hand.offered) == ("login location", SILVER, {"1": SILVER, "2": EAST})
    hand.presses("ok")

    assert (hand.prompt, hand.view.location) == ("menu menu", SILVER)


@pytest.mark.parametrize("chosen", ["2", EAST, "east"])
def test_another_location_is_taken_by_digit_or_label(floor: Floor, chosen: str) -> None:
    hand = floor.hand()

    hand.types("ANNA", PIN, chosen)

    assert (hand.prompt, hand.view.location) == ("menu menu", EAST)


def test_with_one_location_it_is_not_asked(floor: Floor) -> None:
    floor.house.keep(Operator("ANNA", role="operator", locations=(EAST,)))
    hand = floor.hand()

    hand.types("ANNA", PIN)

    assert (hand.prompt, hand.view.location) == ("menu menu", EAST)


def test_without_a_home_a_location_must_be_chosen(floor: Floor) -> None:
    floor.house.keep(Operator("ANNA", role="operator", locations=(SILVER, EAST)))
    hand = floor.hand()

    hand.types("ANNA", PIN)
    hand.presses("ok")

    assert (hand.prompt, hand.refused) == ("login location", "missing")


def test_without_any_location_nobody_signs_in(floor: Floor) -> None:
    floor.house.keep(Operator("ANNA", role="operator"))
    hand = floor.hand()

    hand.types("ANNA", PIN)

    assert (hand.prompt, hand.refused, hand.view.operator) == ("login who", "no_location", "")


def test_locations_of_transit_and_those_without_floor_log_in_are_not_offered(floor: Floor) -> None:
    floor.house.keep(
        Operator("ANNA", role="operator", locations=(SILVER, EAST, ROAD, "GONE")), Location(EAST, use_adcs=False)
    )
    hand = floor.hand()

    hand.types("ANNA", PIN)

    assert (hand.prompt, hand.view.location) == ("menu menu", SILVER)


def test_a_location_that_is_not_ones_own_is_refused_and_asked_again(floor: Floor) -> None:
    floor.house.keep(Location("NORTH"))
    hand = floor.hand()

    hand.types("ANNA", PIN, "NORTH")

    assert (hand.prompt, hand.refused) == ("login location", "not_your_location")
    assert hand.presses("ok", "ok").location == SILVER


@pytest.mark.parametrize(("who", "pin"), [("ANNA", WRONG), ("NOBODY", PIN), ("NOBODY", WRONG)])
def test_saf_22_whatever_was_wrong_the_answer_is_one_and_both_prompts_are_empty(
    floor: Floor, who: str, pin: str
) -> None:
    hand = floor.hand()

    hand.types(who, pin)

    assert (hand.prompt, hand.view.error) == ("login who", Message("login_refused"))


def test_decision_25_the_next_scan_replaces_the_refusal(floor: Floor) -> None:
    hand = floor.hand()
    hand.types("ANNA", WRONG)

    hand.types("ANNA")

    assert (hand.prompt, hand.refused) == ("login pin", "")


def test_saf_23_the_wrong_pin_is_counted_although_the_log_in_is_undone(floor: Floor) -> None:
    hand = floor.hand()

    hand.types("ANNA", WRONG)

    counter, device = floor.house.one(LoginCounter, "operator", "ANNA"), floor.house.one(LoginCounter, "device", "T1")
    assert counter is not None
    assert device is not None
    assert (counter.tries, device.tries) == (1, 1)


def test_saf_23_reconnecting_does_not_clear_the_count(floor: Floor) -> None:
    for _ in range(5):
        hand = floor.hand()
        hand.types("ANNA", WRONG)
        hand.drops()

    hand = floor.hand()
    hand.types("ANNA", PIN)

    assert hand.refused == "locked"
    assert hand.view.error is not None
    assert f"{hand.view.error.facts['time']:%H:%M}" == "08:15"


def test_saf_31_log_in_and_log_off_are_in_the_trail(floor: Floor) -> None:
    hand = floor.at_work()

    hand.presses("back")
    assert hand.asked == "log_off"
    hand.types("1")

    assert (hand.prompt, hand.view.operator) == ("login who", "")
    assert [row.record_key for field in ("login", "logoff") for row in floor.house.audits(field)] == ["ANNA", "ANNA"]


def test_a_log_in_left_half_way_is_forgotten_when_nobody_comes(floor: Floor) -> None:
    hand = floor.hand()
    hand.types("ANNA", PIN)

    hand.view = hand.terminal.idle()

    assert hand.prompt == "login who"


def test_decision_26_scans_held_while_log_off_is_asked_are_in_the_journal_after_the_yes(floor: Floor) -> None:
    hand = floor.at_work()
    hand.presses("back")
    hand.scans("W-01")

    hand.types("1")

    scan = next(scan for scan in floor.scans() if scan.raw == b"W-01")
    assert (scan.operator, scan.prompt, scan.outcome, scan.code) == ("ANNA", "menu", "ignored", "left")
    assert hand.prompt == "login who"


@pytest.mark.parametrize("key", ["ok", "back"])
def test_logging_off_wants_a_1(floor: Floor, key: str) -> None:
    hand = floor.at_work()

    hand.presses("back", key)

    assert (hand.prompt, hand.view.operator) == ("menu menu", "ANNA")


def test_back_at_the_pin_asks_who_again(floor: Floor) -> None:
    hand = floor.hand()
    hand.types("ANNA")

    hand.presses("back")

    assert hand.prompt == "login who"


@pytest.mark.parametrize("label", ["%%OK", "C:OK"])
def test_a_label_does_not_sign_in(floor: Floor, label: str) -> None:
    hand = floor.hand()
    hand.types("ANNA")

    hand.scans(label)

    assert (hand.prompt, hand.refused) == ("login pin", "")


def test_a_pin_is_neither_in_the_journal_nor_in_the_session_nor_in_the_trail(floor: Floor) -> None:
    hand = floor.hand()

    hand.types("ANNA", WRONG)
    hand.signs_in("ANNA")
    hand.terminal.idle()
    hand.types(WRONG, PIN)
    hand.types("9", "9", "3", PIN, WRONG, WRONG)

    kept = [scan.raw.decode() + scan.reading for scan in floor.scans()]
    kept += [row.state for row in floor.house.rows(TerminalSession)]
    kept += floor.house.audit_texts()
    assert not any(pin in text for text in kept for pin in (PIN, WRONG))
    assert [scan.raw for scan in floor.scans() if scan.prompt == "pin"] == [b""] * 7


@pytest.mark.parametrize("who", [PIN, f"{PIN}9", f"U:{PIN}", f".{PIN}"])
def test_a_pin_typed_at_the_wrong_prompt_is_kept_nowhere(floor: Floor, who: str) -> None:
    hand = floor.hand()

    hand.types(who)
    (session,) = floor.house.rows(TerminalSession)
    hand.types(WRONG)
    hand.types(who)

    kept = [scan.raw.decode() + scan.reading for scan in floor.scans()] + [session.state]
    kept += [*floor.house.audit_texts(), *(counter.name for counter in floor.house.rows(LoginCounter))]
    assert not any(PIN in text for text in kept)
    assert [(scan.prompt, scan.raw) for scan in floor.scans()] == [("who", b""), ("pin", b""), ("who", b"")]


def test_a_name_that_is_somebodys_and_a_badge_nobody_has_are_in_the_journal(floor: Floor) -> None:
    hand = floor.hand()

    hand.types("anna")
    hand.presses("back")
    hand.scans("OP-OLGA")

    assert [scan.raw for scan in floor.scans()] == [b"anna", b"OP-OLGA"]


def test_a_scan_at_the_pin_is_refused_and_no_wrong_pin(floor: Floor) -> None:
    hand = floor.hand()
    hand.types("ANNA")

    hand.scans("4012345678901", "B:W-01")

    assert (hand.prompt, hand.refused) == ("login pin", "barcode_at_pin")
    assert floor.house.one(LoginCounter, "device", "T1") is None
    assert [(scan.source, scan.outcome, scan.code) for scan in floor.scans()[1:]] == [
        ("scanned", "refused", "barcode_at_pin")
    ] * 2
    hand.types(PIN)
    assert hand.prompt == "login location"


def test_a_pin_whose_keys_arrive_together_is_a_pin(floor: Floor) -> None:
    hand = floor.hand()
    hand.types("ANNA")

    hand.scans(PIN)

    assert hand.prompt == "login location"
    assert PIN.encode() not in [scan.raw for scan in floor.scans()]


def test_a_pin_whose_keys_arrive_together_at_the_wrong_prompt_is_kept_nowhere(floor: Floor) -> None:
    hand = floor.hand()
    hand.types("ANNA", WRONG)
    assert (hand.prompt, hand.refused) == ("login who", "login_refused")

    hand.scans(PIN)

    (session,) = floor.house.rows(TerminalSession)
    assert PIN not in session.state + floor.scans()[-1].raw.decode() + floor.scans()[-1].reading


@pytest.mark.parametrize("typed", [f"{PIN}*", f"{PIN} ", f"1{PIN}9"])
def test_a_mistyped_pin_is_kept_nowhere_either(floor: Floor, typed: str) -> None:
    hand = floor.hand()
    hand.types("ANNA")

    hand.types(typed)

    (session,) = floor.house.rows(TerminalSession)
    assert PIN not in session.state + floor.scans()[-1].raw.decode() + floor.scans()[-1].reading
    assert hand.refused == "login_refused" or typed.strip() == PIN


def test_decision_11_a_location_label_at_the_menu_switches_the_location(floor: Floor) -> None:
    hand = floor.at_work()

    hand.scans(EAST)

    assert (hand.prompt, hand.told, hand.view.location) == ("menu menu", "at_location", EAST)


def test_decision_11_the_session_menu_switches_it_by_digit(floor: Floor) -> None:
    hand = floor.at_work()

    hand.types("9", "9", "1")
    assert hand.offered == {"1": SILVER, "2": EAST}
    hand.types("2")

    assert (hand.told, hand.view.location) == ("at_location", EAST)


@pytest.mark.parametrize("location", ["NORTH", ROAD])
def test_saf_29_a_location_that_is_not_ones_own_is_refused_and_the_denial_audited(floor: Floor, location: str) -> None:
    floor.house.keep(Location("NORTH"))
    hand = floor.at_work()

    hand.scans(location)

    assert (hand.refused, hand.view.location) == ("not_your_location", SILVER)
    assert [(row.record_key, row.new) for row in floor.house.audits("not_your_location")] == [("ANNA", location)]


def test_a_location_without_floor_log_in_is_not_switched_to(floor: Floor) -> None:
    floor.house.keep(Location(EAST, use_adcs=False))
    hand = floor.at_work()

    hand.scans(EAST)

    assert (hand.refused, hand.view.location) == ("not_your_location", SILVER)


def test_saf_29_a_denied_right_is_audited_though_the_command_is_undone(floor: Floor) -> None:
    hand = floor.at_work("VERA")

    hand.types("7")

    assert hand.refused == "no_right"
    assert [(row.record_key, row.new) for row in floor.house.audits("no_right")] == [("VERA", "adjust")]


def test_saf_25_a_job_is_not_started_without_its_right(floor: Floor) -> None:
    hand = floor.at_work("VERA")

    hand.view = hand.terminal.start("adjust")

    assert (hand.prompt, hand.refused) == ("menu menu", "no_right")


def test_saf_31_the_pin_that_reopens_is_in_the_trail_as_that(floor: Floor) -> None:
    hand = floor.at_work()
    hand.terminal.idle()

    hand.types(WRONG, PIN)

    events = [row.field for row in floor.house.rows(AuditRow) if row.new == "T1"]
    assert events == ["login", "reopen_refused", "reopen"]


def test_saf_29_a_second_person_signs_by_name_and_is_the_one_denied(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7", "W-01", "1000", "1", "3", "3")
    hand.presses("ok")

    hand.types("PIA", PIN)
    assert hand.refused == "no_right"
    hand.presses("ok")
    hand.types("SUE", PIN)

    assert [(row.record_key, row.new) for row in floor.house.audits("no_right")] == [("PIA", "approve")]
    assert [row.record_key for row in floor.house.audits("signature")] == ["SUE"]
    assert [row.record_key for row in floor.house.audits("login")] == ["ANNA"]


def test_a_pin_change_cut_off_begins_again_and_leaves_nothing_of_the_new_pin(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("9", "9", "3", PIN, "975310")
    hand.drops()

    again = floor.hand("T2")
    again.signs_in("ANNA")
    (parked,) = floor.house.rows(ParkedWork)
    again.presses("ok")

    assert "argon2" not in parked.state
    assert (again.prompt, again.body) == ("session pin", ["body.old_pin"])


def test_what_one_may_not_do_is_not_on_the_menu(floor: Floor) -> None:
    assert list(floor.at_work("VERA", "T1").offered) == ["8", "9"]
    assert list(floor.at_work("PIA", "T2").offered) == ["3", "4", "5", "6", "8", "9"]
    assert list(floor.at_work("ANNA", "T3").offered) == ["3", "4", "5", "6", "7", "8", "9"]


def test_one_operator_may_work_at_several_terminals(floor: Floor) -> None:
    first, second = floor.at_work("ANNA", "T1"), floor.at_work("ANNA", "T2")

    first.types("7")
    second.types("6")

    assert (first.prompt, second.prompt) == ("adjust bin", "count document")


def test_org_25_bins_are_those_of_the_location_one_works_at(floor: Floor) -> None:
    floor.house.keep(Location("NORTH", bin_mandatory=True), Bin("NORTH", "N-01"))
    floor.house.locations("ANNA", SILVER, "NORTH")
    hand = floor.hand()
    hand.types("ANNA", PIN, "1", "7")

    hand.scans("N-01")
    assert hand.refused == "bin_elsewhere"
    hand.presses("ok", "back")
    hand.scans("NORTH")
    hand.types("7")
    hand.scans("N-01")

    assert hand.prompt == "adjust item"
