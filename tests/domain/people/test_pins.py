"""PINs and what a wrong one leads to (SAF-22, SAF-23, decisions 34, 66)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import argon2
import pytest

from domain.errors import Refused
from domain.ledger.entries import AuditRow
from domain.people.access import SetPin, SignIn, Unlock, count_wrong_pin, set_pin, sign_in, unlock
from domain.people.credentials import LoginCounter, Pin
from domain.site import Operator
from storage import Store
from tests.domain.notation import SILVER, Warehouse, warehouse

RIGHT, WRONG = "246813", "135792"
CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The least work argon2 allows: how long a log-in takes is not what these tests are about."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse where everybody has the same PIN."""
    with warehouse(tmp_path) as house:
        house.keep(*(Pin(who, CHEAP.hash(RIGHT), house.now) for who in ("ANNA", "SUE", "PIA")))
        yield house


def sign(house: Warehouse, who: str, pin: str, terminal: str = "T1") -> str:
    """Sign in as a terminal does; return "" or the code of the refusal. A wrong PIN is counted."""
    try:
        house.at(terminal, sign_in, SignIn(who, pin))
    except Refused as refused:
        if refused.code == "login_refused":
            house.at(terminal, count_wrong_pin, SignIn(who, pin))
        return refused.code
    return ""


def tries(house: Warehouse, count: int, who: str = "ANNA", terminal: str = "T1") -> list[str]:
    return [sign(house, who, WRONG, terminal) for _ in range(count)]


def lock_device(house: Warehouse) -> None:
    """Type the wrong PINs of several people at T1: 20 in all, too few for each to be locked."""
    for who in ("VERA", "PIA", "OLE", "ACE", "ADA"):
        tries(house, 4, who=who)


def until(house: Warehouse, who: str = "ANNA", terminal: str = "T9") -> timedelta:
    """Return how long an operator, or everybody at a terminal, is still locked."""
    with pytest.raises(Refused) as locked:
        house.at(terminal, sign_in, SignIn(who, RIGHT))
    return locked.value.facts["time"] - house.now


def test_the_right_pin_signs_in_and_is_noted(house: Warehouse) -> None:
    assert house.at("T1", sign_in, SignIn("ANNA", RIGHT)).code == "ANNA"
    assert [(row.record_key, row.new) for row in house.audits("login")] == [("ANNA", "T1")]


@pytest.mark.parametrize("who", ["anna", " ANNA ", "OP-ANNA"])
def test_operators_are_found_by_code_in_any_case_and_by_badge(house: Warehouse, who: str) -> None:
    assert sign(house, who, RIGHT) == ""


@pytest.mark.parametrize(("who", "pin"), [("ANNA", WRONG), ("NOBODY", RIGHT), ("", RIGHT), ("VERA", RIGHT)])
def test_saf_22_wrong_pin_unknown_operator_and_no_pin_answer_alike(house: Warehouse, who: str, pin: str) -> None:
    with house.refused("login_refused"):
        house.at("T1", sign_in, SignIn(who, pin))


def test_a_blocked_operator_is_as_good_as_unknown(house: Warehouse) -> None:
    house.keep(Operator("ANNA", role="operator", locations=(SILVER,), blocked=True))

    assert sign(house, "ANNA", RIGHT) == "login_refused"


def test_decision_66_a_pin_is_kept_as_an_argon2id_hash_with_a_salt_of_its_own(house: Warehouse) -> None:
    house.do(set_pin, SetPin("ANNA", RIGHT), "ADA")
    house.do(set_pin, SetPin("SUE", RIGHT), "ADA")

    anna, sue = (house.one(Pin, who) for who in ("ANNA", "SUE"))
    assert anna is not None
    assert sue is not None
    assert anna.hash.startswith("$argon2id$")
    assert anna.hash != sue.hash
    assert argon2.extract_parameters(anna.hash).memory_cost >= 19_456
    assert sign(house, "ANNA", RIGHT) == ""


def test_the_trail_says_that_a_pin_was_set_and_by_whom_and_never_its_hash(house: Warehouse) -> None:
    house.do(set_pin, SetPin("ANNA", RIGHT), "ADA")

    assert [(row.record_key, row.old, row.new) for row in house.audits("pin")] == [("ANNA", "", "set")]
    assert "argon2" not in "".join(house.audit_texts())


