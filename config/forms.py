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
    create_model,
    model_validator,
)
from pydantic_core import ErrorDetails

from config import scalars
from config.faults import Fault, FaultList, Place, path_text
from config.loader import Keyed, Listed, Node, plain

Path = tuple[str | int, ...]
Given = dict[str, Any]
"""Field to value, only what stands in the file. Any: every field has a type of its own, checked by its form."""

NOT_BUILT = "is not built yet in this version"

_SCALARS: dict[object, object] = {
    str: Annotated[str, BeforeValidator(scalars.text)],
    bool: Annotated[bool, BeforeValidator(scalars.truth)],
    int: Annotated[int, BeforeValidator(scalars.whole_number())],
    Decimal: Annotated[Decimal, BeforeValidator(scalars.number)],
    date: Annotated[date, BeforeValidator(scalars.day)],
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
    bare: str = ""
    """The field that a single text stands for."""
    defaults: Mapping[str, object] = field(default_factory=dict)
    """Field to what it is when the file is silent, where the dataclass wants it said."""
    left_out: tuple[str, ...] = ()
    """Fields the file does not have."""
    not_built: frozenset[str] = frozenset()
    """Keys of the specification that this version does not have."""
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
        if isinstance(data, str) and cls.file_rules.bare:
            return {cls.file_rules.bare: data}
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None or key not in cls.known_keys()}
        return data

    @classmethod
    def known_keys(cls) -> list[str]:
        """Return the keys the file may have here."""
        return [str(field.alias) for field in cls.model_fields.values()]

    def given(self) -> Given:
        """Return the fields that stand in the file."""
        return {**self.file_rules.defaults, **{name: getattr(self, name) for name in self.model_fields_set}}


def shaped(kind: Any, reader: Callable[[Any], object]) -> object:
    """Return the shape of a value that a reader makes before pydantic looks at it."""
    return Annotated[kind, BeforeValidator(reader)]


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
            fields[part.name] = (shape, Field(... if is_needed else None, alias=key))
    form: type[Form] = create_model(kind.__name__, __base__=Form, **fields)
    form.file_rules = own
    form.nested = nested
    return form


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
                self._note(form, path, detail, also_known)
        return None

    def add(self, path: Path, wrong: str, right: str) -> None:
        """Note a fault of the value at a path, or of the nearest above it."""
        self._add(self._at(path)[1], path, wrong, right)

    def add_key(self, path: Path, wrong: str, right: str, *, not_built: bool = False) -> None:
        """Note a fault of the key at the end of a path."""
        self._add(self._at(path)[0], path, wrong, right, not_built=not_built)

    def add_unknown_key(self, path: Path, known: Iterable[str]) -> None:
        """Note a key that does not exist, with the one the writer may have meant (SITE-02)."""
        key = str(path[-1])[: scalars.LONGEST_TEXT]
        closest = difflib.get_close_matches(key, known, n=1, cutoff=0)
        self.add_key(path, "unknown key", f'the closest known one is "{closest[0]}"')

    def place(self, path: Path) -> Place:
        """Return where the value at a path stands."""
        return self._at(path)[1]

    def is_sound(self, *sections: str) -> bool:
        """Say whether these sections have no fault so far, so that what names them can be judged."""
        return self._faulty.isdisjoint(sections)

    def finish(self) -> None:
        """Raise SiteFaults where there are any."""
        self._faults.finish()

    def _add(self, place: Place, path: Path, wrong: str, right: str, *, not_built: bool = False) -> None:
        self._faulty.update(path[:1])
        self._faults.add(Fault(place, path_text((self._where, *path)), wrong, right, not_built))

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

    def _note(self, form: type[Form], path: Path, detail: ErrorDetails, also_known: tuple[str, ...]) -> None:
        """Note what pydantic found, in words for the person who writes the file."""
        inner = tuple(part for part in detail["loc"] if part != "[key]")
        if detail["type"] == "extra_forbidden":
            self._unknown_key(_form_at(form, inner), (*path, *inner), also_known)
        elif detail["type"] == "value_error":
            cause = detail["ctx"]["error"]
            self.add((*path, *inner), cause.wrong, cause.right)
        else:
            wrong, right = _SHAPE_FAULTS[detail["type"]]
            self.add((*path, *inner), wrong, right)

    def _unknown_key(self, form: type[Form], path: Path, also_known: tuple[str, ...]) -> None:
        key = str(path[-1])
        if key in form.file_rules.not_built:
            self.add_key(path, NOT_BUILT, "leave it out", not_built=True)
        elif key in form.file_rules.elsewhere:
            self.add_key(path, "does not belong here", form.file_rules.elsewhere[key])
        else:
            self.add_unknown_key(path, [*form.known_keys(), *also_known])


def _form_at(form: type[Form], path: Path) -> type[Form]:
    """Return the form in which the last key of a path stands; rows and free keys are passed over."""
    for part in path[:-1]:
        form = form.nested.get(str(part), form)
    return form
