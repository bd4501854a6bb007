"""Whether what the rows of a site file say goes together (bins.md 1, 3, 4, 6, 8, 14, SAF-22, TRF-02).

Not here: whether what they name is there (references.py), whether the stock allows a change (domain/set_up.py).
"""

from __future__ import annotations

from decimal import Decimal

from config.forms import Findings, Path
from config.references import Rows
from config.scan_rules import check_scanning
from domain.people.rights import SYSTEM
from domain.site import JobForm, SiteHead
from domain.site.terminals import INPUTS
from domain.values import plain

_BIN_TYPES = {
    frozenset({"receive"}),
    frozenset({"ship"}),
    frozenset({"put_away"}),
    frozenset({"pick"}),
    frozenset({"put_away", "pick"}),
    frozenset[str](),
}


def check_agreement(findings: Findings, rows: Rows) -> None:
    """Note every row that contradicts itself or another."""
    _check_head(findings, rows.head)
    _check_locations(findings, rows)
    _check_routes(findings, rows)
    _check_bin_types(findings, rows)
    _check_bin_contents(findings, rows)
    _check_operators(findings, rows)
    _check_posting_groups(findings, rows)


def _check_head(findings: Findings, head: SiteHead) -> None:
    finest = Decimal(1).scaleb(-head.currency.decimals)
    if head.settings.amount_rounding % finest:
        wrong = f"{plain(head.settings.amount_rounding)} is finer than the currency's {head.currency.decimals} decimals"
        findings.add(("settings", "amount_rounding"), wrong, f"write {plain(finest)} or a multiple of it")
    check_scanning(findings, head.scanning)
    for job, form in head.forms.items():
        _check_form(findings, ("forms", job), form)


def _check_form(findings: Findings, path: Path, form: JobForm) -> None:
    """Keep every input of a job, in its order, and check digits to the prompts of bins (adcs.md)."""
    for index, name in enumerate(form.hide):
        if name in INPUTS:
            findings.add((*path, "hide", index), f"{name} is asked", "hide only what is shown besides")
    for width, shown in form.rows.items():
        asked = [INPUTS.index(name) for name in shown if name in INPUTS]
        if asked != sorted(asked):
            right = f"keep the order {', '.join(INPUTS[place] for place in sorted(asked))}"
            findings.add((*path, "rows", width), "inputs in another order than they are asked", right)
    for prompt, how in form.confirm.items():
        if how == "check" and prompt not in ("bin", "place"):
            findings.add((*path, "confirm", prompt), "only bins have check digits", "write scan, key or none")


def _check_locations(findings: Findings, rows: Rows) -> None:
    """Check what the flags of a location need of each other (bins.md 1, 3, 4)."""
    for path, location in rows.locations.values():
        if location.in_transit and location.bin_mandatory:
            flag = "directed" if location.directed else "bin_mandatory"
            findings.add((*path, flag), "a location in transit", f"leave out one of in_transit and {flag}")
        if location.bins.adjustment and not location.directed:
            findings.add((*path, "bins", "adjustment"), "only for directed locations", "leave it out")
        handles_all = (
            location.require_receive
            and location.require_shipment
            and location.require_pick
            and location.require_putaway
        )
        if location.use_cross_docking and not handles_all:
            needed = "switch on require_receive, require_shipment, require_pick and require_putaway"
            findings.add((*path, "use_cross_docking"), "needs all four documents", needed)
        if location.pick_fefo and not location.require_pick:
            findings.add((*path, "pick_fefo"), "needs picks", "switch on require_pick")
        elif location.pick_fefo and location.require_shipment and not location.bin_mandatory:
            findings.add((*path, "pick_fefo"), "needs bins where shipments are required", "switch on bin_mandatory")


