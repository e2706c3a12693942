"""Breaking lines: Chinese between characters, names between their parts, nothing left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.reports.fonts import text_width
from app.reports.wrapping import wrap


def test_text_that_fits_stays_on_one_line() -> None:
    assert wrap("样例一厂", 40, 10) == ["样例一厂"]


def test_two_lines_are_balanced_rather_than_leaving_one_character_alone() -> None:
    assert wrap("样例工业职业技术学院", 90, 10) == ["样例工业职", "业技术学院"]


def test_a_short_aside_in_parentheses_stays_whole() -> None:
    assert wrap("样例动力电池制造（集团）有限公司", 110, 10) == [
        "样例动力电池制造",
        "（集团）有限公司",
    ]


def test_closing_punctuation_never_begins_a_line() -> None:
    lines = wrap("特发此证，以资鼓励。", 40, 10)
    assert not any(line[0] in "，。" for line in lines)


def test_a_quantity_keeps_its_unit() -> None:
    assert "1.0 mm" in "\n".join(wrap("偏差不超过 1.0 mm 得满分，超过者零分", 75, 10))


def test_a_name_breaks_after_its_dot_and_not_inside_a_part() -> None:
    assert wrap("阿卜杜热西提·买买提吐尔逊", 80, 10, is_name=True) == [
        "阿卜杜热西提·",
        "买买提吐尔逊",
    ]


def test_a_latin_name_breaks_between_words() -> None:
    assert wrap("Sample Entrant Number One", 80, 10, is_name=True) == [
        "Sample Entrant",
        "Number One",
    ]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrap("9d4c9d4c9d4c", 30, 10) == ["9d4c9", "d4c9d", "4c"]


@given(st.text(alphabet="样例一厂（），。·- abcXY019", max_size=60), st.integers(25, 200))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, 10)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 10) <= width or len(line) == 1 for line in lines)
