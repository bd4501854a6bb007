"""The periods over which Average averages (COS-47, decision 18). Not here: fiscal years, which may cut them."""

from __future__ import annotations

from datetime import date

from domain.dates import formula_date
from domain.errors import Refused
from domain.site import Settings

_ENDS = {"week": "CW", "month": "CM", "quarter": "CQ", "year": "CY"}


def period_end(settings: Settings, day: date) -> date:
    """Return the last day of the average cost period that a day falls in.

    Raises Refused("missing") for accounting periods, of which a site has none.
    """
    if settings.average_cost_period == "day":
        return day
    if settings.average_cost_period not in _ENDS:
        raise Refused("missing", what="accounting_period")
    return formula_date(_ENDS[settings.average_cost_period], day)


def period_start(settings: Settings, day: date) -> date:
    """Return the first day of the average cost period that a day falls in."""
    end = period_end(settings, day)
    return (
        end if settings.average_cost_period == "day" else formula_date(f"-{_ENDS[settings.average_cost_period]}", end)
    )
