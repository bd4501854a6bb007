"""What a command says of a refusal: the longer wording of a code, with what would be right.

Codes without one here are told in the words of the terminal (tui/texts). Not here: who asks (edge.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from domain.values import plain
from tui.command_line.printing import LONGEST_LINE
from tui.jobs.view import Message, as_fact
from tui.texts import clean, words
from tui.texts.wording import Text, wording_of

_OTHER = "name another with --database"

_SENTENCES: dict[str, Text] = {
    # The database
    "no_database": f"There is no database {{file}}: make one with `aisle init FOLDER`, or {_OTHER}.",
    "no_folder": "There is no folder {folder}: make it first.",
    "database_exists": "There is a database {file} already: it is kept as it is, choose another folder.",
    "not_a_database": f"{{file}} is not a database of Aisle: {_OTHER}.",
    "newer_database": "{file} was made by a newer Aisle (schema {schema}, this one knows {known}): install that one.",
    "older_database": "{file} was made by an older Aisle (schema {schema}, this needs {known}): "
    "stop terminals, run `aisle upgrade`.",
    "older_backup": "{file} is of an older Aisle (schema {schema}, this needs {known}): "
    "copy it, run `aisle upgrade --database COPY`, restore that.",
    "no_backup": "There is no backup {file}: name a file that `aisle backup` made.",
    "not_itself": "{file} is the database itself: name a backup of it.",
    "database_in_use": "{file} is in use: end every terminal and command that has it open, then do it again.",
    "upgrade_failed": "{file} is left as it was: the database said {why}.",
    "damaged": "{file} is damaged: nothing was changed, restore a backup.",
    "read_only": "{file} cannot be written: it, its folder or its disk is read-only for this account.",
    "cannot_open": "{file} cannot be opened: it must be a file this account may read and write.",
    "disk_full": "{file}: nothing was written because the disk is full; make room and do it again.",
    "disk_error": "{file}: nothing was written because the disk is full or failing; look at it first.",
    "network_disk": "{file} lies on a network disk ({disk}), which loses postings: keep it on a disk of this host.",
    "old_sqlite": "This Python brings SQLite {version}: Aisle needs {needed} or later.",
    "not_built": "Databases of {engine} cannot be used yet: name a file.",
    # The terminal
    "bad_terminal": "{name} cannot name a terminal: write at most {max} printable characters.",
    "terminal_in_use": "Terminal {terminal} is in use by another process: end it, or give this one another --terminal.",
    # What was typed
    "unknown": {
        "prompt=who": "There is no operator {code}.",
        "prompt=uom": "There is no unit {code} in the site file.",
        "prompt=unit": "The item has no unit {code}.",
        "prompt=tracking": "There is no tracking code {code}.",
        "prompt=profile": "There is no device profile {code} in the site file.",
        "prompt": "There is no {prompt} {code}.",
        "": "There is no {code}.",
    },
    "several_orders": "{code} is the number of several orders: name one of {documents}.",
    "no_such_unit": "{item} has no unit {uom}.",
    "duplicate": "This serial stands in the file twice.",
    "bin_elsewhere": "Location {location} has no bin {bin}.",
    "no_bins": "Location {location} has no bins.",
    "bad_pin": "A PIN has 6 to 12 digits: not one digit all over, no run like 123456, not his own code or badge.",
    "bad_day": "{text} is not a date: write it like 2026-12-31.",
    # The general ledger
    "no_posting_setup": "Posting setup is missing for {key}: add a row to posting_groups of the site file.",
    "account_not_filled": "{account} must be filled in on the posting setup {key}.",
    "account_blocked": {"variant=missing": "Account {no} does not exist.", "": "Account {no} is blocked."},
    "posting_setup_blocked": "The posting setup {key} is blocked.",
    "no_account_pair": "Item ledger entry type {item_entry_type} with entry type {entry_type} "
    "and expected cost {expected} is not allowed.",
    "gl_document_missing": "Enter a document no. when posting per posting group.",
    "gl_document_given": "Do not enter a document no. when posting per entry.",
    # Files
    "file_exists": "There is a file {file} already: it is kept as it is, choose another name.",
    "site_faults": "{faults}",
    "site_rules": "{faults}",
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return what is wrong and what would be right; several faults are a line each."""
    text = _SENTENCES.get(code)
    if text is None:
        return words(Message(code, {name: as_fact(value) for name, value in facts.items()}), width=LONGEST_LINE)
    return wording_of(text, facts).format(**{name: _told(value) for name, value in facts.items()})


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(_told(part) for part in value)
    return plain(value) if isinstance(value, Decimal) else clean(str(value), LONGEST_LINE)
