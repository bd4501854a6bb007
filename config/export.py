"""A site written as a site file: the forms of the file, backwards (SITE-08).

What stands there reads back as the same site; what is as by default is left out. Not here: reading (schema.py), keeping
(storage), comments, which only the file itself has.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING
from decimal import Decimal
from typing import Any, TypeAlias

import yaml

from config.bins import inherited
from config.forms import NO_RULES, Rules
from config.implied import default_codes, implied
from config.ranges import folded
from config.site_form import KEYED, LISTED, RULES, SINGLE
from domain.people.rights import DEFAULT_ROLES
from domain.site import Bin, ItemTemplate, Site, SiteHead, Zone
from domain.values import plain

Tree: TypeAlias = Any
"""Mappings, lists and scalars as the file has them."""

_ORDER = """
site timezone language currency settings locations routes shipping_agents calendars bin_types warehouse_classes
equipment zones bins bin_contents putaway_templates tracking_codes number_series document_series units_of_measure
reason_codes counting_periods posting_groups default_groups item_templates scanning keys forms roles operators skills
work_types responsibility_centers printers
"""
"""The keys of a site file as site.md has them."""


def exported(site: Site) -> str:
    """Return the text of a site file that says what `site` is."""
    tree: dict[str, Tree] = {"site": site.head.site, "timezone": site.head.timezone} | said(site.head, SiteHead())
    for key in ("settings", "scanning"):
        tree |= {key: _Block(tree[key])} if key in tree else {}
    tree |= {section: _Block(said(row)) for section in SINGLE for row in getattr(site, section)}
    tree |= {section: _Block(_rows_by_code(section, site)) for section in KEYED}
    tree |= {section: _BlockList(_rows_in_list(section, site)) for section in LISTED}
    found = _Block((key, tree[key]) for key in _ORDER.split() if tree.get(key) or (key in SINGLE and key in tree))
    text: str = yaml.dump(
        found, Dumper=_Dumper, default_flow_style=True, sort_keys=False, allow_unicode=True, width=110
    )
    return text


def said(row: Any, default: Any = None) -> dict[str, Tree]:  # Any: a dataclass of the site, and one like it
    """Return the keys that make `row` of `default`, without it of what its class has by default."""
    found = {}
    for name, key, before, write in _fields(type(row)):
        value = getattr(row, name)
        if value != (before if default is None else getattr(default, name)):
            found[key] = write(value)
    return found


_Field: TypeAlias = tuple[str, str, object, Callable[[Any], Tree]]
"""Its name, its key in the file, what it is by default, and what writes it."""
_FIELDS: dict[type, tuple[_Field, ...]] = {}


def _fields(kind: type[Any]) -> tuple[_Field, ...]:
    """Return the fields that the file has of a class, made once."""
    if kind not in _FIELDS:
        rules = RULES.get(kind, NO_RULES)
        of_file = [field for field in dataclasses.fields(kind) if field.name not in rules.left_out]
        _FIELDS[kind] = tuple(
            (
                field.name,
                rules.renamed.get(field.name, field.name),
                _default(field, rules),
                rules.written.get(field.name, _written),
            )
            for field in of_file
        )
    return _FIELDS[kind]


def _default(field: dataclasses.Field[Any], rules: Rules) -> object:
    if field.name in rules.defaults or field.default_factory is MISSING:
        return rules.defaults.get(field.name, field.default)
    made: object = field.default_factory()
    return made


def _written(value: Any) -> Tree:  # Any: a value of any field
    if dataclasses.is_dataclass(value):
        found = said(value)
        bare = RULES.get(type(value), NO_RULES).bare
        return found[bare] if set(found) == {bare} else found
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    return {key: _written(part) for key, part in value.items()} if isinstance(value, dict) else value


def _rows_in_list(section: str, site: Site) -> Iterator[Tree]:
    if section == "bins":
        return _bin_rows(site.bins, {(zone.location, zone.code): zone for zone in site.zones})
    return map(said, getattr(site, section))


def _rows_by_code(section: str, site: Site) -> Iterator[tuple[str, Tree]]:
    """Yield the rows of a section with their codes, in the order of their digits; what every site has is left out."""
    everywhere: dict[str, dict[str, Any]] = {"roles": DEFAULT_ROLES, "tracking_codes": default_codes()}
    own = [row for row in getattr(site, section) if everywhere.get(section, {}).get(row.code) != row]
    for row in sorted(own, key=lambda row: getattr(row, "position", 0)):
        yield row.code, _row(row)


def _row(row: Any) -> Tree:  # Any: a row of any section by code
    """Return a row without its code, and without what one of its flags sets by itself."""
    if isinstance(row, ItemTemplate):
        return dict(row.fields)
    found = _written(row)
    flags = [*implied(type(row), found)] if isinstance(found, dict) else []
    return {key: found[key] for key in found if not any(key in forced for _, forced in flags)} if flags else found


def _bin_rows(bins: Sequence[Bin], zones: dict[tuple[str, str], Zone]) -> Iterator[dict[str, Tree]]:
    """Yield rows of bins: those that say the same share ranges."""
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    rows: dict[tuple[str, str], dict[str, Tree]] = {}
    for bin in bins:
        row = said(bin, Bin(bin.location, bin.code, **inherited(zones.get((bin.location, bin.zone)))))
        key = (bin.location, repr(row))
        rows[key] = row
        alike[key].append(bin.code)
    for key, codes in alike.items():
        yield from ({"location": key[0], "code": code} | rows[key] for code in folded(codes))


class _Block(dict[str, Tree]):
    """A mapping with one key a line."""


class _BlockList(list[Tree]):
    """A list with one row a line."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # libyaml is missing from a few builds
    """Writes what the loader reads: no anchors, numbers as people write them."""

    def ignore_aliases(self, _: object) -> bool:
        """Say that nothing is told by an anchor."""
        return True


def _number(dumper: _Dumper, value: Decimal) -> yaml.Node:
    text = plain(value)
    node: yaml.Node = dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)
    return node


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(
    _Block, lambda dumper, rows: dumper.represent_mapping("tag:yaml.org,2002:map", rows, flow_style=False)
)
_Dumper.add_representer(
    _BlockList, lambda dumper, rows: dumper.represent_sequence("tag:yaml.org,2002:seq", rows, flow_style=False)
)
