"""What the tests of orders share."""

from decimal import Decimal

import pytest

from tests.domain.notation import Warehouse


@pytest.fixture
def shop(house: Warehouse) -> Warehouse:
    """Bolts in two bins, coffee by the lot, and a service."""
    house.item("1000", unit_cost=Decimal(2))
    house.unit("1000", "BOX", 12)
    house.item("COFFEE", tracking="LOT")
    house.item("FREIGHT", type="service")
    house.stock("W-01 1000 30", "W-02 1000 6", at="2")
    house.stock("W-01 COFFEE lot L1 10", "W-01 COFFEE lot L2 10")
    return house
