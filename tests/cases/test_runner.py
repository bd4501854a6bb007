"""The runner as it is started: its lines, its exit codes, what it makes of cases that are wrong."""

import pytest

from tests.cases.__main__ import main

GOOD = """
- id: good
  given: {stock: [{item: A, qty: 5}]}
  steps: [{do: adjust_down, item: A, qty: 2}]
  then: {on_hand: [{item: A, qty: 3}], ledger: [{kind: negative_adj, qty: -2}]}
"""
BAD = """
- id: bad
  steps: [{do: adjust_up, item: A, qty: 2}]
  then: {on_hand: [{item: A, qty: 3}]}
"""
WAITING = """
- id: waiting
  steps: [{do: assemble, item: A, qty: 2}]
  then: {ledger: []}
"""


@pytest.fixture
def run(tmp_path, capsys):
    def run(text: str, *arguments: str) -> tuple[int, list[str]]:
        file = tmp_path / "some.yaml"
        file.write_text(text, encoding="utf-8")
        code = main([str(file), *arguments])
        return code, capsys.readouterr().out.splitlines()

    return run


def test_one_line_a_case_and_the_counts_at_the_end(run):
    code, lines = run(GOOD + BAD + WAITING)

    assert code == 1
    assert lines == [
        "PASS good",
        "FAIL bad: then.on_hand[1].qty, expected 3, got 2",
        "NOT BUILT waiting: assemble",
        "1 passed, 1 failed, 1 not built",
    ]


def test_only_what_passed_exits_zero(run):
    assert run(GOOD) == (0, ["PASS good", "1 passed, 0 failed"])


@pytest.mark.parametrize("waiting_or_bad", [BAD, WAITING])
def test_a_case_that_fails_or_is_not_built_exits_one(run, waiting_or_bad):
    assert run(GOOD + waiting_or_bad)[0] == 1


def test_one_case_is_played_by_its_id_or_a_part_of_it(run):
    assert run(GOOD + BAD, "-k", "good") == (0, ["PASS good", "1 passed, 0 failed"])
    assert run(GOOD + BAD, "-k", "oo") == (0, ["PASS good", "1 passed, 0 failed"])


def test_an_id_that_is_not_there_is_wrong_usage(run):
    with pytest.raises(SystemExit) as stopped:
        run(GOOD, "-k", "nothing")

    assert stopped.value.code == 2


WEAK = """
- id: weak
  given: {items: {A: {tracking: lot}}, lots: {L1: {item: A, blocked: true}, L2: {item: A}}}
  steps: [{do: wait, minutes: 1}]
  then: {lots: {includes: [{blocked: true}]}}
"""


def test_an_expectation_that_is_met_when_changed_survives(run):
    code, lines = run(GOOD + WEAK, "--mutate")

    assert code == 1
    assert lines == [
        "PASS good",
        "PASS weak",
        "SURVIVED weak: then.lots.includes[1].blocked",
        "2 passed, 0 failed, 1 survived",
    ]


def test_nothing_survives_where_every_expectation_holds_its_case(run):
    assert run(GOOD + WAITING, "--mutate") == (
        0,
        ["PASS good", "NOT BUILT waiting: assemble", "1 passed, 0 failed, 1 not built, 0 survived"],
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{a: 1}", "not a list of cases"),
        ("- {steps: []}", "a case has no id"),
        ("- {id: a}\n- {id: a}", "twice: a"),
        ("- {id: [", "is not YAML"),
    ],
)
def test_a_file_that_cannot_be_read_fails(run, text, told):
    code, lines = run(text)

    assert code == 1
    assert lines[0].startswith("FAIL ")
    assert told in lines[0]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("{id: x, steps: [{do: fly}]}", "step 1: unknown verb fly"),
        ("{id: x, then: {stok: []}}", "then: unknown key stok"),
        ("{id: x, steps: [{do: adjust_up, item: A, qty: 1, see: {colour: red}}]}", "step 1 adjust_up see.colour"),
        ("{id: x, then: {ledger: [{colour: null}]}}", "then.ledger, expected 1 rows, got 0"),
        ("{id: x, steps: [{do: adjust_up, item: A, qty: one}]}", "qty: one is not a number"),
        ("{id: x, steps: [{do: adjust_up, item: A, qty: 1, error: no}]}", "expected a refusal (no), got none"),
        ("{id: x, steps: [{do: adjust_down, item: A, qty: 1, lot: L}]}", "expected no error"),
        ("{id: x, steps: [{do: enter, of: c, item: A, qty: 1}]}", "c is no such document"),
        ("{id: x, then: {entries: {a: {qty: 1}}}}", "then.entries.a"),
        ("{id: x, then: {applications: [{entry: a}]}}", "a is no entry"),
        ("{id: x, then: {on_hand: [{item: NEVER, qty: 0}]}}", "nothing in the case is called NEVER"),
        ("{id: x, steps: [{do: adjust_up, item: A, qty: 1, error: no, see: {}}]}", "what is refused shows nothing"),
        ("{id: x, given: {items: [A]}}", "AttributeError"),
        ("{id: x, given: {stock: [{item: A, qty: 2}]}, then: {on_hand: [{only: true}]}}", "nothing else"),
        ("{id: x, given: {site: {locations: {P: {bin_mandatry: true}}}}}", "given, expected a site"),
    ],
)
def test_a_case_that_is_wrong_fails(run, case, told):
    code, lines = run(f"- {case}")

    assert code == 1
    assert lines[0].startswith("FAIL x: ")
    assert told in lines[0]


@pytest.mark.parametrize(
    ("case", "word"),
    [
        ("{id: x, given: {boms: {A: []}}, then: {ledger: []}}", "given boms"),
        ("{id: x, given: {items: {A: {lot_size: 1}}}, then: {ledger: []}}", "item lot_size"),
        (
            "{id: x, given: {settings: {load_check: true}}, then: {ledger: []}}",
            "site.settings.load_check",
        ),
        ("{id: x, given: {site: {calendars: {}}}, then: {ledger: []}}", "site.calendars"),
        ("{id: x, steps: [{do: adjust_down, item: A, qty: 1, applies_to: p}]}", "adjust_down applies_to"),
        ("{id: x, steps: [{do: floor, job: trace, keys: []}]}", "job trace"),
        ("{id: x, steps: [{do: check, see: {reservations: []}}]}", "then reservations"),
        ("{id: x, then: {reservations: []}}", "then reservations"),
        ("{id: x, then: {items: {A: {lot_size: 1}}}}", "then items lot_size"),
    ],
)
def test_a_word_the_product_does_not_have_yet_is_named(run, case, word):
    code, lines = run(f"- {case}")

    assert code == 1
    assert lines == [f"NOT BUILT x: {word}", "0 passed, 0 failed, 1 not built"]
