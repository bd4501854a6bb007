"""What every test of the domain may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.domain.notation import Warehouse, warehouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse of its own."""
    with warehouse(tmp_path) as house:
        yield house
