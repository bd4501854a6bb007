"""Orders and the warehouse activities made from them."""

from __future__ import annotations

from domain.orders import documents
from domain.work import activities
from storage.tables.base import index, one_of, table

Order = table(
    documents.Order,
    one_of("kind", *documents.KINDS),
    one_of("status", "open", "released"),
    one_of("shipping_advice", "partial", "complete"),
    indexes=[
        index("order__location", "location", "status", "due"),
        index("order__external", "external_document_no"),
    ],
)
OrderLine = table(
    documents.OrderLine,
    '"qty_base" > 0',
    '"qty_handled_base" BETWEEN 0 AND "qty_base"',
    indexes=[index("order_line__item", "item", "variant", "location")],
)
OrderTracking = table(documents.OrderTracking, '"qty_base" > 0', '"qty_handled_base" BETWEEN 0 AND "qty_base"')
Activity = table(
    activities.Activity,
    one_of("kind", "pick"),
    indexes=[index("activity__location", "location", "kind", "due"), index("activity__order", "order")],
)
ActivityLine = table(
    activities.ActivityLine,
    one_of("action", "take", ""),
    '"qty" >= "qty_handled"',
    '"qty_to_handle" >= 0',
    indexes=[index("activity_line__bin", "location", "bin", "item", "variant")],
)

PostedPick = table(activities.PostedPick)

TABLES = (Order, OrderLine, OrderTracking, Activity, ActivityLine, PostedPick)
