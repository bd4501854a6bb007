"""JSON lines as rows of columns."""

import json

import pytest

from config.json_lines import rows_in, with_reason
from config.scalars import Unreadable

ORDER = '{"no": "K1", "price": 1.50, "rush": true, "note": null, "lines": [{"item": "A", "qty": 2}, {"item": "B"}]}'


def test_an_object_is_a_row_of_its_values_as_they_are_written() -> None:
    assert rows_in(ORDER, ["no"]) == [{"no": "K1", "price": "1.50", "rush": "true", "note": ""}]


def test_each_object_of_a_list_is_a_row_with_its_place_and_the_values_around_it() -> None:
    rows = rows_in(ORDER, ["lines.item"])

    assert [(row["no"], row["lines.#"], row["lines.item"], row.get("lines.qty")) for row in rows] == [
        ("K1", "1", "A", "2"),
        ("K1", "2", "B", None),
    ]


def test_lists_lie_in_lists_and_objects_in_objects() -> None:
    line = (
        '{"to": {"no": "C1"}, "lines": [{"item": "A", "lots": [{"no": "1"}, {"no": "2"}]}, {"item": "B", "lots": []}]}'
    )

    rows = rows_in(line, ["to.no", "lines.lots.no"])

    assert [(row["to.no"], row["lines.item"], row.get("lines.lots.no")) for row in rows] == [
        ("C1", "A", "1"),
        ("C1", "A", "2"),
        ("C1", "B", None),
    ]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("no,item", "is not JSON"),
        ("[1]", "is no JSON object"),
        ('{"lines": [1]}', '"lines" holds something else'),
        ('{"lines": [{}, {}], "tags": [{}, {}]}', "lists side by side, lines and tags"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_what_makes_no_rows_is_told(line: str, wrong: str) -> None:
    with pytest.raises(Unreadable) as told:
        rows_in(line, ["lines.item", "tags.name"])

    assert wrong in told.value.wrong


@pytest.mark.parametrize("line", ['{"no": 1.10}\n', "{}", "nonsense", "[1]"])
def test_a_rejected_line_is_an_object_that_keeps_what_came(line: str) -> None:
    told = with_reason(line, 'no "item"')

    assert json.loads(told)["reason"] == 'no "item"'
    assert line.strip(" {}[]\n") in told


def test_a_rejected_line_with_its_reason_is_read_again() -> None:
    assert rows_in(with_reason('{"no": 1.10}', "wrong"), []) == [{"no": "1.10", "reason": "wrong"}]
