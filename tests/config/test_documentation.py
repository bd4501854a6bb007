from __future__ import annotations

import re
from pathlib import Path

from config.kept import only_kept
from config.loader import load_yaml
from domain.people.rights import ACTIONS
from domain.scanning.site_rules import FACTS
from domain.tracking.numbers import KINDS
from tests.config.reading import SECTIONS, forms, site

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "site-file.md").read_text(encoding="utf-8")
FIRST = (DOCS / "first-site.md").read_text(encoding="utf-8")
SCANNING = (DOCS / "scanning.md").read_text(encoding="utf-8")


def test_the_page_of_the_site_file_names_every_key() -> None:
    keys = {key for form in forms() for key in form.known_keys()}
    flags = {re.sub(f"^({'|'.join(KINDS)})_", "", key) for key in keys}

    assert [key for key in sorted({*flags, *SECTIONS}) if not re.search(rf"\b{key}\b", PAGE)] == []


def test_the_page_tells_of_every_key_that_is_only_kept() -> None:
    _, _, told = PAGE.partition("## Kept for later")
    kept = {key for form in forms() for key in form.file_rules.kept}

    assert sorted(set(re.findall("`([a-z_]+)`", told.partition("The flags of")[0]))) == sorted({*kept, "settings"})


def test_the_page_names_every_action_of_roles() -> None:
    assert [action for action in ACTIONS if not re.search(rf"\b{action}\b", PAGE)] == []


def test_the_first_site_has_thirty_bins_and_nothing_that_is_only_kept() -> None:
    (example,) = re.findall("```yaml\n(.*?)```", FIRST, re.DOTALL)

    read = site(example)

    assert len(read.bins) == 30
    assert [bin.max_weight for bin in read.bins if bin.code in ("B-02-C", "B-02-D")] == [800, 400]
    assert only_kept(load_yaml(example)) == []


def test_every_example_of_the_page_of_scanning_is_a_site_file() -> None:
    examples = re.findall("```yaml\n(.*?)```", SCANNING, re.DOTALL)

    assert len(examples) == 3
    assert all(site(example).head.scanning for example in examples)


def test_the_page_of_scanning_names_every_fact_of_a_rule() -> None:
    assert [fact for fact in sorted(FACTS) if f"`{fact}`" not in SCANNING] == []
