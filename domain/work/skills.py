"""Who may do a job that demands a licence (ORG-30..32, decisions 12, 44).

Demands come from the kind of work and the equipment of the bins. Not here: what a role allows (people/rights.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Refused
from domain.records import Records
from domain.site import Bin, Equipment, SiteHead
from domain.situation import Situation

ENFORCED = "enforced"


def missing_skill(records: Records, situation: Situation, work: str, bins: Iterable[tuple[str, str]]) -> str:
    """Return the first skill demanded and not held, "" for none; one that expired is not held (ORG-32).

    `bins` are locations and bins. Under another `skill_check` than enforced nobody is kept from a job.
    """
    if situation.settings.skill_check != ENFORCED:
        return ""
    held = {one.skill for one in situation.operator.skills if one.until is None or one.until >= situation.work_date}
    demanded = [*_of_work(records, work), *_of_equipment(records, bins)]
    return next((skill for skill in demanded if skill not in held), "")


def refuse_unskilled(records: Records, situation: Situation, work: str, bins: Iterable[tuple[str, str]]) -> None:
    """Refuse a job to an operator without a skill it demands."""
    if skill := missing_skill(records, situation, work, bins):
        raise Refused("no_skill", skill=skill)


def _of_work(records: Records, work: str) -> Iterable[str]:
    head = records.one(SiteHead, 1)
    return head.work_types.get(work, ()) if head else ()


def _of_equipment(records: Records, bins: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Yield the skills of the bins' equipment; a bin has its zone's unless it has its own (bins.md 6)."""
    for place in dict.fromkeys(bins):
        bin = records.one(Bin, *place)
        equipment = records.one(Equipment, bin.equipment) if bin and bin.equipment else None
        if equipment and equipment.skill:
            yield equipment.skill
