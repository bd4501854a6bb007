"""The rows of a screen: what fits, what is cut and what never is."""

from dataclasses import replace
from decimal import Decimal

import pytest
from rich.cells import cell_len

from tests.tui.floor.views import BIN, LINES, LOOKUP, MENU, PIN, QTY, QUESTION, REFUSAL, STATES
from tui.commands import key_map
from tui.floor.page import QUESTION as QUESTION_ROLE
from tui.floor.page import REFUSED, STRONG, TAKEN, Page, Speaker, document, shortened, work, wrapped
from tui.jobs.view import Choice, Fact, Message, View

SPEAK = Speaker("en")


def page(view: View, columns: int = 20, rows: int = 8, *, typed: str = "", scrolled: int = 0) -> Page:
    return work(view, typed, columns, rows, speak=SPEAK, scrolled=scrolled)


def texts(view: View, columns: int = 20, rows: int = 8, *, typed: str = "", scrolled: int = 0) -> list[str]:
    return [row.text for row in page(view, columns, rows, typed=typed, scrolled=scrolled).rows]


@pytest.mark.parametrize("state", STATES)
def test_any_size_has_its_rows_and_a_cursor_inside(state: str) -> None:
    for columns in (1, 2, 5, 19, 20, 33, 80):
        for rows in (1, 2, 3, 7, 8, 9, 16, 24, 50):
            made = page(STATES[state], columns, rows, typed="12")

            assert len(made.rows) == rows
            assert 0 <= made.cursor[0] < columns
            assert 0 <= made.cursor[1] < rows
            assert len(document(STATES[state], columns, rows, speak=SPEAK)) <= max(rows, 2)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("columns", [20, 21, 26, 40])
def test_no_row_is_wider_than_its_screen(state: str, columns: int) -> None:
    assert all(cell_len(text) <= columns for text in texts(STATES[state], columns, 16))


def test_the_longest_bin_and_quantity_stand_in_full_on_the_smallest_screen() -> None:
    view = replace(
        QTY,
        body=(Message("body.bin", {"bin": "W-01-0001-ABCDEFGHIJ"}), Message("body.item", {"item": "1000", "text": ""})),
    )

    shown = texts(view)

    assert "W-01-0001-ABCDEFGHIJ" in shown
    assert "QTY>[99999.99999]" in shown


def test_key_bar_and_hints_name_the_keys_of_the_site_and_data_stays_as_it_is() -> None:
    speak = Speaker("en", keys=key_map({"f7": "done", "f2": "short", "f10": "short"}))
    body = (Message("hint.finish"), Message("text", {"text": "BIN F2"}))

    made = work(replace(QTY, body=body, commands=("done", "short")), "", 40, 16, speak=speak)

    shown = [row.text for row in made.rows]
    assert "F7 shows the summary, Esc goes back" in shown
    assert "BIN F2" in shown
    assert "F7done F2short" in shown


def test_the_biggest_thing_is_cut_last_and_rather_stands_where_the_keys_were() -> None:
    sentence = Message("text", {"text": "RACK-07-LEVEL-03-B12 1003 LOT-2027-00017-A 5 PCS. Post? Enter"})

    shown = texts(replace(QTY, body=(sentence, *QTY.body[1:2])))

    assert " ".join(shown[1:5]) == sentence.facts["text"]
    assert shown[5:7] == ["LS-..0042 Scr..x 40", "QTY>[99999.99999]"]


def test_an_answer_that_takes_two_rows_even_when_cut_is_told_whole() -> None:
    counted = {"item": "1003", "number": "LOT-K", "qty": Decimal(2), "uom": "PCS"}

    assert texts(replace(BIN, message=Message("counted", counted)))[-2:] == ["1003 LOT-K: 2 PCS", "counted"]


def test_a_choice_is_cut_only_where_its_list_would_not_fit() -> None:
    bin = Message("body.bin", {"bin": "RACK-07-LEVEL-03-B12"})

    def listed(count: int) -> list[str]:
        return texts(replace(MENU, choices=tuple(Choice(str(digit), bin) for digit in range(1, count + 1))))[1:5]

    assert listed(2) == ["1 BIN", "RACK-07-LEVEL-03-B12", "2 BIN", "RACK-07-LEVEL-03-B12"]
    assert listed(4) == [f"{digit} BIN RACK-07-..-B12" for digit in range(1, 5)]


def test_a_number_wraps_where_a_name_would_be_cut() -> None:
    assert texts(LOOKUP)[2:4] == ["On hand 99999.99999", "PCS"]


def test_a_code_is_cut_in_the_middle_and_keeps_its_last_four() -> None:
    assert shortened("LS-SMALL-PARTS-00042", 12) == "LS-SMA..0042"
    assert shortened("日本語日本語日本語", 13) == "日..語日本語"


def test_place_and_person_leave_the_title_before_its_document_is_cut() -> None:
    assert texts(BIN, 40)[0].split() == ["COUNT", "C-12", "WHITE", "ANNA", "2/4"]
    assert texts(BIN, 20)[0].split() == ["COUNT", "C-12", "WHITE", "2/4"]
    assert texts(replace(BIN, profile="dock-3"), 40)[0].split()[-3:] == ["ANNA", "dock-3", "2/4"]
    assert texts(replace(BIN, document="COUNT-2027-000123"), 20)[0] == "COUNT COUN..0123 2/4"


def test_a_list_stands_in_one_column_where_it_fits_and_in_two_where_not() -> None:
    assert texts(MENU, 21, 16)[1:4] == ["1 Receive", "2 Put-away", "3 Pick"]
    assert texts(MENU)[1:3] == ["1 Receive 2 Put-away", "3 Pick    4 Ship"]


