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
    """The newest row of this terminal's scan journal."""

    name: ClassVar[str] = "explain"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "menu"

    def answer(self, given: Given, do: Do) -> Step:
        """The next scan is the job's own again: only back leaves here."""
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
        scan = do.books.terminals.last_scan(do.situation.terminal)
        if scan is None:
            return View(job=self.name, prompt=self.prompt, body=(Message("body.no_scan"),), commands=("back",))
        reading = json.loads(scan.reading) if scan.reading else {}
        body = [
            Message("body.raw", {"raw": scan.raw.decode("utf-8", errors="replace")}),
            Message(
                "body.read_as", {"kind": reading.get("kind") or reading.get("error") or "-", "source": scan.source}
            ),
            *(
                Message("body.fact", {"name": name, "value": str(value)})
                for name, value in reading.get("facts", {}).items()
            ),
            Message("body.outcome", {"outcome": scan.outcome, "code": scan.code, "prompt": scan.prompt}),
        ]
        return View(job=self.name, prompt=self.prompt, body=tuple(body), commands=("back",))
