"""What one flag of a row sets besides itself, and the tracking codes every site has (bins.md 1, tracking.md 1, 3).

Not here: telling that a row contradicts it (schema.py), leaving it out of a file (export.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from config.forms import Given
from domain.site import Location, TrackingCode
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
_DATED = ("require_expiration_entry", "strict_expiration")
"""What needs `use_expiration` (tracking.md 3)."""


def implied(kind: type, given: Given) -> Iterator[tuple[str, Given]]:
    """Yield the flags of a row that set others, each with what it sets."""
    if kind is Location and given.get("directed"):
        yield "directed", DIRECTED
    if kind is TrackingCode:
        for number in KINDS:
            if given.get(f"{number}_specific"):
                yield f"{number}_specific", {f"{number}_{flag}": True for flag in _TRACKED.split()}
        for flag in _DATED:
            if given.get(flag):
                yield flag, {"use_expiration": True}


def default_codes() -> dict[str, TrackingCode]:
    """Return the codes that exist without set-up, with all that `specific` brings."""
    return {
        code: _specific(code, *(kind for kind in KINDS if is_specific(DEFAULT_CODES[code], kind)))
        for code in DEFAULT_CODES
    }


def _specific(code: str, *kinds: str) -> TrackingCode:
    given: Given = {f"{kind}_specific": True for kind in kinds}
    for _, forced in implied(TrackingCode, given):
        given = given | forced
    return TrackingCode(code, **given)
