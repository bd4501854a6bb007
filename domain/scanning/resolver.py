"""What a reading means at a prompt: one thing of the books, a choice of several, or a refusal (floor-flows.md 1).

Not here: what kind of text it is (reader.py), what a quantity prompt takes, whether the thing found is the one wanted
here (the jobs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Refused
from domain.items.card import Identifier, Item
from domain.records import Entity
from domain.scanning.books import ScanBooks
from domain.scanning.reading import Reading
from domain.site import Bin, Location
from domain.values import code, fold

NUMBERS = ("lot", "serial", "package")
KINDS = ("bin", "item", "document", *NUMBERS, "location", "operator")
"""What a prompt may accept, in the order bare codes are tried as; an operator is not looked up."""
TEXT = "text"
"""Accepted besides: any bare code that is nothing else."""

_LABELS = {"pallet": "package", "order": "document", "user": "operator"}
"""Kinds of the reader that have another name in stock (glossary)."""
_BARE = {"plain", "gtin", "rcn"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What the prompt waits for; blank where anything goes."""

    prompt: str = ""
    """Its name, for refusals."""
    bin: str = ""
    item: str = ""
    variant: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""
    document: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading means. Fields that its kind does not say are blank."""

    kind: str
    """One of KINDS, or TEXT."""
    item: str = ""
    variant: str = ""
    uom: str = ""
    """The unit a label stands for; "" where it does not say."""
    bin: str = ""
    number: str = ""
    """A lot, serial or package as it first came in, or as scanned where it never did; also a text."""
    location: str = ""
    document: str = ""
    operator: str = ""
    """As scanned: whether there is such an operator is never told (decision 34)."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Several things a reading may mean, the expected one first."""

    found: tuple[Found, ...]


def resolve(
    books: ScanBooks,
    reading: Reading,
    *,
    accepts: frozenset[str],
    location: str,
    expected: Expected,
    documents: Sequence[type[Entity]] = (),
) -> Found | Choices:
    """Return what `reading` means at a prompt that takes the kinds `accepts` at `location` (floor-flows.md 4).

    `documents` are the kinds of document there are. A number of an item that is asked for needs not be known.

    Raises Refused: unreadable, unknown, no_match_kind (a known thing of another kind), bin_elsewhere, or key_not_here
    for a command.
    """
    if reading.error == "E_AMBIG":
        return _either(books, reading, accepts, location, expected)
    if reading.error:
        raise Refused("unreadable", e_code=reading.error, **reading.error_facts)
    if reading.kind == "command":
        raise Refused("key_not_here")
    search = _Search(books, reading, location, expected, documents)
    hits = search.hits(accepts)
    if not hits:
        raise search.refusal(accepts)
    return hits[0] if len(hits) == 1 else Choices(tuple(hits))


def _either(books: ScanBooks, reading: Reading, accepts: frozenset[str], location: str, expected: Expected) -> Choices:
    """Return what the readings of an ambiguous code mean; a person chooses even where only one is known (SCN-52)."""
    hits = [found for one in reading.readings for found in _Search(books, one, location, expected).hits(accepts)]
    if not hits:
        raise Refused("unreadable", e_code=reading.error)
    return Choices(tuple(dict.fromkeys(hits)))