@pytest.mark.parametrize(
    "pin",
    [
        "12345",
        "1234567890123",
        "24681a",
        "\u0661\u0662\u0663\u0664\u0665\u0667",
        "111111",
        "123456",
        "987654",
        "0017",
        "",
    ],
)
def test_saf_22_a_bad_pin_is_refused(house: Warehouse, pin: str) -> None:
    with house.refused("bad_pin"):
        house.do(set_pin, SetPin("ANNA", pin), "ADA")


def test_saf_22_the_operators_own_number_is_a_bad_pin(house: Warehouse) -> None:
    house.keep(Operator("314159", badge="OP-271828"))

    for pin in ("314159", "271828"):
        with house.refused("bad_pin"):
            house.do(set_pin, SetPin("314159", pin), "ADA")


@pytest.mark.parametrize("pin", ["246813", "112233", "123457", "135791357913"])
def test_saf_22_any_other_6_to_12_digits_are_a_pin(house: Warehouse, pin: str) -> None:
    house.do(set_pin, SetPin("ANNA", pin), "ADA")

    assert sign(house, "ANNA", pin) == ""


def test_a_site_may_ask_for_longer_pins(house: Warehouse) -> None:
    house.set(pin_min_length=8)

    with house.refused("bad_pin"):
        house.do(set_pin, SetPin("ANNA", "2468135"), "ADA")


def test_a_pin_for_nobody_is_refused(house: Warehouse) -> None:
    with house.refused("unknown", code="NOBODY", prompt="who"):
        house.do(set_pin, SetPin("NOBODY", RIGHT), "ADA")


def test_saf_23_five_wrong_pins_in_15_minutes_lock_for_15(house: Warehouse) -> None:
    assert tries(house, 5) == ["login_refused"] * 5

    assert sign(house, "ANNA", RIGHT) == "locked"
    assert until(house) == timedelta(minutes=15)
    house.pass_time(minutes=15)
    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_four_do_not(house: Warehouse) -> None:
    tries(house, 4)

    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_wrong_pins_count_for_15_minutes(house: Warehouse) -> None:
    tries(house, 4)
    house.pass_time(minutes=15)

    tries(house, 4)

    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_the_right_pin_ends_the_count(house: Warehouse) -> None:
    tries(house, 4)
    sign(house, "ANNA", RIGHT)

    tries(house, 4)

    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_every_further_lock_lasts_twice_as_long_up_to_a_day(house: Warehouse) -> None:
    lengths = []
    for number in range(9):
        tries(house, 5, terminal=f"T{number}")
        lengths.append(until(house))
        house.pass_time(days=1)

    assert lengths[:4] == [timedelta(minutes=15 * 2**number) for number in range(4)]
    assert lengths[-2:] == [timedelta(hours=24)] * 2


def test_saf_23_the_right_pin_makes_locks_short_again(house: Warehouse) -> None:
    tries(house, 5)
    house.pass_time(minutes=15)
    sign(house, "ANNA", RIGHT)

    tries(house, 5)

    assert until(house) == timedelta(minutes=15)


def test_saf_23_while_locked_no_pin_is_looked_at_or_counted(house: Warehouse) -> None:
    tries(house, 5)

    tries(house, 9)
    house.pass_time(minutes=15)

    assert sign(house, "ANNA", RIGHT) == ""


@pytest.mark.parametrize("who", ["NOBODY", "N" * 300])
def test_saf_23_an_unknown_operator_is_locked_like_a_known_one(house: Warehouse, who: str) -> None:
    assert tries(house, 6, who=who) == ["login_refused"] * 5 + ["locked"]


def test_saf_23_one_who_is_locked_does_not_lock_others(house: Warehouse) -> None:
    tries(house, 5)

    assert sign(house, "SUE", RIGHT) == ""


@pytest.mark.parametrize("name", ["code", "badge"])
def test_saf_23_code_and_badge_are_one_operator(house: Warehouse, name: str) -> None:
    first, second = ("ANNA", "OP-ANNA") if name == "code" else ("OP-ANNA", "ANNA")
    tries(house, 5, who=first)

    assert sign(house, second, RIGHT) == "locked"


