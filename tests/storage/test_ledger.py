"""Registers: how they are numbered, timed, sealed and discarded, and how an operation sent twice is answered."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from domain.books import Books
from domain.errors import InvariantBroken, Refused
from domain.items.card import Identifier, Item
from domain.ledger.books import OpenRegister
from domain.ledger.entries import Application, AuditRow, shown
from storage import Store
from storage.chain import COLUMNS, FORMAT, NO_HEAD
from tests.storage.posting import DAY, NOW, command, decrease, head, increase

FIRST = (1 << 33) + 1
LEDGERS = [table for table in COLUMNS[FORMAT] if table != "register"]


def counts(store: Store) -> dict[str, int]:
    """How many rows each ledger holds, and the writer's sequence."""

    def read(connection):
        found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COLUMNS[FORMAT]}
        return found | {"sequence": connection.execute("SELECT sequence FROM writer").fetchone()[0]}

    return {table: count for table, count in store.reading(read).items() if count}


def note(books: Books, text: str = "x") -> None:
    books.records.note("test", "1", "field", "", text)


def post_and_be_refused(books: Books) -> None:
    increase(books, "1000", "5", "MAIN/W-01", lot="L1")
    books.records.save(Item("1000"))
    books.ledger.answer("op-1", "Post", "{}")
    raise Refused("not_enough")


def test_rows_are_numbered_by_writer_register_and_position_over_all_ledgers(store: Store) -> None:
    first = command(store, lambda books: increase(books, "1000", "5"))
    second = command(store, lambda books: increase(books, "1000", "5", "MAIN/W-01"))

    assert [shown(first), shown(second)] == ["1-1.1", "1-2.1"]
    ids = store.reading(
        lambda connection: [
            shown(number)
            for table in LEDGERS
            for (number,) in connection.execute(f"SELECT id FROM {table} WHERE id > {second}")
        ]
    )
    assert sorted(ids) == ["1-2.2", "1-2.3", "1-2.4"]


def test_registers_go_on_with_the_newest_writer_for_a_restore_closes_the_others(store: Store) -> None:
    first = command(store, lambda books: increase(books, "1000", "5"))
    new = "INSERT INTO writer SELECT 7, 0, ?, posted_at, '', 0 FROM writer"
    store.writing(lambda connection: connection.execute(new, (NO_HEAD,)))
    second = command(store, lambda books: increase(books, "1000", "5"))

    assert [shown(first), shown(second)] == ["1-1.1", "7-1.1"]


def test_a_command_that_appends_nothing_has_no_register_even_when_it_opened_one(store: Store) -> None:
    command(store, lambda books: None)
    command(store, lambda books: books.ledger.register())
    command(store, lambda books: books.ledger.append([]))

    assert counts(store) == {}


def test_audit_rows_alone_make_a_register_too(store: Store) -> None:
    command(store, lambda books: books.records.save(Identifier("A", "1000")))

    assert counts(store) == {"audit_row": 1, "register": 1, "sequence": 1}


def test_the_register_says_who_where_when_and_with_which_program(store: Store) -> None:
    def work(books: Books) -> None:
        with books.ledger.command(head("count", "op-1")):
            note(books)

    store.transaction(work)

    sql = "SELECT id, operation_id, operator, second_person, terminal, profile, source, program FROM register"
    row = store.reading(lambda connection: connection.execute(sql).fetchone())
    assert row == (FIRST, "op-1", "ANNA", "", "T1", "P1", "count", "0.1.0")


def test_posted_at_is_the_clock_the_writers_last_or_what_is_built_on_whichever_is_latest(store: Store) -> None:
    tick = timedelta(microseconds=1)

    def opened(books: Books, now=NOW, after=None) -> OpenRegister:
        with books.ledger.command(head(now=now)):
            register = books.ledger.register(after)
            note(books)
        return register

    times = [
        store.transaction(opened).posted_at,
        store.transaction(lambda books: opened(books, now=NOW - timedelta(hours=1))).posted_at,
        store.transaction(lambda books: opened(books, after=NOW + timedelta(hours=2))).posted_at,
        store.transaction(lambda books: opened(books, now=NOW + timedelta(hours=3))).posted_at,
    ]

    assert times == [NOW, NOW + tick, NOW + timedelta(hours=2) + tick, NOW + timedelta(hours=3)]


