"""The site file: from its tree to a Site (site.md).

The forms come from the dataclasses of `domain.site`; what the file says differently stands in site_form.py. Here rows
become entities: ranges, zones and `directed` fill in what a row leaves out, and every site has the codes and roles of
the specification. Not here: YAML (loader.py), whether rows agree with each other (references.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TypeVar

from config.bins import BinRow, bins_of
from config.faults import Fault, SiteFaults
from config.forms import Findings, Given, Path
from config.loader import Keyed, Listed, Node, Scalar, is_null, load_yaml
from config.references import Placed, Rows, check_references
from config.scalars import Unreadable
from config.site_form import HEAD, KEYED, LISTED
from domain.people.rights import DEFAULT_ROLES
from domain.site import (
    BinContent,
    BinType,
    Location,
    Operator,
    ReasonCode,
    Role,
    Site,
    SiteHead,
    TrackingCode,
    UnitOfMeasure,
    Zone,
)
from domain.tracking.numbers import DEFAULT_CODES, KINDS, is_specific

DIRECTED: Given = {
    "bin_mandatory": True,
    "require_receive": True,
    "require_shipment": True,
    "require_putaway": True,
    "require_pick": True,
    "use_cross_docking": True,
    "check_warehouse_class": True,
    "default_bin_selection": "none",
    "pick_bin_policy": "bin_ranking",
    "putaway_bin_policy": "template",
    "assembly_handling": "whse_pick_mandatory",
}
"""What `directed` sets by itself (bins.md 1)."""

_TRACKED = """
warehouse purchase_in purchase_out sales_in sales_out pos_adj_in pos_adj_out neg_adj_in neg_adj_out transfer
"""
"""What `specific` switches on, for each kind of number (tracking.md 1)."""

T = TypeVar("T")


def load_site(path: FilePath) -> Site:
    """Read a site file, or a folder of them.

    Raises SiteFaults: everything that is wrong with it.
    """
    return _SiteReading(load_yaml(path)).site(needed=("site", "timezone"))


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
        locations = self._keyed("locations", self._location)
        bin_types = self._keyed("bin_types", lambda _, code, given: BinType(code, **given))
        zones = self._zones()
        bin_rows = [
            BinRow(path, given.pop("location"), given.pop("code"), given) for path, given in self._listed("bins")
        ]
        zones_by_location = {location: _entities(there) for location, there in zones.items()}
        bins = bins_of(self._findings, bin_rows, zones_by_location)
        contents = [(path, BinContent(**given, from_site=True)) for path, given in self._listed("bin_contents")]
        tracking_codes = self._keyed("tracking_codes", self._tracking_code)
        units = self._keyed("units_of_measure", lambda _, code, given: UnitOfMeasure(code, **given))
        reasons = self._keyed("reason_codes", lambda _, code, given: ReasonCode(code, **given))
        roles = DEFAULT_ROLES | _entities(self._keyed("roles", lambda _, code, given: Role(code, **given)))
        operators = self._keyed("operators", lambda _, code, given: Operator(code, **given))
        check_references(
            self._findings,
            Rows(head, locations, bin_types, zones, bin_rows, bins, contents, reasons, roles, operators),
        )
        self._findings.finish()
        return Site(
            head=head,
            locations=tuple(_entities(locations).values()),
            bin_types=tuple(_entities(bin_types).values()),
            zones=tuple(zone for there in zones_by_location.values() for zone in there.values()),
            bins=tuple(bins.values()),
            bin_contents=tuple(content for _, content in contents),
            tracking_codes=tuple((self._default_codes() | _entities(tracking_codes)).values()),
            units_of_measure=tuple(_entities(units).values()),
            reason_codes=tuple(
                replace(reason, position=digit) for digit, reason in enumerate(_entities(reasons).values(), 1)
            ),
            roles=tuple(roles.values()),
            operators=tuple(_entities(operators).values()),
        )

    def _head(self, needed: tuple[str, ...]) -> SiteHead:
        """Read what a site has once. Every key that is no section is judged here."""
        sections = (*KEYED, *LISTED)
        rest = Keyed(
            {key: entry for key, entry in self._entries.items() if key not in sections}, self._findings.place(())
        )
        for key in needed:
            node = self._section(key)
            if isinstance(node, Scalar) and not node.text:
                self._findings.add((key,), "is missing", f"write `{key}:` at the top of the file")
        given = self._findings.read(HEAD, (), rest, also_known=sections)
        return SiteHead(**given) if given else SiteHead()

    def _keyed(self, section: str, make: Callable[[Path, str, Given], T]) -> dict[str, Placed[T]]:
        """Read a section by code; two keys that are one code in capitals are a fault."""
        form, read_code = KEYED[section]
        rows: dict[str, Placed[T]] = {}
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

    def _location(self, path: Path, code: str, given: Given) -> Location:
        if given.get("directed"):
            given = self._with_forced(path, given, DIRECTED, "directed")
        return Location(code, **given)

    def _tracking_code(self, path: Path, code: str, given: Given) -> TrackingCode:
        """Switch on what a flag brings with it (tracking.md 1, 3)."""
        for kind in KINDS:
            specific, warehouse = f"{kind}_specific", f"{kind}_warehouse"
            if given.get(specific):
                given = self._with_forced(path, given, {f"{kind}_{flag}": True for flag in _TRACKED.split()}, specific)
            elif given.get(warehouse):
                self._findings.add((*path, warehouse), f"needs {specific}", f"write {specific}: true beside it")
        for flag in ("require_expiration_entry", "strict_expiration"):
            if given.get(flag):
                given = self._with_forced(path, given, {"use_expiration": True}, flag)
        return TrackingCode(code, **given)

    def _default_codes(self) -> dict[str, TrackingCode]:
        """Return the codes that exist without set-up, with all that `specific` brings."""
        return {
            code: self._tracking_code(
                (), code, {f"{kind}_specific": True for kind in KINDS if is_specific(default, kind)}
            )
            for code, default in DEFAULT_CODES.items()
        }

    def _with_forced(self, path: Path, given: Given, forced: Given, because: str) -> Given:
        """Return a row with what one of its flags sets; a contrary value beside that flag is a fault."""
        for name, value in forced.items():
            if given.get(name, value) != value:
                self._findings.add((*path, name), f"contradicts {because}", f"leave it out: {because} sets it")
        return given | forced


def _entities(rows: dict[str, Placed[T]]) -> dict[str, T]:
    return {code: entity for code, (_, entity) in rows.items()}
