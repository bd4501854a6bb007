"""YAML text to a tree in which every node knows its file, line and column (SITE-01, SAF-43).

Every scalar is text: what is a number, a date or a yes is the field's to say (forms.py). No tag is followed and no
object is made, so loading runs no code. Not here: what the keys mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml

from config.faults import Fault, FaultList, Place, SiteFaults, path_text

LARGEST_BYTES = 16 * 2**20
DEEPEST = 20
MOST_ALIASES = 1_000
MOST_COPIED = 1_000_000  # values repeated by aliases; without it 1,000 aliases of aliases stand for 10^300 of them
NULLS = ("", "~", "null")
SUFFIXES = (".yaml", ".yml")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is missing from a few builds; it is 10 times faster

_NOT_TEXT = yaml.reader.Reader.NON_PRINTABLE


# Named tuples, and no object for each place: 100,000 bins are over a million nodes.
class Scalar(NamedTuple):
    """A text, or null."""

    text: str | None
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line, self.column)


class Listed(NamedTuple):
    """A list."""

    nodes: tuple[Node, ...]
    place: Place


class Entry(NamedTuple):
    """A key and what stands under it."""

    key: Scalar
    node: Node


class Keyed(NamedTuple):
    """Keys and what stands under them, in the order of the file; merged keys (`<<`) come after its own."""

    entries: dict[str, Entry]
    place: Place


Node: TypeAlias = Scalar | Listed | Keyed
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


def load_yaml(source: Path | str, *, name: str = "text") -> Node:
    """Read a file, a folder of files that are merged, or text (called `name` in faults).

    Raises SiteFaults: everything that is wrong; reading goes on after a fault where the rest can be judged.
    """
    if isinstance(source, str):
        return _tree(source, name)
    if not source.is_dir():
        return _tree(_text_of(source), str(source))
    files = sorted(path for path in source.iterdir() if path.suffix in SUFFIXES and not path.name.startswith("."))
    if not files:
        raise SiteFaults([Fault(Place(str(source)), "", "holds no file", f"put files ending in {SUFFIXES[0]} there")])
    trees: list[Node] = []
    faults = FaultList()
    for path in files:
        try:
            trees.append(load_yaml(path))
        except SiteFaults as error:
            for fault in error.faults:
                faults.add(fault)
    faults.finish()
    return merged(trees)


def plain(node: Node) -> Plain:
    """Return a tree as dictionaries, lists, text and None."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listed):
        return [plain(item) for item in node.nodes]
    return {key: plain(entry.node) for key, entry in node.entries.items()}


def is_null(node: Node) -> bool:
    """Say whether nothing stands there."""
    return isinstance(node, Scalar) and node.text is None


def merged(trees: Sequence[Node]) -> Keyed:
    """Return the mapping that several make together: sections are joined, a key defined twice is a fault.

    A section that is a list goes on in the next file; of one that is a mapping, each file has its own keys.
    """
    sections: dict[str, Entry] = {}
    faults = FaultList()
    for tree in trees:
        if isinstance(tree, Keyed):
            for name, entry in tree.entries.items():
                sections[name] = _joined(name, sections[name], entry, faults) if name in sections else entry
        elif not is_null(tree):
            faults.add(Fault(tree.place, "", "is not a mapping", "write keys with values, `site: Northside`"))
    faults.finish()
    return Keyed(sections, trees[0].place)


def _joined(name: str, first: Entry, second: Entry, faults: FaultList) -> Entry:
    one, other = first.node, second.node
    if isinstance(one, Listed) and isinstance(other, Listed):
        return Entry(first.key, Listed(one.nodes + other.nodes, one.place))
    if isinstance(one, Keyed) and isinstance(other, Keyed):
        for key in other.entries:
            if key in one.entries:
                faults.add(_defined_twice(f"{name}.{key}", one.entries[key].key, other.entries[key].key))
        return Entry(first.key, Keyed(one.entries | other.entries, one.place))
    faults.add(_defined_twice(name, first.key, second.key))
    return first


def _defined_twice(path: str, first: Scalar, second: Scalar) -> Fault:
    return Fault(second.place, path, f"defined twice, first at {first.place}", "keep one of the two")


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise SiteFaults([Fault(Place(str(path)), "", "is over 16 MiB", "split it into a folder of files")])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise SiteFaults([Fault(Place(str(path)), "", f"cannot be read ({reason})", "name a readable file")]) from error
    except UnicodeDecodeError as error:
        place = _place_at(str(path), error.object[: error.start].decode("utf-8"))
        raise SiteFaults([Fault(place, "", "is not UTF-8 text", "save the file as UTF-8")]) from error


