"""Items with their units, variants and codes, and the info cards of numbers."""

from __future__ import annotations

from domain.items import card
from domain.tracking import cards
from storage.tables.base import index, one_of, table

Item = table(
    card.Item,
    one_of("type", "inventory", "non_inventory", "service"),
    one_of("costing", "fifo", "lifo", "average", "specific", "standard"),
    one_of("prevent_negative_inventory", "default", "no", "yes"),
    one_of("variant_mandatory", "default", "no", "yes"),
    indexes=[
        index("item__gtin", "gtin"),
        index("item__no2", "no2"),
        index("item__vendor_item_no", "vendor_item_no"),
    ],
)
ItemUnit = table(card.ItemUnit, '"qty_per_unit" > 0', '"qty_rounding_precision" >= 0')
Variant = table(card.Variant)
Identifier = table(card.Identifier, indexes=[index("identifier__item", "item")])
InfoCard = table(cards.InfoCard, one_of("kind", "lot", "serial", "package"))

TABLES = (Item, ItemUnit, Variant, Identifier, InfoCard)
