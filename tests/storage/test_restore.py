"""A backup put back: checked, whole or not at all, and numbers that never come again (SAF-10, SAF-32)."""

import contextlib
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import SetupError
from domain.ledger.entries import shown
from storage import Store, verify
from storage.backup import back_up
from storage.heads import check_heads, note, noted_in
from storage.restore import Missing, Offer, Restored, restore
from storage.schema import SCHEMA
from tests.storage.dying import dead_of_size, killed_at, no_file_longer_than
from tests.storage.older import older_database
from tests.storage.posting import NOW as POSTED
from tests.storage.posting import command, increase
from tests.storage.raw import content, run

SPAWN = multiprocessing.get_context("spawn")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@dataclass
class Shop:
    """A database with two postings in its backup and a third after it."""

    database: Path
    backup: Path
    log: Path
    offers: list[Offer] = field(default_factory=list)

    def post(self) -> str:
        """Post and return the register."""
        with Store.open(str(self.database)) as store:
            return shown(command(store, lambda books: increase(books, "1000", "1", "MAIN/W-01"))).partition(".")[0]

    def restore(self, *, now: datetime = LATER, wanted: bool = True, backup: Path | None = None) -> Restored:
        def agreed(offer: Offer) -> bool:
            self.offers.append(offer)
            return wanted

        return restore(backup or self.backup, self.database, now, agreed)

    @property
    def offer(self) -> Offer:
        return self.offers[-1]

    @property
    def files(self) -> list[str]:
        """What lies beside the database besides the queue of writers."""
        return sorted(file.name for file in self.database.parent.iterdir() if not file.name.endswith("-lock"))

    @contextlib.contextmanager
    def unchanged(self, code: str = "") -> Iterator[None]:
        """Expect that nothing changes, and a refusal of that code."""
        before = (content(self.database), self.files, noted_in(self.log))
        with pytest.raises(SetupError, match=code) if code else contextlib.nullcontext():
            yield
        assert (content(self.database), self.files, noted_in(self.log)) == before


@pytest.fixture
def shop(tmp_path: Path, path: Path) -> Iterator[Shop]:
    database = tmp_path / "shop" / "aisle.db"
    database.parent.mkdir()
    path.rename(database)
    (tmp_path / "backups").mkdir()
    shop = Shop(database, tmp_path / "backups" / "monday.db", tmp_path / "backups" / "aisle.db.heads")
    shop.post()
    shop.post()
    back_up(database, shop.backup, NOW, log=None, progress=None)
    shop.post()
    yield shop
    with Store.open(str(database)) as store:
        assert verify(store) == []
        assert check_heads(store, noted_in(shop.log)) == []


