from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.faults import SiteFaults
from config.loader import LARGEST_BYTES, MOST_ALIASES, Keyed, load_yaml, merged, plain
from tests.config.reading import yaml_faults


@pytest.mark.parametrize(
    "text", ["NO", "1000", "07", "1e3", "12:30", "yes", "2026-12-31", "0x1F", "+1", ".inf", "Null"]
)
def test_an_unquoted_scalar_is_the_text_that_was_written(text: str) -> None:
    assert plain(load_yaml(f"{text}: {text}")) == {text: text}


@pytest.mark.parametrize("text", ["null", "~", ""])
def test_null_is_null_tilde_or_nothing_without_quotes(text: str) -> None:
    assert plain(load_yaml(f'a: {text}\nb: "{text}"')) == {"a": None, "b": text}


def test_every_node_knows_its_file_line_and_column() -> None:
    tree = load_yaml("a:\n  - x\n  - {b: y}\n", name="site.yaml")

    assert isinstance(tree, Keyed)
    assert str(tree.entries["a"].key.place) == "site.yaml:1:1"
    assert str(tree.entries["a"].node.place) == "site.yaml:2:3"


def test_merged_keys_give_way_to_a_mappings_own_and_to_those_named_before() -> None:
    tree = load_yaml("one: &one {a: 1, b: 1}\ntwo: &two {b: 2, c: 2}\nall: {<<: [*one, *two], a: own}")

    assert plain(tree)["all"] == {"a": "own", "b": "1", "c": "2"}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert plain(load_yaml('{"<<": x}')) == {"<<": "x"}


def test_an_empty_file_is_null() -> None:
    assert plain(load_yaml("")) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "a: !!int 1",
            "site.yaml:1:4: a: tag tag:yaml.org,2002:int is not allowed: take it away, quote what must be text",
        ),
        (
            "a: !!python/name:os.system x",
            "site.yaml:1:4: a: tag tag:yaml.org,2002:python/name:os.system is not allowed",
        ),
        ("a: 1\nb:\n  c: 1\n  c: 2", "site.yaml:4:3: b.c: defined twice, first at site.yaml:3:3: keep one of the two"),
        ("a: [1, *x]", "site.yaml:1:8: a[2]: alias *x has no anchor before it: mark a value with &x"),
        ("a: &x [*x]", "site.yaml:1:8: a[1]: alias *x has no anchor before it: mark a value with &x"),
        ("? [a]\n: b", "site.yaml:1:3: a key that is not text: write `key: value`"),
        ("a: {<<: 3}", "site.yaml:1:9: a.<<: only mappings can be merged: write `<<: *anchor` of a mapping"),
        ("a: 1\n---\nb: 2", "site.yaml:2:1: a second document: keep one in a file, without `---` between parts"),
        ("a: [1, 2", "site.yaml:2:1: is not YAML"),
        ("a: b: c", "site.yaml:1:5: is not YAML (mapping values are not allowed in this context)"),
        ("a: 'x", "site.yaml:1:6: is not YAML"),
        ("a: 1\nb: x\x00", "site.yaml:2:5: a control character: take it out, or write it escaped in double quotes"),
        ("[" * 21 + "]" * 21, "site.yaml:1:21: [1][1]"),
        ("a: &a [1]\nb: " + "[" * 19 + "*a" + "]" * 19, "site.yaml:2:23: b[1]"),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, fault: str) -> None:
    found = yaml_faults(text)

    assert found[0].startswith(fault)


def test_all_faults_of_a_file_are_told() -> None:
    assert [line.split(": ")[0] for line in yaml_faults("a: !!int 1\na: *x\nb: !x y")] == [
        "site.yaml:1:4",
        "site.yaml:2:1",
        "site.yaml:2:4",
        "site.yaml:3:4",
    ]


def test_twenty_levels_are_read() -> None:
    assert yaml_faults("[" * 20 + "]" * 20) == []


def test_more_than_a_thousand_aliases_are_refused() -> None:
    allowed = "a: &a x\nb: [" + "*a, " * MOST_ALIASES + "]"

    assert yaml_faults(allowed) == []
    assert "more than 1,000 aliases" in yaml_faults(allowed.replace("]", "*a]"))[0]


def test_a_few_aliases_cannot_stand_for_endless_values() -> None:
    levels = "\n".join(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]" for level in range(1, 12))

    assert "aliases repeat more than 1,000,000 values" in yaml_faults(f"l0: &l0 [{'x, ' * 10}]\n{levels}")[0]


def test_a_file_over_16_mib_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes(b"#" * (LARGEST_BYTES + 1))

    with pytest.raises(SiteFaults, match="is over 16 MiB: split it into a folder of files"):
        load_yaml(path)


def test_a_file_that_is_not_there_or_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"site: X\nname: \xe9\n")

    with pytest.raises(SiteFaults, match=r"missing.yaml: cannot be read \(No such file or directory\)"):
        load_yaml(tmp_path / "missing.yaml")
    with pytest.raises(SiteFaults, match=r"site.yaml:2:7: is not UTF-8 text: save the file as UTF-8"):
        load_yaml(tmp_path / "site.yaml")


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"\xef\xbb\xbfsite: X")

    assert plain(load_yaml(tmp_path / "site.yaml")) == {"site": "X"}


def test_the_files_of_a_folder_are_merged_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("locations: {WEST: {}}\nbins: [b]\n")
    (tmp_path / "a.yml").write_text("site: X\nlocations: {EAST: {}}\nbins: [a]\n")
    (tmp_path / ".c.yaml").write_text("hidden: true")
    (tmp_path / "notes.txt").write_text("no: yaml")

    tree = plain(load_yaml(tmp_path))

    assert tree == {"site": "X", "locations": {"EAST": {}, "WEST": {}}, "bins": ["a", "b"]}


def test_a_key_defined_twice_in_a_folder_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("site: X\nlocations:\n  EAST: {}\n")
    (tmp_path / "b.yaml").write_text("locations: {EAST: {}}\nsite: Y\n")

    with pytest.raises(SiteFaults) as refused:
        load_yaml(tmp_path)

    a, b = tmp_path / "a.yaml", tmp_path / "b.yaml"
    assert str(refused.value).splitlines() == [
        f"{b}:1:13: locations.EAST: defined twice, first at {a}:3:3: keep one of the two",
        f"{b}:2:1: site: defined twice, first at {a}:1:1: keep one of the two",
    ]


def test_every_broken_file_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [")
    (tmp_path / "b.yaml").write_text("b: {")

    with pytest.raises(SiteFaults) as refused:
        load_yaml(tmp_path)

    assert [fault.place.file for fault in refused.value.faults] == [str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]


def test_a_folder_without_files_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SiteFaults, match="holds no file: put files ending in"):
        load_yaml(tmp_path)


def test_trees_that_are_no_mapping_do_not_merge() -> None:
    with pytest.raises(SiteFaults, match="text:1:1: is not a mapping"):
        merged([load_yaml("a: 1"), load_yaml(""), load_yaml("[1]")])


@given(st.text(alphabet=st.sampled_from("ab: -[]{},&*!<>|\"'#\n?%~@`\t\x00\ud800é"), max_size=60))
def test_any_text_gives_a_tree_or_faults(text: str) -> None:
    with suppress(SiteFaults):
        plain(load_yaml(text))


def test_a_file_full_of_faults_stops_at_a_thousand() -> None:
    found = yaml_faults("a: 1\n" * 3000)

    assert len(found) == 1001
    assert found[0] == "site.yaml: more than 1,000 faults: mend these first"
