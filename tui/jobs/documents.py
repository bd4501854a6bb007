"""Which job a document opens: scanned at the menu, or left open and taken up again (floor-flows.md 19, My day)."""

from __future__ import annotations

from domain.orders.documents import OUTBOUND, Order
from domain.scanning.resolver import Found
from domain.work.activities import Activity
from domain.work.documents import CountJournal
from tui.jobs.count import Count
from tui.jobs.job import Do, Job
from tui.jobs.lookup import Lookup
from tui.jobs.picks_offered import opened


def job_on(document: str, do: Do) -> Job:
    """Return the job that works on a document, standing in it; one that none works on is looked up."""
    if do.books.records.one(CountJournal, document) is not None:
        return Count.of(document, do)
    order = do.books.records.one(Order, document)
    is_to_pick = order is not None and order.kind in OUTBOUND and order.status == "released"
    if is_to_pick or do.books.records.one(Activity, document) is not None:
        return opened(document, do)
    return Lookup.of(Found("document", document=document), do)
