from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import as_file, files

import pytest

from config.import_map import mapped_rows, read_map
from config.schema import load_site
from config.site_form import KEYED
from domain.site import AdjustLimit, Site
from tests.config.reading import SECTIONS, forms


def sample(name: str) -> str:
    return (files("config.samples") / name).read_text(encoding="utf-8")


def load(name: str) -> Site:
    with as_file(files("config.samples") / name) as path:
        return load_site(path)


@pytest.mark.parametrize("name", ["start.yaml", "demo.yaml"])
def test_a_sample_loads_without_a_fault(name: str) -> None:
    assert load(name).head.site


def test_the_sample_of_orders_reads_by_its_map_at_the_first_site() -> None:
    with as_file(files("config.samples")) as folder:
        map = read_map(folder / "orders-map.yaml", "orders")
        rows = list(mapped_rows(map, folder / "orders.csv"))

    assert [row.faults for row in rows] == [()] * 4
    assert {row.values["location"] for row in rows} <= {location.code for location in load("start.yaml").locations}


def test_the_first_site_file_limits_what_an_operator_adjusts_alone() -> None:
    roles = {role.code: role for role in load("start.yaml").roles}

    assert roles["operator"].adjust_limit == AdjustLimit(qty=100, value=500)  # type: ignore[arg-type] # equal as numbers


def test_the_first_site_file_shows_every_key_there_is() -> None:
    words = set(re.findall(r"\w+", sample("start.yaml")))
    keys = {key for form in forms() if form is not KEYED["item_templates"].form for key in form.known_keys()}

    missing = sorted({*keys, *SECTIONS} - words)

    assert [key for key in missing if not key.startswith(("serial_", "lot_", "package_"))] == []


def test_a_short_pick_of_the_demo_is_offered_no_reason_twice() -> None:
    demo = load("demo.yaml")

    of_the_site = {reason.code.lower() for reason in demo.reason_codes if "short" in reason.offered_for}

    assert of_the_site & {*demo.head.settings.short_reasons} == set()


def test_the_demo_has_a_warehouse_with_bins_and_a_shop_without() -> None:
    demo = load("demo.yaml")

    assert [(location.code, location.bin_mandatory) for location in demo.locations] == [
        ("NORTH", True),
        ("EAST", False),
    ]
    assert len(demo.bins) == 24
    assert [(operator.code, operator.role) for operator in demo.operators] == [
        ("ANNA", "operator"),
        ("PETER", "picker"),
        ("SARA", "supervisor"),
        ("VERA", "viewer"),
        ("ADAM", "admin"),
    ]


def test_reading_a_site_needs_neither_database_nor_terminal() -> None:
    program = """
import sys
from importlib.resources import files
from config.loader import load_yaml
from config.schema import site_from
site_from(load_yaml((files("config.samples") / "demo.yaml").read_text(encoding="utf-8")))
print([name for name in sys.modules if name.split(".")[0] in ("storage", "tui", "peewee", "textual")])
"""

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
