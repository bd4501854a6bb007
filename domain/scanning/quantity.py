"""The quantity a label or a command may carry (SCN-83).

Not here: a quantity typed at a prompt (the jobs), what a unit takes (items/).
"""

from __future__ import annotations

import re
from decimal import Decimal

from domain.values import plain

_QUANTITY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,5})?")


def label_quantity(text: str) -> str | None:
    """Return the quantity as decimal text without trailing zeros, None where it is not one above zero."""
    if not _QUANTITY.fullmatch(text) or not Decimal(text):
        return None
    return plain(Decimal(text))
