"""`aisle scan`: how a text is read, by which rule, and what it means."""

from pathlib import Path

import pytest

from tests.cli.program import SITE, aisle, sentences, warehouse

SCANNING = """
scanning:
  rules:
    - {rank: 10, kind: bin, match: "V-(?P<code>.*)"}
    - {rank: 20, kind: lot, match: "V-(?P<code>.*)"}
  profiles: {dock: {prefix: ["!!"]}}
"""


def explained(folder: Path, *words: str) -> list[str]:
    return aisle(folder, "scan", *words).stdout.splitlines()


def test_without_a_database_a_text_is_read_as_at_every_site(tmp_path: Path) -> None:
    run = aisle(tmp_path, "scan", "]C10109521234000013{GS}10L7")

    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "]C10109521234000013{GS}10L7",
        "Read as GS1",
        "item GTIN: 09521234000013",
        "lot: L7",
        "]C1 GS1-128",
        "By rule 1, GS1 by its mark",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("+Z999ABC1231A", "Check digit wrong: read A, should be E"),
        ("A\x1bB", "Label holds a control character <ESC>"),
        ("A\udcffB", 'Character "\ufffd" is not allowed here'),
        ("", "Nothing was scanned"),
    ],
)
def test_a_text_that_cannot_be_read_says_why_and_by_its_exit_status(tmp_path: Path, text: str, told: str) -> None:
    run = aisle(tmp_path, "scan", text)

    assert run.returncode == 1
    assert told in run.stdout.splitlines()


def test_with_a_database_it_says_what_the_text_means_at_each_location(tmp_path: Path) -> None:
    warehouse(tmp_path, SITE + SCANNING)

    assert explained(tmp_path, "B:A-01")[-1] == "bin A-01 at EAST"
    assert explained(tmp_path, "B:X")[-2:] == ["Bin X not at EAST", "Bin X not at SHOP"]
    assert explained(tmp_path, "B:A-01", "--location", "shop")[-1] == "Bin A-01 not at SHOP"
    assert explained(tmp_path, "1000")[-1] == "Read 1000: unknown"
    assert explained(tmp_path, "U:ANNA")[-1] == "By rule 5, a prefix of our own"


def test_it_names_the_rule_of_the_site_that_decided(tmp_path: Path) -> None:
    warehouse(tmp_path, SITE + SCANNING)

    assert explained(tmp_path, "V-A-02")[1:] == [
        "Read as a bin label",
        "bin: A-02",
        "rule: V-(?P<code>.*)",
        "By rule 5, a rule of the site file",
        "bin A-02 at EAST",
    ]


def test_it_reads_by_a_device_profile(tmp_path: Path) -> None:
    warehouse(tmp_path, SITE + SCANNING)

    assert "code: 1000" in explained(tmp_path, "!!1000", "--profile", "dock")
    assert aisle(tmp_path, "scan", "!!1000").returncode == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--profile", "dock-9"], "There is no device profile dock-9 in the site file."),
        (["--location", "NORTH"], "There is no location NORTH."),
        (["--database", "other.db"], "There is no database other.db"),
    ],
)
def test_a_profile_location_or_database_that_there_is_not_is_told(tmp_path: Path, words: list[str], told: str) -> None:
    warehouse(tmp_path)

    run = aisle(tmp_path, "scan", "1000", *words)

    assert run.returncode == 1
    assert told in sentences(run)[0]
    assert run.stdout == ""
