"""The one door into the ledgers: `post` takes journal lines and writes entries."""

from domain.posting.door import post, refuse_unpostable
from domain.posting.line import Counted, JournalLine, Posting
from domain.tracking.numbers import TrackingRow

__all__ = ["Counted", "JournalLine", "Posting", "TrackingRow", "post", "refuse_unpostable"]
