"""The site of a case: what `given` and the steps say, with the defaults of the language (README: given)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from config.kept import only_kept
from config.loader import load_yaml
from config.schema import site_from
from domain.people.rights import ACTIONS
from domain.site import Site
from tests.cases.matching import date_from
from tests.cases.vocabulary import NotBuilt, words
from tests.cases.world import OPERATOR, ROLE

Tree: TypeAlias = dict[str, Any]  # text, lists and mappings, as the loader gives them

PLAIN_LOCATION = "MAIN"
REASON = "CASE"
WHO = "OP1"
AT_WORK = ("floor", "drop", "resume", "claim", "take_over")
FLOOR = "FLOOR"
"""The role of who is signed in without being given: every right, but nobody takes work over before its lease ends."""
SETTINGS = {
    "prevent_negative_inventory": "false",
    "location_mandatory": "false",
    "automatic_cost_adjustment": "never",
}
"""Defaults of the language where they are not the product's (decision 62)."""
IN_THE_SITE = words("tracking_codes number_series counting_periods operators routes responsibility_centers")
"""Keys of `given` that are sections of a site file."""
DATES = words("allow_posting_from allow_posting_to user_allow_posting_from user_allow_posting_to")
"""Settings that are a date or a date formula."""
USER = "user_"
"""Before a posting window's name: the one of the posting user."""


def site_tree(case: Tree, today: date) -> Tree:
    """Return the site file of a case; its dates may count from `today`."""
    given = case.get("given") or {}
    tree: Tree = deepcopy(given.get("site") or {})
    for section in IN_THE_SITE:
        if section in given:
            tree[section] = (tree.get(section) or {}) | given[section]
    named = locations_named(case)
    tree["locations"] = {code: {} for code in named or [PLAIN_LOCATION]} | (tree.get("locations") or {})
    tree["reason_codes"] = with_a_reason(tree.get("reason_codes") or {})
    tree["roles"] = {ROLE: {"may": ["*"]}, FLOOR: {"may": sorted({*ACTIONS} - {"take_over"})}} | (
        tree.get("roles") or {}
    )
    everywhere = {"role": ROLE, "locations": list(tree["locations"])}
    people = {OPERATOR: everywhere} | dict.fromkeys(people_named(case), everywhere | {"role": FLOOR})
    given_people = {code: everywhere | (row or {}) for code, row in (tree.get("operators") or {}).items()}
    tree["operators"] = people | given_people
    return with_settings(tree, SETTINGS | (tree.get("settings") or {}) | (given.get("settings") or {}), today)


def with_settings(tree: Tree, settings: Tree, today: date) -> Tree:
    """Return the site with more settings; the posting user's own window is the operator's."""
    settings = {key: _iso(value, today) if key in DATES else value for key, value in settings.items()}
    own = {key.removeprefix(USER): value for key, value in settings.items() if key.startswith(USER)}
    company = {key: value for key, value in settings.items() if not key.startswith(USER)}
    operators = tree["operators"] | {OPERATOR: tree["operators"][OPERATOR] | own}
    kept = tree.get("settings") or {}
    for name, value in company.items():
        is_group = isinstance(value, dict) and isinstance(kept.get(name), dict)
        kept = kept | {name: kept[name] | value if is_group else value}
    return tree | {"settings": kept, "operators": operators}


def _iso(value: Any, today: date) -> Any:
    """Return a date that counts from the case's today as the site file writes it; a formula stays one."""
    day = date_from(value, today) if isinstance(value, str) else None
    return day.isoformat() if day else value


def with_a_reason(reasons: Tree) -> Tree:
    """Return the reason codes with one for adjustments among them: the runner gives it where a step gives none."""
    return reasons if any(_is_for_adjusting(reason) for reason in reasons.values()) else reasons | {REASON: "Played"}


def reason_of(tree: Tree) -> str:
    """Return the first reason code for adjustments."""
    codes: Tree = tree["reason_codes"]
    return next(code for code, reason in codes.items() if _is_for_adjusting(reason))


def _is_for_adjusting(reason: Any) -> bool:
    if not isinstance(reason, dict):
        return True
    return reason.get("needs_approval") != "true" and "adjust" in (reason.get("for") or ["adjust"])


def read_site(tree: Tree) -> Site:
    """Read a site through the site file's own forms.

    Raises SiteFaults, and NotBuilt where something in it is only kept.
    """
    root = load_yaml(json.dumps(tree), name="given")
    site = site_from(root, where="site")
    if kept := only_kept(root):
        raise NotBuilt(f"site.{kept[0].path}")
    return site


def opened(site: Site) -> Site:
    """Return the site before anything in it was blocked, full or closed: given stock came in then."""
    settings = replace(site.head.settings, allow_posting_from=None, allow_posting_to=None)
    return replace(
        site,
        head=replace(site.head, settings=settings),
        locations=tuple(replace(location, bin_capacity_policy="never") for location in site.locations),
        bins=tuple(replace(bin, block="none") for bin in site.bins),
        bin_contents=tuple(replace(content, block="none") for content in site.bin_contents),
        operators=tuple(
            replace(operator, allow_posting_from=None, allow_posting_to=None) for operator in site.operators
        ),
    )


def locations_named(case: Tree) -> list[str]:
    """Return the locations a case names, in its order."""
    given = case.get("given") or {}
    named = list((given.get("site") or {}).get("locations") or {})
    for row in (*(given.get("stock") or ()), *(given.get("skus") or ()), *_steps(case)):
        named += _locations_of(row)
    return [code for code in dict.fromkeys(named) if code]


def people_named(case: Tree) -> list[str]:
    """Return who works at a terminal or claims a document; OP1 where a step does not say who."""
    return [step.get("who") or WHO for step in _steps(case) if step.get("do") in AT_WORK]


def _locations_of(row: Tree) -> Iterator[str]:
    if isinstance(row.get("location"), str):
        yield row["location"]
    if row.get("do") in ("transfer", "transfer_order"):
        yield from (row[name] for name in ("from", "to", "in_transit") if row.get(name))
    if row.get("do") == "reclassify":
        yield from (_locations_of(row["from"]))
        yield from (_locations_of(row["to"]))


def _steps(case: Tree) -> Iterator[Tree]:
    """Yield the steps, one inside `repeat` too."""
    for step in case.get("steps") or ():
        while step.get("do") == "repeat":
            step = step.get("step") or {}
        yield step


def items_named(case: Tree) -> list[str]:
    """Return the items that stock and steps name, in their order."""
    rows = [*((case.get("given") or {}).get("stock") or ()), *_steps(case)]
    return list(dict.fromkeys(_items_in(rows)))


def _items_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for row in value:
            yield from _items_in(row)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "item" and isinstance(inner, str):
                yield inner
            elif key == "items" and isinstance(inner, list):
                yield from (item for item in inner if isinstance(item, str))
            elif key not in ("see", "error"):
                yield from _items_in(inner)