def rows(path: Path) -> dict[str, object]:
    """How many rows each table has, but for writers, of which a restore adds one, and the statistics of SQLite."""
    tables = [str(name) for (name,) in run(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    counted = [table for table in tables if table != "writer" and not table.startswith("sqlite_")]
    return {table: run(path, f'SELECT count(*) FROM "{table}"')[0][0] for table in counted}


def test_the_database_is_what_the_backup_was_and_what_it_was_is_kept_saf_10(shop: Shop) -> None:
    replaced = content(shop.database)

    done = shop.restore()

    assert done == Restored(shop.database.with_name("aisle.db.replaced-20260302-090000"), writer=2)
    assert rows(shop.database) == rows(shop.backup)
    assert run(shop.database, "SELECT * FROM item_entry") == run(shop.backup, "SELECT * FROM item_entry")
    assert content(shop.database.with_name(done.kept.name)) == replaced
    assert shop.files == ["aisle.db", done.kept.name]
    assert [file.stat().st_mode & 0o777 for file in (shop.database, done.kept)] == [0o600, 0o600]


def test_before_it_is_done_the_newest_posting_and_the_missing_ones_are_told_saf_10_saf_32(shop: Shop) -> None:
    shop.post()

    shop.restore()

    newest, third, fourth = (POSTED.replace(microsecond=tick) for tick in (1, 2, 3))
    assert (shop.offer.newest.number, shop.offer.newest.posted_at) == ("1-2", newest)
    assert shop.offer.missing == (Missing("1-3", "1-4", fourth.isoformat()),)
    assert shop.offer.is_readable
    assert third < fourth


def test_without_a_yes_nothing_is_changed(shop: Shop) -> None:
    with shop.unchanged():
        assert shop.restore(wanted=False) == Restored()


def test_a_number_once_shown_never_comes_again_storage_notes_2(shop: Shop) -> None:
    given = ["1-1", "1-2", "1-3"]
    for hour in range(1, 4):
        shop.restore(now=NOW + timedelta(hours=hour))
        given += [shop.post(), shop.post()]

    assert given[3:] == ["2-1", "2-2", "3-1", "3-2", "4-1", "4-2"]


def test_the_log_of_heads_knows_the_numbers_where_the_database_is_lost(shop: Shop) -> None:
    shop.restore()
    shop.post()
    for file in shop.database.parent.iterdir():
        file.unlink()

    done = shop.restore(now=LATER + timedelta(hours=1))

    assert (done.kept, done.writer) == (None, 3)
    assert not shop.offer.is_readable
    assert shop.files == ["aisle.db"]
    assert shop.database.stat().st_mode & 0o777 == 0o600
    assert shop.post() == "3-1"


def test_what_is_missing_is_told_from_the_heads_where_the_database_is_lost_saf_32(shop: Shop) -> None:
    back_up(shop.database, shop.backup.with_name("tuesday.db"), LATER, log=None, progress=None)
    shop.database.unlink()

    shop.restore()

    assert shop.offer.missing == (Missing("1-3", "1-3", LATER.isoformat()),)


def test_after_a_restore_heads_noted_before_it_count_no_more_and_those_after_it_do_saf_32(shop: Shop) -> None:
    back_up(shop.database, shop.backup.with_name("tuesday.db"), NOW, log=None, progress=None)
    shop.restore()
    shop.post()
    with Store.open(str(shop.database)) as store:
        assert check_heads(store, noted_in(shop.log)) == []
    back_up(shop.database, shop.backup.with_name("wednesday.db"), LATER, log=None, progress=None)

    with Store.open(str(shop.backup)) as older:
        (gone,) = check_heads(older, noted_in(shop.log))

    assert (gone.rule, gone.where) == ("SAF-32", "register 2-1")


def test_entry_order_goes_on_after_a_restore(shop: Shop) -> None:
    shop.restore()
    shop.post()

    assert run(shop.database, "SELECT id FROM register ORDER BY posted_at, id") == run(
        shop.database, "SELECT id FROM register ORDER BY id"
    )


def test_a_backup_may_be_put_where_no_database_is(shop: Shop, tmp_path: Path) -> None:
    done = restore(shop.backup, tmp_path / "trial.db", NOW, lambda _: True)

    assert done == Restored(None, writer=2)
    assert rows(tmp_path / "trial.db") == rows(shop.backup)
    assert noted_in(shop.log) == noted_in(shop.log.with_name("aisle.db.heads"))


def test_nothing_is_restored_while_a_terminal_holds_the_database(shop: Shop) -> None:
    with Store.open(str(shop.database)) as terminal:
        terminal.question(lambda books: books.stock.on_hand("1000"))

        with shop.unchanged("database_in_use"):
            shop.restore()


def test_a_terminal_that_starts_while_a_backup_is_put_back_is_refused(shop: Shop) -> None:
    def starts(_: Offer) -> bool:
        with pytest.raises(SetupError, match="database_in_use"):
            Store.open(str(shop.database), patience=0)
        return True

    assert restore(shop.backup, shop.database, NOW, starts).writer == 2


def smash(path: Path) -> None:
    """Overwrite the beginning of a file."""
    with path.open("r+b") as file:
        file.write(b"\0" * 4096)


def test_a_database_that_cannot_be_read_is_set_aside(shop: Shop) -> None:
    smash(shop.database)
    smashed = shop.database.read_bytes()

    done = shop.restore()

    assert (done.writer, shop.offer.is_readable) == (2, False)
    assert shop.files == ["aisle.db", done.kept.name]
    assert done.kept.read_bytes() == smashed
    assert rows(shop.database) == rows(shop.backup)


@pytest.mark.parametrize("pages", [(1, 2), (3, 9), (20, 60)])
def test_a_database_that_is_damaged_somewhere_is_replaced_and_kept(shop: Shop, pages: tuple[int, int]) -> None:
    begin, end = pages
    with shop.database.open("r+b") as file:
        file.seek(begin * 4096)
        file.write(b"\xff" * (end - begin) * 4096)
    damaged = shop.database.read_bytes()

    done = shop.restore()

    assert done.writer == 2
    assert rows(shop.database) == rows(shop.backup)
    assert done.kept.stat().st_size == len(damaged)
    assert shop.offer.is_readable == bool(shop.offer.missing)
    assert shop.post() == "2-1"


def test_a_database_that_was_cut_is_replaced_and_kept(shop: Shop) -> None:
    cut(shop.database)

    done = shop.restore()

    assert rows(shop.database) == rows(shop.backup)
    assert done.kept.exists()


def test_what_is_left_of_a_lost_database_does_not_go_into_the_next_one(shop: Shop) -> None:
    with Store.open(str(shop.database)) as store:
        command(store, lambda books: increase(books, "1000", "1"))
        log = shop.database.with_name("aisle.db-wal").read_bytes()
    shop.database.unlink()
    shop.database.with_name("aisle.db-wal").write_bytes(log)

    shop.restore()

    assert shop.files == ["aisle.db", "aisle.db.replaced-20260302-090000-wal"]
    assert rows(shop.database) == rows(shop.backup)


def hold(path: str, ready, release) -> None:
    """Have a database open until told."""
    with contextlib.closing(sqlite3.connect(path)) as terminal:
        terminal.execute("SELECT * FROM writer").fetchall()
        ready.set()
        release.wait()


@pytest.mark.slow
def test_a_database_that_cannot_be_read_is_not_replaced_while_a_terminal_holds_it(shop: Shop) -> None:
    ready, release = SPAWN.Event(), SPAWN.Event()
    terminal = SPAWN.Process(target=hold, args=(str(shop.database), ready, release))
    terminal.start()
    try:
        ready.wait()
        smash(shop.database)
        with pytest.raises(SetupError, match="database_in_use"):
            shop.restore()
    finally:
        release.set()
        terminal.join()

    assert shop.restore().writer == 2


def test_the_database_of_another_program_is_not_replaced(shop: Shop) -> None:
    other = shop.database.with_name("other.db")
    run(other, "CREATE TABLE milk (bread)")

    with pytest.raises(SetupError, match="not_a_database"):
        restore(shop.backup, other, NOW, lambda _: True)

    assert run(other, "SELECT * FROM milk") == []


@pytest.mark.parametrize(
    ("header", "code"),
    [(f"PRAGMA user_version = {SCHEMA + 1}", "newer_database"), ("PRAGMA application_id = 7", "not_a_database")],
)
def test_the_backup_of_a_newer_or_another_program_is_refused(shop: Shop, header: str, code: str) -> None:
    run(shop.backup, header)

    with shop.unchanged(code):
        shop.restore()


def test_the_backup_of_an_older_schema_is_refused_until_it_is_upgraded(shop: Shop) -> None:
    older = shop.backup.with_name("older.db")
    older_database(older, rows_of=shop.backup)

    with shop.unchanged("older_backup"):
        shop.restore(backup=older)


def test_a_file_that_is_no_backup_is_refused(shop: Shop) -> None:
    text = shop.backup.with_name("notes.txt")
    text.write_text("milk, bread" * 1000)

    with shop.unchanged(r"not_a_database\(file=.*notes.txt\)"):
        shop.restore(backup=text)
    with shop.unchanged("no_backup"):
        shop.restore(backup=shop.backup.with_name("none.db"))
    with shop.unchanged("not_itself"):
        shop.restore(backup=shop.database)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: run(path, "UPDATE open_entry SET remaining_qty = remaining_qty + 1"),
        lambda path: run(path, "DROP TRIGGER item_entry__no_update", "UPDATE item_entry SET item = 'X'"),
        lambda path: run(path, "DROP TRIGGER register__no_delete", "DELETE FROM register WHERE id % 16 = 2"),
    ],
)
def test_a_backup_in_which_a_rule_is_broken_is_not_put_back(shop: Shop, damage: Callable[[Path], object]) -> None:
    damage(shop.backup)

    with shop.unchanged():
        assert shop.restore().findings


