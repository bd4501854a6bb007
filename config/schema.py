"""The site file: from its tree to a Site (site.md).

The forms come from the dataclasses of `domain.site`; what the file says differently stands in site_form.py. Here rows
become entities: ranges, zones and `directed` fill in what a row leaves out, and every site has the codes and roles of
the specification. Not here: YAML (loader.py), whether rows agree with each other (references.py, agreement.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, TypeVar

from config.agreement import check_agreement
from config.bins import BinRow, bins_of
from config.faults import Fault, SiteFaults
from config.forms import Findings, Given, Path
from config.implied import default_codes, implied
from config.loader import Keyed, Listed, Node, Scalar, is_null, load_yaml
from config.references import Placed, Rows, check_references
from config.scalars import Unreadable
from config.site_form import HEAD, KEYED, LISTED, SINGLE
from domain.people.rights import DEFAULT_ROLES
from domain.site import (
    BinContent,
    ItemTemplate,
    Location,
    PostingGroups,
    ReasonCode,
    Route,
    Site,
    SiteHead,
    TrackingCode,
    Zone,
)
from domain.tracking.numbers import KINDS
from domain.values import plain

T = TypeVar("T")


def load_site(path: FilePath) -> Site:
    """Read a site file, or a folder of them.

    Raises SiteFaults: everything that is wrong with it.
    """
    return site_of(load_yaml(path))


def site_of(root: Node) -> Site:
    """Return the site of the tree of a whole file, which names itself.

    Raises SiteFaults: everything that is wrong with it.
    """
    return _SiteReading(root).site(needed=("site", "timezone"))


def site_from(node: Node, *, where: str = "") -> Site:
    """Return the site of a tree that need not name itself; `where` stands before the paths of faults.

    Raises SiteFaults: everything that is wrong with it.
    """
    return _SiteReading(node, where).site(needed=())


class _SiteReading:
    """One reading of a tree: its sections in turn, then whether they agree."""

    def __init__(self, root: Node, where: str = "") -> None:
        if is_null(root):
            root = Keyed({}, root.place)
        if not isinstance(root, Keyed):
            raise SiteFaults(
                [Fault(root.place, where, "is not a mapping", "write keys with values, `site: Northside`")]
            )
        self._entries = root.entries
        self._findings = Findings(root, where)

    def site(self, needed: tuple[str, ...]) -> Site:
        """Return the site, or raise SiteFaults; the file must say what is `needed`."""
        head = self._head(needed)
        keyed = {section: self._keyed(section) for section in KEYED}
        keyed["roles"] = {code: ((), role) for code, role in DEFAULT_ROLES.items()} | keyed["roles"]
        keyed["tracking_codes"] = {code: ((), row) for code, row in default_codes().items()} | keyed["tracking_codes"]
        keyed["reason_codes"] = _numbered(keyed["reason_codes"])
        zones = self._zones()
        zones_by_location = {location: _entities(there) for location, there in zones.items()}
        bin_rows = [
            BinRow(path, given.pop("location"), given.pop("code"), given) for path, given in self._listed("bins")
        ]
        bins = bins_of(self._findings, bin_rows, zones_by_location)
        contents = [(path, BinContent(**given, from_site=True)) for path, given in self._listed("bin_contents")]
        routes = [(path, Route(**given)) for path, given in self._listed("routes")]
        posting_groups = self._posting_groups()
        rows = Rows(head, keyed, zones, bin_rows, bins, contents, routes, posting_groups)
        check_references(self._findings, rows)
        check_agreement(self._findings, rows)
        self._findings.finish()
        return Site(
            head=head,
            routes=tuple(route for _, route in routes),
            zones=tuple(zone for there in zones_by_location.values() for zone in there.values()),
            bins=tuple(bins.values()),
            bin_contents=tuple(content for _, content in contents),
            posting_groups=(posting_groups,) if posting_groups else (),
            **{section: tuple(_entities(found).values()) for section, found in keyed.items()},
        )

    def _head(self, needed: tuple[str, ...]) -> SiteHead:
        """Read what a site has once. Every key that is no section is judged here."""
        sections = (*KEYED, *LISTED, *SINGLE)
        rest = Keyed(
            {key: entry for key, entry in self._entries.items() if key not in sections}, self._findings.place(())
        )
        for key in needed:
            node = self._section(key)
            if isinstance(node, Scalar) and not node.text:
                self._findings.add((key,), "is missing", f"write `{key}:` at the top of the file")
        given = self._findings.read(HEAD, (), rest, also_known=sections)
        return SiteHead(**given) if given else SiteHead()

    def _keyed(self, section: str) -> dict[str, Placed[Any]]:
        """Read a section by code; two keys that are one code in capitals are a fault. Any: each has its own kind."""
        kind, form, read_code = KEYED[section]
        make = self._makers.get(kind, _made_of(kind))
        rows: dict[str, Placed[Any]] = {}
        node = self._section(section)
        if not isinstance(node, Keyed):
            self._check_shape(section, node, "write one row a code, `CODE: {name: value}`")
            return rows
        codes: set[str] = set()
        for key, entry in node.entries.items():
            path = (section, key)
            given = self._findings.read(form, path, entry.node)
            try:
                code = read_code(key)
            except Unreadable as error:
                self._findings.add_key(path, error.wrong, error.right)
                continue
            if code in codes:
                self._findings.add_key(path, f"{code} is there twice", "keep one of the two")
            codes.add(code)
            if given is not None:
                rows[code] = (path, make(path, code, given))
        return rows

    def _listed(self, section: str) -> Iterator[Placed[Given]]:
        """Read a section that is a list."""
        node = self._section(section)
        if not isinstance(node, Listed):
            self._check_shape(section, node, "write one row a line, `- {name: value}`")
            return
        for index, row in enumerate(node.nodes):
            given = self._findings.read(LISTED[section], (section, index), row)
            if given is not None:
                yield (section, index), given

    @property
    def _makers(self) -> Mapping[type, Callable[[Path, str, Given], Any]]:
        """Kind of row to what makes it, where a row is not simply what stands there. Any: of that kind."""
        return {
            Location: self._flagged(Location),
            TrackingCode: self._tracking_code,
            ItemTemplate: _item_template,
        }

    def _posting_groups(self) -> PostingGroups | None:
        (section,) = SINGLE
        node = self._section(section)
        given = None if is_null(node) else self._findings.read(SINGLE[section], (section,), node)
        return None if given is None else PostingGroups(**given)

    def _section(self, name: str) -> Node:
        return self._entries[name].node if name in self._entries else Scalar(None, *self._findings.place(()))

    def _check_shape(self, section: str, node: Node, right: str) -> None:
        """Note a section of another shape; a missing or empty one is none."""
        if not is_null(node):
            self._findings.add((section,), "has another shape", right)

    def _zones(self) -> dict[str, dict[str, Placed[Zone]]]:
        zones: dict[str, dict[str, Placed[Zone]]] = {}
        for path, given in self._listed("zones"):
            zone = Zone(**given)
            there = zones.setdefault(zone.location, {})
            if zone.code in there:
                self._findings.add((*path, "code"), f"{zone.code} is there twice", "keep one of the two")
            there[zone.code] = (path, zone)
        return zones

    def _flagged(self, kind: type[Any]) -> Callable[[Path, str, Given], Any]:
        """Return what makes a row of a kind in which one flag may set others. Any: rows of that kind."""

        def make(path: Path, code: str, given: Given) -> Any:
            for flag, forced in implied(kind, given):
                given = self._with_forced(path, given, forced, flag)
            return kind(code, **given)

        return make

    def _tracking_code(self, path: Path, code: str, given: Given) -> TrackingCode:
        for kind in KINDS:
            specific, warehouse = f"{kind}_specific", f"{kind}_warehouse"
            if given.get(warehouse) and not given.get(specific):
                self._findings.add((*path, warehouse), f"needs {specific}", f"write {specific}: true beside it")
        made: TrackingCode = self._flagged(TrackingCode)(path, code, given)
        return made

    def _with_forced(self, path: Path, given: Given, forced: Given, because: str) -> Given:
        """Return a row with what one of its flags sets; a contrary value beside that flag is a fault."""
        for name, value in forced.items():
            if given.get(name, value) != value:
                self._findings.add((*path, name), f"contradicts {because}", f"leave it out: {because} sets it")
        return given | forced


def _numbered(reasons: Mapping[str, Placed[ReasonCode]]) -> dict[str, Placed[ReasonCode]]:
    """Return reason codes with their digits, in the order of the file."""
    return {
        code: (path, replace(reason, position=digit)) for digit, (code, (path, reason)) in enumerate(reasons.items(), 1)
    }


def _made_of(kind: type[Any]) -> Callable[[Path, str, Given], Any]:  # Any: rows of that kind
    return lambda _, code, given: kind(code, **given)


def _item_template(_: Path, code: str, given: Given) -> ItemTemplate:
    return ItemTemplate(code, {name: _shown(value) for name, value in given.items()})


def _shown(value: Any) -> str:  # Any: a value of any field of the item card
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _entities(rows: dict[str, Placed[T]]) -> dict[str, T]:
    return {code: entity for code, (_, entity) in rows.items()}
