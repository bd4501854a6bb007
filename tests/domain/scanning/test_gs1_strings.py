"""GS1 element strings whose separators arrived: every check of SCN-40..49 and SCN-53."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.scanning.labels import GLN, GTIN, OTHER_GTIN, SSCC, TODAY, checked, proven, reading, told

LOT_82 = "!\"%&'()*+,-./09:;<=>"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("05123", "E_AI 05"),
        ("AB12", "E_AI AB"),
        ("2391", "E_AI 239"),
        ("3106000001", "E_AI 3106"),
        ("39400001", "other={'3940': '0001'} W_PART"),
        ("39440001", "E_AI 3944"),
        (f"01{GTIN}2", "E_AI 2"),
        (f"01{GTIN}10A\x1d99", "E_VALUE 99 1-90"),
        ("4", "E_AI 4"),
    ],
)
def test_an_identifier_that_is_none_is_named_scn_40(text: str, result: str) -> None:
    assert proven(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("01", "E_VALUE 01 14"),
        ("010952123400001", "E_VALUE 01 14"),
        ("01095212340000\x1d1310A", "E_VALUE 01 14"),
        ("0109521234O00013", "E_VALUE 01 14"),
        ("10", "E_VALUE 10 1-20"),
        ("10" + "A" * 21, "E_VALUE 10 1-20"),
        ("10" + "A" * 20, f"lot={'A' * 20} W_PART"),
        ("30123456789", "E_VALUE 30 1-8"),
        ("3012A", "E_VALUE 30 1-8"),
        ("7003280630143", "E_VALUE 7003 10"),
        ("8008260110083", "E_VALUE 8008 8 or 10 or 12"),
        ("42312", "E_VALUE 423 3 or 6 or 9 or 12 or 15"),
        ("423276528", "other={'423': '276528'} W_PART"),
        ("421A276", "E_VALUE 421 3"),
        ("421276", "E_VALUE 421 4-12"),
        ("421276" + "A" * 9, f"other={{'421': '276{'A' * 9}'}} W_PART"),
        ("4330000100", "other={'4330': '000100'} W_PART"),
        ("4330000100-", "other={'4330': '000100-'} W_PART"),
        ("4330000100--", "E_VALUE 4330 6-7"),
        ("70401ABC", "other={'7040': '1ABC'} W_PART"),
        ("7040AABC", "E_VALUE 7040 1"),
    ],
)
def test_a_value_has_the_length_and_the_digits_of_its_identifier_scn_40(text: str, result: str) -> None:
    assert proven(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("10A B", "E_CHARSET  "),
        ("10A#B", "E_CHARSET #"),
        ("10A\x1eB", "E_CHARSET \x1e"),
        ("010952123400 0013", "E_CHARSET  "),
        (f"01{GTIN} 10A", "E_CHARSET  "),
        (f"10{LOT_82}", f"lot={LOT_82} W_PART"),
        ("10?AZ_az", "lot=?AZ_az W_PART"),
        ("8010952123#1", "other={'8010': '952123#1'}"),
        ("8010952123a", "E_CHARSET a"),
        ("8030AZaz09-_=", "other={'8030': 'AZaz09-_='} W_PART"),
        ("8030A/", "E_CHARSET /"),
    ],
)
def test_a_value_holds_only_characters_of_its_set_scn_40(text: str, result: str) -> None:
    assert proven(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "00" + "0" * 18,
        "01" + "0" * 14,
        "253" + "0" * 13 + "AB",
        "8003" + "0" * 14,
        "8006" + "0" * 14 + "0102",
    ],
)
def test_a_number_of_only_zeros_is_none_scn_40(text: str) -> None:
    assert proven(text) == "E_VALUE"


def test_zeros_that_are_no_number_to_be_checked_are_data() -> None:
    assert proven("43210") == "other={'4321': '0'} W_PART"
    assert proven(f"01{GTIN}2000") == f"gtin={GTIN} variant=00"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (f"\x1d01{GTIN}", f"gtin={GTIN}"),
        (f"01{GTIN}\x1d17280630\x1d10A\x1d", f"gtin={GTIN} expiry=2028-06-30 lot=A"),
        (f"01{GTIN}10A\x1d\x1d21B", f"gtin={GTIN} lot=A serial=B W_SEP"),
        (f"01{GTIN}\x1d\x1d21B", f"gtin={GTIN} serial=B W_SEP"),
        ("\x1d", "E_EMPTY"),
        ("\x1d\x1d", "E_EMPTY"),
    ],
)
def test_a_separator_may_stand_before_after_and_between_scn_41(text: str, result: str) -> None:
    assert proven(text) == result


@pytest.mark.parametrize(
    ("ai", "body"),
    [
        ("00", "39521234000000012"), ("01", "0952123400001"), ("02", "0952123400001"), ("03", "0952123400001"),
        ("253", "952123400002"), ("255", "952123400002"), ("402", "9521234000000012"),
        *((f"41{last}", "952123400002") for last in range(8)),
        ("8003", "0952123400002"), ("8006", "0952123400001"), ("8017", "95212340000000012"),
        ("8018", "95212340000000012"), ("8026", "0952123400001"),
    ],
)  # fmt: skip
def test_every_number_with_a_check_digit_is_checked_scn_42(ai: str, body: str) -> None:
    number = checked(body[1:] if ai == "8003" else body)
    start, rest = ("0" if ai == "8003" else ""), ("0102" if ai in ("8006", "8026") else "")
    wrong = str((int(number[-1]) + 1) % 10)

    assert proven(f"{ai}{start}{number}{rest}").startswith("E_") is False
    assert proven(f"{ai}{start}{number[:-1]}{wrong}{rest}") == f"E_CHECK {wrong} {number[-1]}"


def test_every_named_element_has_its_name_and_the_rest_is_kept_scn_43() -> None:
    assert proven(f"00{SSCC}") == f"sscc={SSCC}"
    assert proven(f"02{GTIN}375") == f"content_gtin={GTIN} content_qty=5"
    assert proven(f"03{GTIN}") == f"mto_gtin={GTIN} W_PART"
    assert proven(f"01{GTIN}2012250B\x1d240C\x1d241D\x1d2421\x1d400E") == (
        f"gtin={GTIN} variant=12 serial2=B addl_id=C cust_part=D mto_variant=1 order=E"
    )
    assert proven(f"410{GLN}411{GLN}412{GLN}413{GLN}414{GLN}254X\x1d415{GLN}417{GLN}") == (
        f"ship_to={GLN} bill_to={GLN} bought_from={GLN} ship_for={GLN} location={GLN} location_ext=X "
        f"pay_to={GLN} party={GLN}"
    )
    assert proven(f"01{GTIN}8005000199\x1d8200http://a") == f"gtin={GTIN} price_per_unit=000199 url=http://a"
    assert proven(f"01{GTIN}22V\x1d91A\x1d416{GLN}") == f"gtin={GTIN} other={{'22': 'V', '91': 'A', '416': '{GLN}'}}"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("11260101", "made=2026-01-01"),
        ("12260101", "due=2026-01-01"),
        ("13260101", "packed=2026-01-01"),
        ("15260101", "best_before=2026-01-01"),
        ("16260101", "sell_by=2026-01-01"),
        ("17000200", "expiry=2000-02-29"),
        ("17260400", "expiry=2026-04-30"),
        ("17270229", "E_DATE 270229"),
        ("17270432", "E_DATE 270432"),
        ("17270010", "E_DATE 270010"),
        ("17271300", "E_DATE 271300"),
        ("17000000", "E_DATE 000000"),
    ],
)
def test_a_date_must_exist_and_day_00_is_the_last_of_its_month_scn_44(text: str, result: str) -> None:
    assert proven(f"{text}01{GTIN}") == (result if result.startswith("E_") else f"{result} gtin={GTIN}")


@pytest.mark.parametrize(
    ("today", "year", "full"),
    [
        (2026, "76", 2076), (2026, "77", 1977), (2026, "99", 1999), (2026, "00", 2000),
        (2049, "99", 2099), (2050, "00", 2100), (2051, "00", 2100), (2051, "01", 2101), (2051, "02", 2002),
        (2099, "49", 2149), (2099, "50", 2050), (1999, "49", 2049), (1999, "50", 1950),
    ],
)  # fmt: skip
def test_a_year_is_the_one_from_49_back_to_50_ahead_scn_44(today: int, year: str, full: int) -> None:
    result = reading(f"]C111{year}0101", today=date(today, 7, 1))

    assert result.facts == {"made": f"{full}-01-01"}


@pytest.mark.parametrize("today", [date.min, date.max])
def test_a_year_outside_the_calendar_is_no_date(today: date) -> None:
    outcomes = [reading(f"]C117{year:02}0100", today=today) for year in range(100)]

    assert {one.error for one in outcomes} == {"", "E_DATE"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("70032806302359", "expiry=2028-06-30 expiry_at=2028-06-30T23:59"),
        ("70032806302400", "E_DATE 2806302400"),
        ("70032806301260", "E_DATE 2806301260"),
        ("70032806001200", "E_DATE 2806001200"),
        ("800826011008", "made=2026-01-10 made_at=2026-01-10T08:00:00"),
        ("80082601100830", "made=2026-01-10 made_at=2026-01-10T08:30:00"),
        ("8008260110083059", "made=2026-01-10 made_at=2026-01-10T08:30:59"),
        ("8008260110083060", "E_DATE 260110083060"),
        ("800826010008", "E_DATE 26010008"),
    ],
)
def test_a_moment_has_no_day_00_and_no_hour_24_scn_45(text: str, result: str) -> None:
    assert proven(f"01{GTIN}{text}") == (result if result.startswith("E_") else f"gtin={GTIN} {result}")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("3100000012", "{'net_kg': '12'}"),
        ("3101000012", "{'net_kg': '1.2'}"),
        ("3105001250", "{'net_kg': '0.01250'}"),
        ("3105000000", "{'net_kg': '0.00000'}"),
        ("3100000000", "{'net_kg': '0'}"),
        ("3113123456", "{'length_m': '123.456'}"),
        ("3121000010", "{'width_m': '1.0'}"),
        ("3132000010", "{'height_m': '0.10'}"),
        ("3142000010", "{'area_m2': '0.10'}"),
        ("3152000010", "{'net_l': '0.10'}"),
        ("3162000010", "{'net_m3': '0.10'}"),
        ("3202000010", "{'net_lb': '0.10'}"),
        ("3302000010", "{'gross_kg': '0.10'}"),
        ("3402000010", "{'gross_lb': '0.10'}"),
        ("31020000103302000011", "{'net_kg': '0.10', 'gross_kg': '0.11'}"),
    ],
)
def test_a_measure_keeps_all_its_decimals_scn_46(text: str, measure: str) -> None:
    assert proven(f"01{GTIN}{text}") == f"gtin={GTIN} measure={measure}"


def test_a_measure_without_a_name_is_kept_as_it_stands() -> None:
    assert proven(f"01{GTIN}3212000010") == f"gtin={GTIN} other={{'3212': '000010'}}"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (f"01{GTIN}3000000144", f"gtin={GTIN} qty=144"),
        (f"01{GTIN}300", "E_QTY 0"),
        (f"02{GTIN}3700", "E_QTY 00"),
        (f"02{GTIN}3712345678", f"content_gtin={GTIN} content_qty=12345678"),
    ],
)
def test_a_quantity_is_above_zero_and_drops_leading_zeros_scn_47(text: str, result: str) -> None:
    assert proven(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (f"01{GTIN}10A\x1d10A", f"gtin={GTIN} lot=A W_DUP"),
        (f"01{GTIN}10A\x1d10a", "E_DUP 10 A a"),
        (f"01{GTIN}01{OTHER_GTIN}", f"E_DUP 01 {GTIN} {OTHER_GTIN}"),
        (f"01{GTIN}3005\x1d305", f"gtin={GTIN} qty=5 W_DUP"),
        (f"01{GTIN}17280600\x1d17280630", f"gtin={GTIN} expiry=2028-06-30 W_DUP"),
        (f"01{GTIN}1728063070032806301200", f"gtin={GTIN} expiry=2028-06-30 expiry_at=2028-06-30T12:00"),
        (f"01{GTIN}1728062970032806301200", "E_DUP 7003 2028-06-29 2028-06-30"),
        (f"01{GTIN}31020000103102000011", "E_DUP 3102 0.10 0.11"),
        (f"01{GTIN}99A\x1d99B", "E_DUP 99 A B"),
    ],
)
def test_an_element_may_come_twice_only_with_the_same_value_scn_48(text: str, result: str) -> None:
    assert proven(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (f"01{GTIN}31020000103103000100", "E_PAIR 3102 3103"),
        (f"01{GTIN}32120000103213000100", "E_PAIR 3212 3213"),
        (f"01{GTIN}02{GTIN}", "E_PAIR 01 02"),
        (f"02{GTIN}01{GTIN}", "E_PAIR 02 01"),
        (f"375\x1d01{GTIN}", "E_PAIR 37 01"),
        (f"01{GTIN}255{GLN}", "E_PAIR 01 255"),
        (f"01{GTIN}21A\x1d235B", "E_PAIR 21 235"),
        ("420A\x1d421276B", "E_PAIR 420 421"),
        ("422276\x1d426276", "E_PAIR 422 426"),
        (f"8006{GTIN}0102\x1d01{GTIN}", "E_PAIR 8006 01"),
        (f"8006{GTIN}0102\x1d375", "E_PAIR 8006 37"),
    ],
)
def test_some_elements_may_not_stand_together_scn_48(text: str, result: str) -> None:
    assert proven(text) == result


def test_other_pairs_are_not_judged() -> None:
    assert proven(f"01{GTIN}03{GTIN}") == f"gtin={GTIN} mto_gtin={GTIN}"
    assert proven("3902000100\x1d3903001000") == "other={'3902': '000100', '3903': '001000'} W_PART"


@pytest.mark.parametrize(
    "key",
    [
        f"00{SSCC}", f"01{GTIN}", f"253{GLN}", f"255{GLN}", "401A", f"402{checked('9521234000000012')}", f"414{GLN}",
        f"415{GLN}", f"417{GLN}", f"80030{GLN}", "8004A", f"8006{GTIN}0102", "8010A", "8013A",
        f"8017{checked('95212340000000012')}", f"8018{checked('95212340000000012')}",
    ],
)  # fmt: skip
def test_a_label_with_a_key_is_whole_scn_49(key: str) -> None:
    assert "W_PART" not in proven(f"{key}\x1d400A")


@pytest.mark.parametrize(
    "text", ["10A", f"02{GTIN}", "375", f"254A\x1d01{GTIN}", f"00{SSCC}375", "8026095212340000130102"]
)
def test_a_label_without_its_key_or_its_other_half_is_a_part_scn_49(text: str) -> None:
    assert proven(text).endswith("W_PART")


@pytest.mark.parametrize(
    ("rest", "warning"),
    [("", " W_VAR"), ("10A", " W_VAR"), ("3103001250", ""), ("3213001250", ""), ("301", ""), ("80011234567890110", "")],
)
def test_a_gtin_of_variable_measure_wants_its_measure_scn_53(rest: str, warning: str) -> None:
    assert proven(f"01{checked('9952123400001')}{rest}").endswith("W_VAR") == bool(warning)


def test_only_a_string_without_mark_and_separator_warns_that_no_mark_came_scn_30() -> None:
    assert reading(f"01{GTIN}").warn == ("W_NOFNC1",)
    assert reading(f"01{GTIN}\x1d").warn == ()
    assert reading(f"]C101{GTIN}").warn == ()
    assert told(reading("0109521234000014ABC")) == "E_CHECK 4 3"
    assert told(reading("10LOT7")) == "code=10LOT7"


@pytest.mark.parametrize("mark", ["C0", "A0", "Q1", "d1"])
def test_another_mark_does_not_decide_scn_31(mark: str) -> None:
    assert reading(f"]{mark}ABC").kind == "plain"
    assert reading(f"]{mark}01{GTIN}").warn == ("W_NOFNC1",)


@given(st.permutations([f"01{GTIN}", "10LOT", "21SERIAL", "17280630", "3103001250", "400PO"]))
def test_the_order_of_elements_does_not_matter(parts: list[str]) -> None:
    result = reading("]C1" + "\x1d".join(parts))

    assert result.facts == {
        "gtin": GTIN,
        "lot": "LOT",
        "serial": "SERIAL",
        "expiry": "2028-06-30",
        "measure": {"net_kg": "1.250"},
        "order": "PO",
    }
    assert result.warn == ()


@given(st.text(LOT_82 + "ABCxyz_?", min_size=1, max_size=20), st.dates(date(1977, 1, 1), date(2076, 12, 31)))
def test_what_a_label_is_made_of_is_what_is_read(lot: str, day: date) -> None:
    result = reading(f"]d201{GTIN}17{day:%y%m%d}10{lot}\x1d21{lot}", today=TODAY)

    assert result.facts == {"gtin": GTIN, "expiry": day.isoformat(), "lot": lot, "serial": lot}
