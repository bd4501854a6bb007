"""The account pairs of GL-03, and what has none (GL-04)."""

import pytest

from domain.accounts.chart import DEFAULT_CHART
from domain.accounts.pairs import PAIRS, pair_of
from domain.errors import Refused


@pytest.mark.parametrize(
    ("item_entry_type", "entry_type", "variance_type", "expected", "pair"),
    [
        ("purchase", "direct_cost", "", False, ("inventory", "direct_cost_applied")),
        ("purchase", "direct_cost", "", True, ("inventory_interim", "invt_accrual_interim")),
        ("purchase", "variance", "purchase", False, ("inventory", "purchase_variance")),
        ("sale", "direct_cost", "", False, ("inventory", "cogs")),
        ("sale", "direct_cost", "", True, ("inventory_interim", "cogs_interim")),
        ("transfer", "direct_cost", "", True, ("inventory_interim", "cogs_interim")),
        ("negative_adj", "rounding", "", False, ("inventory", "inventory_adjmt")),
        ("resource", "indirect_cost", "", False, ("overhead_applied", "inventory_adjmt")),
        ("assembly_output", "variance", "material", False, ("inventory", "material_variance")),
    ],
)
def test_gl_03_each_kind_of_value_entry_moves_its_pair(
    item_entry_type: str, entry_type: str, variance_type: str, expected: bool, pair: tuple[str, str]
) -> None:
    assert pair_of(item_entry_type, entry_type, variance_type, expected=expected) == pair


@pytest.mark.parametrize("item_entry_type", ["assembly_consumption", "assembly_output", "resource"])
def test_gl_09_assembly_has_no_expected_cost(item_entry_type: str) -> None:
    with pytest.raises(Refused, match="no_account_pair"):
        pair_of(item_entry_type, "direct_cost", "", expected=True)


def test_gl_04_a_sale_with_a_variance_has_no_accounts_and_is_named() -> None:
    with pytest.raises(Refused) as told:
        pair_of("sale", "variance", "purchase", expected=False)

    assert told.value.facts == {"item_entry_type": "sale", "entry_type": "variance:purchase", "expected": False}


def test_the_default_chart_has_an_account_of_its_own_for_every_pair() -> None:
    used = {account for pair in PAIRS.values() for account in pair}

    assert used <= DEFAULT_CHART.keys()
    assert len({number for number, _ in DEFAULT_CHART.values()}) == len(DEFAULT_CHART)
