"""Learning a code (catalogue.md, On the floor; SAF-27, SAF-30) and proposing a rule of the site (SCN-103)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import Refused
from domain.items.card import Identifier
from domain.scanning.reader import read
from domain.scanning.resolver import Expected, Found, resolve
from domain.site import Bin, DeviceProfile, Scanning, ScanRule, SiteHead
from domain.work.learning import LearnCode, code_of, learn_code, site_rule
from tests.config.reading import site
from tests.domain.notation import EAST, PEOPLE, SILVER, TODAY, Warehouse, warehouse

GTIN = "9521234000013"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse with a bicycle in pieces and boxes, in red and blue."""
    with warehouse(tmp_path) as house:
        house.item("1000")
        house.unit("1000", "PCS", 1)
        house.unit("1000", "BOX", 6)
        house.variant("1000", "RED")
        house.item("1001", gtin="04006381333931")
        yield house


def learned(house: Warehouse, code: str, item: str = "1000", by: str = "SUE", **more: str) -> Identifier:
    return house.do(learn_code, LearnCode(code, item, **more), by)


def refused(
    house: Warehouse, code: str, item: str = "1000", by: str = "SUE", **more: str
) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refusal:
        learned(house, code, item, by, **more)
    return refusal.value.code, refusal.value.facts


def meant(house: Warehouse, scan: str) -> object:
    reading = read(scan, Scanning(), DeviceProfile(), TODAY)
    accepts = frozenset({"item", "bin"})
    return house.ask(lambda books: resolve(books, reading, accepts=accepts, location=SILVER, expected=Expected()))


@pytest.mark.parametrize(
    ("learned_as", "scan"),
    [
        ("ZZ-9", "ZZ-9"),
        ("ZZ-9", "*ZZ-9*"),
        (GTIN, GTIN),
        (GTIN, f"]E0{GTIN}"),
        (f"0{GTIN}", GTIN),
        (GTIN, f"(01)0{GTIN}"),
        ("2012345000001", "2012345000001"),
    ],
)
def test_what_was_learned_is_found_by_the_next_scan(house: Warehouse, learned_as: str, scan: str) -> None:
    learned(house, learned_as, variant="RED", uom="BOX")

    found = meant(house, scan)

    assert isinstance(found, Found)
    assert (found.item, found.variant, found.uom) == ("1000", "RED", "BOX")


def test_an_article_number_is_kept_as_14_digits_and_the_base_unit_as_none(house: Warehouse) -> None:
    assert learned(house, GTIN, uom="PCS") == Identifier(f"0{GTIN}", "1000", "", "")


def test_saf_30_what_was_learned_is_audited(house: Warehouse) -> None:
    learned(house, "ZZ-9", uom="BOX")

    (row,) = [row for row in house.audits("") if row.record_key == "ZZ-9"]
    assert (row.record_type, row.new) == ("identifier", '{"code":"ZZ-9","item":"1000","variant":"","uom":"BOX"}')


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_saf_27_learning_needs_the_right(house: Warehouse, who: str) -> None:
    if who in ("SUE", "OLE"):
        assert learned(house, "ZZ-9", by=who).item == "1000"
    else:
        assert refused(house, "ZZ-9", by=who)[0] == "no_right"


@pytest.mark.parametrize(
    ("code", "kind", "owner"),
    [
        ("TAKEN", "item", "1001"),
        ("4006381333931", "item", "1001"),
        ("04006381333931", "item", "1001"),
        ("1001", "item", "1001"),
        ("w-01", "bin", "W-01"),
        ("L7", "lot", "LOTS"),
        (EAST, "location", EAST),
    ],
)
def test_a_code_that_is_known_is_refused_and_says_whose_it_is(
    house: Warehouse, code: str, kind: str, owner: str
) -> None:
    house.keep(Identifier("TAKEN", "1001"))
    house.item("LOTS", tracking="LOT")
    house.stock("W-01 LOTS lot L7 1")

    assert refused(house, code) == ("duplicate_code", {"code": code, "kind": kind, "owner": owner})


def test_the_same_code_for_the_same_item_is_known_too(house: Warehouse) -> None:
    learned(house, "ZZ-9")

    assert refused(house, "ZZ-9")[0] == "duplicate_code"


def test_a_bin_of_another_location_is_refused(house: Warehouse) -> None:
    house.keep(Bin("WHITE", "X-01"))

    assert refused(house, "X-01")[0] == "bin_elsewhere"


@pytest.mark.parametrize(
    "code",
    ["B:NEW", "%%OK", "9521234000014", "A#1", "", "http://a.example/x", "(10)L1", "952123400000000001", "V-123456"],
)
def test_what_would_not_be_read_as_a_bare_code_is_refused(house: Warehouse, code: str) -> None:
    head = house.one(SiteHead, 1)
    assert head is not None
    rules = (ScanRule(10, "lot", "V-(?P<code>[0-9]{6})"),)
    house.keep(replace(head, scanning=Scanning(rules=rules)))

    assert refused(house, code) == ("not_learnable", {"code": code})


@pytest.mark.parametrize(
    ("item", "more", "prompt"),
    [("9999", {}, "item"), ("1000", {"variant": "BLUE"}, "variant"), ("1000", {"uom": "PAL"}, "uom")],
)
def test_item_variant_and_unit_must_be_there(house: Warehouse, item: str, more: dict[str, str], prompt: str) -> None:
    code, facts = refused(house, "ZZ-9", item, **more)

    assert (code, facts["prompt"]) == ("unknown", prompt)


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        ("ZZ-9", "ZZ-9"),
        (f"]C1010{GTIN}10L7", f"0{GTIN}"),
        ("P:PAL1", ""),
        ("B:W-01", ""),
        ("]C110L7", ""),
        ("A#1", ""),
    ],
)
def test_what_of_a_label_can_be_learned(scan: str, code: str) -> None:
    assert code_of(read(scan, Scanning(), DeviceProfile(), TODAY)) == code


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("V-123456", r"- {rank: 10, kind: item, match: 'V\-(?P<code>[0-9]{6})'}"),
        ("A.1-B2", r"- {rank: 10, kind: item, match: 'A\.(?P<code>[0-9]{1}\-B[0-9]{1})'}"),
        ("123", "- {rank: 10, kind: item, match: '(?P<code>[0-9]{3})'}"),
        ("IT'7", "- {rank: 10, kind: item, match: 'IT''(?P<code>[0-9]{1})'}"),
    ],
)
def test_scn_103_the_rule_keeps_the_shape_and_lets_the_digits_change(text: str, rule: str) -> None:
    assert site_rule(text, "item") == rule


def test_a_text_without_digits_makes_no_rule() -> None:
    with pytest.raises(Refused) as refusal:
        site_rule("ABC", "item")

    assert refusal.value.code == "no_rule"


@pytest.mark.parametrize("text", ["V-123456", "A.1-B2", "00412345", "K+L 7/8", "IT'7#", "x_1"])
def test_scn_103_a_proposed_rule_reads_what_it_was_made_from(text: str) -> None:
    file = f"site: North\nscanning:\n  rules:\n    {site_rule(text, 'lot')}\n"

    reading = read(text, site(file).head.scanning, DeviceProfile(), TODAY)

    assert (reading.kind, reading.step) == ("lot", "site_rule")
