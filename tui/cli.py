"""The `aisle` command: what can be typed, and which module of command_line/ does it.

Only the module of the command typed is imported, so `aisle --help` and the start of a terminal stay fast.
Not here: what a command does, and how an error is told (command_line/edge.py).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

FAILED = 1
"""Refused, or a bad input. `verify` says 2 instead, for 1 are its findings (SAF-07)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "run")
    parser = command_line()
    options, unknown = parser.parse_known_args(words)
    if unknown:
        parser.exit(options.failed, f"aisle: {' '.join(unknown)} is not known here. See aisle {words[0]} --help.\n")
    module, function = options.does.split(":")

    def command() -> int:
        return int(getattr(import_module(f"tui.command_line.{module}"), function)(options))

    from tui.command_line.edge import answered

    return answered(command, failed=options.failed, folder=folder_of(options))


def folder_of(options: argparse.Namespace) -> Path:
    """Return the folder of the database, where the log is kept as well."""
    return Path(options.folder) if "folder" in options else Path(getattr(options, "database", "")).parent


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def __init__(self, *, failed: int = FAILED, **settings: Any) -> None:  # Any: whatever argparse takes
        super().__init__(allow_abbrev=False, **settings)
        self.set_defaults(failed=failed)
        self._failed = failed

    def error(self, message: str) -> NoReturn:
        """Say it, and how to see what can be typed."""
        self.exit(self._failed, f"{self.prog}: {message}. See {self.prog} --help.\n")


