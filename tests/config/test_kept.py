from __future__ import annotations

from config.kept import only_kept
from config.loader import load_yaml


def kept(text: str) -> list[str]:
    return [str(notice) for notice in only_kept(load_yaml(text, name="site.yaml"))]


def test_keys_that_change_nothing_yet_are_named_in_the_order_of_the_file() -> None:
    found = kept("site: X\noperators: {ANNA: {role: picker, printer: P}}\nsettings: {load_check: true}\nroutes: []")

    assert found == [
        "site.yaml:2:34: operators.ANNA.printer: is kept: this version does not act on it yet",
        "site.yaml:3:12: settings.load_check: is kept: this version does not act on it yet",
        "site.yaml:4:1: routes: is kept: this version does not act on it yet",
    ]


def test_a_file_of_what_is_built_has_none() -> None:
    assert kept("site: X\nlocations: {A: {bin_mandatory: true}}\nbins: [{location: A, code: B}]") == []
    assert kept("") == []
