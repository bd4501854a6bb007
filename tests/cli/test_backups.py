"""`aisle backup` and `aisle restore`, as a person in charge types them."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.site import Settings, SiteHead
from storage import Store
from tests.cli.program import aisle, on_a_small_disk, sentences, warehouse
from tests.storage.older import older_database
from tests.storage.posting import command, increase

MOMENT = r"[0-9-]{10}T[0-9:.]{8,15}\+00:00"


def told(folder: Path, field: str) -> list[str]:
    """Return what the audit trail tells of an event."""
    with closing(sqlite3.connect(folder / "aisle.db")) as books:
        return [new for (new,) in books.execute("SELECT new FROM audit_row WHERE field = ? ORDER BY id", (field,))]


def post(folder: Path) -> None:
    """Find a piece: one register."""
    with Store.open(str(folder / "aisle.db")) as store:
        command(store, lambda books: increase(books, "1000", "1", "EAST/A-01"))


def stock(folder: Path) -> str:
    return aisle(folder, "report", "stock", "--format", "csv").stdout


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A warehouse in which a piece lies."""
    warehouse(tmp_path)
    post(tmp_path)
    (tmp_path / "backups").mkdir()
    return tmp_path


def test_a_backup_is_told_with_its_newest_posting_and_noted_in_the_trail_saf_31(shop: Path) -> None:
    run = aisle(shop, "backup", "backups/monday.db")

    assert (run.returncode, run.stderr) == (0, "")
    assert re.fullmatch(
        rf"backups/monday.db is a backup of aisle.db and clean; its newest posting is 1-2 of {MOMENT}. "
        r"Its heads are in backups/aisle.db.heads.\n",
        run.stdout,
    )
    assert re.fullmatch(rf"backups/monday.db; its newest posting is 1-2 of {MOMENT}", *told(shop, "backup"))
    assert aisle(shop, "verify", "--heads", "backups/aisle.db.heads").returncode == 0


def test_a_backup_in_a_folder_is_named_by_its_time(shop: Path) -> None:
    assert aisle(shop, "backup", "backups").returncode == 0

    heads, backup = sorted(file.name for file in (shop / "backups").iterdir())[::-1]
    assert heads == "aisle.db.heads"
    assert re.fullmatch(r"aisle\.db\.[0-9]{8}-[0-9]{6}", backup)


def test_a_backup_overwrites_nothing(shop: Path) -> None:
    (shop / "monday.db").write_text("last week")

    run = aisle(shop, "backup", "monday.db")
    onto = aisle(shop, "backup", "aisle.db")

    assert (run.returncode, onto.returncode) == (1, 1)
    assert sentences(run) == ["There is a file monday.db already: it is kept as it is, choose another name."]
    assert sentences(onto) == ["There is a file aisle.db already: it is kept as it is, choose another name."]
    assert (shop / "monday.db").read_text() == "last week"


def test_a_backup_whose_heads_cannot_be_noted_is_none(shop: Path) -> None:
    run = aisle(shop, "backup", "backups/monday.db", "--heads", "audit/heads")

    assert run.returncode == 1
    assert sentences(run) == ["audit/heads: No such file or directory."]
    assert [*(shop / "backups").iterdir()] == []


def test_a_database_with_a_broken_rule_gets_no_backup(shop: Path) -> None:
    with closing(sqlite3.connect(shop / "aisle.db", isolation_level=None)) as damaged:
        damaged.execute("UPDATE bin_balance SET qty = qty + 1")

    run = aisle(shop, "backup", "backups/monday.db")

    assert run.returncode == 1
    assert "SAF-06 (b)" in run.stdout
    assert sentences(run)[-1].endswith("findings; no backup was made.")
    assert [*(shop / "backups").iterdir()] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("disk", "sentence"),
    [
        ("size=64k", "backups/monday.db: nothing was written because the disk is full"),
        ("ro", "backups/monday.db cannot be written: it, its folder or its disk is read-only"),
    ],
)
def test_a_disk_that_takes_no_backup_is_told(shop: Path, disk: str, sentence: str) -> None:
    run = on_a_small_disk(
        shop,
        f"mkdir backups && mount -t tmpfs -o {disk} tmpfs backups; "
        "aisle backup backups/monday.db; echo $?; ls -A backups; aisle verify",
    )

    assert run.stdout.splitlines() == ["1", "aisle.db: clean."]
    assert sentences(run)[0].startswith(sentence)


