"""What a site says about its terminals: how a code is read there, which key is which command, how a screen differs.

Not here: what a command does (tui/), reading a code (scanning/).
"""

from __future__ import annotations

from dataclasses import dataclass, field

COMMANDS = ("ok", "back", "help", "done", "short", "next", "find", "split", "full", "menu", "explain")
"""Ids of the commands of floor-flows.md 2."""
KEYS = ("escape", "tab", "left", "right", *(f"f{number}" for number in range(1, 21)))
"""Keys that `keys` may give to a command. Enter takes what stands in the scan line, up and down turn pages."""
JOBS = (
    "receive", "put_away", "pick", "ship", "move", "count", "adjust", "lookup", "reclassify", "transfer_out",
    "transfer_in", "trace", "print", "assemble", "unbox", "return",
)  # fmt: skip
"""Jobs whose screens `forms` may change."""
INPUTS = ("document", "bin", "item", "lot", "serial", "expiry", "package", "qty", "place", "reason")
"""Prompts of jobs, in the order in which they are asked."""
OUTPUTS = ("text", "variant", "uom", "zone", "ranking", "outstanding", "due", "partner", "next")
"""What a screen shows besides."""


@dataclass(frozen=True, slots=True)
class JobForm:
    """`forms`: how the screens of a job differ from the delivered ones (adcs.md). No required input can go."""

    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns of a screen to the fields it shows, from the top."""
    hide: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    confirm: dict[str, str] = field(default_factory=dict)
    """Prompt to scan | check | key | none."""


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """`scanning.profiles`: what is particular to a device (SCN-104)."""

    gs_proven: bool = False
    gs_tokens: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    di_1d: bool = False
    paste: bool = False
    burst_end_ms: int | None = None
    screen: str = ""
    terminal: str = "auto"
    """auto | ascii | mono."""


@dataclass(frozen=True, slots=True)
class ScanRule:
    """`scanning.rules`: labels of another system, read by a pattern (SCN-103)."""

    rank: int
    """The lower one counts where two match."""
    kind: str
    match: str
    """A pattern of RE2 for the whole text; its named groups become facts."""


@dataclass(frozen=True, slots=True)
class Scanning:
    """`scanning`: how a code is captured and read at this site."""

    prefixes: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "bin": ("B:",),
            "lot": ("L:",),
            "serial": ("S:",),
            "item": ("I:",),
            "pallet": ("P:",),
            "order": ("O:",),
            "user": ("U:",),
            "command": ("%%", "C:"),
        }
    )
    """Kind to the prefixes that mark it; an empty tuple switches the kind off (SCN-100)."""
    rules: tuple[ScanRule, ...] = ()
    burst_gap_ms: int = 50
    burst_end_ms: int = 0
    repeat_ms: int = 500
    bells: bool = True
    profiles: dict[str, DeviceProfile] = field(default_factory=dict)
