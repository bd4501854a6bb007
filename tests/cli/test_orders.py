"""Orders at the command line: listed, shown, released, reopened, cancelled."""

from pathlib import Path

import pytest

from tests.cli.program import SITE, aisle, sentences, warehouse

ORDERS = """no,status,location,partner,external,due,priority,item,qty,bin
A1,released,EAST,C10,K-1,2026-03-10,0,1000,5,A-01
A2,released,EAST,C20,K-2,2026-03-09,2,1000,5,A-03
A2,released,EAST,C20,K-2,2026-03-09,2,2000,1,
A3,open,SHOP,C10,K-2,2026-03-09,1,1000,1,
"""
FIELDS = {
    "external": "external_document_no",
} | {name: name for name in ("no", "status", "location", "partner", "due", "priority", "item", "qty", "bin")}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Three orders at two locations."""
    folder = warehouse(
        tmp_path,
        SITE.replace('"A-0{1..3}"', '"A-0{1..3}", zone: WEST').replace(
            "bins:", "zones: [{location: EAST, code: WEST}]\nbins:"
        ),
    )
    (folder / "items.csv").write_text("no\n1000\n2000\n")
    (folder / "items.yaml").write_text('fields: {no: "{no}", base_uom: PCS}')
    (folder / "orders.csv").write_text(ORDERS)
    (folder / "orders.yaml").write_text("fields:\n" + "".join(f'  {to}: "{{{name}}}"\n' for name, to in FIELDS.items()))
    for kind in ("items", "orders"):
        assert aisle(folder, "import", kind, f"{kind}.csv", "--map", f"{kind}.yaml", "--yes").returncode == 0
    return folder


def listed(folder: Path, *words: str) -> list[str]:
    return [line.split()[0] for line in aisle(folder, "orders", "list", *words).stdout.splitlines()[1:]]


def test_what_is_outstanding_is_listed_by_due_date_priority_and_zone(shop: Path) -> None:
    run = aisle(shop, "orders", "list")

    assert run.stdout.splitlines() == [
        "order  kind         status    location  due         priority  zone  lines  partner  their_no",
        "A3     sales_order  open      SHOP      2026-03-09         1            1  C10      K-2",
        "A2     sales_order  released  EAST      2026-03-09         2  WEST      2  C20      K-2",
        "A1     sales_order  released  EAST      2026-03-10            WEST      1  C10      K-1",
    ]
    assert run.stderr == "3 orders, 4 lines outstanding.\n"


def test_the_list_is_asked_for_by_location_state_date_priority_and_zone(shop: Path) -> None:
    assert listed(shop, "--location", "east") == ["A2", "A1"]
    assert listed(shop, "--status", "open") == ["A3"]
    assert listed(shop, "--due", "2026-03-09", "--priority", "1") == ["A3"]
    assert listed(shop, "--zone", "WEST") == ["A2", "A1"]
    assert sentences(aisle(shop, "orders", "list", "--location", "MOON")) == ["There is no location MOON."]
    assert sentences(aisle(shop, "orders", "list", "--due", "9.3.")) == [
        "9.3. is not a date: write it like 2026-12-31."
    ]


def test_an_order_is_shown_with_its_lines_by_either_number(shop: Path) -> None:
    run = aisle(shop, "orders", "show", "k-1")

    assert run.stdout == aisle(shop, "orders", "show", "A1").stdout
    assert run.stdout.splitlines()[3:] == [
        "line  item  variant  qty  outstanding  uom  bin   due         numbers",
        "   1  1000             5            5  PCS  A-01  2026-03-10",
    ]


def test_a_number_that_several_partners_use_or_nobody_is_told(shop: Path) -> None:
    assert sentences(aisle(shop, "orders", "show", "K-2")) == [
        "K-2 is the number of several orders: name one of A2, A3."
    ]
    assert sentences(aisle(shop, "orders", "show", "B9")) == ["There is no order B9."]


def test_orders_are_released_reopened_and_cancelled_all_or_none(shop: Path) -> None:
    assert aisle(shop, "orders", "release", "A3").stdout == "A3: released.\n"
    assert aisle(shop, "orders", "reopen", "A1", "K-1", "A2").stdout == "A1, A1, A2: open.\n"
    assert aisle(shop, "orders", "release", "A1", "B9").returncode == 1
    assert listed(shop, "--status", "released") == ["A3"]

    assert aisle(shop, "orders", "cancel", "A1", "A2").stdout == "A1, A2: cancelled.\n"
    assert listed(shop) == ["A3"]
