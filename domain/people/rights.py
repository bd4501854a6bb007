"""Who may do what: the actions, the default roles, and the check every command makes first (SAF-25..29)."""

from __future__ import annotations

from domain.errors import Refused
from domain.site import Operator, Role
from domain.situation import Situation

EVERY_LOCATION = "*"
EVERY_ACTION = "*"

_ROLES = ["viewer", "picker", "operator", "supervisor", "office", "accountant", "admin"]
_TABLE = """
look        x x x x x x x
count       - x x x - - -
move        - x x x - - -
pick        - x x x - - -
ship        - x x x - - -
receive     - - x x - - -
put_away    - - x x - - -
transfer    - - x x - - -
adjust      - - x x - - -
reclassify  - - x x - - -
assemble    - - x x - - -
undo        - x x x - - -
undo_any    - - - x - - -
approve     - - - x - - -
post_count  - - - x - - -
take_over   - - - x - - -
release     - - - x x - -
reserve     - - - x x - -
block       - - - x - - -
learn_code  - - - x x - -
unlock      - - - x - - x
documents   - - - - x - -
items       - - - - x - -
cost        - - - - - x -
ledger      - - - - - x -
export      - - - x x x x
trail       - - - - - x x
set_up      - - - - - - x
maintain    - - - - - - x
"""  # SAF-27, row by row
_MARKS = {action: marks for action, *marks in (row.split() for row in _TABLE.strip().splitlines())}

ACTIONS: tuple[str, ...] = tuple(_MARKS)
"""Every action a role may allow, in the order of SAF-27."""

DEFAULT_ROLES: dict[str, Role] = {
    code: Role(code=code, may=tuple(action for action in ACTIONS if _MARKS[action][column] == "x"))
    for column, code in enumerate(_ROLES)
}
"""The roles a site has without naming them; a role of the same name in the site file replaces one."""

SYSTEM = Operator(code="SYSTEM", name="Command line", locations=(EVERY_LOCATION,))
"""Commands from the command line run as this operator, with every right (decision 63)."""


def rights_of(role: Role | None) -> frozenset[str]:
    """Return the actions a role allows, `*` spelled out; no role allows nothing (denied by default, SAF-25)."""
    if role is None:
        return frozenset()
    return frozenset(ACTIONS) if EVERY_ACTION in role.may else frozenset(role.may)


def require_right(situation: Situation, action: str, location: str = "") -> None:
    """Refuse an action outside the operator's rights or locations: the first thing every command does (SAF-25).

    A blank location is everybody's (ORG-13).

    Raises:
        Refused("no_right"): the role does not allow `action`.
        Refused("not_your_location"): the operator is not assigned to `location`.
    Both name the operator, who is not always the one signed in (SAF-28, SAF-29).
    """
    who = situation.operator
    if action not in situation.rights:
        raise Refused("no_right", action=action, operator=who.code)
    if location and not works_at(who, location):
        raise Refused("not_your_location", location=location, action=action, operator=who.code)


def works_at(operator: Operator, location: str) -> bool:
    """Say whether a location is among the operator's."""
    return EVERY_LOCATION in operator.locations or location in operator.locations
