from __future__ import annotations

import re
from pathlib import Path

from config.site_form import HEAD, KEYED, LISTED
from domain.people.rights import ACTIONS
from domain.tracking.numbers import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "site-file.md").read_text(encoding="utf-8")
FORMS = [HEAD, *(form for form, _ in KEYED.values()), *LISTED.values()]


def test_the_page_of_the_site_file_names_every_key() -> None:
    keys = {key for form in FORMS for inner in (form, *form.nested.values()) for key in inner.known_keys()}
    flags = {re.sub(f"^({'|'.join(KINDS)})_", "", key) for key in keys}

    assert [key for key in sorted({*flags, *KEYED, *LISTED}) if not re.search(rf"\b{key}\b", PAGE)] == []


def test_the_page_names_every_key_that_is_not_built() -> None:
    not_built = {key for form in FORMS for inner in (form, *form.nested.values()) for key in inner.file_rules.not_built}

    assert [key for key in sorted(not_built) if not re.search(rf"\b{key}\b", PAGE)] == []


def test_the_page_names_every_action_of_roles() -> None:
    assert [action for action in ACTIONS if not re.search(rf"\b{action}\b", PAGE)] == []
