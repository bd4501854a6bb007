"""A store per test, copied from one that was made once; whatever a test posts, `verify` finds nothing afterwards."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Store, verify


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "aisle.db"
    Store.create(str(path)).close()
    return path


@pytest.fixture
def path(tmp_path: Path, template: Path) -> Path:
    """A database nobody has open."""
    return Path(shutil.copy(template, tmp_path / "aisle.db"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(str(path)) as store:
        yield store
        assert verify(store) == []
