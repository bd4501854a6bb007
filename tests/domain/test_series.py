"""Numbers of documents, built-in or as the site writes them."""

from datetime import date

import pytest

from domain.series import next_document_number
from domain.site import SeriesPattern, SiteHead
from tests.domain.notation import Warehouse

DAY = date(2026, 3, 2)


def numbers(house: Warehouse, count: int) -> list[str]:
    return house.store.transaction(
        lambda books: [next_document_number(books.records, "sales_shipment", "PS", DAY) for _ in range(count)]
    )


def test_a_kind_the_site_does_not_name_has_a_built_in_series(house: Warehouse) -> None:
    assert numbers(house, 2) == ["PS1", "PS2"]


@pytest.mark.parametrize(
    ("series", "first", "second"),
    [
        (SeriesPattern("SHIP", "S{YY}{MM}-####"), "S2603-0001", "S2603-0002"),
        (SeriesPattern("SHIP", "{YYYY}{MM}{DD}/#", start=9, increment=5), "20260302/9", "20260302/14"),
    ],
)
def test_a_series_of_the_site_is_written_by_its_pattern(
    house: Warehouse, series: SeriesPattern, first: str, second: str
) -> None:
    house.keep(series, SiteHead(document_series={"sales_shipment": "SHIP"}))

    assert numbers(house, 2) == [first, second]
