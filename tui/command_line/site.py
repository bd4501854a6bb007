"""`aisle init`, `aisle config` and `aisle operator`: a site is made, changed and gets its people.

Not here: what a site file may say (config/), what a change may break (domain/set_up.py).
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from getpass import getpass
from importlib.resources import files
from pathlib import Path

from config.export import exported
from config.json_schema import json_schema
from config.kept import only_kept
from config.loader import load_yaml
from config.plan import Plan
from config.plan import plan as planned
from config.schema import load_site, site_of
from domain.books import Books
from domain.errors import SetupError
from domain.people.access import SetPin, Unlock, set_pin
from domain.people.access import unlock as open_lock
from domain.posting.clock import confirm_clock as clock_is_right
from domain.set_up import ApplySite, apply_site, broken_rules, site_in
from domain.site import Site
from domain.values import code
from storage import Store
from tui.command_line.printing import agreed, complain, counted, say
from tui.command_line.system import DATABASE, SITE_FILE, note, opened, system

SOMETHING = 2
"""`plan` says by its exit code that there is something to do (SITE-05)."""


def init(options: Namespace) -> int:
    """Write the commented site file, make the database and apply the one to the other."""
    folder = Path(options.folder)
    make(folder, "start.yaml")
    say(f"{folder / SITE_FILE} is the site: change it, then `aisle config apply` in {folder}.")
    say(f"{folder / DATABASE} is its database. Give each operator a PIN: `aisle operator pin NAME` in {folder}.")
    return 0


def make(folder: Path, sample: str) -> None:
    """Put a sample site and its database into a folder that has neither."""
    for path in (folder / SITE_FILE, folder / DATABASE):
        if path.exists():
            raise SetupError("file_exists", file=str(path))
    text = (files("config.samples") / sample).read_text(encoding="utf-8")
    with Store.create(str(folder / DATABASE)) as store:
        (folder / SITE_FILE).write_text(text, encoding="utf-8")
        _apply(store, ApplySite(Site(), load_site(folder / SITE_FILE)))


def check(options: Namespace) -> int:
    """Say everything that is wrong in a site file, and what of it this version only keeps."""
    tree = load_yaml(Path(options.path))
    site = site_of(tree)
    for kept in only_kept(tree):
        complain(str(kept))
    bins = counted(len(site.bins), "bin")
    operators = counted(len(site.operators), "operator")
    say(f"{options.path} is right: {counted(len(site.locations), 'location')}, {bins}, {operators}.")
    return 0


def plan(options: Namespace) -> int:
    """Show what applying a site file would change and what forbids it: exit 0 nothing, 2 something (SITE-05)."""
    with opened(options, read_only=True) as store:
        return 0 if _shown(store, load_site(Path(options.path))).is_empty else SOMETHING


def apply(options: Namespace) -> int:
    """Show the plan, ask, and do it in one transaction."""
    new = load_site(Path(options.path))
    with opened(options) as store:
        plan = _shown(store, new)
        if plan.is_empty:
            return 0
        if not options.yes and not agreed("Apply this?"):
            complain("Nothing was changed.")
            return int(options.failed)
        _apply(store, ApplySite(plan.old, new))
    say("Applied. Terminals follow at their next prompt.")
    return 0


def export(options: Namespace) -> int:
    """Write the applied site as a site file; that it left the program is noted (SITE-08, SAF-31)."""
    where = options.output or "standard output"
    with opened(options) as store:
        text = exported(store.question(site_in))
        store.transaction(lambda books: note(books, system(books), "site_head", "1", "export", where))
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    elif sys.stdout.isatty():
        say(text.rstrip("\n"))
    else:
        sys.stdout.write(text)
    return 0


def schema(_: Namespace) -> int:
    """Print the JSON Schema of the site file."""
    sys.stdout.write(json.dumps(json_schema(), indent=1) + "\n")
    return 0


def pin(options: Namespace) -> int:
    """Keep a new PIN of an operator; it is never shown."""
    if options.stdin:
        typed = again = sys.stdin.readline().rstrip("\n")
    else:
        typed, again = getpass("New PIN: "), getpass("Again: ")
    if typed != again:
        complain("The two are not the same: nothing was changed.")
        return int(options.failed)
    operator = code(options.operator)
    with opened(options) as store:
        store.transaction(lambda books: set_pin(books, system(books), SetPin(operator, typed)))
    say(f"{operator} has a new PIN.")
    return 0


def unlock(options: Namespace) -> int:
    """Let a locked operator or device try again; the reason goes into the audit trail (SAF-23)."""
    kind, name = ("device", options.name) if options.device else ("operator", code(options.name))
    with opened(options) as store:
        store.transaction(lambda books: open_lock(books, system(books), Unlock(kind, name, options.reason)))
    say(f"{name} may try again.")
    return 0


def confirm_clock(options: Namespace) -> int:
    """Let posting go on after the clock went back; the reason goes into the audit trail (SAF-34)."""
    with opened(options) as store:
        store.transaction(lambda books: clock_is_right(books, system(books), options.reason))
    say("The clock is taken as right.")
    return 0


def _shown(store: Store, new: Site) -> Plan:
    """Print a plan and return it; refuse one that the stock forbids."""

    def read(books: Books) -> tuple[Plan, list[str]]:
        plan = planned(site_in(books), new)
        return plan, broken_rules(books, new, plan.changes)

    plan, broken = store.question(read)
    for line in plan.lines():
        say(line)
    if broken:
        raise SetupError("site_rules", faults=tuple(broken))
    if plan.is_empty:
        say("Nothing to do: the database is as the file says.")
    return plan


def _apply(store: Store, command: ApplySite) -> None:
    store.transaction(lambda books: apply_site(books, system(books), command))