def test_an_open_register_that_is_not_later_than_what_it_builds_on_is_planned_again(path) -> None:
    def work(books: Books) -> None:
        opened = books.ledger.register()
        books.ledger.register(after=opened.posted_at)

    with Store.open(str(path), patience=0.0) as store, pytest.raises(InvariantBroken, match="stale"):
        command(store, work)


def test_a_register_once_open_stays_the_same(store: Store) -> None:
    def work(books: Books) -> bool:
        opened = books.ledger.register()
        note(books)
        return books.ledger.register(after=opened.posted_at - timedelta(seconds=1)) == opened

    assert command(store, work)


def test_rows_may_be_appended_in_any_order_of_their_numbers(store: Store) -> None:
    def work(books: Books) -> None:
        early = books.ledger.number()
        note(books)
        books.ledger.append([AuditRow(early, "test", "1", "", "", "early")])

    command(store, work)

    assert counts(store)["audit_row"] == 2


def test_a_number_without_its_row_a_row_without_a_number_and_one_used_twice_are_bugs(store: Store) -> None:
    def unused(books: Books) -> None:
        note(books)
        books.ledger.number()

    def foreign(books: Books) -> None:
        note(books)
        books.ledger.append([AuditRow(books.ledger.number() + 1, "test", "1", "", "", "")])

    def invented(books: Books) -> None:
        books.ledger.append([AuditRow(FIRST << 20 | 1, "test", "1", "", "", "")])

    def doubled(books: Books) -> None:
        number = books.ledger.number()
        books.ledger.append([AuditRow(number, "test", "1", "", "", "")])
        books.ledger.append([Application(number, number, number, 0, Decimal(1), DAY)])

    for work in (unused, foreign, invented, doubled):
        with pytest.raises(InvariantBroken, match="numbered 1 to"):
            command(store, work)
    assert counts(store) == {}


def test_rows_outside_a_command_and_a_command_inside_a_command_are_bugs(store: Store) -> None:
    def nested(books: Books) -> None:
        with books.ledger.command(head()):
            note(books)

    with pytest.raises(InvariantBroken, match="outside a command"):
        store.transaction(note)
    with pytest.raises(InvariantBroken, match="outside a command"):
        store.transaction(lambda books: books.ledger.append([AuditRow(1, "test", "1", "", "", "")]))
    with pytest.raises(InvariantBroken, match="inside a command"):
        command(store, nested)
    with pytest.raises(InvariantBroken, match="outside a command"):
        store.transaction(lambda books: books.ledger.answer("op-1", "Post", "{}"))

    assert counts(store) == {}


def test_a_refused_command_leaves_nothing_and_its_number_goes_to_the_next(store: Store) -> None:
    def work(books: Books) -> None:
        with pytest.raises(Refused), books.savepoint(), books.ledger.command(head()):
            post_and_be_refused(books)
        assert books.ledger.sealed == 0
        assert books.records.one(Item, "1000") is None
        with books.ledger.command(head()):
            note(books, "the next one")

    store.transaction(work)

    assert counts(store) == {"audit_row": 1, "register": 1, "sequence": 1}
    assert store.question(lambda books: (books.stock.on_hand("1000"), books.ledger.answered("op-1"))) == ([], None)


def test_a_command_that_fails_is_undone_even_without_a_savepoint_around_it(store: Store) -> None:
    def work(books: Books) -> None:
        with pytest.raises(Refused), books.ledger.command(head()):
            post_and_be_refused(books)

    store.transaction(work)

    assert counts(store) == {}


