"""How a reclassification is shown, and the lists it is chosen from. Nothing here answers: that is reclassify.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.items.moving import variants_to_move
from domain.posting import Reclassification
from domain.site import Location, ReasonCode
from domain.values import ZERO
from domain.work.adjusting import reasons_for
from domain.work.reclassifying import dated, redated
from tui.jobs.goods import item_of, location_of
from tui.jobs.pages import Pages
from tui.jobs.quantity import shown_count
from tui.jobs.taking import offered
from tui.jobs.view import Choice, Fact, Message, View

if TYPE_CHECKING:
    from tui.jobs.job import Do
    from tui.jobs.reclassify import Reclassify

LOT, EXPIRY, SERIAL, PACKAGE, LOCATION, VARIANT = CHANGES = (
    "lot", "expiry", "serial", "package", "location", "variant",
)  # fmt: skip
"""What is changed, by digit from 1."""


def shown(job: Reclassify, do: Do) -> View:
    """Show what is answered and what is asked; of a whole lot every place it lies in."""
    choices, progress = _choices(job, do)
    fields = {
        "qty": shown_count(offered(job.line, do, job.counted)) if job.prompt == "qty" else None,
        "expiry": job.expires.isoformat() if job.expires else None,
    }
    whole = whole_lot(job, do) if job.asks_date and job.change == EXPIRY else ()
    return View(
        job=job.name,
        prompt=job.prompt,
        progress=progress,
        body=_body(job, do, whole),
        choices=choices,
        digits=bool(choices),
        field=fields.get(job.prompt),
        got={**job.line.facts(), "qty": job.qty},
        counted=job.counted if job.prompt == "qty" and job.counted else None,
        lines=tuple({"bin": line.bin or None, "item": line.item, "qty": line.qty} for line in whole),
        commands=("ok", "back", "find") if job.prompt in ("qty", "expiry", "summary") else ("back", "find"),
    )


def whole_lot(job: Reclassify, do: Do) -> tuple[Reclassification, ...]:
    """Return the lines that change the date of all there is of the lot here."""
    return do.ask(redated, location_of(do), job.line.goods, job.expires)


def reasons(job: Reclassify, do: Do) -> Pages[ReasonCode]:
    """The reasons for a reclassification."""
    return Pages(do.ask(reasons_for, job.name), job.page)


def locations(job: Reclassify, do: Do) -> Pages[str]:
    """The locations goods may come to, this one first."""
    here = do.situation.location
    others = [row.code for row in do.books.records.rows(Location) if not row.in_transit and row.code != here]
    return Pages([here, *others], job.page)


def variants(job: Reclassify, do: Do) -> Pages[str]:
    """The other variants of the item."""
    found = variants_to_move(do.books.records, do.situation.settings, item_of(job.line, do))
    return Pages([one for one in found if one != job.line.variant], job.page)


def _choices(job: Reclassify, do: Do) -> tuple[tuple[Choice, ...], str]:
    """Return the list of the prompt, and which page of it is shown."""
    if job.prompt == "change":
        return tuple(Choice(str(n), Message(f"change.{change}")) for n, change in enumerate(CHANGES, 1)), ""
    if job.prompt == "reason":
        why = reasons(job, do)
        return why.choices(lambda row: Message("text", {"text": row.text})), why.progress
    if job.prompt == "new" and job.change == LOCATION and not job.is_new:
        places = locations(job, do)
        return places.choices(lambda one: Message("text", {"text": one})), places.progress
    if job.prompt == "new" and job.change == VARIANT:
        versions = variants(job, do)
        return versions.choices(lambda one: Message("change.to_variant", {"variant": one})), versions.progress
    return (), ""


def _body(job: Reclassify, do: Do, whole: tuple[Reclassification, ...]) -> tuple[Message, ...]:
    """Tell the goods; at the summary its number and effect first (floor-flows.md 20)."""
    line = job.line
    if not job.change:
        return ()
    places = tuple(Message("body.lies", {"bin": one.bin or one.location, "qty": one.qty}) for one in whole)
    if job.qty is None and job.prompt != "summary":
        return (*line.body(), *places, Message(f"change.{job.change}"))
    qty = sum((one.qty for one in whole), ZERO) if whole else job.qty
    facts: dict[str, Fact] = {"qty": qty, "uom": job.uom or item_of(line, do).base_uom, "item": line.item}
    if job.prompt != "summary":
        to = (Message("change.to", {"new": job.new}),) if job.is_new else ()
        return (Message("body.change", facts), *to, *replace(line, item="").body())
    date = (Message("body.expires", {"date": job.expires}),) if job.expires and not whole else ()
    changed = Message("body.old_new", _old_and_new(job, do))
    return (
        Message("body.post_reclassification", facts),
        changed,
        *date,
        *(places or replace(line, expires=None).body()),
    )


def _old_and_new(job: Reclassify, do: Do) -> dict[str, Fact]:
    line = job.line
    if job.change == EXPIRY:
        now = do.ask(dated, line.goods).expires
        return {"old": now.isoformat() if now else "-", "new": str(job.expires)}
    if job.change == LOCATION:
        here = line.bin if job.new == do.situation.location else do.situation.location
        return {"old": here, "new": job.new_bin if here == line.bin else f"{job.new} {job.new_bin}".strip()}
    old = line.variant if job.change == VARIANT else str(getattr(line, job.change))
    return {"old": old or "-", "new": job.new or "-"}