def test_saf_23_twenty_wrong_pins_on_one_device_lock_it_for_everybody(house: Warehouse) -> None:
    lock_device(house)

    assert sign(house, "ANNA", RIGHT) == "locked"
    assert sign(house, "ANNA", RIGHT, terminal="T2") == ""
    house.pass_time(minutes=15)
    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_at_most_100_tries_a_day(house: Warehouse) -> None:
    for number in range(25):
        tries(house, 4, terminal=f"T{number}")
        house.pass_time(minutes=15)

    assert sign(house, "ANNA", RIGHT) == "locked"
    house.pass_time(hours=24 - house.now.hour)
    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_counters_survive_a_new_process(house: Warehouse, tmp_path: Path) -> None:
    tries(house, 5)

    with Store.open(str(tmp_path / "aisle.db")) as store:
        assert sign(Warehouse(store, house.now), "ANNA", RIGHT) == "locked"


def test_saf_23_a_supervisor_unlocks_an_operator_with_a_reason_in_the_trail(house: Warehouse) -> None:
    tries(house, 5)

    house.do(unlock, Unlock("operator", "ANNA", "forgot it"), "SUE")

    assert sign(house, "ANNA", RIGHT) == ""
    assert [(row.record_key, row.reason) for row in house.audits("unlock")] == [("ANNA", "forgot it")]


def test_saf_23_a_supervisor_unlocks_a_device(house: Warehouse) -> None:
    lock_device(house)

    house.do(unlock, Unlock("device", "T1", "a child at the desk"), "SUE")

    assert sign(house, "ANNA", RIGHT) == ""


def test_saf_23_a_device_lock_is_short_again_after_a_quiet_day(house: Warehouse) -> None:
    lock_device(house)
    house.pass_time(hours=2)
    lock_device(house)
    assert until(house, terminal="T1") == timedelta(minutes=30)

    house.pass_time(days=1, minutes=30)
    lock_device(house)

    assert until(house, terminal="T1") == timedelta(minutes=15)


def test_saf_23_a_supervisor_unlocks_one_who_has_no_tries_left_that_day(house: Warehouse) -> None:
    for number in range(25):
        tries(house, 4, terminal=f"T{number}")
        house.pass_time(minutes=15)
    assert sign(house, "ANNA", RIGHT) == "locked"

    house.do(unlock, Unlock("operator", "ANNA", "it was a child"), "SUE")

    assert sign(house, "ANNA", RIGHT) == ""


@pytest.mark.parametrize("reason", ["", " "])
def test_unlocking_wants_a_reason(house: Warehouse, reason: str) -> None:
    tries(house, 5)

    with house.refused("missing", what="reason"):
        house.do(unlock, Unlock("operator", "ANNA", reason), "SUE")


def test_what_was_never_wrong_is_not_unlocked(house: Warehouse) -> None:
    with house.refused("unknown", code="ANNA", prompt="who"):
        house.do(unlock, Unlock("operator", "ANNA", "just in case"), "SUE")


def test_saf_31_wrong_pins_are_in_the_trail(house: Warehouse) -> None:
    tries(house, 2)

    assert [(row.record_key, row.new) for row in house.audits("login_refused")] == [("ANNA", "T1")] * 2


def test_saf_31_the_trail_tells_what_a_pin_was_given_for(house: Warehouse) -> None:
    house.at("T1", sign_in, SignIn("SUE", RIGHT, "signature"))
    house.at("T1", count_wrong_pin, SignIn("SUE", WRONG, "reopen"))

    assert [(row.field, row.record_key) for row in house.rows(AuditRow) if row.new == "T1"] == [
        ("signature", "SUE"),
        ("reopen_refused", "SUE"),
    ]


def test_saf_22_the_name_of_nobody_may_be_a_pin_and_stands_nowhere(house: Warehouse) -> None:
    tries(house, 5, who=RIGHT)

    kept = [*house.audit_texts(), *(counter.name for counter in house.rows(LoginCounter))]
    assert not any(RIGHT in text for text in kept)
    assert sign(house, RIGHT, WRONG) == "locked"


def test_saf_22_no_pin_stands_in_the_books(house: Warehouse) -> None:
    sign(house, "ANNA", RIGHT)
    tries(house, 5)

    kept = [*house.audit_texts(), *(str(counter) for counter in house.rows(LoginCounter))]
    assert not any(pin in text for text in kept for pin in (RIGHT, WRONG))
