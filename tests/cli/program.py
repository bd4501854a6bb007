"""The installed program, run as people run it, and a small warehouse to run it in."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.schema import load_site
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.set_up import ApplySite, apply_site
from domain.site import Site
from storage import Store

PROGRAM = Path(sys.executable).with_name("aisle")
ADVENTUREWORKS = Path(__file__).parents[3] / "shared" / "data" / "adventureworks"
MAPS = Path(__file__).parents[2] / "docs" / "adventureworks"
SITE = """
site: Test
timezone: UTC
locations: {EAST: {name: East shop, bin_mandatory: true}, SHOP: {name: Shop}}
bins: [{location: EAST, code: "A-0{1..3}"}, {location: EAST, code: A-02, block: inbound}]
units_of_measure: {PCS: {name: Piece}, BOX: {name: Box}}
tracking_codes:
  LOTEXP: {lot_specific: true, lot_warehouse: true, use_expiration: true, require_expiration_entry: true}
  SERIAL: {serial_specific: true, serial_warehouse: true}
operators: {ANNA: {name: Anna, role: operator, locations: [EAST], home: EAST}}
"""


def aisle(folder: Path, *words: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder; `typed` is its standard input."""
    return subprocess.run(
        [PROGRAM, *words],
        cwd=folder,
        input=typed,
        env={**os.environ, "TERM": "xterm", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def on_a_small_disk(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a copy of the folder on a disk of one megabyte, which goes away with the script."""
    disk = "mount -t tmpfs -o size=1m tmpfs /mnt && cp -p aisle.db site.yaml /mnt && cd /mnt"
    alone = ["unshare", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this host lets nobody mount a disk of his own")
    return subprocess.run(
        [*alone, "sh", "-c", f"{disk} && {script}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"},
    )


def sentences(run: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what the program complained about, and check that no trace of it went to the screen."""
    assert "Traceback" not in run.stderr + run.stdout
    return run.stderr.splitlines()


def warehouse(folder: Path, site: str = SITE) -> Path:
    """Make a site and its database in a folder, as `aisle init` does with a sample."""
    (folder / "site.yaml").write_text(site)
    with Store.create(str(folder / "aisle.db")) as store:
        store.transaction(
            lambda books: apply_site(
                books,
                situation_of(books.records, SYSTEM, now=datetime(2026, 1, 15, tzinfo=UTC), terminal="test"),
                ApplySite(Site(), load_site(folder / "site.yaml")),
            )
        )
    return folder


needs_adventureworks = pytest.mark.skipif(
    not ADVENTUREWORKS.exists(), reason="the AdventureWorks files are not beside the checkout"
)


def adventureworks(folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """Import the items and the stock of the AdventureWorks sample into a warehouse of its site."""
    warehouse(folder, (MAPS / "site.yaml").read_text())
    return [
        aisle(
            folder,
            "import",
            kind,
            str(ADVENTUREWORKS / f"{kind}.csv"),
            "--map",
            str(MAPS / f"{kind}-map.yaml"),
            "--yes",
        )
        for kind in ("items", "stock")
    ]
