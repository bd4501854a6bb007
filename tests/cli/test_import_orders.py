"""Orders from a customer's file, CSV or JSON lines, through a map of its columns (SITE-09)."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from domain.orders.documents import Order, OrderLine, OrderTracking
from storage import Store, verify
from tests.cli.program import aisle, sentences, warehouse

ITEMS = "no,box,tracking\n1000,100,\n2000,,LOTEXP\n"
ITEM_MAP = 'fields: {no: "{no}", base_uom: PCS, uoms: "BOX={box}", tracking: "{tracking}"}'
CSV_MAP = """
fields:
  no: "{Order}"
  status: {column: State, values: {ready: released, draft: open}}
  location: EAST
  partner: "{Customer}"
  due: "{Due}"
  priority: "{Prio}"
  line: "{Line}"
  item: "{Item}"
  qty: "{Qty}"
  uom: "{Unit}"
  lot: "{Lot}"
"""
ORDERS = """Order,State,Customer,Due,Prio,Line,Item,Qty,Unit,Lot
K1,ready,C10,2026-03-09,1,1,1000,2,BOX,
K2,draft,C20,2026-03-10,,1,1000,5,,
K1,ready,C10,2026-03-09,1,2,2000,3,,L1
K1,ready,C10,2026-03-09,1,2,2000,4,,L2
"""
JSON_MAP = """
fields:
  no: "{no}"
  location: EAST
  partner: "{customer.no}"
  item: "{lines.item}"
  line: "{lines.#}"
  qty: "{lines.qty}"
  lot: "{lines.tracking.lot}"
  tracking_qty: "{lines.tracking.qty}"
"""
K1 = {
    "no": "K1",
    "customer": {"no": "C10"},
    "lines": [
        {"item": "2000", "qty": 7, "tracking": [{"lot": "L1", "qty": 3}, {"lot": "L2", "qty": 2}]},
        {"item": "1000", "qty": 5, "tracking": []},
    ],
}
K2 = {"no": "K2", "customer": {"no": "C20"}, "lines": [{"item": "1000", "qty": 1}]}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A warehouse with two items, and maps."""
    folder = warehouse(tmp_path)
    (folder / "items.yaml").write_text(ITEM_MAP)
    (folder / "items.csv").write_text(ITEMS)
    (folder / "csv.yaml").write_text(CSV_MAP)
    (folder / "json.yaml").write_text(JSON_MAP)
    assert aisle(folder, "import", "items", "items.csv", "--map", "items.yaml", "--yes").returncode == 0
    return folder


def imported(folder: Path, rows: str, *words: str, file: str = "orders.csv", typed: str = "") -> CompletedProcess[str]:
    """Import orders; nobody is asked, but where a preview is wanted or an answer is typed."""
    (folder / file).write_text(rows)
    map = "csv.yaml" if file.endswith(".csv") else "json.yaml"
    unasked = () if typed or "--preview" in words else ("--yes",)
    return aisle(folder, "import", "orders", file, "--map", map, *unasked, *words, typed=typed)


def as_lines(*orders: object) -> str:
    return "".join(f"{json.dumps(order)}\n" for order in orders)


def kept(folder: Path) -> dict[str, list[str]]:
    """Return the lines of each order: item, base quantity and the lots it names."""
    with Store.open(str(folder / "aisle.db")) as store:
        assert verify(store) == []

        def read(books):
            return {
                order.no: [
                    " ".join(
                        [line.item, f"{line.qty_base:f}"]
                        + [
                            f"{row.lot}:{row.qty_base:f}"
                            for row in books.records.rows(OrderTracking, order=order.no, line_no=line.line_no)
                        ]
                    )
                    for line in books.records.rows(OrderLine, order=order.no)
                ]
                for order in books.records.rows(Order)
            }

        return store.question(read)


def test_orders_come_with_several_lines_and_lots(shop: Path) -> None:
    run = imported(shop, ORDERS)

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "Imported: 2 orders of 3 lines, 2 new, 0 replaced, 1 released.\n"
    assert kept(shop) == {"K1": ["1000 200.00000", "2000 7.00000 L1:3.00000 L2:4.00000"], "K2": ["1000 5.00000"]}


def test_json_lines_hold_an_order_each_with_its_lines_and_their_lots(shop: Path) -> None:
    run = imported(shop, as_lines(K1, K2), file="orders.jsonl")

    assert (run.returncode, run.stderr) == (0, "")
    assert kept(shop) == {"K1": ["2000 7.00000 L1:3.00000 L2:2.00000", "1000 5.00000"], "K2": ["1000 1.00000"]}


def test_json_lines_may_hold_one_line_of_an_order_each(shop: Path) -> None:
    (shop / "json.yaml").write_text('fields: {no: "{no}", location: EAST, item: "{item}", qty: "{qty}"}')
    rows = [{"no": "K1", "item": "1000", "qty": 1.5}, {"no": "K1", "item": "2000", "qty": "2"}]

    run = imported(shop, as_lines(*rows), file="orders.jsonl")

    assert (run.returncode, run.stderr) == (0, "")
    assert kept(shop) == {"K1": ["1000 1.50000", "2000 2.00000"]}


