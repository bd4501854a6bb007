"""Terminals without colours or letters of their own, by TERM or by the profile of the site (textual-notes 8)."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.books import Books
from domain.items.card import Item
from domain.site import DeviceProfile, SiteHead
from storage import Store
from tests.pty.operating import Floor, Hand
from tests.pty.terminal import COLOURS, is_plain
from tests.pty.warehouse import system

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(database: Path) -> Path:
    """The warehouse with an item whose text is in many letters, and a profile of each kind of terminal."""

    def set_up(books: Books) -> None:
        head = books.records.one(SiteHead, 1) or SiteHead()
        profiles = {kind: DeviceProfile(terminal=kind) for kind in ("mono", "ascii")}
        item = books.records.one(Item, "1001")
        assert item is not None
        with books.ledger.command(system(books).head("change")):
            books.records.save(replace(head, scanning=replace(head.scanning, profiles=profiles)))
            books.records.save(replace(item, description="Größe 5½, 日本"))

    with Store.open(str(database)) as store:
        store.transaction(set_up)
    return database


def worked(database: Path, text: str, *, term: str, profile: str = "", columns: int = 80, rows: int = 24) -> bytes:
    """Look the item up until `text` is seen of it, be refused for a letter; return all that was sent."""
    env = {"AISLE_PROFILE": profile}
    with Floor(database, columns=columns, rows=rows, term=term, env=env) as floor:
        floor.sign_in("OTTO")
        hand = Hand(floor)
        hand.see("8 Lookup")
        hand.digit(8)
        hand.see("Scan anything")
        floor.send(b"I:1001\r")
        hand.see(text)
        floor.send("Maß\r".encode())
        hand.see("REFUSED", "is not allowed")
        return floor.output()


@pytest.mark.parametrize(("columns", "rows"), [(20, 8), (80, 24)])
@pytest.mark.parametrize(("term", "profile"), [("vt100", ""), ("xterm-256color", "ascii")])
def test_a_terminal_without_letters_of_its_own_gets_ascii_and_no_colour(
    shop: Path, term: str, profile: str, columns: int, rows: int
) -> None:
    assert is_plain(worked(shop, "Grosse 5 1/2, ??", term=term, profile=profile, columns=columns, rows=rows))


def test_a_profile_without_colours_keeps_the_letters_of_the_locale(shop: Path) -> None:
    assert not COLOURS.search(worked(shop, "Größe 5½, 日本", term="xterm-256color", profile="mono"))
