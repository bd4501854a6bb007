"""What a reading of the whole showed: each of these once went wrong."""

from storage import Store
from tests.kill.warehouse import PIN, make_warehouse, now
from tui.capture import Line
from tui.session import Terminal


def a_terminal(path):
    make_warehouse(path)
    store = Store.open(str(path))
    terminal = Terminal(store, now=now, terminal="t1", holder="h", is_alive=lambda _: False, report=str)
    terminal.connect()
    clock = iter(range(1, 1000))

    def types(*texts, source="keyed"):
        view = terminal.view()
        for text in texts:
            view = terminal.take(Line(text.encode(), source, float(next(clock))))
        return view

    types("SARA", PIN)
    return store, terminal, types


def kept(store):
    from domain.people.books import TerminalSession

    return store.question(lambda books: books.records.one(TerminalSession, "t1").state)


def test_a_pin_that_opens_the_lock_at_a_quantity_is_kept_nowhere(tmp_path):
    store, terminal, types = a_terminal(tmp_path / "aisle.db")
    types("7", "B:W-01", "1001", "2")
    terminal.idle()

    view = types(PIN)

    assert view.prompt == "qty"
    assert PIN not in kept(store)


def test_a_count_below_zero_for_the_next_scan_is_no_command(tmp_path):
    _, _, types = a_terminal(tmp_path / "aisle.db")

    view = types("7", "B:W-01", "1001", "2", "-3*")

    assert view.error is not None
    assert view.error.code == "barcode_at_qty"


def test_an_item_label_read_twice_does_not_become_a_lot(tmp_path):
    _, _, types = a_terminal(tmp_path / "aisle.db")

    view = types("7", "B:W-02", "1002", "1002")

    assert (view.prompt, view.got["lot"]) == ("lot", None)


def test_pieces_scanned_are_counted_before_the_bin_is_left(tmp_path):
    _, terminal, types = a_terminal(tmp_path / "aisle.db")
    types("6", "B:W-02", "1001")
    types("I:1001", source="scanned")

    view = terminal.press("next")

    assert (view.prompt, view.message.code) == ("qty", "recount")


def test_a_count_done_again_is_not_posted_in_place_of_the_one_that_was_looked_at(tmp_path):
    store, terminal, types = a_terminal(tmp_path / "aisle.db")
    types("6", "B:W-01", "1001", "1000", "1003", "A", "1000")
    terminal.press("done")
    terminal.press("ok")
    terminal.press("back")
    types("9", "8", "2", "1")
    store.transaction(_finish_again)

    view = terminal.press("ok")

    assert view.error.code == "changed"


def _finish_again(books):
    from dataclasses import replace

    from domain.work.documents import CountJournal

    journal = books.records.rows(CountJournal, status="finished")[0]
    books.records.save(replace(journal, finished_at=now()))
