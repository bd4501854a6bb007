"""Documents and drafts of counting and adjusting, their claims and number series, and what was undone."""

from __future__ import annotations

from domain import series
from domain.work import documents, undoing
from storage.tables.base import index, one_of, table

NumberSeries = table(series.NumberSeries, '"last" >= 0')
Claim = table(documents.Claim)
CountJournal = table(
    documents.CountJournal,
    one_of("status", "open", "finished", "posted"),
    indexes=[index("count_journal__location", "location", "bin", "status")],
)
CountLine = table(documents.CountLine, '"qty_counted" >= 0', '"first_count" >= 0')
PendingAdjustment = table(
    documents.PendingAdjustment,
    one_of("status", "waiting", "approved", "refused"),
    indexes=[index("pending_adjustment__location", "location", "status")],
)

Undone = table(undoing.Undone)

TABLES = (NumberSeries, Claim, CountJournal, CountLine, PendingAdjustment, Undone)
