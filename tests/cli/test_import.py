"""Items and stock from a file: every fault with its row and column, all or nothing, and once."""

from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from domain.items.card import Identifier, Item, ItemUnit
from domain.records import E
from storage import Store
from tests.cli.program import adventureworks, aisle, needs_adventureworks, sentences, warehouse

ITEM_MAP = """
fields:
  no: "{no}"
  description: "{name}"
  base_uom: PCS
  uoms: "BOX={box}"
  gtin: "{gtin}"
  identifiers: "{code}"
  tracking: "{tracking}"
  unit_cost: "{cost}"
"""
ITEMS = """no,name,box,gtin,code,tracking,cost
1000,Bolt,100,9506000001012,BOLT,,0.5
2000,Coffee,,,,LOTEXP,4
3000,Drill,,,,SERIAL,89
"""
STOCK_MAP = """
fields:
  item: "{item}"
  location: EAST
  bin: "{bin}"
  qty: "{qty}"
  uom: "{unit}"
  lot: "{lot}"
  serial: "{serial}"
  expires: "{expires}"
"""
STOCK = """item,bin,qty,unit,lot,serial,expires
1000,A-01,10,,,,
1000,A-03,2,BOX,,,
2000,A-03,5.5,,L1,,2027-03-31
3000,A-03,1,,,S-1,
1000,A-01,0,,,,
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A warehouse without items, with maps."""
    (tmp_path / "items.yaml").write_text(ITEM_MAP)
    (tmp_path / "stock.yaml").write_text(STOCK_MAP)
    return warehouse(tmp_path)


@pytest.fixture
def stocked(shop: Path) -> Path:
    """The warehouse with its items and stock."""
    assert imported(shop, "items", ITEMS).returncode == 0
    assert imported(shop, "stock", STOCK).returncode == 0
    return shop


def imported(folder: Path, kind: str, rows: str, *words: str, typed: str = "") -> CompletedProcess[str]:
    """Import rows; nobody is asked, but where a preview is wanted or an answer is typed."""
    (folder / f"{kind}.csv").write_text(rows)
    unasked = () if typed or "--preview" in words else ("--yes",)
    return aisle(folder, "import", kind, f"{kind}.csv", "--map", f"{kind}.yaml", *unasked, *words, typed=typed)


def kept(folder: Path, kind: type[E], *key: str) -> E | None:
    """Return an entity of the books."""
    with Store.open(str(folder / "aisle.db")) as store:
        return store.question(lambda books: books.records.one(kind, *key))


def stock_report(folder: Path) -> list[str]:
    return aisle(folder, "report", "stock").stdout.splitlines()[1:]


def test_items_come_with_their_units_and_codes(shop: Path) -> None:
    run = imported(shop, "items", ITEMS)

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "Imported: 3 items, 3 new, 0 changed, 0 unchanged.\n"
    bolt = kept(shop, Item, "1000")
    assert bolt is not None
    assert (bolt.description, bolt.gtin, bolt.unit_cost) == ("Bolt", "09506000001012", Decimal("0.5"))
    assert kept(shop, ItemUnit, "1000", "PCS") == ItemUnit("1000", "PCS")
    assert kept(shop, ItemUnit, "1000", "BOX") == ItemUnit("1000", "BOX", Decimal(100))
    assert kept(shop, Identifier, "BOLT") == Identifier("BOLT", "1000")


def test_the_same_items_again_change_nothing_and_other_values_do(stocked: Path) -> None:
    run = imported(stocked, "items", ITEMS.replace("Coffee", "Ground coffee"))

    assert run.stdout == "Imported: 3 items, 0 new, 1 changed, 2 unchanged.\n"


def test_a_value_that_the_file_does_not_name_stays_as_the_card_has_it(stocked: Path) -> None:
    (stocked / "items.yaml").write_text('fields: {no: "{no}", description: "{name}"}')

    imported(stocked, "items", "no,name\n1000,Hex bolt\n")

    bolt = kept(stocked, Item, "1000")
    assert bolt is not None
    assert (bolt.description, bolt.unit_cost) == ("Hex bolt", Decimal("0.5"))


