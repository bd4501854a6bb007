"""Posted documents and their lines: append-only, an undo adds lines."""

from __future__ import annotations

from domain.orders import posted_documents
from storage.tables.base import AppendOnly, index, table

PostedDocument = table(
    posted_documents.PostedDocument,
    base=AppendOnly,
    indexes=[
        index("posted_document__register", "register"),
        index("posted_document__order", "order"),
    ],
)
PostedLine = table(
    posted_documents.PostedLine,
    '"qty_base" <> 0',
    base=AppendOnly,
    indexes=[index("posted_line__item_entry", "item_entry")],
)

TABLES = (PostedDocument, PostedLine)
