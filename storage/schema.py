"""The schema of a file: its number, and the migrations that bring a file to it.

Not here: what the tables are (tables/), and refusing a file of another number (engines/).
"""

from __future__ import annotations

from pathlib import Path

SCHEMA = 16
"""The number of the newest migration."""
FOLDER = Path(__file__).parent / "migrations"


def migrate(path: Path) -> None:
    """Run the migrations that a file has not had yet, in order, each in a transaction of its own."""
    import peewee
    from playhouse.migrations import Runner

    database = peewee.SqliteDatabase(str(path), pragmas={"synchronous": "FULL", "recursive_triggers": 1})
    try:
        Runner(database, directory=str(FOLDER)).up()
    finally:
        database.close()
