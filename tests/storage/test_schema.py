"""The schema: what the models say, what the migrations make, and what the domain's classes hold are the same."""

import contextlib
import sqlite3
from pathlib import Path

import peewee
import pytest

from domain.ledger.entries import LedgerRow
from domain.site import Currency, Operator, SiteHead
from storage import Store
from storage.chain import COLUMNS, FORMAT
from storage.columns import shape_of, table_of
from storage.schema import FOLDER, SCHEMA, migrate
from storage.tables import MODELS, triggers
from tests.storage.entities import ENTITIES
from tests.storage.older import older_database


def statements(path: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name <> 'schema_migration'")
        return {sql for (sql,) in rows if not sql.startswith("CREATE TABLE sqlite_")}


def model_of(table: str) -> type[peewee.Model]:
    (model,) = [model for model in MODELS if model._meta.table_name == table]
    return model


def test_migrating_an_empty_file_gives_exactly_the_schema_of_the_models(tmp_path: Path) -> None:
    migrate(tmp_path / "migrated.db")
    database = peewee.SqliteDatabase(tmp_path / "declared.db")

    with database.bind_ctx(MODELS), database:
        database.create_tables(MODELS, safe=False)
        for model in MODELS:
            for trigger in triggers(model):
                database.execute_sql(trigger)

    assert statements(tmp_path / "migrated.db") == statements(tmp_path / "declared.db")


def test_the_schema_number_is_that_of_the_newest_migration(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")

    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert max(int(path.name[:4]) for path in FOLDER.glob("[0-9]*.py")) == SCHEMA


def test_a_file_of_an_older_schema_is_brought_to_the_newest_and_keeps_its_rows(tmp_path: Path) -> None:
    migrate(tmp_path / "new.db")
    older_database(tmp_path / "a.db", rows_of=tmp_path / "new.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as raw:
        raw.execute("INSERT INTO pin VALUES ('ANNA', 'hash', 0)")

    migrate(tmp_path / "a.db")

    assert statements(tmp_path / "a.db") == statements(tmp_path / "new.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        assert raw.execute("SELECT operator FROM pin").fetchall() == [("ANNA",)]


def test_a_site_of_an_older_schema_keeps_its_currency_its_people_and_the_defaults_of_what_is_new(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.db"
    migrate(tmp_path / "new.db")
    older_database(path, rows_of=tmp_path / "new.db")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("INSERT INTO site_head VALUES (1, 'North', 'UTC', 'en', 'DKK', '{}', '{}')")
        none = "'[]', '', '', '[]', '[]', '', '', NULL, NULL, NULL"
        raw.execute(f"INSERT INTO operator VALUES ('ANNA', 'Anna', 'picker', {none}, 1)")

    migrate(path)

    with Store.open(str(path)) as store:
        head = store.question(lambda books: books.records.one(SiteHead, 1))
        anna = store.question(lambda books: books.records.one(Operator, "ANNA"))
    assert head == SiteHead(site="North", currency=Currency("DKK"))
    assert anna == Operator("ANNA", "Anna", "picker", blocked=True)


@pytest.mark.parametrize("kind", ENTITIES, ids=lambda kind: kind.__name__)
def test_every_entity_has_a_table_with_its_fields_and_its_key(kind: type) -> None:
    meta = model_of(table_of(kind))._meta

    assert tuple(meta.columns) == shape_of(kind).names
    assert tuple(meta.get_primary_keys()) == tuple(meta.fields[name] for name in kind.KEY)


@pytest.mark.parametrize("kind", LedgerRow.__args__)
def test_every_ledger_row_has_a_table_and_a_place_in_the_hash(kind: type) -> None:
    assert tuple(model_of(table_of(kind))._meta.columns) == shape_of(kind).names
    assert COLUMNS[FORMAT][table_of(kind)] == shape_of(kind).names


def test_no_table_keeps_a_number_as_a_float_and_all_are_strict() -> None:
    for model in MODELS:
        assert model._meta.strict_tables, model
        for field in model._meta.sorted_fields:
            assert isinstance(field, peewee.IntegerField | peewee.BooleanField | peewee.TextField | peewee.BlobField)