class _Version(argparse.Action):
    """Prints the version, which costs a look into the installation only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import version

        sys.stdout.write(f"aisle {version('aisle')}\n")
        parser.exit()


def command_line() -> _Parser:
    """Return the parser of everything that can be typed."""
    parser = _Parser(prog="aisle", description="Warehouse work on any terminal.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    run = _add(commands, "run", "floor:run", "start the terminal (what aisle alone does)")
    run.add_argument("--terminal", metavar="NAME", help="name of this terminal (default: AISLE_TERMINAL, else its tty)")
    run.add_argument("--profile", metavar="NAME", help="device profile of the site file (default: AISLE_PROFILE)")

    demo = _add(commands, "demo", "demo:run", "make a warehouse to try out and start the terminal", database=False)
    demo.add_argument("folder", metavar="DIR", nargs="?", default="demo", help="where it is made (default: ./demo)")
    instead = demo.add_mutually_exclusive_group()
    instead.add_argument("--no-run", action="store_true", help="make it, but do not start the terminal")
    instead.add_argument("--play", action="store_true", help="play a shift on this screen, in a warehouse of its own")
    demo.add_argument("--speed", type=float, default=1.0, metavar="N", help="of --play (default: 1)")

    init = _add(commands, "init", "site:init", "write a site file to start from and make the database", database=False)
    init.add_argument("folder", metavar="DIR")

    config = commands.add_parser("config", help="check, plan, apply or export a site file").add_subparsers(
        metavar="check|plan|apply|export|schema", required=True, parser_class=_Parser
    )
    for name, what in (
        ("check", "say everything that is wrong in a site file"),
        ("plan", "show what applying it would change: exit 0 nothing, 2 something, 1 error"),
        ("apply", "show the plan, ask, and change the database in one transaction"),
    ):
        step = _add(config, name, f"site:{name}", what, database=name != "check")
        step.add_argument("path", metavar="FILE|DIR", nargs="?", default="site.yaml", help="(default: site.yaml)")
        if name == "apply":
            step.add_argument("--yes", action="store_true", help="do not ask")
    export = _add(config, "export", "site:export", "write the site of the database as a site file")
    export.add_argument("--output", metavar="FILE", help="write there instead of on the screen")
    _add(config, "schema", "site:schema", "print the JSON Schema of the site file, for editors", database=False)

    operator = commands.add_parser("operator", help="set an operator's PIN, unlock one").add_subparsers(
        metavar="pin|unlock", required=True, parser_class=_Parser
    )
    pin = _add(operator, "pin", "site:pin", "ask for a new PIN twice and keep it")
    pin.add_argument("operator", metavar="NAME")
    pin.add_argument("--stdin", action="store_true", help="read it from standard input, one line")

    unlock = _add(operator, "unlock", "site:unlock", "let an operator or a terminal locked by wrong PINs try again")
    unlock.add_argument("name", metavar="NAME")
    unlock.add_argument("--device", action="store_true", help="NAME is a terminal")
    unlock.add_argument("--reason", required=True, help="why, for the audit trail")

    clock = _add(commands, "clock", "site:confirm_clock", "let posting go on after the clock went back")
    clock.add_argument("--reason", required=True, help="why it is right now, for the audit trail")

    imports = commands.add_parser("import", help="read items, opening stock or orders from a file").add_subparsers(
        metavar="items|stock|orders", required=True, parser_class=_Parser
    )
    for name, what in (
        ("items", "make and change items"),
        ("stock", "post opening stock with its cost"),
        ("orders", "make orders with their lines and numbers"),
    ):
        kind = _add(imports, name, f"importing:{name}", what)
        kind.add_argument("file", metavar="FILE", help="CSV, or JSON lines where its name ends in .jsonl")
        kind.add_argument("--map", metavar="MAP.yaml", required=True, help="which column is what")
        answer = kind.add_mutually_exclusive_group()
        answer.add_argument("--preview", action="store_true", help="check and show, write nothing")
        answer.add_argument("--yes", action="store_true", help="do not ask")
        kind.add_argument("--rejects", metavar="FILE", help="take the good rows and write the others here")
        if name == "orders":
            kind.add_argument("--replace", action="store_true", help="write open orders that are there anew")

    orders = commands.add_parser("orders", help="list orders; show, release, reopen, cancel one").add_subparsers(
        metavar="list|show|release|reopen|cancel", required=True, parser_class=_Parser
    )
    listed = _add(orders, "list", "orders:list_orders", "list what is outstanding, by due date, priority and zone")
    listed.add_argument("--location", metavar="CODE")
    listed.add_argument("--status", choices=("open", "released"))
    listed.add_argument("--due", metavar="DATE", help="due on that day or before")
    listed.add_argument("--priority", metavar="N", type=int, help="as urgent as that or more; 1 is the most urgent")
    listed.add_argument("--zone", metavar="CODE", help="beginning in a bin of that zone")
    for name, what, number in (
        ("show", "show an order with its lines", None),
        ("release", "let the floor work on orders", "+"),
        ("reopen", "open released orders for changes", "+"),
        ("cancel", "delete orders nothing of which is handled", "+"),
    ):
        of_order = _add(orders, name, f"orders:{name}", what)
        of_order.add_argument("order", metavar="NO", nargs=number, help="number of the order, its own or the partner's")

    scan = _add(commands, "scan", "scanning:scan", "explain how a text is read as a scan and what it means")
    scan.add_argument("text", metavar="TEXT", help="what the scanner sends; {GS}, {RS} and {EOT} stand for separators")
    scan.add_argument("--profile", metavar="NAME", default="", help="read it by this device profile")
    scan.add_argument("--location", metavar="CODE", help="look for bins only there")

    heads = "where heads of the chains are noted (default: head_log of the site file)"
    _add_costs(commands)

    verify = _add(commands, "verify", "upkeep:verify", "check every rule the books must keep", failed=2)
    verify.add_argument("--heads", metavar="FILE", type=Path, help=f"{heads}; compare, add those of now")
    verify.add_argument("--read-only", action="store_true", help="do not note the result in the audit trail")
    _add(commands, "rebuild", "upkeep:rebuild", "make every derived table anew from the ledgers")
    _add(
        commands,
        "upgrade",
        "upkeep:upgrade",
        "bring a database of an older version to this one, with a backup beside it",
    )

    backup = _add(commands, "backup", "backups:backup", "copy the database, checked, while terminals go on")
    backup.add_argument("target", metavar="FILE|DIR", type=Path, help="a file to make; in a folder it is named by time")
    restore = _add(commands, "restore", "backups:restore", "put a backup in the place of the database")
    restore.add_argument("backup", metavar="FILE", type=Path)
    restore.add_argument("--yes", action="store_true", help="do not ask")
    for command in (backup, restore):
        command.add_argument("--heads", metavar="FILE", type=Path, help=heads)

    reports = commands.add_parser("report", help="list stock, entries, scans, or what stock was worth").add_subparsers(
        metavar="stock|ledger|scans|valuation|cost-entries|gl|reconciliation", required=True, parser_class=_Parser
    )
    for name, what, filters in (
        ("stock", "what is on hand, with its value", ("item", "location", "bin")),
        ("ledger", "every item entry", ("item", "location", "since")),
        ("scans", "every scan and what became of it", ("location", "since")),
    ):
        report = _add(reports, name, f"reports:{name}", what)
        _add_filters(report, filters)
    worth = _add(reports, "valuation", "reports:worth", "what stock was worth on a day, and what moved it")
    _add_filters(worth, ("item", "location", "since"))
    worth.add_argument("--to", metavar="DATE", help="(default: today)")

    general = _add(reports, "gl", "reports:gl", "the entries of the general ledger")
    _add_filters(general, ("since",))
    reconciled = _add(reports, "reconciliation", "reports:reconciliation", "compare value with the general ledger")
    _add_filters(reconciled, ("item", "location"))
    for report in (general, reconciled):
        report.add_argument("--to", metavar="DATE", help="(default: all)")

    costs = _add(reports, "cost-entries", "reports:cost_entries", "the value entries of an item")
    costs.add_argument("item", metavar="ITEM")
    _add_filters(costs, ())

    return parser


def _add_costs(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add what settles, applies, posts and closes the value of stock."""
    cost = commands.add_parser("cost", help="settle costs").add_subparsers(
        metavar="adjust", required=True, parser_class=_Parser
    )
    adjust = _add(cost, "adjust", "costing:adjust", "let late cost reach what was taken before it")
    adjust.add_argument("items", metavar="ITEM", nargs="*", help="(default: every item of which something waits)")

    applied = commands.add_parser("application", help="change which receipt supplies what was taken").add_subparsers(
        metavar="list|remove|add|leave", required=True, parser_class=_Parser
    )
    for name, does, what in (
        ("list", "show", "list entries of an item, what each drew on which other, and what is open"),
        ("leave", "finish", "apply what is open of the entries touched, and give the item free"),
    ):
        _add(applied, name, f"worksheet:{does}", what).add_argument("item", metavar="ITEM")
    for name, what in (
        ("remove", "take back what a decrease drew on an increase; the item is held until `leave`"),
        ("add", "draw an open decrease from an open increase; the item is held until `leave`"),
    ):
        change = _add(applied, name, f"worksheet:{name}", what)
        change.add_argument("increase", metavar="INCREASE", help="an entry, such as 1-7.1")
        change.add_argument("decrease", metavar="DECREASE")

    ledger = commands.add_parser("gl", help="post value to the general ledger").add_subparsers(
        metavar="post", required=True, parser_class=_Parser
    )
    to_gl = _add(ledger, "post", "general_ledger:post", "post the value that waits, and name what cannot be posted")
    to_gl.add_argument("items", metavar="ITEM", nargs="*", help="(default: every item)")
    to_gl.add_argument("--to", metavar="DATE", help="only value dated by then (default: all)")
    to_gl.add_argument("--per-group", action="store_true", help="sum up by date, posting groups and accounts")
    to_gl.add_argument("--document", metavar="NO", default="", help="with --per-group: of the G/L entries")
    to_gl.add_argument("--dry-run", action="store_true", help="only say what would be posted")

    period = commands.add_parser("period", help="close inventory periods").add_subparsers(
        metavar="list|create|close|reopen", required=True, parser_class=_Parser
    )
    _add(period, "list", "periods:show", "list the inventory periods")
    for name, what in (
        ("create", "make a period that ends on a day"),
        ("close", "close a period and all before it: nothing is posted to those days then"),
        ("reopen", "reopen a period and all after it"),
    ):
        step = _add(period, name, f"periods:{name}", what)
        step.add_argument("ending", metavar="DATE", help="its last day")
        if name == "close":
            step.add_argument("--yes", action="store_true", help="do not ask")


def _add_filters(report: argparse.ArgumentParser, filters: Sequence[str]) -> None:
    """Add what a report may be narrowed by, and where it goes."""
    for field in filters:
        report.add_argument(f"--{field}", metavar="DATE" if field == "since" else "CODE")
    report.add_argument("--format", choices=("table", "csv"), default="table")
    report.add_argument("--output", metavar="FILE", help="write there instead of on the screen")


def _add(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    does: str,
    what: str,
    *,
    database: bool = True,
    failed: int = FAILED,
) -> _Parser:
    """Add a command that `does` module:function of command_line/."""
    command = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", failed=failed)
    command.set_defaults(does=does)
    if database:
        command.add_argument("--database", metavar="PATH", default="aisle.db", help="(default: aisle.db)")
    return command
