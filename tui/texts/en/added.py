"""Answers of the rules whose codes are not on the list of messages.md."""

from __future__ import annotations

from tui.texts.wording import Text

ADDED: dict[str, Text] = {
    "job_not_built": "{menu} is not there yet",
    "not_built": "Database {engine} is not supported yet",
    "barcode_at_pin": "That is a barcode. Type the PIN",
    "document_elsewhere": "{document} is at {location}. Go there",
    "refused_thrice": "F9 why. Or type it. Or call supervisor",
    "not_learnable": "{code} is no bare code: not learned",
    "not_dated": "{item} has no expiry dates",
    "no_rule": "No digits in {code}: no rule fits",
    "site_rules": "What lies in stock forbids this site",
    # What becomes of a database under a running terminal (disk_full has words of its own)
    "read_only": "Not posted: database is read-only",
    "disk_error": "Not posted: disk full or failing",
    "damaged": "Not posted: database is damaged",
    "not_a_database": "Not posted: database is damaged",
    "cannot_open": "Cannot open the database",
    "no_database": "Cannot open the database",
    "terminal_in_use": "Terminal {terminal} is in use",
    "other_bin": "{qty} free in {bin}. Take? Enter",
    "count_bin_ask": "Count bin {bin}? 1=yes",
    "empty_item_ask": "No more {item} here? 1=yes",
    "blocked_ask": {
        "n=1": "{code} blocked. Post the rest? 1=yes",
        "": "{n} blocked. Post the rest? 1=yes",
    },
    "nothing_to_release": "Nothing to release",
    "cost_below_zero": "{item}: cost below zero",
    "value_too_large": "Value above {max}",
    "posting_setup_blocked": "Posting setup blocked: {key}",
    "account_not_filled": "Fill in {account} on {key}",
    "no_account_pair": "No account: {item_entry_type}/{entry_type}",
    "gl_document_missing": "Per group needs a document no.",
    "gl_document_given": "Document no. is for per group only",
    "cost_circle": "Entry {no}: cost would run in a circle",
    "bad_formula": "No date formula: {formula}",
}
