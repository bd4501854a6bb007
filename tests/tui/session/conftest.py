"""A floor with people and goods for every test here."""

from tests.tui.session.hand import floor

__all__ = ["floor"]
