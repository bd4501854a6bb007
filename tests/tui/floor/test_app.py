"""The application without a terminal: what it asks of the session, in which order, and what the capture learns."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from threading import Event, get_ident
from time import monotonic

import pytest
from textual.geometry import Size
from textual.pilot import Pilot

from tests.tui.floor.views import BIN, GOLDEN, LOGIN, MENU, QTY
from tui.capture import CaptureSettings, Echo, Keys, Line
from tui.floor.app import Due, FloorApp
from tui.floor.profiles import Display
from tui.floor.screen import WIDE, WORK_COLUMNS
from tui.floor.themes import MONO
from tui.floor.widgets import Rows
from tui.jobs.view import Choice, Message, View

AWAY = replace(BIN, error=Message("no_server"))


REMAPPED = replace(BIN, keys={"f3": "menu"})


class Session:
    """Answers each line with the View of that name, once it may."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.threads: set[int] = set()
        self.may_answer = Event()
        self.may_answer.set()

    def connect(self) -> View:
        return BIN

    def take(self, line: Line) -> View:
        self.given.append(line.text)
        self.threads.add(get_ident())
        self.may_answer.wait()
        others = {"away": AWAY, "remapped": REMAPPED}
        return others[line.text] if line.text in others else GOLDEN[line.text]

    def pass_over(self, line: Line) -> View:
        self.given.append(f"passed over {line.text}")
        return GOLDEN["question"]

    def press(self, command: str) -> View:
        self.given.append(command)
        self.threads.add(get_ident())
        return GOLDEN["lookup"] if command == "find" else BIN

    def idle(self) -> View:
        return LOGIN

    def retry(self) -> View:
        self.given.append("retry")
        return BIN if self.given.count("retry") > 1 else AWAY

    def hang_up(self) -> None:
        pass


def line(text: str) -> Line:
    return Line(text.encode(), "scanned", 0)


@asynccontextmanager
async def running(session: Session) -> AsyncIterator[tuple[FloorApp, Pilot[None]]]:
    app = FloorApp(
        session,
        BIN,
        database=ThreadPoolExecutor(max_workers=1),
        display=Display(MONO, "ascii"),
        settings=CaptureSettings(),
        report=str,
        bells=True,
        language="en",
        idle_s=600,
    )
    async with app.run_test(size=(21, 16)) as pilot:
        yield app, pilot


async def until_answered(app: FloorApp, count: int) -> None:
    while app.answered < count:
        await asyncio.sleep(0)


def shown(app: FloorApp) -> list[str]:
    return [app.screen.query_one("#work", Rows).render_line(row).text.rstrip() for row in range(16)]


async def resize(app: FloorApp, pilot: Pilot[None], columns: int, rows: int) -> None:
    await pilot.resize_terminal(columns, rows)
    work = Size(WORK_COLUMNS if columns >= WIDE else columns, rows)
    while app.screen.query_one("#work", Rows).size != work:
        await asyncio.sleep(0)


def test_the_next_line_is_taken_when_the_last_is_answered_and_painted() -> None:
    session = Session()
    session.may_answer.clear()

    async def work() -> None:
        async with running(session) as (app, _):
            app.accept([line("qty"), line("menu"), Keys(b"\x1bOQ"), Echo("12")])
            while not session.given:
                await asyncio.sleep(0)
            assert session.given == ["qty"]
            assert shown(app)[11] == "BIN>"

            session.may_answer.set()
            await until_answered(app, 3)
            assert session.given == ["qty", "menu", "done"]
            while shown(app)[11] != "BIN>12":
                await asyncio.sleep(0)

    asyncio.run(work())
    assert len(session.threads) == 1


def test_a_key_means_what_the_painted_key_bar_says() -> None:
    session = Session()
    f3 = Keys(b"\x1bOR")

    async def work() -> None:
        async with running(session) as (app, _):
            app.accept([f3, line("remapped"), f3])
            await until_answered(app, 3)

    asyncio.run(work())
    assert session.given == ["short", "remapped", "menu"]


def test_what_is_half_typed_when_a_key_leads_aside_stands_there_again_on_the_way_back() -> None:
    async def work() -> None:
        async with running(Session()) as (app, _):
            app.accept([Keys(b"\x1b[15~", b"12"), line("menu"), Keys(b"\x1b")])
            while shown(app)[11] != "BIN>12":
                await asyncio.sleep(0)
            (typed,) = app.capture.feed(b"\r", monotonic())
            assert isinstance(typed, Line)
            assert typed.raw == b"12"

    asyncio.run(work())


