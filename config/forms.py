"""What a file may say for a dataclass of the domain, and reading it with every fault at its place (SITE-02).

The form of a dataclass is made from the dataclass itself: its fields, their types, which of them are needed. What these
do not tell (choices, lengths, other names in the file) stands in `Rules`. Not here: which forms a site has (schema.py),
whether one row agrees with another (references.py).
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field
from datetime import date
from decimal import Decimal
from types import GenericAlias, UnionType
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    WrapValidator,
    create_model,
    model_validator,
)
from pydantic_core import ErrorDetails

from config import scalars
from config.faults import Fault, FaultList, Place, path_text
from config.loader import Keyed, Listed, Node, plain
from config.scalars import Unreadable

Path = tuple[str | int, ...]
Given = dict[str, Any]
"""Field to value, only what stands in the file. Any: every field has a type of its own, checked by its form."""

TEXT_IN_EDITORS = {"type": ["string", "number", "boolean"]}
"""What an editor takes for a text: codes need no quotes (SITE-01)."""


def shaped(kind: Any, reader: Callable[[Any], object], in_editors: Mapping[str, Any] = TEXT_IN_EDITORS) -> object:
    """Return the shape of a value that a reader makes before pydantic looks at it.

    `in_editors` is its JSON Schema. Any: pydantic types and schemas are values without a common type.
    """
    return Annotated[kind, BeforeValidator(reader), WithJsonSchema(dict(in_editors))]


_SCALARS: dict[object, object] = {
    str: shaped(str, scalars.text),
    bool: shaped(bool, scalars.truth, {"type": "boolean"}),
    int: shaped(int, scalars.whole_number(), {"type": "integer", "minimum": 0}),
    Decimal: shaped(Decimal, scalars.number, {"type": "number", "minimum": 0}),
    date: shaped(date, scalars.day, {"type": "string", "format": "date"}),
}
_SHAPE_FAULTS = {
    "model_type": ("is not a mapping", "write keys with values, `{name: value}`"),
    "dict_type": ("is not a mapping", "write keys with values, `{name: value}`"),
    "tuple_type": ("is not a list", "write `[one, another]`"),
    "missing": ("is missing", "write it"),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a file says differently from the dataclass."""

    shapes: Mapping[str, object] = field(default_factory=dict)
    """Field to pydantic type, where the annotation of the dataclass is not enough."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Field to its key in the file."""
    codes: Mapping[str, Callable[[object], str]] = field(default_factory=dict)
    """Field that is a mapping to the reader of its keys."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Field that is a mapping to the shape of its values, where that of the dataclass is not enough."""
    written: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    """Field to what writes its value as the file has it, where it is another. Any: its type."""
    bare: str = ""
    """The field that a value without keys stands for."""
    defaults: Mapping[str, object] = field(default_factory=dict)
    """Field to what it is when the file is silent, where the dataclass wants it said."""
    left_out: tuple[str, ...] = ()
    """Fields the file does not have."""
    kept: frozenset[str] = frozenset()
    """Keys that are checked and kept, and that this version does not act on."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Keys people look for here, and where they belong."""


NO_RULES = Rules()


