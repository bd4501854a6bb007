"""The one door into the ledgers: `post` takes journal lines and writes entries."""

from domain.posting.door import post, refuse_unpostable
from domain.posting.line import BinShare, Counted, JournalLine, Line, Movement, Origin, Posting, Reclassification
from domain.tracking.numbers import TrackingRow

__all__ = [
    "BinShare",
    "Counted",
    "JournalLine",
    "Line",
    "Movement",
    "Origin",
    "Posting",
    "Reclassification",
    "TrackingRow",
    "post",
    "refuse_unpostable",
]
