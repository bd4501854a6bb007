"""The ledgers, their registers and writers, and the operations done: append-only but for the writer."""

from __future__ import annotations

from domain.ledger import entries
from storage.registers import Operation, Register, Writer
from storage.tables.base import AppendOnly, index, one_of, table

_ITEM_ENTRY_TYPES = (
    "purchase",
    "sale",
    "positive_adj",
    "negative_adj",
    "transfer",
    "assembly_output",
    "assembly_consumption",
)
_ONE_PIECE = "IN (-100000, 100000)"


WriterTable = table(Writer, '"id" BETWEEN 1 AND 1023', '"sequence" >= 0', 'length("head") = 32', key=["id"])
RegisterTable = table(
    Register,
    'length("hash") = 32',
    key=["id"],
    base=AppendOnly,
    indexes=[index("register__operator", "operator", "posted_at")],
)
OperationTable = table(Operation, "\"id\" <> ''", key=["id"], unlimited=["result"], base=AppendOnly)
ItemEntry = table(
    entries.ItemEntry,
    one_of("entry_type", *_ITEM_ENTRY_TYPES),
    '"qty" <> 0',
    '"qty_per_unit" > 0',
    f'"serial" = \'\' OR "qty" {_ONE_PIECE}',
    key=["id"],
    base=AppendOnly,
    indexes=[
        index("item_entry__dated", "item", "location", "lot", "posting_date", "qty"),
        index("item_entry__card", "item", "posted_at", "id"),
        index("item_entry__lot", "lot", "posted_at", "id", where="\"lot\" <> ''"),
        index("item_entry__serial", "serial", "item", "variant", "location", "qty", where="\"serial\" <> ''"),
    ],
)
ValueEntry = table(
    entries.ValueEntry,
    one_of("item_entry_type", "", *_ITEM_ENTRY_TYPES),
    one_of("entry_type", "direct_cost", "indirect_cost", "variance", "revaluation", "rounding"),
    one_of(
        "variance_type", "", "purchase", "material", "capacity", "subcontracted", "capacity_overhead", "mfg_overhead"
    ),
    key=["id"],
    base=AppendOnly,
    indexes=[
        index("value_entry__item_entry", "item_entry"),
        index("value_entry__valued", "item", "valuation_date", "item_entry"),
    ],
)
Application = table(
    entries.Application,
    '"qty" <> 0',
    key=["id"],
    base=AppendOnly,
    indexes=[
        index("application__inbound", "inbound_entry", where='"outbound_entry" <> 0'),
        index("application__outbound", "outbound_entry", where='"outbound_entry" <> 0'),
    ],
)
BinEntry = table(
    entries.BinEntry,
    one_of("entry_type", "positive_adj", "negative_adj", "movement"),
    '"qty" <> 0',
    f'"serial" = \'\' OR "qty_base" {_ONE_PIECE}',
    key=["id"],
    base=AppendOnly,
    indexes=[
        index(
            "bin_entry__serial",
            "serial",
            "item",
            "variant",
            "location",
            "bin",
            "qty_base",
            where="\"serial\" <> ''",
        )
    ],
)
PhysicalEntry = table(
    entries.PhysicalEntry,
    one_of("entry_type", "positive_adj", "negative_adj"),
    '"qty" >= 0',
    '"qty_counted" >= 0',
    key=["id"],
    base=AppendOnly,
)
AuditRow = table(entries.AuditRow, key=["id"], base=AppendOnly, unlimited=["record_key", "old", "new"])
GlEntryTable = table(entries.GlEntry, '"amount" <> 0', "\"account\" <> ''", key=["id"], base=AppendOnly)
GlRelationTable = table(entries.GlRelation, '"amount" <> 0', key=["id"], base=AppendOnly)

TABLES = (
    WriterTable,
    RegisterTable,
    ItemEntry,
    ValueEntry,
    Application,
    BinEntry,
    PhysicalEntry,
    AuditRow,
    OperationTable,
    GlEntryTable,
    GlRelationTable,
)
