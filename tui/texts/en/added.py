"""Answers of the rules whose codes are not on the list of messages.md."""

from __future__ import annotations

from tui.texts.wording import Text

ADDED: dict[str, Text] = {
    "job_not_built": "{job} is not there yet",
    "not_built": "Database {engine} is not supported yet",
    "site_rules": "What lies in stock forbids this site",
    "cost_below_zero": "{item}: cost below zero",
    "value_too_large": "Value above {max}",
    "bad_formula": "No date formula: {formula}",
}
