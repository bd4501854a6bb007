"""At the terminal: floor, drop, resume. Keys and scans go to a real session; `see` reads the View it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import argon2

from domain.people.credentials import Pin
from domain.site import Location
from domain.values import ZERO
from tests.cases.arguments import Arguments
from tests.cases.case_site import WHO
from tests.cases.matching import Actual, date_from, number_from
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake, NotBuilt, words
from tests.cases.world import World
from tui.capture import Line
from tui.commands import by_key
from tui.jobs.view import View
from tui.session import Terminal

JOBS = words("pick ship move count adjust reclassify lookup")
ALL_JOBS = JOBS | words("put_away receive transfer_out transfer_in trace")
PIN = "246813"
HOLDER = "cases"
PARTS = ("bin", "item", "lot", "serial", "expires", "package", "qty")
BURST_GAP_S = 0.001
KEYS = words("doc type part key burst")
ASIDE = words("find explain help")


@dataclass(slots=True)
class Hand:
    """Somebody at a terminal."""

    world: World
    terminal: Terminal
    view: View
    typed: str = ""
    """In the scan line, not entered."""
    left: tuple[View, str] | None = None
    """A prompt left by a key that leads aside, and what was typed there: it stands there again on the way back."""

    def give(self, key: Any) -> None:
        """Scan, type or press once, a second after the answer before (README: At the terminal)."""
        self.world.pass_time(seconds=1)
        if isinstance(key, str):
            self._line(key, "scanned")
        elif not isinstance(key, Mapping) or len(key) != 1 or not key.keys() <= KEYS:
            raise Mistake(f"{key} is no key")
        elif "doc" in key:
            self._line(self.world.document(key["doc"]), "scanned")
        elif "type" in key:
            self._line(key["type"], "keyed")
        elif "part" in key:
            self.typed += key["part"]
        elif "key" in key:
            self.press(key["key"])
        else:
            for scan in key["burst"]:
                self.world.pass_time(seconds=BURST_GAP_S)
                self._line(scan, "scanned")

    def press(self, key: str) -> None:
        """Press a key. Enter ends what is typed, Esc takes it away."""
        command = by_key({"esc": "escape"}.get(key, key))
        if command is None:
            raise Mistake(f"there is no key {key}")
        if self.typed and command.id == "ok":
            self._line("", "keyed")
        elif self.typed and command.id == "back":
            self.typed = ""
        else:
            before, typed, self.typed = self.view, self.typed, ""
            self.view = self.terminal.press(command.id)
            if typed and command.id in ASIDE:
                self.left = before, typed
            if self.left and (self.view.job, self.view.prompt) == (self.left[0].job, self.left[0].prompt):
                (_, self.typed), self.left = self.left, None

    def _line(self, text: str, source: str) -> None:
        text, self.typed = self.typed + text, ""
        self.view = self.terminal.take(Line(text.encode(), source, self.world.now.timestamp()))

    def _field(self) -> Actual:
        """Return the field as what its prompt takes: a number, a date or text."""
        text = self.view.field or ""
        typed: dict[str, Actual] = {"qty": number_from(text), "expiry": date_from(text, self.world.today)}
        return typed.get(self.view.prompt) or text

    def screen(self) -> dict[str, Actual]:
        """Return what stands on the screen, as `see` reads it."""
        view = self.view
        return {
            "prompt": view.prompt,
            "error": view.error.code if view.error else None,
            "field": self.typed or self._field(),
            "want": dict.fromkeys(PARTS) | view.want,
            "got": dict.fromkeys(PARTS) | view.got,
            "counted": view.counted or ZERO,
            "lines": list(view.lines),
            "message": view.message.code if view.message else None,
            "outcome": view.outcome,
        }


def require_built_job(job: str | None) -> None:
    """Raise NotBuilt for a job that the terminal does not have yet."""
    if job and job not in JOBS:
        raise NotBuilt(f"job {job}") if job in ALL_JOBS else Mistake(f"there is no job {job}")


@verb("floor", takes="keys job of who location profile size")
def floor(world: World, step: Arguments) -> Result:
    """Play keys and scans; `size` is of no matter to what the screen has to say."""
    job = step.text("job")
    hand = hand_of(world, step.text("who", WHO), step)
    if job:
        hand.view = hand.terminal.start(job, world.document(step.text("of")) if "of" in step else "")
    for key in step.tree["keys"] or ():
        hand.give(key)
    return hand.screen()


@verb("drop", takes="who key")
def drop(world: World, step: Arguments) -> Result:
    """Cut the connection; with `key` after that key was sent, before its answer is seen."""
    who = step.text("who", WHO)
    if who not in world.hands:
        raise Mistake(f"{who} is not signed in")
    hand: Hand = world.hands.pop(who)
    if "key" in step:
        world.pass_time(seconds=1)
        hand.press(step.text("key"))
    hand.terminal.hang_up()
    return None


@verb("resume", takes="who")
def resume(world: World, step: Arguments) -> Result:
    """Sign in again."""
    return hand_of(world, step.text("who"), step).screen()


def hand_of(world: World, who: str, step: Arguments) -> Hand:
    """Return who works at a terminal; the first time he signs in there, at the location of the step or his own."""
    if who not in world.hands:
        world.hands[who] = _signed_in(world, who, step)
    hand: Hand = world.hands[who]
    if "location" in step and hand.view.location != step.text("location"):
        hand.view = hand.terminal.take(Line(step.text("location").encode(), "scanned", world.now.timestamp()))
    directed = world.ask(lambda books: books.records.one(Location, hand.view.location))
    if directed and directed.directed:
        raise NotBuilt("floor at a directed location")
    return hand


def _signed_in(world: World, who: str, step: Arguments) -> Hand:
    world.store.transaction(lambda books: books.records.save(Pin(who, _hash(), world.now)))
    terminal = Terminal(
        world.store,
        now=lambda: world.now,
        terminal=f"T-{who}",
        holder=HOLDER,
        is_alive=lambda holder: True,
        report=_crashed,
        profile=step.text("profile"),
    )
    hand = Hand(world, terminal, terminal.connect())
    hand.give({"type": who})
    hand.give({"type": PIN})
    if hand.view.prompt == "location":
        hand.give(_choice_of_location(hand.view, step.text("location")))
    return hand


def _choice_of_location(view: View, location: str) -> dict[str, str]:
    """Return the key for a location at log-in: its digit, else its code; without one home, else the first."""
    if not location:
        return {"key": "enter"} if view.field else {"type": view.choices[0].digit}
    digit = next((choice.digit for choice in view.choices if choice.label.facts.get("text") == location), location)
    return {"type": digit}


def _hash() -> str:
    """Return the hash of the PIN, made with the least work that argon2 allows."""
    return argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)


def _crashed(error: BaseException) -> str:
    """A crash of the session fails the case."""
    raise error
