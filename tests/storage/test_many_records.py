"""Many entities at a time give what one after the other gives."""

from decimal import Decimal

from domain.books import Books
from domain.items.card import Item, ItemUnit, Variant
from domain.records import Entity
from storage import Store
from tests.storage.posting import command

RED, BLUE = Variant("1000", "RED"), Variant("1000", "BLUE")


def trail(store: Store) -> list[tuple[str, str, str, str]]:
    sql = "SELECT record_type, field, old, new FROM audit_row WHERE field <> '' ORDER BY id"
    return store.reading(lambda connection: connection.execute(sql).fetchall())


def test_an_entity_saved_several_times_at_once_ends_as_it_was_saved_last(store: Store) -> None:
    stages = [RED, Variant("1000", "RED", "Red"), Variant("1000", "RED", "Deep", blocked=True), RED]

    command(store, lambda books: books.records.save_all(stages))

    assert store.question(lambda books: books.records.rows(Variant)) == [RED]
    assert trail(store) == [
        ("variant", "description", "", "Red"),
        ("variant", "description", "Red", "Deep"),
        ("variant", "blocked", "false", "true"),
        ("variant", "description", "Deep", ""),
        ("variant", "blocked", "true", "false"),
    ]


def test_entities_of_several_kinds_are_saved_together(store: Store) -> None:
    entities: list[Entity] = [Item("1000"), ItemUnit("1000", "PCS"), RED, BLUE, Item("1001")]

    command(store, lambda books: books.records.save_all(entities))

    found = store.question(lambda books: [books.records.rows(kind) for kind in (Item, ItemUnit, Variant)])
    assert found == [[Item("1000"), Item("1001")], [ItemUnit("1000", "PCS")], [BLUE, RED]]


def test_entities_equal_to_any_of_many_keys_are_found_once_each(store: Store) -> None:
    variants = [Variant(str(1000 + number), code) for number in range(100) for code in ("BLUE", "RED")]
    command(store, lambda books: books.records.save_all(variants))
    keys = [(str(1000 + number), False) for number in (*range(90), 5, 500)]

    def found(books: Books) -> list[Variant]:
        return books.records.rows_equal(Variant, ("item", "blocked"), keys)

    assert sorted(store.question(found), key=lambda row: (row.item, row.code)) == variants[:180]


def test_what_is_read_ahead_is_what_is_read_singly(store: Store) -> None:
    units = [ItemUnit(str(1000 + number), "BOX", Decimal(number + 1)) for number in range(80)]
    command(store, lambda books: books.records.save_all(units))

    def ahead(books: Books) -> list[ItemUnit | None]:
        books.records.read_ahead(ItemUnit, [(str(1000 + number), "BOX") for number in range(100)])
        return [books.records.one(ItemUnit, str(1000 + number), "BOX") for number in range(100)]

    assert store.question(ahead) == [*units, *[None] * 20]


def test_entities_of_several_kinds_are_removed_together_and_the_trail_says_so(store: Store) -> None:
    command(store, lambda books: books.records.save_all([Item("1000"), RED, BLUE]))

    def remove(books: Books) -> Variant | None:
        books.records.remove_all([RED, Item("1000"), Variant("1000", "GREEN")])
        return books.records.one(Variant, "1000", "RED")

    assert command(store, remove) is None

    assert store.question(lambda books: [*books.records.rows(Variant), *books.records.rows(Item)]) == [BLUE]
    sql = "SELECT record_key FROM audit_row WHERE field = '' AND new = '' ORDER BY id"
    gone = store.reading(lambda connection: connection.execute(sql).fetchall())
    assert gone == [('["1000","RED"]',), ("1000",)]


def test_what_a_list_read_is_what_is_read_singly_until_it_is_saved(store: Store) -> None:
    command(store, lambda books: books.records.save_all([RED, BLUE]))

    def change(books: Books) -> list[Variant | None]:
        books.records.save(Variant("1000", "RED", "Deep"))
        books.records.rows(Variant)
        books.records.remove(BLUE)
        return [books.records.one(Variant, "1000", code) for code in ("RED", "BLUE")]

    assert command(store, change) == [Variant("1000", "RED", "Deep"), None]