def test_a_savepoint_inside_a_command_takes_back_its_rows_and_numbers_only(store: Store) -> None:
    def work(books: Books) -> None:
        note(books, "kept")
        with pytest.raises(Refused), books.savepoint():
            post_and_be_refused(books)
        note(books, "kept too")

    command(store, work)

    told = store.reading(lambda connection: connection.execute("SELECT id, new FROM audit_row ORDER BY id").fetchall())
    assert [(shown(number), new) for number, new in told] == [("1-1.1", "kept"), ("1-1.2", "kept too")]


def test_a_register_opened_inside_a_savepoint_goes_with_it(store: Store) -> None:
    def work(books: Books) -> None:
        with pytest.raises(Refused), books.savepoint():
            post_and_be_refused(books)
        note(books, "kept")

    command(store, work)

    assert counts(store) == {"audit_row": 1, "register": 1, "sequence": 1}


def test_several_commands_in_one_transaction_have_registers_of_their_own(store: Store) -> None:
    def work(books: Books) -> list[int]:
        sealed = []
        for _ in range(3):
            with books.ledger.command(head()):
                note(books)
            sealed.append(books.ledger.sealed)
        return sealed

    assert store.transaction(work) == [FIRST, FIRST + 1, FIRST + 2]


def test_an_operation_done_is_answered_and_its_id_is_never_used_twice(store: Store) -> None:
    def work(books: Books) -> None:
        note(books)
        books.ledger.answer("op-1", "PostAdjustment", '{"document":"1-1"}')

    command(store, work, operation_id="op-1")

    assert store.question(lambda books: books.ledger.answered("op-1")) == '{"document":"1-1"}'
    assert store.question(lambda books: books.ledger.answered("op-2")) is None
    with pytest.raises(InvariantBroken, match="operation"):
        command(store, work)


def test_the_postings_of_an_operator_are_listed_newest_first(store: Store) -> None:
    command(store, lambda books: increase(books, "1000", "5"))
    command(store, lambda books: [increase(books, "1000", "5"), increase(books, "1001", "5")])

    posted = store.question(lambda books: books.ledger.posted_by("ANNA", NOW))

    assert [(row.document, row.source, row.lines) for row in posted] == [
        ("1-2", "adjustment", 2),
        ("1-1", "adjustment", 1),
    ]
    assert store.question(lambda books: books.ledger.posted_by("BEN", NOW)) == []
    assert store.question(lambda books: books.ledger.posted(posted[1].id)) == posted[1]


def test_the_hash_is_the_one_the_format_describes(store: Store) -> None:
    def work(books: Books) -> None:
        with books.ledger.command(head("change")):
            books.records.note("bin", "Ä|1", "block", "none", "all")

    store.transaction(work)

    at = 1767601800000000
    text = (
        f"register {FIRST} {at} 2 0 4 0 2 2 6 5 ANNAT1P1change0.1.0\n"
        f"audit_row {FIRST << 20 | 1} 3 3 5 4 3 0 binÄ|1blocknoneall\n"
    )
    kept = store.reading(lambda connection: connection.execute("SELECT hash FROM register").fetchone()[0])
    assert kept == sha256(NO_HEAD + text.encode()).digest()


def test_no_more_rows_are_numbered_than_a_register_holds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.books.ledger.MOST_ROWS", 3)

    with pytest.raises(InvariantBroken, match="more than 3 rows"):
        command(store, lambda books: increase(books, "1000", "5", "MAIN/W-01"))


def test_a_decrease_that_takes_more_than_is_open_is_a_stale_plan(path) -> None:
    with Store.open(str(path), patience=0.0) as store:
        supplier = command(store, lambda books: increase(books, "1000", "5"))
        with pytest.raises(InvariantBroken, match="remaining=-100000"):
            command(store, lambda books: decrease(books, "1000", "6", draws=[(supplier, "6")]))
