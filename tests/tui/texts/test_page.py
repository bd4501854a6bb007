"""The page of codes is made from the texts."""

from pathlib import Path

from tui.texts.page import page

PAGE = Path(__file__).parents[3] / "docs" / "messages.md"


def test_the_page_of_messages_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
