"""A site is made, checked, planned and applied; operators get PINs; what is wrong is told with its place."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.books import Books
from domain.people.access import SignIn, sign_in, situation_of
from domain.site import Operator
from storage import Store
from tests.cli.program import SITE, aisle, sentences, warehouse

BAD_PIN = "A PIN has 6 to 12 digits: not one digit all over, no run like 123456, not his own code or badge."


def test_init_makes_a_site_that_is_right_and_applied(tmp_path: Path) -> None:
    run = aisle(tmp_path, "init", "shop")

    assert (run.returncode, run.stderr) == (0, "")
    assert stat.S_IMODE((tmp_path / "shop" / "aisle.db").stat().st_mode) == 0o600
    assert aisle(tmp_path / "shop", "config", "check").stdout.startswith("site.yaml is right: 2 locations")
    assert aisle(tmp_path / "shop", "config", "plan").returncode == 0
    assert aisle(tmp_path / "shop", "verify").returncode == 0


@pytest.mark.parametrize("there", ["site.yaml", "aisle.db"])
def test_init_overwrites_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")

    run = aisle(tmp_path, "init", ".")

    assert run.returncode == 1
    assert sentences(run) == [f"There is a file {there} already: it is kept as it is, choose another name."]
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "mine"


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ("site: A\ntimezone: UTC\nlocations: {EAST: {name: East\n", ["site.yaml:4:1: is not YAML"]),
        ("site: A\ntimezone: UTC\nlokations: {}\n", ["site.yaml:3:1: lokations: unknown key"]),
        (
            SITE.replace("home: EAST", "home: WEST").replace("bin_mandatory: true", "bin_mandatory: yes"),
            ["site.yaml:4:", "site.yaml:10:"],
        ),
    ],
)
def test_a_broken_site_file_is_told_with_line_and_column(tmp_path: Path, site: str, told: list[str]) -> None:
    (tmp_path / "site.yaml").write_text(site)

    run = aisle(tmp_path, "config", "check")

    assert run.returncode == 1
    lines = sentences(run)
    assert [line[: len(start)] for line, start in zip(lines, told, strict=True)] == told


def test_plan_says_by_its_exit_code_whether_there_is_something_to_do(tmp_path: Path) -> None:
    site = warehouse(tmp_path) / "site.yaml"

    assert aisle(tmp_path, "config", "plan").returncode == 0
    site.write_text(SITE.replace("East shop", "Eastern shop"))
    changed = aisle(tmp_path, "config", "plan")
    site.write_text("site: [")
    broken = aisle(tmp_path, "config", "plan")

    assert changed.returncode == 2
    assert changed.stdout == "change location EAST: name East shop -> Eastern shop\n"
    assert broken.returncode == 1


@pytest.mark.parametrize(("typed", "code", "after"), [("y\n", 0, 0), ("\n", 1, 2)])
def test_apply_shows_the_plan_and_asks(tmp_path: Path, typed: str, code: int, after: int) -> None:
    (warehouse(tmp_path) / "site.yaml").write_text(SITE.replace("A-0{1..3}", "A-0{1..4}"))

    run = aisle(tmp_path, "config", "apply", typed=typed)

    assert "create bin EAST A-04" in run.stdout
    assert run.returncode == code
    assert aisle(tmp_path, "config", "plan").returncode == after


def test_apply_refuses_what_the_stock_forbids(tmp_path: Path) -> None:
    warehouse(tmp_path)
    (tmp_path / "items.csv").write_text("no\n1000\n")
    (tmp_path / "items.yaml").write_text('fields: {no: "{no}"}')
    (tmp_path / "stock.csv").write_text("item,qty\n1000,5\n")
    (tmp_path / "stock.yaml").write_text('fields: {item: "{item}", qty: "{qty}", location: EAST, bin: A-03}')
    for kind in ("items", "stock"):
        aisle(tmp_path, "import", kind, f"{kind}.csv", "--map", f"{kind}.yaml", "--yes")
    (tmp_path / "site.yaml").write_text(SITE.replace("A-0{1..3}", "A-0{1..2}"))

    run = aisle(tmp_path, "config", "apply", "--yes")

    assert run.returncode == 1
    assert sentences(run) == ["bin EAST A-03: holds stock: empty it before it is removed"]
    assert aisle(tmp_path, "config", "plan").returncode == 1


def test_check_names_what_this_version_only_keeps(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(f"{SITE}printers: {{DOCK1: {{kind: zpl, address: 'host:9100'}}}}\n")

    run = aisle(tmp_path, "config", "check")

    assert run.returncode == 0
    assert run.stdout.startswith("site.yaml is right")
    assert sentences(run) == ["site.yaml:11:1: printers: is kept: this version does not act on it yet"]


def test_an_exported_site_leaves_nothing_to_do_and_the_export_is_noted(tmp_path: Path) -> None:
    warehouse(tmp_path)

    run = aisle(tmp_path, "config", "export", "--output", "again.yaml")

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert aisle(tmp_path, "config", "export").stdout == (tmp_path / "again.yaml").read_text()
    assert aisle(tmp_path, "config", "plan", "again.yaml").returncode == 0
    with Store.open(str(tmp_path / "aisle.db")) as store:
        notes = "SELECT new FROM audit_row WHERE record_type = 'site_head' AND field = 'export' ORDER BY id"
        assert store.reading(lambda connection: connection.execute(notes).fetchall()) == [
            ("again.yaml",),
            ("standard output",),
        ]


def test_the_schema_for_editors_needs_no_database(tmp_path: Path) -> None:
    run = aisle(tmp_path, "config", "schema")

    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout)["required"] == ["site", "timezone"]


def test_a_pin_from_standard_input_lets_the_operator_in(tmp_path: Path) -> None:
    warehouse(tmp_path)

    run = aisle(tmp_path, "operator", "pin", "anna", "--stdin", typed="824613\n")

    assert (run.returncode, run.stdout) == (0, "ANNA has a new PIN.\n")
    with Store.open(str(tmp_path / "aisle.db")) as store:
        assert store.transaction(_signed_in).code == "ANNA"


def _signed_in(books: Books) -> Operator:
    nobody = situation_of(books.records, Operator(""), now=datetime.now(UTC), terminal="test")
    return sign_in(books, nobody, SignIn("ANNA", "824613"))


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("ANNA", "123456\n", BAD_PIN),
        ("ANNA", "", BAD_PIN),
        ("NOBODY", "824613\n", "There is no operator NOBODY."),
    ],
)
def test_a_pin_that_cannot_be_set_is_told(tmp_path: Path, name: str, typed: str, told: str) -> None:
    warehouse(tmp_path)

    run = aisle(tmp_path, "operator", "pin", name, "--stdin", typed=typed)

    assert run.returncode == 1
    assert sentences(run) == [told]


def test_a_clock_that_went_back_is_confirmed_with_a_reason(tmp_path: Path) -> None:
    warehouse(tmp_path)

    assert aisle(tmp_path, "clock").returncode == 1
    run = aisle(tmp_path, "clock", "--reason", "new battery")

    assert (run.returncode, run.stdout) == (0, "The clock is taken as right.\n")
