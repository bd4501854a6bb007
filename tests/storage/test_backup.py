"""Backups: made while others post, checked, whole or not there (SAF-10, SAF-32)."""

import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import SetupError
from domain.site import Settings, SiteHead
from storage import Store, verify
from storage.backup import Backup, Posting, back_up
from storage.heads import heads
from tests.storage.dying import dead_of_size, killed_at, no_file_longer_than
from tests.storage.posting import NOW as POSTED
from tests.storage.posting import command, increase
from tests.storage.raw import content, run

SPAWN = multiprocessing.get_context("spawn")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def backed_up(path: Path, target: Path, *, now: datetime = NOW, log: Path | None = None) -> Backup:
    return back_up(path, target, now, log=log, progress=None)


def registers(path: Path) -> list[int]:
    return [number for (number,) in run(path, "SELECT id FROM register ORDER BY id")]


@pytest.fixture
def posted(path: Path) -> Path:
    """A database with two postings."""
    with Store.open(str(path)) as store:
        for qty in "5", "7":
            command(store, lambda books, qty=qty: increase(books, "1000", qty, "MAIN/W-01", lot="L1"))
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "monday.db"


def test_a_backup_is_what_the_database_is_for_its_owner_alone_saf_26(posted: Path, target: Path) -> None:
    done = backed_up(posted, target)

    assert content(target) == content(posted)
    assert target.stat().st_mode & 0o777 == 0o600
    assert done == Backup(Posting("1-2", POSTED.replace(microsecond=1), "ANNA"), target.with_name("aisle.db.heads"), ())
    with Store.open(str(target)) as store:
        assert verify(store) == []


def test_the_heads_of_a_backup_are_noted_beside_it_saf_32(posted: Path, target: Path) -> None:
    log = backed_up(posted, target).log
    with Store.open(str(posted)) as store:
        first = heads(store, NOW)
        command(store, lambda books: increase(books, "1000", "1"))
        second = heads(store, NOW)
    backed_up(posted, target.with_name("tuesday.db"))

    assert log.read_text().splitlines() == first + second
    assert log.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in target.parent.iterdir()) == ["aisle.db.heads", "monday.db", "tuesday.db"]


@pytest.mark.parametrize(("setting", "kept"), [("audit", "audit/aisle.db.heads"), ("audit/heads", "audit/heads")])
def test_heads_are_noted_where_the_site_says_in_a_file_or_a_folder_saf_32(
    posted: Path, target: Path, setting: str, kept: str
) -> None:
    posted.with_name("audit").mkdir()
    with Store.open(str(posted)) as store:
        command(store, lambda books: books.records.save(SiteHead(settings=Settings(head_log=setting))))

    assert backed_up(posted, target).log == posted.parent / kept
    assert (posted.parent / kept).exists()
    assert [*target.parent.iterdir()] == [target]


def post_until(path: str, count, is_under_way, stop) -> None:
    """Post and count, until told to stop; tell when it is under way."""
    with Store.open(path) as store:
        while not stop.is_set():
            command(store, lambda books: increase(books, "1000", "1", "MAIN/W-01"))
            count.value += 1
            if count.value == 20:
                is_under_way.set()


@pytest.mark.slow
def test_a_backup_while_others_post_is_one_moment_of_the_time_it_took_t_13(path: Path, target: Path) -> None:
    count, is_under_way, stop = SPAWN.Value("i", 0), SPAWN.Event(), SPAWN.Event()
    writer = SPAWN.Process(target=post_until, args=(str(path), count, is_under_way, stop))
    writer.start()
    try:
        is_under_way.wait()
        for number in range(5):
            before = count.value
            done = backed_up(path, target.with_name(f"{number}.db"))
            after = count.value + 1  # one may be on disk that is not counted yet
            copied = registers(target.with_name(f"{number}.db"))

            assert done.findings == ()
            assert before <= len(copied) <= after
            assert copied == registers(path)[: len(copied)]
    finally:
        stop.set()
        writer.join()
    assert writer.exitcode == 0


@pytest.mark.parametrize("name", ["aisle.db", "aisle.db-wal", "aisle.db-journal", "aisle.db-lock"])
def test_a_backup_takes_no_name_that_belongs_to_the_database(posted: Path, name: str) -> None:
    before = posted.read_bytes()

    with pytest.raises(SetupError, match="file_exists"):
        backed_up(posted, posted.parent / "." / name)

    assert posted.read_bytes() == before


def test_a_file_that_is_there_is_not_overwritten(posted: Path, target: Path) -> None:
    target.write_text("last week")

    with pytest.raises(SetupError, match="file_exists"):
        backed_up(posted, target)

    assert target.read_text() == "last week"


def test_a_file_that_came_meanwhile_is_not_overwritten(posted: Path, target: Path) -> None:
    with pytest.raises(SetupError, match="file_exists"):
        back_up(posted, target, NOW, log=None, progress=lambda *_: target.write_text("of another"))

    assert target.read_text() == "of another"


def test_a_copy_in_which_a_rule_is_broken_is_no_backup(posted: Path, target: Path) -> None:
    run(posted, "UPDATE stock_balance SET qty = qty + 1")

    done = backed_up(posted, target)

    assert done.findings
    assert [*target.parent.iterdir()] == []


def test_a_copy_without_the_registers_that_were_noted_is_no_backup_saf_32(posted: Path, target: Path) -> None:
    log = target.with_name("heads")
    backed_up(posted, target, log=log)
    with Store.open(str(posted)) as store:
        command(store, lambda books: increase(books, "1000", "1"))
    backed_up(posted, target.with_name("tuesday.db"), log=log)

    done = backed_up(target, target.with_name("wednesday.db"), log=log)

    assert [finding.where for finding in done.findings] == ["register 1-3"]
    assert not target.with_name("wednesday.db").exists()


def test_a_backup_into_a_folder_that_is_not_there_is_told(posted: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no_folder"):
        backed_up(posted, tmp_path / "none" / "monday.db")


def test_a_disk_that_is_full_leaves_no_backup(posted: Path, target: Path) -> None:
    before = content(posted)
    size = posted.stat().st_size

    with no_file_longer_than(size // 2), pytest.raises(SetupError, match=r"disk_\w+\(file=.*monday.db\)"):
        backed_up(posted, target)

    assert [*target.parent.iterdir()] == []
    assert content(posted) == before


@pytest.mark.slow
def test_a_backup_that_is_killed_at_any_step_is_not_there_or_whole(posted: Path, target: Path) -> None:
    before = content(posted)
    step = 1
    while killed_at(step, lambda: backed_up(posted, target)):
        if target.exists():
            assert content(target) == before
            target.unlink()
        step += 1

    assert step > 10
    assert content(target) == content(posted) == before


@pytest.mark.slow
def test_a_backup_that_dies_while_it_is_written_is_not_there(posted: Path, target: Path) -> None:
    backed_up(posted, target)
    size = target.stat().st_size  # less than the file's own, which has pages that are free
    target.unlink()

    for pages in range(0, size // 4096, 8):
        assert dead_of_size(pages * 4096 + 100, lambda: backed_up(posted, target))
        assert not target.exists()

    backed_up(posted, target)
    assert content(target) == content(posted)