def test_a_key_that_leads_nowhere_else_leaves_what_is_half_typed() -> None:
    async def work() -> None:
        async with running(Session()) as (app, _):
            app.accept([Keys(b"\x1bOP", b"12")])
            while shown(app)[11] != "BIN>12":
                await asyncio.sleep(0)

    asyncio.run(work())


def test_a_lock_forgets_what_was_half_typed_before_a_look_up() -> None:
    async def work() -> None:
        async with running(Session()) as (app, _):
            app.accept([Keys(b"\x1b[15~", b"12"), Due.IDLE, line("bin")])
            await until_answered(app, 2)
            assert shown(app)[11] == "BIN>"

    asyncio.run(work())


def test_the_capture_knows_where_one_digit_is_an_answer() -> None:
    async def work() -> None:
        async with running(Session()) as (app, _):
            for count, (state, digits, question) in enumerate(
                [("menu", True, False), ("question", True, True), ("qty", False, False)], 1
            ):
                app.accept([line(state)])
                await until_answered(app, count)
                assert (app.capture.digits, app.capture.question) == (digits, question)

    asyncio.run(work())


def test_scn_13_what_was_typed_before_a_question_came_up_does_not_answer_it() -> None:
    session = Session()

    async def work() -> None:
        async with running(session) as (app, _):
            before = monotonic()
            app.accept([line("question"), Line(b"1", "keyed", before), Line(b"menu", "scanned", before)])
            await until_answered(app, 3)
            app.accept([line("question")])
            await until_answered(app, 4)
            app.accept([Line(b"menu", "keyed", monotonic())])
            await until_answered(app, 5)

    asyncio.run(work())
    assert session.given == ["question", "passed over 1", "menu", "question", "menu"]


def test_enter_shows_the_rest_of_a_list_before_it_is_an_answer() -> None:
    session = Session()

    async def work() -> None:
        async with running(session) as (app, pilot):
            await resize(app, pilot, 20, 8)
            app.accept([line("lookup"), line("")])
            while "7-12/17" not in app.screen.query_one("#work", Rows).render_line(0).text:
                await asyncio.sleep(0)

    asyncio.run(work())
    assert session.given == ["lookup"]


def test_enter_after_the_end_of_a_list_begins_it_again() -> None:
    reasons = tuple(Choice(str(n), Message("text", {"text": f"Reason number {n}"})) for n in range(1, 10))

    class Listing(Session):
        def take(self, line: Line) -> View:
            self.given.append(line.text)
            return replace(MENU, choices=reasons, message=None)

    session = Listing()

    async def work() -> None:
        async with running(session) as (app, pilot):
            await resize(app, pilot, 20, 8)
            app.accept([line("list"), line("")])
            while "4-9/9" not in app.screen.query_one("#work", Rows).render_line(0).text:
                await asyncio.sleep(0)
            app.accept([line("")])
            while "1-6/9" not in app.screen.query_one("#work", Rows).render_line(0).text:
                await asyncio.sleep(0)

    asyncio.run(work())
    assert session.given == ["list"]


def test_a_key_without_a_command_is_not_the_session_s() -> None:
    session = Session()

    async def work() -> None:
        async with running(session) as (app, _):
            app.accept([Keys(b"\x11"), Keys(b"\x1b[24~"), Keys(b"\x1b[I"), Keys(b"\x1b[B"), line("qty")])
            await until_answered(app, 1)

    asyncio.run(work())
    assert session.given == ["qty"]


def test_every_state_is_painted_at_every_size_it_is_resized_to() -> None:
    sizes = [(1, 1), (20, 8), (79, 9), (80, 24), (200, 3), (21, 16)]

    async def work() -> None:
        async with running(Session()) as (app, pilot):
            for count, size in enumerate(sizes, 1):
                await resize(app, pilot, *size)
                app.accept([line(state) for state in [*GOLDEN, "qty"]])
                await until_answered(app, count * (len(GOLDEN) + 1))
            assert shown(app)[11] == f"QTY>[{QTY.field}]"

    asyncio.run(work())


@pytest.mark.slow
def test_a_database_that_is_away_is_tried_again_until_it_answers() -> None:
    session = Session()

    async def work() -> None:
        async with running(session) as (app, _):
            app.accept([line("away")])
            while shown(app)[11] != "BIN>" or session.given.count("retry") < 2:
                await asyncio.sleep(0.1)

    asyncio.run(work())
    assert session.given == ["away", "retry", "retry"]
