"""Set-up: what differs between two sites, what the books forbid of it, and the command that follows a changed one."""

from __future__ import annotations

from domain.set_up.apply import ApplySite, SiteApplied, apply_site, site_in
from domain.set_up.changes import SECTIONS, Change, changes
from domain.set_up.rules import broken_rules

__all__ = ["SECTIONS", "ApplySite", "Change", "SiteApplied", "apply_site", "broken_rules", "changes", "site_in"]