def _check_routes(findings: Findings, rows: Rows) -> None:
    """Check that a route leads from one real location to another, over one in transit or direct (TRF-01, TRF-02)."""
    seen: dict[tuple[str, str], Path] = {}
    in_transit = {code for code, (_, location) in rows.locations.items() if location.in_transit}
    for path, route in rows.routes:
        ends = (route.from_location, route.to_location)
        first = seen.setdefault(ends, path)
        if first != path:
            findings.add(path, f"the same route as at {findings.place(first)}", "keep one of the two")
        if ends[0] == ends[1]:
            findings.add((*path, "to"), "the same as from", "write another location")
        for key, code in zip(("from", "to"), ends, strict=True):
            if code in in_transit:
                findings.add((*path, key), f"{code} is in transit", "name it as in_transit of the route")
        if route.in_transit in rows.locations and route.in_transit not in in_transit:
            findings.add((*path, "in_transit"), f"{route.in_transit} is not in transit", "switch on its in_transit")
        if route.direct and route.in_transit:
            findings.add((*path, "in_transit"), "a direct route has none", "leave out one of direct and in_transit")
        if route.service and not route.agent:
            findings.add((*path, "service"), "needs an agent", "write agent beside it")


def _check_bin_types(findings: Findings, rows: Rows) -> None:
    """Check the six combinations, and that bin types stand at directed locations only (bins.md 6)."""
    for path, bin_type in rows.bin_types.values():
        flags = ("receive", "ship", "put_away", "pick")
        if frozenset(flag for flag in flags if getattr(bin_type, flag)) not in _BIN_TYPES:
            allowed = "write receive, ship, put_away, pick, put_away and pick, or none"
            findings.add(path, "these flags do not go together", allowed)
    zones = ((path, zone.location, zone.bin_type) for there in rows.zones.values() for path, zone in there.values())
    bins = ((row.path, row.location, row.given.get("bin_type", "")) for row in rows.bin_rows)
    for path, location, kind in (*zones, *bins):
        if kind and location in rows.locations and not rows.locations[location][1].directed:
            findings.add((*path, "bin_type"), f"{location} is not directed", "leave the bin type out")


def _check_bin_contents(findings: Findings, rows: Rows) -> None:
    """Check one default an item (bins.md 8) and min <= max (14)."""
    seen: dict[tuple[str, ...], Path] = {}
    defaults: dict[tuple[str, str, str], str] = {}
    for path, content in rows.bin_contents:
        key = (content.location, content.bin, content.item, content.variant, content.uom)
        if key in seen:
            findings.add(path, f"the same content as at {findings.place(seen[key])}", "keep one of the two")
        seen.setdefault(key, path)
        if content.max and content.min > content.max:
            findings.add((*path, "min"), f"{content.min} is above max {content.max}", "write a min up to the max")
        whose = (content.location, content.item, content.variant)
        if content.default and defaults.setdefault(whose, content.bin) != content.bin:
            findings.add((*path, "default"), f"default bin already {defaults[whose]}", "keep one default an item")


def _check_operators(findings: Findings, rows: Rows) -> None:
    known_by = {code: code for code in rows.operators}  # a badge is looked up like a code (SAF-22)
    for path, operator in rows.operators.values():
        if operator.code == SYSTEM.code:
            findings.add_key(path, f"{SYSTEM.code} is the program's own operator", "choose another code")
        if operator.home and operator.home not in operator.locations:
            findings.add((*path, "home"), f"{operator.home} is not among his locations", "add it to locations")
        holder = known_by.setdefault(operator.badge.upper(), operator.code) if operator.badge else operator.code
        if holder != operator.code:
            findings.add((*path, "badge"), f"{operator.badge} already names {holder}", "give each a badge of his own")


def _check_posting_groups(findings: Findings, rows: Rows) -> None:
    """Check one row of set-up for each pair of its key (GL-06)."""
    groups = rows.posting_groups
    if groups is None:
        return
    inventory = [(row.location, row.group) for row in groups.inventory_setup]
    general = [(row.business, row.product) for row in groups.general_setup]
    for section, keys in (("inventory_setup", inventory), ("general_setup", general)):
        for index, key in enumerate(keys):
            if keys.index(key) < index:
                first = findings.place(("posting_groups", section, keys.index(key)))
                path = ("posting_groups", section, index)
                findings.add(path, f"the same pair as at {first}", "keep one of the two")
