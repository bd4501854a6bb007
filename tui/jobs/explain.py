"""F9: what came of the last scan: raw characters by name, how it was read, what it led to (SCN-110..112)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from tui.jobs.job import Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.view import Message, View


@kept
@dataclass(frozen=True, slots=True)
class Explain:
    """The scan before F9, as the journal has it. Blank where there was none."""

    name: ClassVar[str] = "explain"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "menu"

    raw: str = ""
    source: str = ""
    reading: str = ""
    """JSON, "" where it was not read."""
    outcome: str = ""
    code: str = ""
    scanned_at: str = ""
    """The prompt it was scanned at."""

    @classmethod
    def begin(cls, do: Do) -> Explain:
        """Return the newest scan of this terminal; the label or twin that asks for it is journalled later."""
        scan = do.books.terminals.last_scan(do.situation.terminal)
        if scan is None:
            return cls()
        raw = scan.raw.decode("utf-8", errors="replace")
        return cls(raw, scan.source, scan.reading, scan.outcome, scan.code, scan.prompt)

    def answer(self, given: Given, do: Do) -> Step:
        """Refuse: only Enter or back leaves here."""
        raise not_here()

    def press(self, command: str, do: Do) -> Step:
        """Enter or back returns to the prompt one came from."""
        if command in ("ok", "back"):
            return Step(None)
        raise not_here()

    def after_refusal(self) -> Explain:
        """Stay."""
        return self

    def resumed(self) -> Explain:
        """Stay."""
        return self

    def view(self, do: Do) -> View:
        """Show the scan."""
        return View(job=self.name, prompt=self.prompt, body=self._body(), commands=("back",))

    def _body(self) -> tuple[Message, ...]:
        if not self.outcome:
            return (Message("body.no_scan"),)
        reading = json.loads(self.reading) if self.reading else {}
        read_as = reading.get("kind") or reading.get("error") or "-"
        return (
            Message("body.raw", {"raw": self.raw}),
            Message("body.read_as", {"kind": read_as, "source": self.source}),
            *(
                Message("body.fact", {"name": name, "value": str(value)})
                for name, value in reading.get("facts", {}).items()
            ),
            Message("body.outcome", {"outcome": self.outcome, "code": self.code, "prompt": self.scanned_at}),
        )
