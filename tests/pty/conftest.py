"""The warehouse of the acceptance tests: made once a process, a copy for each test."""

from pathlib import Path
from shutil import copyfile

import pytest

from tests.pty.warehouse import make_warehouse


@pytest.fixture(scope="session")
def made_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "aisle.db"
    make_warehouse(path)
    return path


@pytest.fixture
def database(made_database: Path, tmp_path: Path) -> Path:
    return Path(copyfile(made_database, tmp_path / "aisle.db"))
