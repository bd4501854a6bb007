"""Random GS1 labels, also read by two libraries (T-15): another answer only for a reason written down here.

biip and python-stdnum are asked for strings whose separators arrived. Years stay between 2010 and 2060: both count
centuries from the clock, the reader from the day it is given.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_element_strings import GS1ElementString
from biip.gs1_messages import GS1Message
from stdnum import ean, gs1_128
from stdnum.exceptions import ValidationError

from domain.scanning.ai_table import SHAPES as RANGES
from domain.scanning.reading import Reading
from tests.domain.scanning.labels import checked, reading

GS = "\x1d"
SHAPES = {
    f"{number:0{len(first)}}": shape
    for identifiers, shape in RANGES.items()
    for first, _, last in [identifiers.partition("-")]
    for number in range(int(first), int(last or first) + 1)
}
SETS = {
    "N": "0123456789",
    "X": "!\"%&'*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
    "Y": "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "Z": "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz=",
}
"""Round brackets are left out: python-stdnum takes them away wherever they stand."""
NAMES = {
    "00": "sscc", "01": "gtin", "02": "content_gtin", "03": "mto_gtin", "10": "lot", "11": "made", "12": "due",
    "13": "packed", "15": "best_before", "16": "sell_by", "17": "expiry", "20": "variant", "21": "serial", "30": "qty",
    "37": "content_qty", "240": "addl_id", "241": "cust_part", "242": "mto_variant", "250": "serial2",
    "254": "location_ext", "400": "order", "410": "ship_to", "411": "bill_to", "412": "bought_from",
    "413": "ship_for", "414": "location", "415": "pay_to", "417": "party", "7003": "expiry_at",
    "8005": "price_per_unit", "8008": "made_at", "8200": "url",
}  # fmt: skip
"""What SCN-43 and SCN-45 call them, once more, so that a slip in the reader's own table shows."""
MEASURES = {
    "310": "net_kg", "311": "length_m", "312": "width_m", "313": "height_m", "314": "area_m2", "315": "net_l",
    "316": "net_m3", "320": "net_lb", "330": "gross_kg", "340": "gross_lb",
}  # fmt: skip
NAMES |= {f"{ai}{decimals}": name for ai, name in MEASURES.items() for decimals in range(6)}

LOOKED_INTO = {
    "4307", "4317", "4321", "4322", "4323", "4324", "4325", "4326", "4330", "4331", "4332", "4333", "7006", "7007",
    "7011", "7250", "7251", "7252", "7258", "8003", "8010", "8030",
}  # fmt: skip
DATES = {NAMES[ai] for ai in ("11", "12", "13", "15", "16", "17")}

Label = Sequence[tuple[str, str]]
Facts = dict[str, str]


def whole_label(label: Label, result: Reading) -> bool:
    """Neither library looks at a label as a whole: an identifier twice, or two that may not be together (SCN-48)."""
    return result.error in ("E_DUP", "E_PAIR")


def no_count_of_zero(label: Label, result: Reading) -> bool:
    """To both libraries a count of zero is a number (SCN-47)."""
    return result.error == "E_QTY"


def no_empty_count(label: Label, result: Reading) -> bool:
    """biip takes 30 and 37 without a digit (SCN-40)."""
    return result.error == "E_VALUE" and any(ai in ("30", "37") and not value for ai, value in label)


def more_check_digits(label: Label, result: Reading) -> bool:
    """biip checks GTIN, SSCC and GLN, not the other numbers with a check digit (SCN-42)."""
    others = {"253", "255", "402", "8003", "8006", "8017", "8018", "8026"}
    return result.error == "E_CHECK" and not others.isdisjoint(ai for ai, _ in label)


def unnamed_values_unjudged(label: Label, result: Reading) -> bool:
    """biip looks into some values that have no name here and are kept as they are (SCN-43)."""
    rest = [(ai, value) for ai, value in label if ai not in LOOKED_INTO]
    return not result.error and rest != label and (not rest or told_by_biip(rest) is not None)


def no_day_00_of_a_moment(label: Label, result: Reading) -> bool:
    """To biip day 00 is the last of the month in 7003 and 8008 too (SCN-45)."""
    return result.error == "E_DATE" and any(ai in ("7003", "8008") and value[4:6] == "00" for ai, value in label)


def no_end_without_separator(label: Label, result: Reading) -> bool:
    """biip ends a field of variable length after its greatest length, without a separator (SCN-40)."""
    ai = result.error_facts.get("ai") or result.error_facts.get("field", "")
    return result.error == "E_VALUE" and not SHAPES.get(ai, "*").startswith("*")


def another_century(facts: Facts) -> bool:
    """python-stdnum turns centuries at 1969, whatever the day (SCN-44)."""
    return any(value.startswith("19") or value[:4] > "2060" for name, value in facts.items() if name in DATES)


INTENDED = (
    whole_label,
    no_count_of_zero,
    no_empty_count,
    more_check_digits,
    unnamed_values_unjudged,
    no_day_00_of_a_moment,
    no_end_without_separator,
)
"""All the reasons there are for another answer than biip's."""


@pytest.mark.parametrize(
    "count", [pytest.param(10_000, marks=pytest.mark.slow), pytest.param(100_000, marks=pytest.mark.long)]
)
def test_biip_answers_otherwise_only_for_a_reason_on_the_list(count: int) -> None:
    unexplained = []
    for label in labels(count, list(SHAPES)):
        result, other = reading(f"]C1{text_of(label)}", gs_proven=True), told_by_biip(label)
        if facts_of(result) != other and not any(reason(label, result) for reason in INTENDED):
            unexplained.append((label, result.error or result.facts, other))

    assert unexplained == []


