"""What a site file says that this version checks and keeps, and does not act on yet.

Not here: which keys these are (site_form.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from config.faults import Fault, path_text
from config.forms import Form
from config.loader import Keyed, Node
from config.site_form import HEAD, KEYED


def only_kept(root: Node) -> list[Fault]:
    """Return the keys of a file that change nothing yet, in its order; they are no faults of the file."""
    found = [*_kept(HEAD, root, ())]
    if isinstance(root, Keyed):
        for section, (_, form, _) in KEYED.items():
            rows = root.entries[section].node if section in root.entries else None
            for code, entry in rows.entries.items() if isinstance(rows, Keyed) else ():
                found += _kept(form, entry.node, (section, code))
    return sorted(found, key=lambda fault: fault.place)


def _kept(form: type[Form], node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
    for key, entry in node.entries.items() if isinstance(node, Keyed) else ():
        inner = form.nested.get(key)
        if key in form.file_rules.kept:
            yield Fault(entry.key.place, path_text((*path, key)), "is kept", "this version does not act on it yet")
        elif inner is not None:
            yield from _kept(inner, entry.node, (*path, key))
