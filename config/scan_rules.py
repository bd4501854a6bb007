"""Whether the prefixes and rules of `scanning` can do what they say (SCN-100, SCN-103).

Not here: reading a scan by them (domain/scanning).
"""

from __future__ import annotations

import difflib
import re

from config.forms import Findings, Path
from domain.scanning.site_rules import FACTS, main_fact, pattern
from domain.site import Scanning, ScanRule

_GROUP = re.compile(r"\(\?P?<([^>]*)>")


def check_scanning(findings: Findings, scanning: Scanning) -> None:
    """Note prefixes that two kinds share, and rules whose groups are not the facts of their kind."""
    kinds: dict[str, str] = {}
    for kind, prefixes in scanning.prefixes.items():
        for prefix in prefixes:
            first = kinds.setdefault(prefix.upper(), kind)
            if first != kind:
                path = ("scanning", "prefixes", kind)
                findings.add(path, f'"{prefix}" already marks {first}', "give each kind a prefix of its own")
    for index, rule in enumerate(scanning.rules):
        _check_rule(findings, ("scanning", "rules", index, "match"), rule)


def _check_rule(findings: Findings, path: Path, rule: ScanRule) -> None:
    """Note unknown groups, else the one that its kind needs and that is not there."""
    groups = list(pattern(rule.match).groupindex)
    own = main_fact(rule.kind)
    known = {own} if rule.kind == "command" else FACTS | {own}
    unknown = [name for name in groups if name not in known]
    for name in unknown:
        closest = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0)
        findings.add(path, f'"{name}" is no fact of kind {rule.kind}', f'the closest known one is "{closest[0]}"')
    written = _GROUP.findall(rule.match)
    if twice := next((name for name in groups if written.count(name) > 1), ""):
        findings.add(path, f'two groups are named "{twice}"', "name each fact once")
    if own and own not in groups and not unknown:
        findings.add(path, f'kind {rule.kind} needs a group "{own}"', f"write (?P<{own}>...) around it")
    elif not groups:
        findings.add(path, "names no fact", "write (?P<lot>...) around what is to be known")
