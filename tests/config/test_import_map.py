from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.faults import SiteFaults
from config.import_map import ImportMap, MappedRow, mapped_rows, read_map
from config.schema import load_site
from domain.values import ZERO, amount

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "data" / "adventureworks"
MAPS = ROOT / "docs" / "adventureworks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def map_of(folder: Path, text: str, kind: str = "stock") -> ImportMap:
    path = folder / "map.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return read_map(path, kind)


def map_faults(folder: Path, text: str, kind: str = "stock") -> list[str]:
    with pytest.raises(SiteFaults) as refused:
        map_of(folder, text, kind)
    return [str(fault).removeprefix(f"{folder}/") for fault in refused.value.faults]


def rows(folder: Path, map: ImportMap, text: str | bytes) -> list[MappedRow]:
    path = folder / "rows.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(mapped_rows(map, path))


def row_faults(folder: Path, map: ImportMap, text: str | bytes) -> list[str]:
    return [fault.removeprefix(f"{folder}/") for row in rows(folder, map, text) for fault in row.faults]


STOCK = 'fields: {item: "{item}", qty: "{quantity}"}'


def test_columns_become_typed_values(folder: Path) -> None:
    map = map_of(
        folder,
        """
        fields:
          item: "{art}"
          qty: "{n}"
          lot: "{lot}"
          expires: "{best}"
          unit_cost: "{price}"
        """,
    )

    (row,) = rows(folder, map, "art,n,lot,best,price\n a-1 ,12.50,Lot 7,2027-03-31,\n")

    assert row == MappedRow(
        2,
        {"item": "A-1", "qty": Decimal("12.50"), "lot": "Lot 7", "expires": date(2027, 3, 31), "unit_cost": None},
        (),
    )


def test_a_template_puts_columns_together_and_falls_back_when_one_is_empty(folder: Path) -> None:
    map = map_of(
        folder,
        """
        fields:
          item: "{item}"
          qty: 1
          location: {column: area, values: {7: FG, 10: FRAMES}}
          bin:
            template: "{shelf}-{bin:02}"
            when_empty: {column: area, values: {7: null, 10: FLOOR}}
        """,
    )

    found = rows(folder, map, "item,area,shelf,bin\nA,10,B,5\nB,10,B,\nC,7,,\nD,10,C,123\n")

    assert [(row.values["location"], row.values["bin"], row.values["qty"]) for row in found] == [
        ("FRAMES", "B-05", 1),
        ("FRAMES", "FLOOR", 1),
        ("FG", None, 1),
        ("FRAMES", "C-123", 1),
    ]


def test_units_variants_and_identifiers_of_an_item_come_from_one_text_or_several_columns(folder: Path) -> None:
    map = map_of(
        folder,
        """
        fields:
          no: "{no}"
          uoms: ["BOX={box}", "PAL={pallet}"]
          variants: "{colours}"
          identifiers: ["{ean}", "{box_ean}=BOX"]
        """,
        "items",
    )

    found = rows(folder, map, "no,box,pallet,colours,ean,box_ean\nA,6,,RED; blue,400638133393,140\nB,,,,,\n")

    assert [row.values for row in found] == [
        {
            "no": "A",
            "uoms": {"BOX": Decimal(6)},
            "variants": ("RED", "BLUE"),
            "identifiers": {"400638133393": "", "140": "BOX"},
        },
        {"no": "B", "uoms": None, "variants": None, "identifiers": None},
    ]


def test_encoding_and_delimiter_are_the_maps(folder: Path) -> None:
    map = map_of(
        folder, 'csv: {encoding: windows-1252, delimiter: ";"}\nfields: {no: "{Nr}", description: "{Name}"}', "items"
    )

    assert rows(folder, map, "Nr;Name\n1;Käse, weiß\n".encode("cp1252"))[0].values["description"] == "Käse, weiß"


def test_a_byte_order_mark_is_no_part_of_the_first_column(folder: Path) -> None:
    assert rows(folder, map_of(folder, STOCK), b"\xef\xbb\xbfitem,quantity\nA,1\n")[0].values["item"] == "A"


