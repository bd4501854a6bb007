from __future__ import annotations

from dataclasses import replace

from config.plan import plan
from domain.site import Site
from tests.config.reading import site

BEFORE = """
settings: {session: {idle_lock: 10m}}
locations: {EAST: {name: East shop}, WHITE: {bin_mandatory: true}}
zones: [{location: WHITE, code: BULK}]
bins: [{location: WHITE, code: "W-{01..03}", zone: BULK, ranking: 100}]
operators: {ANNA: {role: picker, locations: [EAST], badge: OP-1}}
"""
AFTER = """
settings: {session: {idle_lock: 5m}}
scanning: {prefixes: {lot: null}, burst_gap_ms: 60}
locations: {WHITE: {bin_mandatory: true, pick_fefo: true, require_pick: true}, WEST: {}}
bins: [{location: WHITE, code: "W-{02..04}", ranking: 300}, {location: WHITE, code: W-03, max_weight: 12.50}]
operators: {ANNA: {role: picker, locations: [EAST, WEST], adjust_limit: {qty: 10}}}
""".replace("EAST, WEST", "WHITE, WEST")


def test_the_same_site_leaves_nothing_to_do() -> None:
    assert plan(site(BEFORE), site(BEFORE)).is_empty
    assert list(plan(site(BEFORE), site(BEFORE)).lines()) == []


def test_the_order_of_rows_is_no_change() -> None:
    read = site(BEFORE)

    assert plan(read, replace(read, locations=read.locations[::-1], bins=read.bins[::-1])).is_empty


def test_a_plan_tells_what_is_made_changed_and_removed_field_by_field_in_reading_order() -> None:
    lines = list(plan(site(BEFORE), site(AFTER)).lines())

    assert lines == [
        (
            "change site: settings.session.idle_lock 10m -> 5m, scanning.prefixes.lot [L:] -> [],"
            " scanning.burst_gap_ms 50 -> 60"
        ),
        "change location WHITE: require_pick false -> true, pick_fefo false -> true",
        "create location WEST",
        "remove location EAST",
        "remove zone WHITE BULK",
        "change bin WHITE W-02: zone BULK -> -, ranking 100 -> 300",
        "change bin WHITE W-03: zone BULK -> -, ranking 100 -> 300, max_weight 0 -> 12.5",
        "create bin WHITE W-04: ranking 300",
        "remove bin WHITE W-01",
        "change operator ANNA: locations [EAST] -> [WHITE, WEST], badge OP-1 -> -, adjust_limit.qty - -> 10",
    ]


def test_the_first_plan_of_a_site_makes_everything() -> None:
    made = plan(Site(), site(BEFORE))

    assert all(change.old is None for change in made.changes if change.title != "site")
    assert "create operator ANNA: role picker, locations [EAST], badge OP-1" in list(made.lines())


def test_a_role_is_shown_with_its_limit() -> None:
    roles = "roles: {night: {may: [count], adjust_limit: {qty: 100, value: 500}}}"

    (line,) = plan(site(""), site(roles)).lines()

    assert line == "create role night: may [count], adjust_limit.qty 100, adjust_limit.value 500"
