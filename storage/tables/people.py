"""What decides whether somebody may sign in, what terminals and their scanners do, and every raw scan."""

from __future__ import annotations

from domain.people import books, credentials
from domain.posting import clock
from domain.scanning import separators
from storage.tables.base import AppendOnly, one_of, table

Pin = table(credentials.Pin)
LoginCounter = table(credentials.LoginCounter, one_of("kind", "operator", "device"))
TerminalSession = table(books.TerminalSession, unlimited=["state"])
ParkedWork = table(books.ParkedWork, unlimited=["state"])
SeparatorProof = table(separators.SeparatorProof)
ConfirmedClock = table(clock.ConfirmedClock, '"id" = 1')
ScanJournal = table(
    books.ScanRecord,
    one_of("source", "scanned", "keyed", "pasted"),
    one_of("outcome", "accepted", "refused", "ignored"),
    name="scan_journal",
    key=["terminal", "no"],
    unlimited=["reading"],
    base=AppendOnly,
)

TABLES = (Pin, LoginCounter, TerminalSession, ParkedWork, SeparatorProof, ConfirmedClock, ScanJournal)