def test_every_fault_of_every_item_is_told_with_its_row_and_column(shop: Path) -> None:
    faulty = """no,name,box,gtin,code,tracking,cost
1,Bolt,100,,A,,0.5
1,Bolt again,0,,A,,1
,No number,,,,,1
3,Cost,,,,,much
4,Code,,9506000001013,9506000001013,,1
5,Tracking,,,,BATCH,1
"""

    run = imported(shop, "items", faulty)

    assert run.returncode == 1
    assert sentences(run) == [
        'items.csv:3: column "box": 0 is not allowed: write more than 0',
        'items.csv:4: column "no": Number required',
        'items.csv:5: column "cost": "much" is not a number: write it like 12.5',
        'items.csv:6: column "gtin": 09506000001013 does not end in its check digit',
        'items.csv:6: column "code": 09506000001013 does not end in its check digit',
        'items.csv:7: column "tracking": There is no tracking code BATCH.',
        "Nothing was imported: 6 faults in 5 rows.",
    ]
    assert kept(shop, Item, "1") is None


def test_an_item_or_a_code_twice_in_the_file_is_told(shop: Path) -> None:
    run = imported(shop, "items", "no,name,box,gtin,code,tracking,cost\n1,A,,,X,,1\n2,B,,,X,,1\n1,C,,,,,1\n")

    assert sentences(run) == [
        'items.csv:3: column "code": X is in row 2 already: it may be there once',
        'items.csv:4: column "no": 1 is in row 2 already: it may be there once',
        "Nothing was imported: 2 faults in 2 rows.",
    ]


def test_a_code_of_another_item_is_told(stocked: Path) -> None:
    run = imported(stocked, "items", "no,name,box,gtin,code,tracking,cost\n4000,Nut,,,BOLT,,1\n")

    assert sentences(run)[0] == 'items.csv:2: column "code": BOLT is a code of 1000 already'


def test_an_item_with_entries_keeps_its_tracking_and_base_unit(stocked: Path) -> None:
    (stocked / "items.yaml").write_text(
        ITEM_MAP.replace("base_uom: PCS", "base_uom: BOX").replace('"BOX={box}"', "PCS=1")
    )

    run = imported(stocked, "items", ITEMS.replace("SERIAL", "LOTEXP"))

    assert sentences(run)[:2] == [
        "items.csv:2: base_uom of 1000 must stay PCS: it has entries",
        "items.csv:2: BOX is the base unit: its quantity per unit is 1",
    ]
    assert 'items.csv:4: column "tracking": tracking code of 3000 must stay SERIAL: it has entries' in run.stderr


def test_stock_is_posted_with_its_cost_and_zero_rows_are_told(shop: Path) -> None:
    imported(shop, "items", ITEMS)

    run = imported(shop, "stock", STOCK)

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith(": 3 items, 4 rows (1 more of quantity 0 not posted: 6), 216.5 pieces, value 216.\n")
    assert [line.split()[-3:] for line in stock_report(shop)] == [
        ["210", "PCS", "105"],
        ["5.5", "PCS", "22"],
        ["1", "PCS", "89"],
    ]


def test_the_same_stock_file_is_posted_once(stocked: Path) -> None:
    before = stock_report(stocked)

    run = imported(stocked, "stock", STOCK)

    assert run.returncode == 0
    assert run.stdout.startswith("stock.csv is already posted as 1-")
    assert stock_report(stocked) == before


def test_every_fault_of_every_stock_row_is_told_with_its_row_and_column(shop: Path) -> None:
    imported(shop, "items", ITEMS)
    faulty = """item,bin,qty,unit,lot,serial,expires
9999,A-01,1,,,,
1000,A-99,1,,,,
1000,,1,,,,
1000,A-02,1,,,,
1000,A-01,ten,,,,
1000,A-01,,,,,
1000,A-01,1,PALLET,,,
2000,A-01,1,,,,
2000,A-01,1,,L9,,
2000,A-01,1,,L9,,2026-02-30
3000,A-01,1,,,S-1,
3000,A-01,1,,,S-1,
3000,A-01,2,,,S-2,
1000,A-01
"""

    run = imported(shop, "stock", faulty)

    assert run.returncode == 1
    assert sentences(run) == [
        'stock.csv:2: column "item": There is no item 9999.',
        'stock.csv:3: column "bin": Location EAST has no bin A-99.',
        'stock.csv:4: column "bin": Bin required',
        'stock.csv:5: column "bin": Bin A-02 blocked IN',
        'stock.csv:6: column "qty": "ten" is not a number: write it like 12.5',
        'stock.csv:7: column "qty": Quantity required',
        'stock.csv:8: column "unit": The item has no unit PALLET.',
        'stock.csv:9: column "lot": Lot required',
        'stock.csv:10: column "expires": Expiry date required',
        'stock.csv:11: column "expires": "2026-02-30" is not a date: write it like 2026-12-31',
        'stock.csv:13: column "serial": This serial stands in the file twice.',
        'stock.csv:14: column "qty": Serial: qty 0 or 1',
        "stock.csv:15: has 2 columns where the first line has 7: quote texts that hold the delimiter",
        "Nothing was imported: 13 faults in 13 rows.",
    ]
    assert stock_report(shop) == []


