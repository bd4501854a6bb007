"""Log in: who, PIN, location; the lock of an idle terminal; taking up work left behind (floor-flows.md 15, 17, 18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from domain.books import Books
from domain.errors import NeedsConfirm, Refused, SetupError
from domain.people.access import SetPin, hashed, is_pin, set_pin
from domain.people.books import ParkedWork
from domain.people.rights import EVERY_LOCATION, works_at
from domain.site import Location, Operator
from tui.jobs.job import Do, Given, Step, as_digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.view import Message, View


@kept
@dataclass(frozen=True, slots=True)
class Login:
    """Nobody is signed in."""

    name: ClassVar[str] = "login"
    holds_refusals: ClassVar[bool] = False

    who: str = ""
    operator: str = ""
    """Set once the PIN was right and the location is asked."""
    home: str = ""
    locations: tuple[str, ...] = ()
    page: int = 0
    """Of the locations."""

    @property
    def prompt(self) -> str:
        """Who, then PIN, then location where there are several."""
        if self.operator:
            return "location"
        return "pin" if self.who else "who"

    def answer(self, given: Given, do: Do) -> Step:
        """Unknown operator and wrong PIN get one and the same answer (SAF-22)."""
        if self.prompt == "who":
            return Step(replace(self, who=do.who(given)))
        if self.prompt == "pin":
            return self._signed_in(do.sign(self.who, given.text, "login"), do)
        pages = Pages(self.locations, self.page)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        location = self._found(given, do) if as_digit(given.text) is None else pages.chosen(given.text)
        return Step(None, signed_in=self.operator, location=location)

    def press(self, command: str, do: Do) -> Step:
        """Enter takes the home location; back starts over."""
        if command == "back":
            return Step(Login())
        if command != "ok":
            raise not_here()
        if self.prompt == "location" and self.home:
            return Step(None, signed_in=self.operator, location=self.home)
        raise Refused("missing", what=self.prompt)

    def after_refusal(self) -> Login:
        """Both prompts are empty after a wrong PIN."""
        return self if self.operator else Login()

    def resumed(self) -> Login:
        """Never resumed: whoever comes signs in."""
        return Login()

    def view(self, do: Do) -> View:
        """Show the prompt, and the locations to choose from."""
        pages = Pages(self.locations, self.page)
        choices = pages.choices(lambda code: Message("text", {"text": code}))
        body = (Message("body.sign_in"),) if self.prompt == "who" else ()
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=pages.progress,
            body=body,
            choices=choices,
            field=self.home or None if self.operator else None,
            digits=bool(choices),
            secret=self.prompt == "pin",
            commands=(*(("ok",) if self.home else ()), *(("back",) if self.who else ())),
        )

    def _signed_in(self, operator: Operator, do: Do) -> Step:
        locations = do.ask(locations_of, operator)
        if not locations:
            raise SetupError("no_location")
        if len(locations) == 1:
            return Step(None, signed_in=operator.code, location=locations[0])
        home = operator.home if operator.home in locations else ""
        return Step(replace(self, operator=operator.code, home=home, locations=locations))

    def _found(self, given: Given, do: Do) -> str:
        found = do.find(given, {"location"})
        if found.location not in self.locations:
            raise Refused("not_your_location", location=found.location, operator=self.operator)
        return found.location


def locations_of(books: Books, operator: Operator) -> tuple[str, ...]:
    """Return the locations an operator may log in at, in the order of his list (bins.md, `use_adcs`)."""
    rows = {row.code: row for row in books.records.rows(Location) if row.use_adcs and not row.in_transit}
    if EVERY_LOCATION in operator.locations:
        return tuple(rows)
    return tuple(code for code in operator.locations if code in rows and works_at(operator, code))


@kept
@dataclass(frozen=True, slots=True)
class Lock:
    """The terminal was idle: the PIN reopens it at the same prompt (SAF-24)."""

    name: ClassVar[str] = "locked"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "pin"

    def answer(self, given: Given, do: Do) -> Step:
        """Take the PIN of whoever is signed in."""
        do.sign(do.situation.operator.code, given.text, "reopen")
        return Step(None)

    def press(self, command: str, do: Do) -> Step:
        """Back offers to log off, so that somebody else may use the terminal."""
        if command == "back":
            if "log_off" not in do.situation.confirmed:
                raise NeedsConfirm("log_off")
            return Step(None, is_log_off=True)
        if command == "ok":
            raise Refused("missing", what="pin")
        raise not_here()

    def after_refusal(self) -> Lock:
        """Stay locked."""
        return self

    def resumed(self) -> Lock:
        """Stay locked."""
        return self

    def view(self, do: Do) -> View:
        """Show nothing of the work."""
        return View(
            job=self.name,
            prompt=self.prompt,
            body=(Message("body.locked", {"operator": do.situation.operator.code}),),
            secret=True,
            commands=("back",),
        )


@kept
@dataclass(frozen=True, slots=True)
class Resume:
    """Work was left behind: Enter stands at its prompt again, Esc leaves it (floor-flows.md 15)."""

    name: ClassVar[str] = "menu"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "question"

    parked_at: str
    """The moment it was left, ISO: its key."""
    document: str
    line: str

    def answer(self, given: Given, do: Do) -> Step:
        """A question takes only its keys."""
        raise not_here()

    def press(self, command: str, do: Do) -> Step:
        """Enter = yes, Esc = no; what was taken up at another terminal meanwhile is not here any more."""
        if command not in ("ok", "back"):
            raise not_here()
        moment = datetime.fromisoformat(self.parked_at)
        parked = do.books.records.one(ParkedWork, do.situation.operator.code, moment)
        if parked is None:
            return Step(None)
        do.books.records.remove(parked)
        if command == "back":
            return Step(None)
        return Step(None, resumed=parked.state, location=parked.location)

    def after_refusal(self) -> Resume:
        """Ask again."""
        return self

    def resumed(self) -> Resume:
        """Never on a parked stack."""
        return self

    def view(self, do: Do) -> View:
        """Ask."""
        return View(
            job=self.name,
            prompt=self.prompt,
            body=(Message("resume", {"document": self.document, "line": self.line}),),
            bells=1,
            commands=("ok", "back"),
        )


@kept
@dataclass(frozen=True, slots=True)
class ChangePin:
    """An operator changes his own PIN: the old one, the new one twice."""

    name: ClassVar[str] = "session"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "pin"

    is_proven: bool = False
    first_hash: str = ""
    """Of the new PIN typed once, kept for one prompt as a PIN on file is, and never on parked work."""

    def answer(self, given: Given, do: Do) -> Step:
        """Prove the old PIN, then take the new one twice."""
        operator = do.situation.operator.code
        if not self.is_proven:
            do.sign(operator, given.text, "pin_change")
            return Step(replace(self, is_proven=True))
        if not self.first_hash:
            return Step(replace(self, first_hash=hashed(given.text)))
        if not is_pin(self.first_hash, given.text):
            raise Refused("bad_pin")
        do.run(set_pin, SetPin(operator, given.text))
        return Step(None, message=Message("pin_changed"))

    def press(self, command: str, do: Do) -> Step:
        """Back leaves the PIN as it was."""
        if command == "back":
            return Step(None)
        if command == "ok":
            raise Refused("missing", what="pin")
        raise not_here()

    def after_refusal(self) -> ChangePin:
        """A new PIN that did not match is typed twice again."""
        return replace(self, first_hash="")

    def resumed(self) -> ChangePin:
        """Start over."""
        return ChangePin()

    def view(self, do: Do) -> View:
        """Say which PIN is wanted."""
        wanted = "body.old_pin" if not self.is_proven else "body.new_pin" if not self.first_hash else "body.pin_again"
        return View(job=self.name, prompt=self.prompt, body=(Message(wanted),), secret=True, commands=("back",))