class Form(BaseModel):
    """Base of all forms. A known key that is null counts as not given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file_rules: ClassVar[Rules] = NO_RULES
    nested: ClassVar[dict[str, type[Form]]] = {}
    """Key to the form of what stands under it."""

    @model_validator(mode="before")
    @classmethod
    def _as_mapping(cls, data: object) -> object:
        if data is None:
            return {}
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None or key not in cls.known_keys()}
        return {cls.file_rules.bare: data} if cls._stands_for_all(data) else data

    @classmethod
    def _stands_for_all(cls, data: object) -> bool:
        """Say whether a value without keys is that of the one field it may stand for."""
        if not cls.file_rules.bare:
            return False
        field = next(field for field in cls.model_fields.values() if field.alias == cls.file_rules.bare)
        return isinstance(data, list if get_origin(field.annotation) is tuple else str)

    @classmethod
    def known_keys(cls) -> list[str]:
        """Return the keys the file may have here."""
        return [str(field.alias) for field in cls.model_fields.values()]

    def given(self) -> Given:
        """Return the fields that stand in the file."""
        return {**self.file_rules.defaults, **{name: getattr(self, name) for name in self.model_fields_set}}


def form_of(kind: type, rules: Mapping[type, Rules]) -> type[Form]:
    """Return the form of a dataclass; `rules` also has those of the dataclasses inside it."""
    own = rules.get(kind, NO_RULES)
    hints = get_type_hints(kind)
    nested: dict[str, type[Form]] = {}
    fields: dict[str, Any] = {}  # Any: create_model takes (type, default) by field name
    for part in dataclasses.fields(kind):
        if part.name not in own.left_out:
            key = own.renamed.get(part.name, part.name)
            is_needed = part.default is part.default_factory is MISSING and part.name not in own.defaults
            shape = own.shapes.get(part.name) or _shape(hints[part.name], key, rules, nested)
            if part.name in own.codes:
                _, value = get_args(shape)
                mapping = GenericAlias(dict, (shaped(str, own.codes[part.name]), own.values.get(part.name, value)))
                shape = Annotated[mapping, WrapValidator(_keys_apart)]
            fields[part.name] = (shape, Field(... if is_needed else None, alias=key))
    form: type[Form] = create_model(kind.__name__, __base__=Form, **fields)
    form.file_rules = own
    form.nested = nested
    return form


def _keys_apart(value: dict[str, object], read: Callable[[object], dict[str, object]]) -> dict[str, object]:
    """Refuse two keys that are one code in capitals."""
    found = read(value)
    if len(found) < len(value):
        raise Unreadable("two keys are one code", "keep one of the two")
    return found


def _shape(hint: Any, key: str, rules: Mapping[type, Rules], nested: dict[str, type[Form]]) -> Any:
    """Return the pydantic type of an annotation, and note in `nested` the form it holds.

    Any: annotations and pydantic types are values without a common type.
    """
    arguments = get_args(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        nested[key] = form_of(hint, rules)
        return Annotated[nested[key], AfterValidator(lambda form: hint(**form.given()))]
    if get_origin(hint) is tuple:
        return GenericAlias(tuple, (_shape(arguments[0], key, rules, nested), ...))
    if get_origin(hint) is dict:
        return GenericAlias(dict, (str, _shape(arguments[1], key, rules, nested)))
    if get_origin(hint) is UnionType:  # "or None": null is dropped before it is read
        return _shape(arguments[0], key, rules, nested)
    return _SCALARS[hint]


class Findings:
    """The faults found in one tree, each with its place and path."""

    def __init__(self, root: Node, where: str = "") -> None:
        """`where` stands before every path; "" for a whole file."""
        self._root = root
        self._where = where
        self._faults = FaultList()
        self._faulty: set[str | int] = set()

    def read(self, form: type[Form], path: Path, node: Node, also_known: tuple[str, ...] = ()) -> Given | None:
        """Return what stands in a node, or None after noting its faults.

        `also_known` are keys read elsewhere, for the suggestion beside an unknown one.
        """
        try:
            return form.model_validate(plain(node)).given()
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._note(form, path, node, detail, also_known)
        return None

    def add(self, path: Path, wrong: str, right: str) -> None:
        """Note a fault of the value at a path, or of the nearest above it."""
        self._add(self._at(path)[1], path, wrong, right)

    def add_key(self, path: Path, wrong: str, right: str) -> None:
        """Note a fault of the key at the end of a path."""
        self._add(self._at(path)[0], path, wrong, right)

    def add_unknown_key(self, path: Path, known: Iterable[str]) -> None:
        """Note a key that does not exist, with the one the writer may have meant (SITE-02)."""
        key = str(path[-1])[: scalars.LONGEST_TEXT]
        closest = difflib.get_close_matches(key, known, n=1, cutoff=0)
        self.add_key(path, "unknown key", f'the closest known one is "{closest[0]}"')

    def place(self, path: Path) -> Place:
        """Return where the value at a path stands."""
        return self._at(path)[1]

    @property
    def faulty(self) -> frozenset[str | int]:
        """The sections that have a fault so far."""
        return frozenset(self._faulty)

    def finish(self) -> None:
        """Raise SiteFaults where there are any."""
        self._faults.finish()

    def _add(self, place: Place, path: Path, wrong: str, right: str) -> None:
        self._faulty.update(path[:1])
        self._faults.add(Fault(place, path_text((self._where, *path)), wrong, right))

    def _at(self, path: Path) -> tuple[Place, Place]:
        """Return where the key and the value at a path stand; where there is none, the nearest above it."""
        node = self._root
        key = node.place
        for part in path:
            if isinstance(node, Listed) and isinstance(part, int):
                node = node.nodes[part]
                key = node.place
            elif isinstance(node, Keyed) and part in node.entries:
                entry = node.entries[str(part)]
                key, node = entry.key.place, entry.node
        return key, node.place

    def _note(
        self, form: type[Form], path: Path, node: Node, detail: ErrorDetails, also_known: tuple[str, ...]
    ) -> None:
        """Note what pydantic found, in words for the person who writes the file."""
        inner = tuple(part for part in detail["loc"] if part != "[key]")
        where = _form_at(form, inner)
        if not isinstance(node, Keyed) and inner[:1] == (form.file_rules.bare,):
            inner = inner[1:]  # the file has no key for it
        if detail["type"] == "extra_forbidden":
            self._unknown_key(where, (*path, *inner), also_known)
        elif detail["type"] == "value_error":
            cause = detail["ctx"]["error"]
            note = self.add_key if detail["loc"][-1] == "[key]" else self.add
            note((*path, *inner), cause.wrong, cause.right)
        else:
            wrong, right = _SHAPE_FAULTS[detail["type"]]
            self.add((*path, *inner), wrong, right)

    def _unknown_key(self, form: type[Form], path: Path, also_known: tuple[str, ...]) -> None:
        key = str(path[-1])
        if key in form.file_rules.elsewhere:
            self.add_key(path, "does not belong here", form.file_rules.elsewhere[key])
        else:
            self.add_unknown_key(path, [*form.known_keys(), *also_known])


def _form_at(form: type[Form], path: Path) -> type[Form]:
    """Return the form in which the last key of a path stands; rows and free keys are passed over."""
    for part in path[:-1]:
        form = form.nested.get(str(part), form)
    return form