def test_a_preview_shows_the_first_rows_and_writes_nothing(shop: Path) -> None:
    run = imported(shop, "items", ITEMS, "--preview")

    assert run.stdout.splitlines() == [
        "new: 1000 Bolt",
        "new: 2000 Coffee",
        "new: 3000 Drill",
        "To import: 3 items, 3 new, 0 changed, 0 unchanged.",
    ]
    assert kept(shop, Item, "1000") is None


@pytest.mark.parametrize(("typed", "is_imported"), [("y\n", True), ("no\n", False)])
def test_without_yes_somebody_is_asked(shop: Path, typed: str, is_imported: bool) -> None:
    run = imported(shop, "items", ITEMS, typed=typed)

    assert "Import this? [y/N]" in run.stderr
    assert run.returncode == (0 if is_imported else 1)
    assert (kept(shop, Item, "1000") is not None) == is_imported


def test_rejects_get_their_reason_and_come_back_through_the_same_map(shop: Path) -> None:
    imported(shop, "items", ITEMS)
    rows = STOCK + "=1+1,A-01,1,,,,\n1000,A-99,-5,,,,\n"

    run = imported(shop, "stock", rows, "--rejects", "rejects.csv")

    assert run.returncode == 0
    assert "Posted as" in run.stdout
    assert (shop / "rejects.csv").read_text().splitlines() == [
        '"item","bin","qty","unit","lot","serial","expires","reason"',
        '"\'=1+1","A-01","1","","","","","stock.csv:7: column ""item"": There is no item =1+1."',
        '"1000","A-99","-5","","","","","stock.csv:8: column ""qty"": -5 is below 0: write 0 or more"',
    ]
    mended = (shop / "rejects.csv").read_text().replace("'=1+1", "1000").replace("A-99", "A-01").replace("-5", "5")
    assert imported(shop, "stock", mended).returncode == 0


def test_rejects_overwrite_no_file(shop: Path) -> None:
    run = imported(shop, "items", ITEMS + "4,Cost,,,,,much\n", "--rejects", "items.csv")

    assert run.returncode == 1
    assert sentences(run)[-1] == "There is a file items.csv already: it is kept as it is, choose another name."
    assert kept(shop, Item, "1000") is None


@pytest.mark.parametrize(
    ("rows", "map", "told"),
    [
        ("no,title\n1,Bolt\n", ITEM_MAP, "items.csv:1: "),
        ("", ITEM_MAP, "items.csv:1: "),
        (ITEMS, "fields: {no: '{no}', colour: '{name}'}", "items.yaml:1:22: fields.colour: unknown key"),
        (ITEMS, "fields: [", "items.yaml:2:1: is not YAML"),
        (ITEMS, "fields: {description: '{name}'}", "items.yaml:1:9: fields: no is missing"),
    ],
)
def test_a_file_or_a_map_that_cannot_be_used_is_told(shop: Path, rows: str, map: str, told: str) -> None:
    (shop / "items.yaml").write_text(map)

    run = imported(shop, "items", rows)

    assert run.returncode == 1
    assert sentences(run)[0].startswith(told)


def test_a_file_that_is_not_there_is_told(shop: Path) -> None:
    run = aisle(shop, "import", "stock", "none.csv", "--map", "stock.yaml")

    assert run.returncode == 1
    assert sentences(run) == ["none.csv: cannot be read (No such file or directory): name a readable file"]


@pytest.mark.slow
@needs_adventureworks
def test_adventureworks_comes_in_whole(tmp_path: Path) -> None:
    runs = adventureworks(tmp_path)

    assert [run.stderr for run in runs] == ["", ""]
    assert runs[0].stdout == "Imported: 504 items, 504 new, 0 changed, 0 unchanged.\n"
    assert runs[1].stdout.endswith(
        "1,065 rows (4 more of quantity 0 not posted: 827, 833, 850, 856), 335,974 pieces, value 20,092,679.15.\n"
    )
    report = aisle(tmp_path, "report", "stock", "--format", "csv")
    assert report.stderr == "1,065 rows, 335,974 pieces, value 20,092,679.15.\n"
    assert aisle(tmp_path, "verify").returncode == 0
