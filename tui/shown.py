"""What a terminal shows: the View of its job, and around it a refusal, a question, a notice.

Not here: what a job shows of itself (jobs/), how it is painted (floor/), what state a terminal is in (answering.py).
"""

from __future__ import annotations

from dataclasses import replace

from tui.jobs.how_read import found_told
from tui.jobs.pages import Pages
from tui.jobs.view import Message, View, as_fact
from tui.state import ENTER, State


def shown(state: State, view: View) -> View:
    """Put around a job's View what the session knows."""
    view = replace(
        view,
        operator=state.operator,
        location=state.location,
        message=state.message,
        outcome=state.outcome,
        error=state.refusal,
        ignored=state.ignored,
    )
    if not view.body and not view.choices:
        view = replace(view, body=(Message(f"hint.{view.prompt}"),))  # an empty screen says what it waits for
    question = state.question
    if question is not None:
        view = replace(view, prompt="question", field=None)
    if state.refusal is not None:
        keys = () if state.job.holds_refusals else view.commands  # the scan line names what goes on
        return replace(view, message=None, bells=2, commands=keys)
    if state.is_beep:
        return replace(view, bells=2)
    if question is None:
        return view
    pages = Pages(question.found, question.page)
    facts = {name: as_fact(value) for name, value in question.facts.items()}
    takes_enter = ENTER in question.answers  # where it only means no, Esc is told
    return replace(
        view,
        body=(Message(question.code, facts), *view.body),
        choices=pages.choices(found_told),
        progress=pages.progress or view.progress,
        digits=True,
        bells=1,
        commands=("ok", "back") if takes_enter else ("back",),
    )
