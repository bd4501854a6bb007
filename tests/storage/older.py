"""A database of the first schema, as the first two migrations made it."""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

import peewee
from playhouse.migrations import Runner

from storage.schema import FOLDER

FIRST_SCHEMA = ("0001_first_schema.py", "0002_first_writer.py")


def older_database(path: Path, rows_of: Path) -> None:
    """Make it, with the rows that its tables have in a newer one."""
    with tempfile.TemporaryDirectory() as folder:
        for migration in FIRST_SCHEMA:
            shutil.copy(FOLDER / migration, folder)
        database = peewee.SqliteDatabase(path, pragmas={"journal_mode": "wal"})
        Runner(database, directory=folder).up()
        tables = [table for table in database.get_tables() if table != "schema_migration"]
        database.close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(f"ATTACH '{rows_of}' AS newer")
        for table in tables:
            older, newer = (_columns(raw, f"{schema}.table_info({table})") for schema in ("main", "newer"))
            values = (column if column in newer else "0" for column in older)
            raw.execute(
                f"INSERT OR REPLACE INTO {table} ({', '.join(older)}) SELECT {', '.join(values)} FROM newer.{table}"
            )


def _columns(raw: sqlite3.Connection, pragma: str) -> list[str]:
    return [f'"{name}"' for _, name, *_ in raw.execute(f"PRAGMA {pragma}")]
