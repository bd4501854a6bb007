"""200,000 texts nobody would print; `python -m tests.fuzz_scans --texts 10000000` reads more."""

import pytest

from domain.scanning.reading import Reading
from tests.fuzz_scans import TEXTS, Findings, faults, judge, main, scans

SEEDS = (1, 2, 3, 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_comes_in_gives_a_result_or_a_listed_error_scn_02(seed: int) -> None:
    findings = Findings()

    for text, profile in scans(TEXTS // len(SEEDS), seed):
        judge(findings, text, profile)

    assert findings.faults == []
    assert {"gs1", "gtin", "rcn", "url", "plain", "command", "E_AMBIG"} <= findings.outcomes.keys()


@pytest.mark.parametrize(
    "reading",
    [
        Reading("other", "plain", {"code": "A"}),
        Reading("text", error="E_SOMETHING"),
        Reading("text", "gs1", error="E_DATE"),
        Reading("text", "word", {"code": "A"}),
        Reading("text", "gs1", {"lot": ""}),
        Reading("text", "gs1", {"gtin": "9521234000013"}),
        Reading("text", "gs1", {"expiry": "20280630"}),
        Reading("text", "gs1", {"qty": "0"}),
        Reading("text", "gs1", {"lot": "A"}, ("W_DUP", "W_DUP")),
        Reading("text", "gs1", {"lot": "A"}, ("W_SOMETHING",)),
        Reading("text", "gs1", {"measure": {"net_kg": ""}}),
        Reading("text", error="E_DATE", readings=(Reading("text", "plain", {"code": "A"}),)),
        Reading("text", error="E_AMBIG", readings=(Reading("text", "plain", {"code": ""}),)),
    ],
)
def test_a_reading_that_is_not_sound_is_a_fault(reading: Reading) -> None:
    assert [*faults("text", reading)]


def test_the_command_tells_how_many_texts_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--texts", "50", "--seed", "5"]) == 0
    assert capsys.readouterr().out.endswith("50 texts of seed 5, 0 faults\n")