def test_empty_lines_are_passed_over_and_rows_named_by_the_line_they_start_on(folder: Path) -> None:
    found = rows(folder, map_of(folder, STOCK), 'item,quantity,note\nA,1,"two\nlines"\n\n,,\nB,x,\n')

    assert [row.row_no for row in found] == [2, 6]
    assert found[1].faults == (f'{folder}/rows.csv:6: column "quantity": "x" is not a number: write it like 12.5',)
    assert found[1].values == {"item": "B"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("A,12a", 'rows.csv:2: column "quantity": "12a" is not a number: write it like 12.5'),
        ("A,1e3", 'rows.csv:2: column "quantity": "1e3" is not a number: write it like 12.5'),
        ("A,-1", 'rows.csv:2: column "quantity": -1 is below 0: write 0 or more'),
        ("A" * 21 + ",1", f'rows.csv:2: column "item": "{"A" * 21}" has 21 characters: write at most 20'),
        ("A,1,2", "rows.csv:2: has 3 columns where the first line has 2: quote texts that hold the delimiter"),
        ("A", "rows.csv:2: has 1 columns where the first line has 2: quote texts that hold the delimiter"),
        ('A,"1', "rows.csv:2: is not CSV (unexpected end of data): look for a quote that is not closed"),
        ("A\x01,1", 'rows.csv:2: column "item": holds a character that is no text: take it out, or name the encoding'),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_line_and_column(folder: Path, row: str, fault: str) -> None:
    (found,) = row_faults(folder, map_of(folder, STOCK), f"item,quantity\n{row}\n")

    assert found.startswith(fault)


def test_bytes_that_are_no_text_in_the_encoding_are_a_fault_of_their_row(folder: Path) -> None:
    found = rows(folder, map_of(folder, STOCK), b"item,quantity\nA\xe9,1\nB,2\n")

    assert [bool(row.faults) for row in found] == [True, False]


def test_all_faults_of_a_row_are_told(folder: Path) -> None:
    map = map_of(
        folder, 'fields: {item: "{item}", qty: "{qty}", bin: "A-{bin:02}", location: {column: area, values: {1: X}}}'
    )

    assert row_faults(folder, map, "item,qty,bin,area\nA,x,y,2\n") == [
        'rows.csv:2: column "qty": "x" is not a number: write it like 12.5',
        'rows.csv:2: column "bin": "y" is not a whole number: write digits only',
        'rows.csv:2: column "area": "2" is not in its table: write one of 1, or add it there',
    ]


def test_columns_the_file_lacks_are_one_fault_that_names_those_there_are(folder: Path) -> None:
    with pytest.raises(SiteFaults) as refused:
        rows(folder, map_of(folder, 'fields: {item: "{item}", qty: "{qty}", bin: "{bin}"}'), "item,quantity\n")

    assert str(refused.value).removeprefix(f"{folder}/") == (
        "rows.csv:1: not one column of the name qty or bin: the columns are item, quantity"
    )


def test_a_column_there_twice_is_not_taken_by_guess(folder: Path) -> None:
    with pytest.raises(SiteFaults, match="not one column of the name item: the columns are item, quantity, item"):
        rows(folder, map_of(folder, STOCK), "item,quantity,item\n")


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_a_fault(folder: Path, name: str) -> None:
    with pytest.raises(SiteFaults, match="cannot be read"):
        mapped_rows(map_of(folder, STOCK), folder / name)


def test_rows_are_read_as_they_are_asked_for(folder: Path) -> None:
    path = folder / "rows.csv"
    path.write_text("item,quantity\nA,1\nB,oops\n")
    stream = mapped_rows(map_of(folder, STOCK), path)

    assert next(stream).values == {"item": "A", "qty": 1}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "map.yaml:1:1: fields: is missing: write it"),
        ("fields: []", 'map.yaml:1:9: fields: is not a mapping: write one field a line, `item: "{its column}"`'),
        ("fields: {qty: 1}", 'map.yaml:1:9: fields: item is missing: write `item: "{its column}"`'),
        (
            'fields: {item: A, qty: 1, lott: "{x}"}',
            'map.yaml:1:27: fields.lott: unknown key: the closest known one is "lot"',
        ),
        ("fields: {item: A, qty: x}", 'map.yaml:1:24: fields.qty: "x" is not a number: write it like 12.5'),
        ("fields: {item: A, qty: [1, 2]}", "map.yaml:1:24: fields.qty: is not a mapping"),
        ("fields: {item: A, qty: }", "map.yaml:1:24: fields.qty: needs one of column and template"),
        ("fields: {item: A, qty: {column: x, template: y}}", "fields.qty: needs one of column and template"),
        ("fields: {item: A, qty: {columns: x}}", 'fields.qty.columns: unknown key: the closest known one is "column"'),
        ('fields: {item: "{a", qty: 1}', 'map.yaml:1:16: fields.item: "{a" has a brace too many'),
        ('fields: {item: "{a:2}", qty: 1}', 'fields.item: "{a:2}" has a brace too many: write columns like'),
        ("fields: {item: A, qty: {column: x, values: []}}", "fields.qty.values: is not a table"),
        ("fields: {item: A, qty: {column: x, values: {a: b}}}", 'fields.qty: "b" is not a number'),
        ("fields: {item: A, qty: {column: x, when_empty: none}}", 'fields.qty: "none" is not a number'),
        (
            "fields: {item: A, qty: {column: x, when_empty: {}}}",
            "fields.qty.when_empty: needs one of column and template",
        ),
        (
            "csv: {encoding: klingon}\nfields: {item: A, qty: 1}",
            'map.yaml:1:17: csv.encoding: "klingon" is not a choice',
        ),
        ("csv: {delimiter: ab}\nfields: {item: A, qty: 1}", 'csv.delimiter: "ab" does not part columns: write "," or'),
    ],
)
def test_what_is_wrong_with_a_map_is_told_with_its_place(folder: Path, text: str, fault: str) -> None:
    (found,) = map_faults(folder, text)

    assert fault in found


