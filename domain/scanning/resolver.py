"""What a reading means at a prompt: one thing of the books, a choice of several, or a refusal (floor-flows.md 1).

Not here: what kind of text it is (reader.py), what a label says besides (label.py), what a quantity prompt takes,
whether the thing found is the one wanted here (the jobs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Refused
from domain.items.card import Identifier, Item
from domain.records import Entity
from domain.scanning.books import ScanBooks
from domain.scanning.label import NOTHING_ELSE, Label, label_of, named
from domain.scanning.reading import Reading
from domain.site import Bin, Location
from domain.values import code, fold

NUMBERS = ("lot", "serial", "package")
KINDS = ("bin", "item", "document", *NUMBERS, "location", "operator")
"""What a prompt may accept, in the order bare codes are tried as; an operator is not looked up."""
TEXT = "text"
"""Accepted besides: any bare code that is nothing else."""

_EXTERNAL = "external_document_no"
"""The field of a document that holds the number a partner gave it."""
_ANY_KIND = {"plain", "gtin", "rcn"}
"""Readings that do not say what they name."""


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
    is_variant_chosen: bool = False
    """A person chose the variant; the blank one is a variant too."""
    uom: str = ""
    """The unit a label stands for; "" where it does not say."""
    bin: str = ""
    number: str = ""
    """A lot, serial or package as it first came in, or as scanned where it never did; also a text."""
    location: str = ""
    document: str = ""
    operator: str = ""
    """As scanned: whether there is such an operator is never told (decision 34)."""
    label: Label = NOTHING_ELSE
    """What the label of an item or a number says besides, to fill further prompts with."""


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
        searches = [_Search(books, one, location, expected, documents) for one in reading.readings]
        return _either(searches, accepts)
    if reading.error:
        raise Refused("unreadable", e_code=reading.error, **reading.error_facts)
    if reading.kind == "command":
        raise Refused("key_not_here")
    search = _Search(books, reading, location, expected, documents)
    hits = search.hits(accepts)
    if not hits:
        raise search.refusal(accepts)
    return hits[0] if len(hits) == 1 else Choices(tuple(hits))


def _either(searches: Sequence[_Search], accepts: frozenset[str]) -> Found | Choices:
    """Return what the readings of an ambiguous code mean; a person chooses, even where only one is known.

    The one exception: of the readings with a lot or serial exactly one names a number its item has (SCN-52).
    """
    hits = list(dict.fromkeys(found for search in searches for found in search.hits(accepts)))
    if not hits:
        raise Refused("unreadable", e_code="E_AMBIG")
    known = [search.hits(accepts) for search in searches if search.names_a_known_number()]
    return known[0][0] if len(known) == 1 and len(known[0]) == 1 else Choices(tuple(hits))


@dataclass(frozen=True, slots=True)
class _Search:
    """One reading on its way through the books."""

    books: ScanBooks
    reading: Reading
    location: str
    expected: Expected
    documents: Sequence[type[Entity]] = ()

    @property
    def names(self) -> dict[str, str]:
        """The code of each kind of thing the reading says it names."""
        return named(self.reading)

    @property
    def text(self) -> str:
        """The code as it is told: a GTIN without the zeros put before it."""
        return next(iter(self.names.values()), self.reading.raw).lstrip("0" if self.reading.text("gtin") else "")

    def texts(self, kind: str) -> list[str]:
        """Return the code of that kind in every length it may be written down with: a GTIN with and without zeros."""
        names = self.names
        text = names.get(kind) or ("" if self.says_its_kinds else next(iter(names.values()), ""))
        gtins = (self.reading.text("gtin"), self.reading.text("content_gtin"))
        if text and text in gtins:
            return [text[cut:] for cut in (0, 1, 2, 6) if not text[:cut].strip("0")]
        return [text] if text else []

    @property
    def says_its_kinds(self) -> bool:
        """Whether the reading says what it names; a bare code may be anything."""
        return self.reading.kind not in _ANY_KIND

    def hits(self, kinds: frozenset[str]) -> list[Found]:
        """Return all it may mean among `kinds`, the expected one first. A label that says its kinds is only those."""
        if self.says_its_kinds:
            kinds &= self.names.keys()
            if "item" in kinds:  # whatever else the label says is said of the item
                kinds = frozenset({"item"})
        found = [hit for kind in KINDS if kind in kinds for hit in self._of_kind(kind, kinds)]
        if not found and TEXT in kinds:
            return [Found(TEXT, number=self.text)]
        return sorted(dict.fromkeys(found), key=lambda hit: not self._is_expected(hit))

    def names_a_known_number(self) -> bool:
        """Say whether its lot or serial is the expected one, or has been in stock for its item, else the expected."""
        items = {hit.item for hit in self._items()} or {self.expected.item}
        return any(
            fold(text) == fold(getattr(self.expected, kind))
            or any(known.item in items for known in self.books.numbers.known_anywhere(kind, fold(text)))
            for kind in ("lot", "serial")
            for text in self.texts(kind)
        )

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
        known = [bin for text in self.texts("bin") if (bin := records.one(Bin, self.location, code(text)))]
        if is_asked_for and self.reading.kind == "plain" and self.expected.bin:
            told = records.one(Bin, self.location, self.expected.bin)
            known += [told] if told and told.check == self.text else []
        return [Found("bin", bin=bin.code, location=bin.location) for bin in known]

    def _items(self) -> list[Found]:
        """The item step of catalogue.md: a GTIN or a supplier's label, item number, any other code, second number."""
        records, label = self.books.records, label_of(self.reading) if self.says_its_kinds else NOTHING_ELSE
        texts = self.texts("item")
        by_no = [Found("item", item=item.no, label=label) for text in texts if (item := records.one(Item, code(text)))]
        by_code = [
            Found("item", item=row.item, variant=row.variant, uom=row.uom or item.base_uom, label=label)
            for text in texts
            if (row := records.one(Identifier, text)) and (item := records.one(Item, row.item))
        ]
        if gtin := self.reading.text("gtin") or self.reading.text("content_gtin"):
            cards = records.rows(Item, gtin=gtin) if self.reading.kind != "rcn" else []
            by_code += [Found("item", item=card.no, uom=card.base_uom, label=label) for card in cards]
        is_article = self.says_its_kinds and self.reading.kind != "item"
        found = (by_code or by_no) if gtin or is_article else (by_no or by_code)
        if found:
            return found
        seconds = records.rows_equal(Item, ["no2"], {(text,) for text in (*texts, *map(code, texts)) if text})
        return [Found("item", item=item.no, label=label) for item in seconds]

    def _documents(self) -> list[Found]:
        """Documents of that number, else those that a partner calls so."""
        records, no = self.books.records, code(self.text)
        known = [no for kind in self.documents if records.one(kind, no)]
        for kind in () if known else self.documents:
            if hasattr(kind, _EXTERNAL):
                named = records.rows_equal(kind, [_EXTERNAL], [(self.text,), (no,)])
                known += [str(getattr(document, kind.KEY[0])) for document in named]
        return [Found("document", document=document) for document in known]

    def _numbers(self, kind: str, *, is_asked_for: bool) -> list[Found]:
        """Numbers of the expected item, else of any; one that never came in only where just that is asked for.

        A package of several items is one package, without an item.
        """
        item, variant = self.expected.item, self.expected.variant
        uom = self._unit_told(item, variant)
        label = label_of(self.reading).naming(kind, "") if self.says_its_kinds else NOTHING_ELSE
        found = [
            Found(kind, one.item, one.variant, uom=uom, number=one.no, label=label)
            for text in self.texts(kind)
            for one in self.books.numbers.known_anywhere(kind, fold(text))
            if not item or (one.item, one.variant) == (item, variant)
        ]
        if kind == "package" and len(found) > 1:
            return [Found(kind, number=found[0].number, label=label)]
        if found or not (item and is_asked_for):
            return found
        return [Found(kind, item, variant, uom=uom, number=text, label=label) for text in self.texts(kind)[:1]]

    def _unit_told(self, item: str, variant: str) -> str:
        """Return the unit that a label with a number says its item is in, "" where it does not say.

        Raises Refused("wrong_item") for the label of another item or variant: it is taken whole or not at all.
        """
        if not (item and self.says_its_kinds and "item" in self.names):
            return ""
        own = [hit for hit in self._items() if hit.item == item and hit.variant in ("", variant)]
        if not own:
            raise Refused("wrong_item", scanned=self.names["item"].lstrip("0"), item=item)
        return own[0].uom

    def _is_expected(self, hit: Found) -> bool:
        told = {"bin": hit.bin, "item": hit.item, "document": hit.document, "location": hit.location}
        wanted = getattr(self.expected, hit.kind, "")
        return bool(wanted) and fold(told.get(hit.kind, hit.number)) == fold(wanted)