@dataclass(frozen=True, slots=True)
class _Search:
    """One reading on its way through the books."""

    books: ScanBooks
    reading: Reading
    location: str
    expected: Expected
    documents: Sequence[type[Entity]] = ()

    @property
    def text(self) -> str:
        """The code as it is told: a GTIN without the zeros put before it."""
        return self.reading.text("code") or self.reading.text("sscc") or self.reading.text("gtin").lstrip("0")

    @property
    def texts(self) -> list[str]:
        """The code in every length it may be written down with: a GTIN with and without zeros before it."""
        gtin = self.reading.text("gtin")
        return [gtin[cut:] for cut in (0, 1, 2, 6) if not gtin[:cut].strip("0")] if gtin else [self.text]

    def hits(self, kinds: frozenset[str]) -> list[Found]:
        """Return all it may mean among `kinds`, the expected one first. A label with a prefix is only its kind."""
        if self.reading.kind not in _BARE:
            label = "package" if self.reading.text("sscc") else _LABELS.get(self.reading.kind, self.reading.kind)
            kinds &= {label}
        found = [hit for kind in KINDS if kind in kinds for hit in self._of_kind(kind, kinds)]
        if not found and TEXT in kinds:
            return [Found(TEXT, number=self.text)]
        return sorted(dict.fromkeys(found), key=lambda hit: not self._is_expected(hit))

    def refusal(self, accepts: frozenset[str]) -> Refused:
        """Return why it means nothing here."""
        prompt = self.expected.prompt or (next(iter(accepts)) if len(accepts) == 1 else "")
        if self.hits(frozenset(KINDS) - accepts - {"operator"}):
            return Refused("no_match_kind", code=self.text, prompt=prompt)
        bin_code = code(self.text)
        if "bin" in accepts and (self.reading.kind == "bin" or self.books.records.rows(Bin, code=bin_code)):
            return Refused("bin_elsewhere", bin=bin_code, location=self.location)
        return Refused("unknown", code=self.text, prompt=prompt)

    def _of_kind(self, kind: str, kinds: frozenset[str]) -> list[Found]:
        match kind:
            case "bin":
                return self._bins(is_asked_for=kinds == {kind})
            case "item":
                return self._items()
            case "document":
                return self._documents()
            case "location":
                known = self.books.records.one(Location, code(self.text))
                return [Found("location", location=known.code)] if known else []
            case "operator":
                return [Found("operator", operator=self.text)]
            case _:
                return self._numbers(kind, is_asked_for=kinds == {kind} or self.expected.prompt == kind)

    def _bins(self, *, is_asked_for: bool) -> list[Found]:
        """Bins here; where nothing but a bin is asked for, also the told one by its check digits."""
        records = self.books.records
        known = [bin for text in self.texts if (bin := records.one(Bin, self.location, code(text)))]
        if is_asked_for and self.reading.kind == "plain" and self.expected.bin:
            told = records.one(Bin, self.location, self.expected.bin)
            known += [told] if told and told.check == self.text else []
        return [Found("bin", bin=bin.code, location=bin.location) for bin in known]

    def _items(self) -> list[Found]:
        """The item step of catalogue.md: a GTIN before an item number, an item number before any other code."""
        records = self.books.records
        by_no = [Found("item", item=item.no) for text in self.texts if (item := records.one(Item, code(text)))]
        by_code = [
            Found("item", item=row.item, variant=row.variant, uom=row.uom or item.base_uom)
            for text in self.texts
            if (row := records.one(Identifier, text)) and (item := records.one(Item, row.item))
        ]
        if self.reading.kind == "gtin":
            cards = records.rows(Item, gtin=self.reading.text("gtin"))
            by_code += [Found("item", item=card.no, uom=card.base_uom) for card in cards]
        return (by_code or by_no) if self.reading.text("gtin") else (by_no or by_code)

    def _documents(self) -> list[Found]:
        no = code(self.text)
        return [Found("document", document=no) for kind in self.documents if self.books.records.one(kind, no)]

    def _numbers(self, kind: str, *, is_asked_for: bool) -> list[Found]:
        """Numbers of the expected item, else of any; one that never came in only where just that is asked for.

        A package of several items is one package, without an item.
        """
        item, variant = self.expected.item, self.expected.variant
        found = [
            Found(kind, one.item, one.variant, number=one.no)
            for text in self.texts
            for one in self.books.numbers.known_anywhere(kind, fold(text))
            if not item or (one.item, one.variant) == (item, variant)
        ]
        if kind == "package" and len(found) > 1:
            return [Found(kind, number=found[0].number)]
        return found or ([Found(kind, item, variant, number=self.text)] if item and is_asked_for else [])

    def _is_expected(self, hit: Found) -> bool:
        told = {"bin": hit.bin, "item": hit.item, "document": hit.document, "location": hit.location}
        wanted = getattr(self.expected, hit.kind, "")
        return bool(wanted) and fold(told.get(hit.kind, hit.number)) == fold(wanted)
