"""Builders of the configuration tests: faults as lines, a small site to start from."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

from config.faults import SiteFaults
from config.forms import Form
from config.loader import load_yaml
from config.schema import site_from
from config.site_form import HEAD, KEYED, LISTED, SINGLE
from domain.site import Site

SECTIONS = (*KEYED, *LISTED, *SINGLE)


def forms() -> Iterator[type[Form]]:
    """Yield every form of the site file, those inside others too."""
    waiting = [HEAD, *(section.form for section in KEYED.values()), *LISTED.values(), *SINGLE.values()]
    while waiting:
        form = waiting.pop()
        yield form
        waiting += form.nested.values()


def site(text: str) -> Site:
    """Return the site of a text that must be right."""
    return site_from(load_yaml(dedent(text).lstrip("\n"), name="site.yaml"))


def faults(text: str) -> list[str]:
    """Return the faults of a site's text, one line each; none where it is right."""
    try:
        site(text)
    except SiteFaults as error:
        return [str(fault) for fault in error.faults]
    return []


def yaml_faults(text: str) -> list[str]:
    """Return the faults of YAML, one line each."""
    try:
        load_yaml(dedent(text).lstrip("\n"), name="site.yaml")
    except SiteFaults as error:
        return [str(fault) for fault in error.faults]
    return []