def test_two_choices_share_a_row_where_they_fit_beside_each_other() -> None:
    sides = [Message("aspect.variants"), Message("aspect.units")]
    rows = tuple(Message("text", {"text": f"Row {number}"}) for number in range(5))
    listed = replace(LOOKUP, body=rows, choices=tuple(Choice(str(n), one) for n, one in enumerate(sides, 1)))

    assert texts(listed)[6] == "1 Variants 2 Units"


def test_a_bin_is_rather_scrolled_than_cut_to_nothing_one_can_look_for() -> None:
    facts: dict[str, Fact] = {
        "location": "",
        "bin": "N-02-02",
        "number": "COF-2611",
        "qty": Decimal(84),
        "uom": "PCS",
    }

    shown = texts(replace(LOOKUP, body=tuple(Message("sheet.place", facts) for _ in range(7))))

    assert shown[1:3] == ["N-02-02 COF-2611 84", "PCS"]


def test_where_every_character_counts_a_list_is_rather_scrolled_than_cut_to_one_row_each() -> None:
    raw = Message("body.raw", {"raw": "]C1010952123400001310LOT-2027-0001-ABCDE"})
    view = View(job="explain", prompt="menu", body=(raw,) * 9)

    assert ".." in "".join(texts(view, 21, 16)[1:13])
    assert "".join(texts(replace(view, is_whole=True), 21, 16)[1:13]) == str(raw.facts["raw"]) * 6


def test_what_does_not_fit_tells_where_it_is_and_how_much_there_is() -> None:
    assert texts(LOOKUP)[0].endswith(" 1-6/17")
    assert texts(LOOKUP, scrolled=6)[0].endswith(" 7-12/17")
    assert texts(LOOKUP, scrolled=99)[0].endswith(" 12-17/17")


def test_the_field_shows_what_enter_would_take_until_something_is_typed() -> None:
    assert texts(QTY)[5] == "QTY>[99999.99999]"
    assert page(QTY).cursor == (4, 5)
    assert texts(QTY, typed="12")[5] == "QTY>12"
    assert page(QTY, typed="12").cursor == (6, 5)


def test_of_a_long_scan_the_end_is_shown_with_the_cursor_behind_it() -> None:
    made = page(BIN, typed="0104012345678901\x1d10LOT7")

    assert made.rows[5].text == "BIN>78901<GS>10LOT7"
    assert made.cursor == (19, 5)


def test_a_secret_is_stars() -> None:
    assert texts(PIN, typed="1234")[5] == "PIN>****"


def test_a_refusal_has_its_word_what_to_do_and_the_scans_it_ignored_all_in_one_role() -> None:
    made = page(REFUSAL)

    assert [row.text for row in made.rows[1:4]] == ["REFUSED", "Go to W-01-0003, not", "W-01-0001"]
    assert [row.text for row in made.rows[5:7]] == ["Enter=go on>", "2 scans ignored"]
    assert {row.role for row in made.rows} == {REFUSED}


def test_a_question_is_no_statement() -> None:
    assert page(QUESTION).rows[1].role == QUESTION_ROLE
    assert page(BIN).rows[1].role == STRONG
    assert texts(QUESTION)[5] == "?>"


def test_only_what_was_posted_is_told_as_taken() -> None:
    assert page(MENU).rows[7].role == TAKEN
    assert page(BIN).rows[6].role == ""


def test_text_from_outside_is_shown_as_it_is_and_does_nothing() -> None:
    text = "Bolt [/M8] [@click=x] \x1b[2J\x9b1m\u202e"
    shown = " ".join(texts(replace(BIN, body=(Message("text", {"text": text}),)), 40, 16))

    assert "Bolt [/M8] [@click=x] <ESC>[2J" in shown
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
    assert "\u202e" not in shown


def test_keys_are_told_by_the_site_s_own_names_and_never_cut() -> None:
    assert texts(BIN, 26, 16)[14:] == ["F2done F3short F8menu", "F4next F5find Esc=back"]
    assert texts(BIN)[7] == "F2done F3short"


def test_the_document_marks_the_open_line_and_gives_numbers_their_place_before_names() -> None:
    head, *rows = [row.text for row in document(BIN, 30, 24, speak=SPEAK)]

    assert head.split() == ["BIN", "COUNTED", "UOM"]
    assert [row[0] for row in rows] == [" ", " ", ">", " "]
    assert "99999.99999" in rows[1]


def test_a_long_document_shows_the_page_of_its_open_line() -> None:
    lines = tuple({**LINES[0], "bin": f"B-{number:03}", "qty_counted": Decimal(number)} for number in range(50))
    shown = [row.text for row in document(replace(BIN, lines=lines, want={"bin": "B-023"}), 48, 11, speak=SPEAK)]

    assert len(shown) == 11
    assert [row.split()[0] for row in shown[1:4]] == ["B-020", "B-021", "B-022"]
    assert shown[4].split()[:2] == [">", "B-023"]


def test_text_wraps_at_blanks_and_a_code_wider_than_a_row_goes_on_in_the_next() -> None:
    assert wrapped("Go to W-01-0003, not W-01-0001", 20) == ["Go to W-01-0003, not", "W-01-0001"]
    assert wrapped("LOT ABCDEFGHIJ", 6) == ["LOT", "ABCDEF", "GHIJ"]
    assert wrapped("日本 日本語", 4) == ["日本", "日本", "語"]
