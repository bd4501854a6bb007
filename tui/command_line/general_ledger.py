"""`aisle gl post`: the value that waits goes to the general ledger (general-ledger.md GL-12..18).

A backlog of more than a register holds is posted in several. Not here: reports of it (reports.py).
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from functools import partial

from domain.books import Books
from domain.costing.adjusting import unadjusted_items
from domain.items.card import Item
from domain.ledger.entries import shown
from domain.posting.to_gl import PostedToGl, PostToGl, look_at_gl, post_to_gl
from tui.command_line.printing import complain, counted, say
from tui.command_line.reports import day_of, known
from tui.command_line.sentences import sentence
from tui.command_line.system import opened, system


def post(options: Namespace) -> int:
    """Post what waits, or only look at it; name what was skipped, and why."""
    work = look_at_gl if options.dry_run else post_to_gl
    with opened(options, read_only=options.dry_run) as store:
        run = store.question if options.dry_run else store.transaction
        command = PostToGl(
            upto=day_of(options.to) if options.to else None,
            items=tuple(item for no in options.items if (item := known(store, Item, "no", no))),
            per_group=options.per_group,
            document_no=options.document,
        )
        if waiting := store.question(unadjusted_items):
            complain(f"Of {counted(len(waiting), 'item')} the cost is not settled: run aisle cost adjust first.")

        def step(command: PostToGl, books: Books) -> PostedToGl:
            return work(books, system(books), command)

        posted, is_done = 0, False
        while not is_done:
            result = run(partial(step, command))
            posted += result.posted
            for skipped in result.skipped:
                reason = sentence(skipped.reason.code, skipped.reason.facts)
                complain(f"Value entry {shown(skipped.value_entry)} is skipped: {reason}")
            command, is_done = replace(command, after=result.last), not result.last
        say(f"Value entries {'to post' if options.dry_run else 'posted'}: {posted:,}.")
    return 0
