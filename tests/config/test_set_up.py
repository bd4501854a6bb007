from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.plan import plan
from domain.books import Books
from domain.errors import Collided, Refused, SetupError
from domain.items.card import Item, ItemUnit
from domain.ledger.entries import ItemEntry
from domain.orders.documents import Order, OrderLine
from domain.people.access import situation_of
from domain.people.credentials import Pin
from domain.people.rights import SYSTEM
from domain.posting import JournalLine, TrackingRow, post
from domain.records import Entity
from domain.scanning.separators import SeparatorProof
from domain.set_up import ApplySite, SiteApplied, apply_site, site_in
from domain.site import BinContent, Operator, Site
from domain.situation import Situation
from domain.work.activities import Activity, ActivityLine
from domain.work.documents import CountJournal, CountLine, PendingAdjustment
from storage.store import Store
from storage.verify import verify
from tests.config.reading import site

NOW = datetime(2026, 1, 15, 8, tzinfo=UTC)

BASE = """
site: North
locations:
  WHITE: {bin_mandatory: true}
  EAST: {}
zones: [{location: WHITE, code: PICK, ranking: 10}]
bins: [{location: WHITE, code: "W-{01..03}", zone: PICK}]
bin_contents: [{location: WHITE, bin: W-03, item: I, fixed: true, min: 1, max: 9}]
tracking_codes: {LOTX: {lot_specific: true, use_expiration: true}, SNX: {serial_specific: true}}
units_of_measure: {PCS: Piece, BOX: {name: Box}}
warehouse_classes: {DRY: Dry}
operators: {ANNA: {role: picker, locations: [WHITE], badge: OP-1}}
scanning:
  rules: [{rank: 1, kind: item, match: "V-(?P<code>[0-9]{6})"}]
  profiles: {dock-3: {gs_tokens: ["|"]}}
""".replace("PCS: Piece", "PCS: {name: Piece}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(str(tmp_path / "aisle.db")) as store:
        yield store
        assert verify(store) == []


def system(books: Books) -> Situation:
    return situation_of(books.records, SYSTEM, now=NOW, terminal="TEST")


def apply(store: Store, new: Site) -> SiteApplied:
    return store.transaction(lambda books: apply_site(books, system(books), ApplySite(site_in(books), new)))


def applied(store: Store) -> Site:
    return store.question(site_in)


def save(store: Store, *entities: Entity) -> None:
    def work(books: Books) -> None:
        with books.ledger.command(system(books).head("change")):
            for entity in entities:
                books.records.save(entity)

    store.transaction(work)


def put(store: Store, item: str, location: str, bin: str = "", qty: int = 1, **numbers: str) -> None:
    kind = "positive_adj" if qty > 0 else "negative_adj"
    line = JournalLine(
        kind, item, Decimal(abs(qty)), location=location, bin=bin, tracking=(TrackingRow(**numbers),), reason="FOUND"
    )

    def work(books: Books) -> None:
        with books.ledger.command(system(books).head("adjustment")):
            post(books, system(books), [line], source="adjustment")

    store.transaction(work)


def faults(store: Store, changed: str) -> list[str]:
    with pytest.raises(SetupError) as refused:
        apply(store, site(changed))
    assert refused.value.code == "site_rules"
    told = refused.value.facts["faults"]
    assert isinstance(told, tuple)
    return list(told)


def without(text: str, *parts: str) -> str:
    for part in parts:
        assert part in text
        text = text.replace(part, "")
    return text


def test_an_applied_site_reads_back_as_it_was(store: Store) -> None:
    new = site(BASE)

    apply(store, new)

    assert plan(applied(store), new).is_empty
    assert applied(store).head == new.head


def test_applying_counts_what_it_made_changed_and_removed(store: Store) -> None:
    new = site(BASE)
    rows = sum(len(getattr(new, part)) for part in Site.__dataclass_fields__ if part != "head")

    assert apply(store, new) == SiteApplied(created=rows, changed=1, removed=0)
    assert apply(store, site(BASE.replace("W-{01..03}", "W-{02..04}").replace("North", "South"))) == SiteApplied(
        1, 1, 1
    )


def test_the_same_site_twice_is_once(store: Store) -> None:
    apply(store, site(BASE))

    assert apply(store, site(BASE)) == SiteApplied(0, 0, 0)


def test_a_site_is_applied_by_who_has_the_right_only(store: Store) -> None:
    def work(books: Books) -> None:
        anna = replace(system(books), rights=frozenset({"adjust"}))
        apply_site(books, anna, ApplySite(Site(), site(BASE)))

    with pytest.raises(Refused, match="no_right") as refused:
        store.transaction(work)

    assert refused.value.facts["action"] == "set_up"
    assert applied(store) == Site()


def test_a_plan_made_before_somebody_elses_change_is_refused(store: Store) -> None:
    apply(store, site(BASE))
    stale = ApplySite(Site(), site(BASE.replace("North", "South")))

    with pytest.raises(Collided):
        store.transaction(lambda books: apply_site(books, system(books), stale))

    assert applied(store).head.site == "North"


def test_a_plan_already_applied_may_be_applied_again(store: Store) -> None:
    command = ApplySite(Site(), site(BASE))
    apply(store, site(BASE))

    assert store.transaction(lambda books: apply_site(books, system(books), command)) == SiteApplied(0, 0, 0)


def test_each_changed_field_leaves_an_audit_row(store: Store) -> None:
    apply(store, site(BASE))
    apply(store, site(BASE.replace("name: Box", "name: Carton, international: XBX")))

    rows = store.reading(
        lambda connection: connection.execute(
            "SELECT record_type, record_key, field, old, new FROM audit_row WHERE record_key = 'BOX' AND field <> ''"
        ).fetchall()
    )

    assert rows == [
        ("unit_of_measure", "BOX", "name", "Box", "Carton"),
        ("unit_of_measure", "BOX", "international", "", "XBX"),
    ]


def test_a_bin_with_stock_keeps_its_type_its_class_and_its_dedicated_flag(store: Store) -> None:
    save(store, Item("I"))
    apply(store, site(BASE))
    put(store, "I", "WHITE", "W-01")

    bins = 'bins: [{location: WHITE, code: "W-{01..03}", zone: PICK}]'
    changed = BASE.replace("zone: PICK}]", "zone: PICK, dedicated: true, warehouse_class: DRY}]")

    assert faults(store, changed) == [
        "bin WHITE W-01: holds stock: empty it before warehouse_class and dedicated change"
    ]
    assert faults(store, BASE.replace(bins, bins.replace("{01", "{02"))) == [
        "bin WHITE W-01: holds stock: empty it before it is removed"
    ]
    put(store, "I", "WHITE", "W-01", -1)
    apply(store, site(changed))


def test_a_bin_with_stock_may_change_its_ranking_and_its_block(store: Store) -> None:
    save(store, Item("I"))
    apply(store, site(BASE))
    put(store, "I", "WHITE", "W-01")

    assert apply(store, site(BASE.replace("zone: PICK}]", "zone: PICK, ranking: 1, block: all}]"))).changed == 3


def test_a_location_with_stock_keeps_its_bins_and_is_not_removed(store: Store) -> None:
    save(store, Item("I"))
    apply(store, site(BASE))
    put(store, "I", "EAST")

    assert faults(store, BASE.replace("EAST: {}", "EAST: {bin_mandatory: true}")) == [
        "location EAST: has stock: empty it before bin_mandatory changes"
    ]
    assert faults(store, without(BASE, "  EAST: {}\n")) == ["location EAST: has stock: empty it before it is removed"]


def test_open_entries_count_as_stock_where_the_balance_is_zero(store: Store) -> None:
    save(store, Item("I"))
    apply(store, site(BASE))

    def hide(books: Books) -> None:
        with books.ledger.command(system(books).head("adjustment")):
            posted_at = books.ledger.register().posted_at
            for qty, entry_type in ((2, "positive_adj"), (-2, "negative_adj")):
                entry = ItemEntry(
                    books.ledger.number(), posted_at, "I", "", "EAST", NOW.date(), NOW.date(), entry_type,
                    Decimal(qty), "PCS", Decimal(1),
                )  # fmt: skip
                books.ledger.append([entry])

    store.transaction(hide)

    assert faults(store, BASE.replace("EAST: {}", "EAST: {bin_mandatory: true}")) == [
        "location EAST: has stock: empty it before bin_mandatory changes"
    ]


def test_a_location_emptied_again_may_change(store: Store) -> None:
    save(store, Item("I"))
    apply(store, site(BASE))
    put(store, "I", "EAST", qty=2)
    put(store, "I", "EAST", qty=-2)

    assert apply(store, site(BASE.replace("EAST: {}", "EAST: {bin_mandatory: true}"))).changed == 1


def test_all_broken_rules_are_told_at_once(store: Store) -> None:
    save(store, Item("I"))
    apply(store, site(BASE))
    put(store, "I", "WHITE", "W-01")
    put(store, "I", "WHITE", "W-03")

    found = faults(store, "site: North\nlocations: {EAST: {}}\nunits_of_measure: {PCS: {}, BOX: {}}")

    assert found == [
        "location WHITE: has stock: empty it before it is removed",
        "bin WHITE W-01: holds stock: empty it before it is removed",
        "bin WHITE W-03: holds stock: empty it before it is removed",
    ]
    assert plan(applied(store), site(BASE)).is_empty


def test_a_tracking_code_in_use_keeps_what_it_demands_once_there_are_entries(store: Store) -> None:
    save(store, Item("I", tracking="LOTX"), Item("S", tracking="SNX", costing="specific"))
    apply(store, site(BASE))
    loose = BASE.replace(
        "LOTX: {lot_specific: true, use_expiration: true}", "LOTX: {lot_sales_out: true, use_expiration: true}"
    )

    apply(store, site(BASE.replace("use_expiration: true", "use_expiration: false")))
    apply(store, site(BASE))
    put(store, "I", "EAST", lot="L1")

    assert faults(store, loose) == [
        "tracking code LOTX: item I uses it: give it another code before lot_specific and lot_warehouse change"
    ]
    assert faults(store, BASE.replace("SNX: {serial_specific: true}", "SNX: {}")) == [
        "tracking code SNX: item S has specific costing: keep serial_specific"
    ]


def test_a_tracking_code_is_not_removed_while_an_item_has_it(store: Store) -> None:
    save(store, Item("I", tracking="LOTX"))
    apply(store, site(BASE))

    assert faults(store, BASE.replace("LOTX: {lot_specific: true, use_expiration: true}, ", "")) == [
        "tracking code LOTX: item I uses it: give it another code before it is removed"
    ]


def test_expiration_stays_on_while_an_item_has_a_formula(store: Store) -> None:
    save(store, Item("I", tracking="LOTX", expiration_calculation="1M"))
    apply(store, site(BASE))

    assert faults(store, BASE.replace("use_expiration: true", "use_expiration: false")) == [
        "tracking code LOTX: item I has an expiration formula: keep use_expiration"
    ]


OPEN_COUNT = CountJournal("C1", "WHITE", "W-01", "open", "ANNA", NOW)
ORDER = (
    Order("SO1", "sales_order", "WHITE", status="released"),
    OrderLine("SO1", 1, "I", Decimal(1), Decimal(1), location="WHITE", uom="PCS"),
)
OPEN_PICK = Activity("PI1", "pick", is_inventory=True, location="WHITE", order="SO1")


def waiting(**fields: Any) -> PendingAdjustment:
    blank = dict.fromkeys(("variant", "lot", "serial", "package", "operation_id"), "")
    row = {"location": "WHITE", "bin": "W-01", "item": "I", "reason": "FOUND", "operator": "ANNA"} | blank | fields
    return PendingAdjustment("A1", asked_at=NOW, expires=None, qty=Decimal(500), uom="PCS", **row)


@pytest.mark.parametrize(
    ("work", "document"),
    [
        ([OPEN_COUNT], "C1"),
        ([replace(OPEN_COUNT, status="finished")], "C1"),
        (
            [replace(OPEN_COUNT, bin=""), CountLine("C1", 1, "I", "", "W-01", "", "", "", None, "PCS", listed=True)],
            "C1",
        ),
        ([*ORDER, OPEN_PICK, ActivityLine("PI1", 1, "take", "WHITE", "I", 1, bin="W-01", qty=Decimal(1))], "PI1"),
        ([waiting()], "A1"),
    ],
    ids=["open count", "finished count", "line of a count", "pick", "adjustment"],
)
def test_a_bin_that_open_work_names_keeps_its_class_and_is_not_removed(
    store: Store, work: list[Entity], document: str
) -> None:
    apply(store, site(BASE))
    save(store, *work)

    assert faults(store, BASE.replace("W-{01..03}", "W-{02..03}")) == [
        f"bin WHITE W-01: {document} names it: finish it before it is removed"
    ]
    assert faults(store, BASE.replace("zone: PICK}]", "zone: PICK, warehouse_class: DRY}]")) == [
        f"bin WHITE W-01: {document} names it: finish it before warehouse_class changes"
    ]
    apply(store, site(BASE.replace("zone: PICK}]", "zone: PICK, dedicated: true, ranking: 1}]")))


def test_posted_counts_hold_nothing(store: Store) -> None:
    apply(store, site(BASE))
    save(store, replace(OPEN_COUNT, status="posted"))

    apply(store, site(BASE.replace("W-{01..03}", "W-{02..03}")))


def test_a_location_with_open_documents_keeps_its_kind_and_what_they_need(store: Store) -> None:
    picks = BASE.replace("WHITE: {bin_mandatory: true}", "WHITE: {bin_mandatory: true, require_pick: true}")
    apply(store, site(picks))
    save(store, OPEN_PICK)

    assert faults(store, BASE) == ["location WHITE: PI1 is open: finish it before require_pick changes"]
    assert faults(store, picks.replace("bin_mandatory: true, ", "")) == [
        "location WHITE: PI1 is open: finish it before bin_mandatory changes"
    ]
    apply(store, site(picks.replace("require_pick: true", "require_pick: true, require_putaway: true")))


def test_a_location_is_not_removed_while_an_order_is_for_it(store: Store) -> None:
    apply(store, site(BASE))
    save(store, *(replace(row, location="EAST") for row in ORDER))

    assert faults(store, without(BASE, "  EAST: {}\n")) == [
        "location EAST: order SO1 is for it: finish it before it is removed"
    ]


@pytest.mark.parametrize(
    ("section", "item", "told"),
    [
        ("warehouse_classes: {DRY: Dry}", Item("I", warehouse_class="DRY"), "warehouse class DRY: item I has it"),
        ("equipment: {TRUCK: }", Item("I", equipment="TRUCK"), "equipment TRUCK: item I has it"),
        ("number_series: {S: {pattern: '#'}}", Item("I", lot_series="S"), "number series S: item I has it"),
        ("number_series: {S: {pattern: '#'}}", Item("I", serial_series="S"), "number series S: item I has it"),
        (
            "posting_groups: {product: [R], inventory: [S]}",
            Item("I", product_group="R"),
            "posting groups: item I has product group R",
        ),
        (
            "posting_groups: {product: [R], inventory: [S]}",
            Item("I", inventory_group="S"),
            "posting groups: item I has inventory group S",
        ),
    ],
)
def test_what_an_item_names_is_not_removed(store: Store, section: str, item: Item, told: str) -> None:
    text = without(BASE, "warehouse_classes: {DRY: Dry}\n")
    apply(store, site(f"{text}{section}\n"))
    save(store, item)

    assert faults(store, text) == [f"{told}: give it another before it is removed"]
    save(store, Item("I"))
    apply(store, site(text))


def test_a_reason_stays_while_an_adjustment_waits_with_it(store: Store) -> None:
    text = f"{BASE}reason_codes: {{FOUND: Found}}\n"
    apply(store, site(text))
    save(store, waiting())

    assert faults(store, BASE) == ["reason code FOUND: A1 waits with it: approve or refuse it before it is removed"]
    save(store, waiting(status="refused"))
    apply(store, site(BASE))


def test_a_unit_is_not_removed_while_an_item_has_it(store: Store) -> None:
    save(store, Item("I"), ItemUnit("I", "BOX", Decimal(6)))
    apply(store, site(BASE))

    assert faults(store, without(BASE, ", BOX: {name: Box}")) == [
        "unit BOX: item I has it: take it from the items before it is removed"
    ]


def test_a_content_names_a_unit_of_its_item(store: Store) -> None:
    save(store, Item("I", base_uom="KG"), ItemUnit("I", "KG"))

    assert faults(store, BASE) == ["bin content WHITE W-03 I PCS: PCS is not the base unit: write uom KG"]
    apply(store, site(BASE.replace("item: I,", "item: I, uom: KG,").replace("BOX: {", "KG: {}, BOX: {")))


def test_a_second_default_bin_is_refused(store: Store) -> None:
    save(store, Item("I"))
    apply(
        store, site(without(BASE, "bin_contents: [{location: WHITE, bin: W-03, item: I, fixed: true, min: 1, max: 9}]"))
    )
    put(store, "I", "WHITE", "W-01")

    found = faults(store, BASE.replace("fixed: true", "default: true"))

    assert found == [
        "bin content WHITE W-03 I PCS: default bin already W-01, set by a posting: leave default out or name that bin"
    ]


def test_contents_that_a_posting_made_are_left_alone_until_their_bin_goes(store: Store) -> None:
    save(store, Item("I"), Item("J"))
    apply(store, site(BASE))
    put(store, "J", "WHITE", "W-01")
    made = BinContent("WHITE", "W-01", "J", "", "PCS", fixed=True, default=True)

    apply(store, site(BASE.replace("min: 1", "min: 2")))

    assert made in store.question(lambda books: books.records.rows(BinContent))
    assert plan(applied(store), site(BASE.replace("min: 1", "min: 2"))).is_empty
    put(store, "J", "WHITE", "W-01", -1)
    apply(store, site(BASE.replace("W-{01..03}", "W-{02..03}")))
    assert made not in store.question(lambda books: books.records.rows(BinContent))


def test_a_removed_operator_takes_his_pin_along(store: Store) -> None:
    apply(store, site(BASE))
    save(store, Pin("ANNA", "hash", NOW))

    apply(store, site(without(BASE, "operators: {ANNA: {role: picker, locations: [WHITE], badge: OP-1}}\n")))

    assert store.question(lambda books: books.records.one(Pin, "ANNA")) is None
    assert store.question(lambda books: books.records.one(Operator, "ANNA")) is None


@pytest.mark.parametrize(
    "profiles", ["{}", "{dock: {gs_tokens: ['|']}, gate: {}}", "{dock: {gs_proven: true}, gate: {}}"]
)
def test_a_changed_or_removed_profile_must_be_tested_again(store: Store, profiles: str) -> None:
    text = "site: North\nscanning: {profiles: PROFILES}\n"
    apply(store, site(text.replace("PROFILES", "{dock: {}, gate: {}}")))
    save(
        store,
        SeparatorProof("dock", gs_proven=True, tested_at=NOW),
        SeparatorProof("gate", gs_proven=True, tested_at=NOW),
    )

    apply(store, site(text.replace("PROFILES", profiles)))

    kept = store.question(lambda books: [proof.profile for proof in books.records.rows(SeparatorProof)])
    assert kept == (["gate"] if "gate" in profiles else [])


@pytest.mark.slow
def test_thousands_of_bins_are_applied_and_read_back(store: Store) -> None:
    new = site('locations: {W: {bin_mandatory: true}}\nbins: [{location: W, code: "{A..B}-{00001..10000}"}]')

    applied_rows = apply(store, new)

    assert applied_rows.created > 20_000
    assert plan(applied(store), new).is_empty
