"""A site written as a file reads back as the same site (SITE-08)."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.export import exported
from config.loader import load_yaml
from config.ranges import bin_codes, folded
from config.schema import load_site, site_from, site_of
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.set_up import ApplySite, SiteApplied, apply_site, changes, site_in
from domain.site import Site
from storage import Store
from tests.config.reading import site
from tests.config.sites import sites

WHOLE = Path(__file__).with_name("whole.yaml")
SAMPLES = [WHOLE, *(Path(str(files("config.samples") / name)) for name in ("start.yaml", "demo.yaml"))]


def again(site: Site) -> Site:
    return site_of(load_yaml(exported(site)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_check_apply_export_apply_is_a_no_op(path: Path, tmp_path: Path) -> None:
    def applied(new: Site) -> SiteApplied:
        return store.transaction(
            lambda books: apply_site(
                books,
                situation_of(books.records, SYSTEM, now=datetime(2026, 1, 15, tzinfo=UTC), terminal="TEST"),
                ApplySite(site_in(books), new),
            )
        )

    with Store.create(str(tmp_path / "aisle.db")) as store:
        assert applied(load_site(path)).created

        text = exported(store.question(site_in))

        assert applied(site_of(load_yaml(text))) == SiteApplied(0, 0, 0)
        assert exported(store.question(site_in)) == text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sites())
def test_any_site_reads_back_from_its_export(made: Site) -> None:
    assert changes(made, site_from(load_yaml(exported(made)))) == []


@given(st.sets(st.from_regex("[A-D][0-9]{1,3}(-[A-Z0-9]{1,2})?", fullmatch=True), max_size=60))
def test_folded_ranges_make_the_same_codes_each_once(codes: set[str]) -> None:
    made = [code for row in folded(codes) for code in bin_codes(row)]

    assert sorted(made) == sorted(codes)


def test_racks_and_levels_share_one_row() -> None:
    codes = [
        f"W-{rack:02d}-{section:02d}-{level}" for rack in range(1, 5) for section in range(1, 13) for level in "ABC"
    ]

    assert folded(codes) == ["W-{01..04}-{01..12}-{A..C}"]


def test_what_is_as_by_default_is_left_out() -> None:
    text = exported(site("site: X\nlocations: {W: {directed: true}}\ntracking_codes: {L: {lot_specific: true}}"))

    assert text == (
        "site: X\ntimezone: UTC\nlocations:\n  W: {directed: true}\ntracking_codes:\n  L: {lot_specific: true}\n"
    )


def test_a_bin_says_only_what_differs_from_its_zone() -> None:
    read = site("""
        site: X
        locations: {W: {}}
        zones: [{location: W, code: Z, ranking: 5}]
        bins: [{location: W, code: "A{1..3}", zone: Z}, {location: W, code: A2, ranking: 0}]
    """)

    assert exported(read).splitlines()[-3:] == [
        "- {location: W, code: A1, zone: Z}",
        "- {location: W, code: A3, zone: Z}",
        "- {location: W, code: A2, zone: Z, ranking: 0}",
    ]
    assert again(read).bins == (read.bins[0], read.bins[2], read.bins[1])