def test_what_is_wrong_with_the_lists_of_an_item_is_told(folder: Path) -> None:
    map = map_of(folder, 'fields: {no: "{no}", uoms: "{uoms}", identifiers: "{codes}"}', "items")

    assert row_faults(folder, map, "no,uoms,codes\nA,BOX,\nB,BOX=0,\nC,,1=VERYLONGUNIT\n") == [
        'rows.csv:2: column "uoms": "BOX" is not a unit: write it like BOX=6',
        'rows.csv:3: column "uoms": 0 is not allowed: write more than 0',
        'rows.csv:4: column "codes": "VERYLONGUNIT" has 12 characters: write at most 10',
    ]


@settings(max_examples=50)
@given(st.text(alphabet=st.sampled_from('AB1,;"\n\r\t\x00 é-')))
def test_any_file_gives_rows_or_faults(text: str) -> None:
    with TemporaryDirectory() as folder:
        map = map_of(Path(folder), STOCK)

        for row in rows(Path(folder), map, f"item,quantity\n{text}"):
            assert row.faults or set(row.values) == {"item", "qty"}


@pytest.mark.skipif(not SAMPLE.is_dir(), reason=f"the AdventureWorks sample is not at {SAMPLE}")
def test_the_maps_of_the_sample_take_every_row_to_a_place_of_its_site() -> None:
    site = load_site(MAPS / "site.yaml")
    items = list(mapped_rows(read_map(MAPS / "items-map.yaml", "items"), SAMPLE / "items.csv"))
    stock = list(mapped_rows(read_map(MAPS / "stock-map.yaml", "stock"), SAMPLE / "stock.csv"))
    bins = {(bin.location, bin.code) for bin in site.bins}
    places = bins | {(location.code, None) for location in site.locations if not location.bin_mandatory}
    cost = {row.values["no"]: row.values["unit_cost"] for row in items}
    worth = [(row.values["qty"], cost[row.values["item"]]) for row in stock]

    assert [row.faults for row in (*items, *stock) if row.faults] == []
    assert {(row.values["location"], row.values["bin"]) for row in stock} <= places
    assert (len(items), len(stock), sum(qty == ZERO for qty, _ in worth)) == (504, 1069, 4)
    assert sum(qty for qty, _ in worth) == 335_974
    assert sum(amount(qty * cost) for qty, cost in worth) == Decimal("20092679.15")
