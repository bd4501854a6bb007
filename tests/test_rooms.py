"""What a room may not pull in, seen in a running process; the import contracts say the same of the source."""

import json
import subprocess
import sys

import pytest

SCREEN = {"textual", "rich"}
DATABASE = {"peewee", "playhouse", "sqlite3", "storage"}
FILES = {"yaml", "pydantic", "config"}


def loaded_by(statement: str) -> set[str]:
    """Return the top-level packages in memory after a statement in a new process."""
    program = (
        f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        (
            "domain.posting, domain.work.adjusting, domain.work.counting, domain.scanning.reader",
            SCREEN | DATABASE | FILES | {"re2"},
        ),
        ("config.schema, config.plan", SCREEN | DATABASE),
        ("storage", SCREEN | FILES),
        ("tui.session, tui.capture, tui.commands, tui.texts", SCREEN | DATABASE | FILES | {"re2"}),
        ("tui.floor.app", DATABASE | FILES),
        ("tui.cli", SCREEN | DATABASE | FILES | {"argon2"}),
    ],
)
def test_a_room_loads_only_what_it_may(modules, forbidden):
    assert not loaded_by(f"import {modules}") & forbidden


def test_a_command_without_a_screen_loads_none():
    loaded = loaded_by(
        "import tui.cli\ntry:\n    tui.cli.main(['verify', '--database', 'nowhere.db'])\nexcept SystemExit:\n    pass"
    )

    assert not loaded & SCREEN