def _tree(text: str, file: str) -> Node:
    reader = _Reader(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        place = _place_of(file, error.problem_mark)
        right = "look for a missing quote, bracket, colon or indentation"
        reader.faults.add(Fault(place, "", f"is not YAML ({error.problem})", right))
    except (yaml.reader.ReaderError, UnicodeError):
        before = text[: found.start()] if (found := _NOT_TEXT.search(text)) else ""
        right = "take it out, or write it escaped in double quotes"
        reader.faults.add(Fault(_place_at(file, before), "", "a control character", right))
    reader.faults.finish()
    return reader.root or Scalar(None, file, 1, 1)


def _place_of(file: str, mark: Any) -> Place:  # Any: the types of the two kinds of mark share no name
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _place_at(file: str, before: str) -> Place:
    """Return the place after some text."""
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is still to come."""

    place: Place
    is_mapping: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    merges: list[Keyed] = field(default_factory=list)
    key: Scalar | None = None
    """The key whose value comes next."""
    size: int = 1
    height: int = 1


_MERGE = Scalar("<<", "", 0, 0)


class _Reader:
    """Builds the tree from the events of the parser, without recursion: depth cannot overflow anything."""

    def __init__(self, file: str) -> None:
        self.root: Node | None = None
        self.faults = FaultList()
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        """Name to node, number of its nodes and its height."""
        self._aliases = 0
        self._copied = 0

    def stop(self, place: Place, wrong: str, right: str) -> NoReturn:
        """Give up: what follows cannot be judged."""
        raise SiteFaults([*self.faults.faults, Fault(place, self._path(), wrong, right)])

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.stop(self._place(event), "a second document", "keep one in a file, without `---` between parts")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_tag(event)
        text: str | None = event.value
        parent = self._open[-1] if self._open else None
        is_key = parent is not None and parent.is_mapping and parent.key is None
        if not event.style and not is_key and text in NULLS:
            text = None
        is_merge = is_key and text == "<<" and not event.style
        node = _MERGE if is_merge else Scalar(text, *self._place(event))
        self._add(node, event.anchor, size=1, height=0)

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = self._place(event)
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            self.stop(place, f"more than {MOST_ALIASES:,} aliases", "write the values out")
        name = event.anchor or ""
        if name not in self._anchors:
            self._fault(place, f"alias *{name} has no anchor before it", f"mark a value with &{name}")
        node, size, height = self._anchors.get(name, (Scalar(None, *place), 1, 0))
        self._copied += size
        if self._copied > MOST_COPIED:
            self.stop(place, f"aliases repeat more than {MOST_COPIED:,} values", "write the values out")
        self._check_depth(len(self._open) + height, place)
        self._add(node, None, size=size, height=height)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_tag(event)
        place = self._place(event)
        self._check_depth(len(self._open) + 1, place)
        self._open.append(_Open(place, isinstance(event, yaml.MappingStartEvent), event.anchor))

    def _end(self) -> None:
        done = self._open.pop()
        for base in done.merges:
            for key, entry in base.entries.items():
                done.entries.setdefault(key, entry)
        node = Keyed(done.entries, done.place) if done.is_mapping else Listed(tuple(done.items), done.place)
        self._add(node, done.anchor, size=done.size, height=done.height)

    def _add(self, node: Node, anchor: str | None, *, size: int, height: int) -> None:
        if anchor:
            self._anchors[anchor] = (node, size, height)
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node)
        else:
            self._under_key(parent, parent.key, node)
            parent.key = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.text is not None:
            return node
        self._fault(node.place, "a key that is not text", "write `key: value`")
        return Scalar("", *node.place)

    def _under_key(self, parent: _Open, key: Scalar, node: Node) -> None:
        text = key.text or ""
        if key is _MERGE:
            bases = node.nodes if isinstance(node, Listed) else (node,)
            parent.merges.extend(base for base in bases if isinstance(base, Keyed))
            if not all(isinstance(base, Keyed) for base in bases):
                self._fault(node.place, "only mappings can be merged", "write `<<: *anchor` of a mapping")
        elif text in parent.entries:
            self.faults.add(_defined_twice(self._path(), parent.entries[text].key, key))
        else:
            parent.entries[text] = Entry(key, node)

    def _place(self, event: yaml.Event) -> Place:
        return _place_of(self._file, event.start_mark)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self._fault(self._place(event), f"tag {event.tag} is not allowed", "take it away, quote what must be text")

    def _check_depth(self, depth: int, place: Place) -> None:
        if depth > DEEPEST:
            self.stop(place, f"nested deeper than {DEEPEST}", "nest less")

    def _fault(self, place: Place, wrong: str, right: str) -> None:
        self.faults.add(Fault(place, self._path(), wrong, right))

    def _path(self) -> str:
        return path_text(
            (level.key.text or "" if level.key else None) if level.is_mapping else len(level.items)
            for level in self._open
        )
