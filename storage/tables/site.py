"""What a site is: places, goods, rules and people, as applied from its file."""

from __future__ import annotations

from domain import site
from storage.tables.base import index, one_of, table

_BLOCKS = ("none", "inbound", "outbound", "all")

SiteHead = table(site.SiteHead, '"id" = 1')
Location = table(
    site.Location,
    one_of("default_bin_selection", "none", "fixed", "last_used"),
    one_of("pick_bin_policy", "default_bin", "bin_ranking"),
    one_of("putaway_bin_policy", "default_bin", "template"),
    one_of("bin_capacity_policy", "never", "allow_more", "prohibit"),
    one_of("special_equipment", "none", "bin", "sku_item"),
)
Bin = table(site.Bin, one_of("block", *_BLOCKS), '"max_cubage" >= 0', '"max_weight" >= 0')
BinContent = table(
    site.BinContent,
    one_of("block", *_BLOCKS),
    '"min" >= 0',
    '"max" >= 0',
    indexes=[index("bin_content__item", "location", "item", "variant", "bin", "uom")],
)

TABLES = (
    SiteHead,
    Location,
    table(site.Route),
    table(site.ShippingAgent),
    table(site.Calendar),
    table(site.BinType),
    table(site.WarehouseClass),
    table(site.Equipment),
    table(site.Zone),
    Bin,
    BinContent,
    table(site.PutawayTemplate),
    table(site.TrackingCode),
    table(site.SeriesPattern, '"increment" > 0'),
    table(site.UnitOfMeasure),
    table(site.ReasonCode),
    table(site.CountingPeriod, '"times_per_year" > 0'),
    table(site.PostingGroups, '"id" = 1'),
    table(site.ItemTemplate),
    table(site.Role),
    table(site.Operator),
    table(site.Skill),
    table(site.ResponsibilityCenter),
    table(site.Printer, one_of("kind", "zpl", "text")),
)
