"""GS1 strings keyed with brackets, and links (SCN-60, SCN-70..72)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.ai_table import SHAPES
from tests.domain.scanning.labels import GLN, GTIN, OTHER_GTIN, SSCC, reading, told

HOST = "https://id.gs1.org"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (f"(01){GTIN}(10)A(21)B", f"gtin={GTIN} lot=A serial=B"),
        ("(10)A(B)C", "lot=A(B)C W_PART"),
        ("(10)A(05)C", "lot=A(05)C W_PART"),
        ("(10)A(310)C", "lot=A(310)C W_PART"),
        ("(10)A((21)B", "lot=A( serial=B W_PART"),
        ("(10)(A)", "lot=(A) W_PART"),
        ("( 01 ) 09521234000013 ( 10 )A", f"gtin={GTIN} lot=A"),
        ("(10)A B", "E_CHARSET  "),
        ("(10)A (x) B", "E_CHARSET  "),
        ("(01)095212340000 13", "E_CHARSET  "),
        ("(10)AB17280630", "lot=AB17280630 W_PART"),
        ("(10)A\x1d(21)B", "E_CHARSET \x1d"),
        ("(01)9521234000013", f"gtin={GTIN} W_PAD"),
        ("(02)614141123452(37)5", "content_gtin=00614141123452 content_qty=5 W_PAD"),
        ("(01)95210018", "gtin=00000095210018 W_PAD"),
        ("(01)952100181", "E_VALUE 01 14"),
        ("(01)9521234000014", "E_CHECK 4 3"),
        ("(03)9521234000013", "E_VALUE 03 14"),
        ("(00)95212340000000120", "E_VALUE 00 18"),
        ("(10)", "E_VALUE 10 1-20"),
        ("(10)(21)B", "E_VALUE 10 1-20"),
        ("(05)1", "E_AI 05"),
        ("(310)1", "E_AI 310"),
        ("(3102)1", "E_VALUE 3102 6"),
        ("(17)280230", "E_DATE 280230"),
        ("(01)09521234000013(37)1", "E_PAIR 01 37"),
        ("(10)A(10)B", "E_DUP 10 A B"),
        ("(1)A", "E_HRI"),
        ("(01234)A", "E_HRI"),
        ("(01", "E_HRI"),
        ("()", "E_HRI"),
        ("(", "E_HRI"),
        ("(O1)09521234000013", "E_HRI"),
    ],
)
def test_a_string_keyed_with_brackets_scn_60(text: str, result: str) -> None:
    assert told(reading(text)) == result


@pytest.mark.parametrize(
    ("path", "result"),
    [
        (f"/01/{GTIN}", f"gtin={GTIN}"),
        (f"/01/{GTIN}/22/V/10/L/21/S", f"gtin={GTIN} other={{'22': 'V'}} lot=L serial=S"),
        (f"/01/{GTIN}/235/T", f"gtin={GTIN} other={{'235': 'T'}}"),
        (f"/01/{GTIN}/21/S/10/L", f"gtin={GTIN} serial=S lot=L W_LINK"),
        (f"/01/{GTIN}?10=L", f"gtin={GTIN} lot=L W_LINK"),
        (f"/01/{GTIN}?17=280630&3103=001250", f"gtin={GTIN} expiry=2028-06-30 measure={{'net_kg': '1.250'}}"),
        (f"/01/{GTIN}?8019=5", f"gtin={GTIN} other={{'8019': '5'}}"),
        (f"/01/{GTIN}/10/L?10=L", f"gtin={GTIN} lot=L W_DUP W_LINK"),
        (f"/01/{GTIN}/10/L?10=M", "E_DUP 10 L M"),
        (f"/01/{GTIN}?linkType=all&05=1&x&=y&&", f"gtin={GTIN}"),
        (f"/01/{GTIN}?17", "E_VALUE 17 6"),
        (f"/01/{GTIN}?17=", "E_VALUE 17 6"),
        (f"/01/{GTIN}?37=5", "E_PAIR 01 37"),
        (f"/01/{GTIN}#10/L?17=280630", f"gtin={GTIN}"),
        ("/01/9521234000013", f"gtin={GTIN} W_PAD"),
        (f"/00/{SSCC}?02=9521234000013&37=5", f"sscc={SSCC} content_gtin={GTIN} content_qty=5 W_PAD"),
        (f"/414/{GLN}/254/A-1", f"location={GLN} location_ext=A-1"),
        (f"/414/{GLN}/7040/1ABC", f"location={GLN} other={{'7040': '1ABC'}}"),
        (f"/415/{GLN}/8020/R", f"pay_to={GLN} other={{'8020': 'R'}}"),
        (f"/417/{GLN}/7040/1ABC", f"party={GLN} other={{'7040': '1ABC'}}"),
        ("/8004/A/7040/1ABC", "other={'8004': 'A', '7040': '1ABC'}"),
        (f"/8006/{GTIN}0102/22/V/10/L/21/S", f"other={{'8006': '{GTIN}0102', '22': 'V'}} lot=L serial=S"),
        ("/8010/A/8011/12", "other={'8010': 'A', '8011': '12'}"),
        ("/253/9521234000020AB", "other={'253': '9521234000020AB'}"),
        (f"/01/{GTIN}/10/01", f"gtin={GTIN} lot=01"),
        (f"//01/{GTIN}/10/L/?17=280630", f"gtin={GTIN} lot=L expiry=2028-06-30"),
        (f"/01/{GTIN}/10/01/21/00", f"gtin={GTIN} lot=01 serial=00"),
    ],
)
def test_a_link_with_a_key_says_what_its_path_and_query_say_scn_70(path: str, result: str) -> None:
    assert told(reading(HOST + path)) == result
    assert told(reading(f"]d2{HOST}{path}")) == result


@pytest.mark.parametrize(
    "stem",
    ["", "/eu/p", "/01", "/01/01", f"/01/{OTHER_GTIN}", f"/01/{OTHER_GTIN}/10/X", "/00/faux", "/8004"],
)
def test_the_last_run_of_a_path_decides_and_an_earlier_key_is_a_decoy_scn_70(stem: str) -> None:
    assert told(reading(f"{HOST}{stem}/01/{GTIN}/10/L")) == f"gtin={GTIN} lot=L"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "https://example.com/",
        f"{HOST}/gtin/{GTIN}",
        f"{HOST}/01",
        f"{HOST}/01/",
        f"{HOST}/01/{GTIN}//10/L",
        f"{HOST}/01/{GTIN}/reviews",
        f"{HOST}/01/{GTIN}/17/280630",
        f"{HOST}/414/{GLN}/10/L",
        f"{HOST}/10/LOT7",
        f"{HOST}/?01={GTIN}",
        f"{HOST}/AQnYUc1gmiCNV4JGYgYMSA",
        "https://00/395212340000000120",
        "HTTP://[2001:db8::1]:8080/a?b#c",
        "https://user:secret@example.com/a%20b",
    ],
)
def test_a_link_without_a_key_is_only_a_link_scn_72(text: str) -> None:
    assert told(reading(text)) == f"url={text}"
    assert reading(text).kind == "url"


@pytest.mark.parametrize(
    "text",
    [
        "https://",
        "https:///01/09521234000013",
        "https://?01=09521234000013",
        "https://:80/01/09521234000013",
        "http://[::1/01/09521234000013",
        "https://exa mple.com/01/09521234000013",
        "https://a.b:port/01/09521234000013",
        "https://a.b:65536/01/09521234000013",
        "https://a.b\\01/09521234000013",
        f"{HOST}/01/{GTIN}/10/A%",
        f"{HOST}/01/{GTIN}/10/A%4",
        f"{HOST}/01/{GTIN}/10/A%4G",
        "https://example.com/100%",
        "https://example.com/a b",
        "https://example.com/a\x1db",
    ],
)
def test_a_damaged_link_is_refused_scn_72(text: str) -> None:
    assert told(reading(text)) == "E_LINK"


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("A%2FB", f"gtin={GTIN} lot=A/B"),
        ("A%2fB", f"gtin={GTIN} lot=A/B"),
        ("A%252FB", f"gtin={GTIN} lot=A%2FB"),
        ("A+B", f"gtin={GTIN} lot=A+B"),
        ("A{GS}B", "E_CHARSET {"),
        ("A%1DB", "E_CHARSET \x1d"),
        ("A%00", "E_CHARSET \0"),
        ("A%20B", "E_CHARSET  "),
        ("A B", "E_CHARSET  "),
        ("A\x1dB", "E_CHARSET \x1d"),
        ("%C3%A9", "E_CHARSET é"),
        ("%FF", "E_CHARSET \ufffd"),
    ],
)
def test_values_of_a_link_are_decoded_once_scn_72(value: str, result: str) -> None:
    assert told(reading(f"{HOST}/01/{GTIN}/10/{value}")) == result
    assert told(reading(f"{HOST}/01/{GTIN}?10={value}")).removesuffix(" W_LINK") == result


@given(st.text("!\"%&'()*+,-./0129:;<=>?ABZ_abz", min_size=1, max_size=20))
def test_a_lot_is_the_same_in_a_string_in_brackets_and_in_a_link(lot: str) -> None:
    encoded = "".join(f"%{ord(character):02X}" for character in lot)

    readings = [
        reading(f"]C101{GTIN}10{lot}\x1d"),
        reading(f"{HOST}/01/{GTIN}/10/{encoded}"),
        reading(f"{HOST}/01/{GTIN}?10={encoded}"),
    ]

    assert [one.facts for one in readings] == [{"gtin": GTIN, "lot": lot}] * 3


def values(shape: str) -> st.SearchStrategy[str]:
    """Return values of the right lengths and characters; their numbers are seldom valid where they are checked."""
    alphabets = {"N": "0-9", "X": "!\"%&')*-9:-?A-Z_a-z", "Y": "0-9A-Z#/-", "Z": "0-9A-Za-z_=-"}
    pattern = ""
    for part in shape.lstrip("*").replace(",csum", "").split():
        kind, size = part.strip("[]")[0], part.strip("[]")[1:]
        bounds = size if part[0] != "[" and ".." not in size else f"{'0' if part[0] == '[' else '1'},{size.lstrip('.')}"
        pattern += f"[{alphabets[kind]}]{{{bounds}}}"
    return st.from_regex(pattern, fullmatch=True)


@given(st.lists(st.sampled_from([ai for ai in SHAPES if "-" not in ai]), min_size=1, max_size=5), st.data())
def test_elements_say_the_same_in_a_string_and_in_brackets(ais: list[str], data: st.DataObject) -> None:
    label = [(ai, data.draw(values(SHAPES[ai]))) for ai in dict.fromkeys(ais)]

    in_brackets = reading("".join(f"({ai}){value}" for ai, value in label))
    in_string = reading("]C1" + "\x1d".join(ai + value for ai, value in label) + "\x1d")

    assert (in_brackets.facts, in_brackets.warn) == (in_string.facts, in_string.warn)
    assert (in_brackets.error, in_brackets.error_facts) == (in_string.error, in_string.error_facts)