def test_a_backup_that_was_cut_is_not_put_back(shop: Shop) -> None:
    cut(shop.backup)

    with shop.unchanged(r"damaged\(file=.*monday.db\)"):
        shop.restore()


def test_a_backup_of_another_history_is_not_put_back_saf_32(shop: Shop) -> None:
    moment, register, hash = noted_in(shop.log)[0].split()
    other = shop.log.with_name("other")
    note(other, [f"{moment} {register} {hash[::-1]}"])

    with shop.unchanged():
        done = restore(shop.backup, shop.database, NOW, lambda _: True, log=other)

    assert [finding.text for finding in done.findings] == [f"Its hash is another than on {moment}."]


def test_a_disk_that_is_full_leaves_the_database_as_it_was(shop: Shop) -> None:
    size = shop.database.stat().st_size
    for limit in range(8192, size, 65536):
        with shop.unchanged(), no_file_longer_than(limit), pytest.raises(SetupError, match="disk_error"):
            restore(shop.backup, shop.database, LATER, lambda _: True, log=shop.log.with_name(f"{limit}"))


@pytest.mark.slow
def test_a_restore_that_is_killed_at_any_step_leaves_the_database_or_the_backup_and_can_be_done_again(
    shop: Shop,
) -> None:
    shop.post()
    step, later, outcomes = 1, 2, set()
    while killed_at(step, shop.restore):
        entries = run(shop.database, "SELECT count(*) FROM item_entry")[0][0]
        assert entries in (2, 2 + later)
        outcomes.add(entries == 2)
        if entries == 2:
            shop.restore(now=LATER + timedelta(minutes=step))
            later = 0
        shop.post()
        later += 1
        for leftover in shop.database.parent.glob("*replaced*"):
            leftover.unlink()
        step += 1

    assert step > 30
    assert outcomes == {True, False}


@pytest.mark.slow
def test_a_restore_that_dies_while_it_writes_leaves_the_database_as_it_was(shop: Shop) -> None:
    before = content(shop.database)
    sizes = range(100, shop.database.stat().st_size, 8 * 4096)

    assert [dead_of_size(size, shop.restore) for size in sizes] == [True] * len(sizes)
    assert content(shop.database) == before


@pytest.mark.slow
def test_a_restore_that_dies_while_it_changes_the_database_leaves_it_as_it_was(shop: Shop) -> None:
    shop.restore(now=NOW)
    before, size = content(shop.database), shop.database.stat().st_size
    all_but_the_log = size + size // 4096 * 12  # to which SQLite writes each page with 24 bytes more

    assert dead_of_size(all_but_the_log, shop.restore)

    assert shop.database.with_name("aisle.db.replaced-20260302-090000").exists()
    assert content(shop.database) == before