def test_every_fault_is_told_and_nothing_is_kept(shop: Path) -> None:
    faulty = (
        ORDERS.replace("2000,3", "9999,3").replace("2026-03-10", "10.3.2026").replace("K1,ready,C10", "K1,ready,C9", 1)
    )

    run = imported(shop, faulty)

    assert run.returncode == 1
    assert sentences(run) == [
        'orders.csv:3: column "Due": "10.3.2026" is not a date: write it like 2026-12-31',
        'orders.csv:4: column "Customer": partner of K1 is C9 in row 2: write the same, or another number',
        'orders.csv:4: column "Item": There is no item 9999.',
        'orders.csv:5: column "Customer": partner of K1 is C9 in row 2: write the same, or another number',
        'orders.csv:5: column "Item": item of K1 is 9999 in row 4: write the same, or another number',
        "Nothing was imported: 5 faults in 3 rows.",
    ]
    assert kept(shop) == {}


def test_an_order_with_a_wrong_row_is_rejected_whole_and_the_others_come(shop: Path) -> None:
    run = imported(shop, ORDERS.replace("2000,3", "9999,3").replace("2000,4", "9999,4"), "--rejects", "left.csv")

    assert run.returncode == 0
    assert kept(shop) == {"K2": ["1000 5.00000"]}
    left = (shop / "left.csv").read_text().splitlines()
    assert len(left) == 4
    assert left[1].endswith('"orders.csv:2: K1 is left out whole: another row of it is wrong"')

    mended = "\n".join(left).replace("9999", "2000")
    assert imported(shop, mended, file="mended.csv").returncode == 0
    assert kept(shop)["K1"] == ["1000 200.00000", "2000 7.00000 L1:3.00000 L2:4.00000"]


def test_a_rejected_object_of_json_lines_comes_back_with_its_reason(shop: Path) -> None:
    wrong = K1 | {"lines": [*K1["lines"], {"item": "9999", "qty": 1}]}

    run = imported(shop, as_lines(wrong, K2), "--rejects", "left.jsonl", file="orders.jsonl")

    assert run.returncode == 0
    assert kept(shop) == {"K2": ["1000 1.00000"]}
    (left,) = (shop / "left.jsonl").read_text().splitlines()
    assert json.loads(left) == wrong | {"reason": 'orders.jsonl:1: column "lines.item": There is no item 9999.'}


def test_lines_that_are_no_json_and_columns_that_are_not_there_are_told(shop: Path) -> None:
    told = sentences(imported(shop, "no,item\n" + as_lines(K2), file="orders.jsonl"))
    assert told[0].startswith("orders.jsonl:1: is not JSON")

    (shop / "json.yaml").write_text('fields: {no: "{number}", item: "{lines.item}", qty: "{lines.qty}"}')
    told = sentences(imported(shop, as_lines(K2), file="orders.jsonl"))
    assert told == ["orders.jsonl: no object has number: the columns are no, lines.item, lines.qty, lines.#"]


def test_an_order_that_is_there_is_refused_by_name_and_replaced_where_that_is_asked_for(shop: Path) -> None:
    imported(shop, as_lines(K2), file="orders.jsonl")
    other = as_lines(K2 | {"lines": [{"item": "1000", "qty": 9}]})

    run = imported(shop, other, file="orders.jsonl")
    assert sentences(run)[0] == "orders.jsonl:1: K2 is there already: leave it out, or import with --replace"
    run = imported(shop, other, "--replace", file="orders.jsonl")

    assert run.stdout == "Imported: 1 order of 1 line, 0 new, 1 replaced, 0 released.\n"
    assert kept(shop) == {"K2": ["1000 9.00000"]}


def test_the_preview_shows_rows_and_totals_and_writes_nothing(shop: Path) -> None:
    run = imported(shop, ORDERS, "--preview")

    assert run.stdout.splitlines() == [
        "new: K1 1000 2 BOX",
        "new: K2 1000 5",
        "new: K1 2000 L1 3",
        "new: K1 2000 L2 4",
        "To import: 2 orders of 3 lines, 2 new, 0 replaced, 1 released.",
    ]
    assert kept(shop) == {}


def test_items_and_stock_come_as_json_lines_too(shop: Path) -> None:
    (shop / "more.jsonl").write_text('{"no": 3000, "box": 6}\n')
    (shop / "more.yaml").write_text('fields: {no: "{no}", base_uom: PCS, uoms: "BOX={box}"}')

    run = aisle(shop, "import", "items", "more.jsonl", "--map", "more.yaml", "--yes")

    assert run.stdout == "Imported: 1 item, 1 new, 0 changed, 0 unchanged.\n"
