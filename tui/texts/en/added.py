"""Answers of the rules whose codes are not on the list of messages.md."""

from __future__ import annotations

from tui.texts.wording import Text

ADDED: dict[str, Text] = {
    "job_not_built": "{job} is not there yet",
    "not_built": "Database {engine} is not supported yet",
    "bad_formula": "No date formula: {formula}",
}