@pytest.mark.parametrize(
    ("reason", "label"),
    [
        (whole_label, [("10", "A"), ("10", "B")]),
        (whole_label, [("01", "09521234000013"), ("37", "5")]),
        (no_count_of_zero, [("30", "0")]),
        (no_empty_count, [("30", ""), ("21", "A")]),
        (more_check_digits, [("253", "9521234000021")]),
        (unnamed_values_unjudged, [("4321", "7")]),
        (no_day_00_of_a_moment, [("7003", "2806001200")]),
        (no_end_without_separator, [("10", "A" * 20 + "21B")]),
    ],
)
def test_each_reason_for_another_answer_still_stands(reason: Callable[[Label, Reading], bool], label: Label) -> None:
    result = reading(f"]C1{text_of(label)}", gs_proven=True)

    assert facts_of(result) != told_by_biip(label)
    assert reason(label, result)


@pytest.mark.slow
def test_stdnum_reads_every_label_of_named_values_that_is_read_and_reads_the_same() -> None:
    others = []
    for label in labels(10_000, [ai for ai in NAMES if ai != "00"]):
        own = facts_of(reading(f"]C1{text_of(label)}", gs_proven=True))
        if own is not None and own != (other := told_by_stdnum(label)) and not another_century(own):
            others.append((label, own, other))

    assert others == []


@pytest.mark.slow
def test_stdnum_finds_the_same_retail_numbers_valid() -> None:
    draw = random.Random(3)
    numbers = ["".join(draw.choices("0123456789", k=draw.choice((12, 13, 14)))) for _ in range(20_000)]
    numbers += [checked(number[:-1]) for number in numbers]

    assert [number for number in numbers if bool(reading(number).error) == ean.is_valid(number)] == []


def test_biip_knows_the_same_identifiers_and_where_they_need_a_separator() -> None:
    known = {ai: GS1ApplicationIdentifier.extract(ai) for ai in SHAPES}

    assert {ai for ai, one in known.items() if one.ai != ai} == set()
    assert {ai for ai, one in known.items() if one.separator_required == SHAPES[ai].startswith("*")} == set()


def labels(count: int, identifiers: Sequence[str]) -> Iterator[Label]:
    """Yield labels of some elements each, now and then with a fault."""
    draw = random.Random(count)
    for _ in range(count):
        ais = draw.choices(list(NAMES) if draw.random() < 0.7 else identifiers, k=draw.randint(1, 4))
        yield [(ai, _changed(draw, _value(draw, ai))) for ai in ais if ai in identifiers]


def text_of(label: Label) -> str:
    """Return the string a scanner sends, without its mark."""
    return "".join(f"{ai}{value}{'' if SHAPES[ai].startswith('*') else GS}" for ai, value in label).rstrip(GS)


def facts_of(result: Reading) -> Facts | None:
    """Return what is read by name or identifier, None where nothing is."""
    if result.error:
        return None
    facts: Facts = {}
    for name, value in result.facts.items():
        facts |= {name: value} if isinstance(value, str) else value
    return facts


def told_by_biip(label: Label) -> Facts | None:
    try:
        elements = GS1Message.parse(text_of(label)).element_strings
    except ParseError:
        return None
    if any(one.gtin_error or one.sscc_error or one.gln_error for one in elements):
        return None
    facts: Facts = {}
    for one in elements:
        facts |= _named(one.ai.ai, _biip_value(one))
    return facts


def _biip_value(one: GS1ElementString) -> str | date | datetime | Decimal:
    if one.ai.ai in NAMES:
        return one.datetime or one.date or one.decimal or one.value
    return one.value


def told_by_stdnum(label: Label) -> Facts | None:
    facts: Facts = {}
    try:
        for ai, value in gs1_128.info(text_of(label), GS).items():
            facts |= _named(ai, value)
    except (ValidationError, ValueError):
        return None
    return facts


def _named(ai: str, value: str | int | date | datetime | Decimal) -> Facts:
    """Return a library's value as the reader tells it."""
    name = NAMES.get(ai, ai)
    if isinstance(value, datetime):
        moment = value.isoformat(timespec="minutes" if ai == "7003" else "seconds")
        return {name: moment, name.removesuffix("_at"): moment[:10]}
    if ai in ("30", "37"):
        return {name: str(value).lstrip("0")}
    return {name: str(value)}


def _value(draw: random.Random, ai: str) -> str:
    day = f"{draw.randint(10, 60)}{draw.randint(1, 12):02}{draw.randint(0, 30):02}"
    if ai in ("11", "12", "13", "15", "16", "17"):
        return day
    if ai in ("7003", "8008"):
        return f"{day}{draw.randint(0, 24):02}{draw.randint(0, 59):02}"
    value = ""
    for optional, kind, up_to, size, check in re.findall(r"(\[?)([NXYZ])(\.\.)?([0-9]+)]?(,csum)?", SHAPES[ai]):
        if optional and draw.random() < 0.4:
            break
        length = draw.randint(1, int(size)) if up_to else int(size)
        part = "".join(draw.choices(SETS[kind], k=length))
        value += checked(part[:-1]) if check else part
    return value


def _changed(draw: random.Random, value: str) -> str:
    if draw.random() > 0.06:
        return value
    at = draw.randrange(len(value) + 1)
    return value[:at] + draw.choice(("", *SETS["X"], " ")) + value[at + draw.randint(0, 1) :]