def test_a_restore_shows_what_the_backup_has_not_and_asks_saf_10(shop: Path) -> None:
    aisle(shop, "backup", "backups/monday.db")
    before = stock(shop)
    post(shop)

    refused = aisle(shop, "restore", "backups/monday.db", typed="\n")
    kept = stock(shop)
    done = aisle(shop, "restore", "backups/monday.db", typed="y\n")

    assert refused.returncode == 1
    assert sentences(refused) == ["Put it in the place of aisle.db? [y/N]", "Nothing was changed."]
    assert kept != before
    assert done.returncode == 0
    clean, missing, restored = done.stdout.splitlines()
    assert re.fullmatch(rf"backups/monday.db is clean; its newest posting is 1-2 of {MOMENT}\.", clean)
    assert re.fullmatch(rf"Missing in it: 1-3 to 1-[0-9], the last of {MOMENT}\.", missing)
    (replaced,) = (file.name for file in shop.glob("aisle.db.replaced-*"))
    assert restored == (f"aisle.db is what backups/monday.db was; numbers go on with 2-1. {replaced} is what it was.")
    assert stock(shop) == before
    assert told(shop, "restore") == ["backups/monday.db; numbers go on with 2-1"]
    assert aisle(shop, "verify", "--heads", "backups/aisle.db.heads").stdout == "aisle.db: clean.\n"
    assert aisle(shop, "report", "stock", "--database", replaced).returncode == 0


def test_heads_are_compared_with_those_where_the_site_says_saf_32(shop: Path) -> None:
    with Store.open(str(shop / "aisle.db")) as store:
        command(store, lambda books: books.records.save(SiteHead(settings=Settings(head_log="heads"))))
    aisle(shop, "backup", "backups/monday.db")
    assert aisle(shop, "verify").returncode == 0
    (shop / "aisle.db").write_bytes((shop / "backups/monday.db").read_bytes())

    run = aisle(shop, "verify")

    assert run.returncode == 1
    assert "SAF-32: register 1-5: It is missing" in run.stdout


def test_a_lost_database_is_restored_with_what_is_known_to_be_missing(shop: Path) -> None:
    aisle(shop, "backup", "backups/monday.db")
    post(shop)
    aisle(shop, "verify", "--heads", "backups/aisle.db.heads")
    (shop / "aisle.db").write_bytes(b"\0" * 10_000)

    run = aisle(shop, "restore", "backups/monday.db", "--yes")

    assert run.returncode == 0
    assert re.search(rf"Missing in it: 1-3 to 1-[0-9], the last of {MOMENT}\.\n", run.stdout)
    assert "aisle.db cannot be read: what was posted after the last heads were noted is missing, too.\n" in run.stdout
    assert "numbers go on with 2-1. aisle.db.replaced-" in run.stdout


def test_a_database_in_use_is_not_restored(shop: Path) -> None:
    aisle(shop, "backup", "backups/monday.db")
    with closing(sqlite3.connect(shop / "aisle.db")) as terminal:
        terminal.execute("SELECT * FROM writer").fetchall()

        run = aisle(shop, "restore", "backups/monday.db", "--yes")

    assert run.returncode == 1
    assert sentences(run) == ["aisle.db is in use: end every terminal and command that has it open, then do it again."]


def test_a_backup_in_which_a_rule_is_broken_is_told_and_nothing_changed(shop: Path) -> None:
    aisle(shop, "backup", "backups/monday.db")
    with closing(sqlite3.connect(shop / "backups/monday.db", isolation_level=None)) as damaged:
        damaged.execute("DELETE FROM open_entry")

    run = aisle(shop, "restore", "backups/monday.db", "--yes")

    assert run.returncode == 1
    assert sentences(run)[-1] == "backups/monday.db: 2 findings; nothing was changed."
    assert aisle(shop, "verify").returncode == 0


def test_what_is_no_backup_of_this_version_is_told_with_what_to_do(shop: Path) -> None:
    aisle(shop, "backup", "backups/monday.db")
    older_database(shop / "older.db", rows_of=shop / "backups/monday.db")

    older = aisle(shop, "restore", "older.db")
    none = aisle(shop, "restore", "none.db")
    itself = aisle(shop, "restore", "aisle.db")

    assert "copy it, run `aisle upgrade --database COPY`, restore that." in sentences(older)[0]
    assert sentences(none) == ["There is no backup none.db: name a file that `aisle backup` made."]
    assert sentences(itself) == ["aisle.db is the database itself: name a backup of it."]


@pytest.mark.slow
def test_a_restore_for_which_the_disk_is_too_small_changes_nothing(shop: Path) -> None:
    aisle(shop, "backup", "backups/monday.db")

    run = on_a_small_disk(
        shop, f"cksum < aisle.db; aisle restore {shop}/backups/monday.db --yes; echo $?; cksum < aisle.db; ls -A"
    )

    before, status, after, *files = run.stdout.splitlines()
    assert (status, after, files) == ("1", before, ["aisle.db", "site.yaml"])
    assert sentences(run) == ["aisle.db: nothing was written because the disk is full; make room and do it again."]
