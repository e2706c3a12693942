"""The signed-result list: what stands on every page, whatever its length and width."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import RuleBroken
from app.reports.paper import Signature
from app.reports.results_list import ResultRow, ResultsList, write_results_list
from app.words import Words
from tests.reports.reading import page_size, page_texts, place_of, used_fonts
from tests.reports.samples import HASH, PROVISIONAL, results

ZH = Words.load("zh")
EN = Words.load("en")


def printed(content: ResultsList, words: Words = ZH) -> bytes:
    stream = io.BytesIO()
    write_results_list(content, words, stream)
    return stream.getvalue()


def test_ten_rows_of_three_modules_are_one_upright_page() -> None:
    document = printed(results())
    [text] = page_texts(document)
    assert page_size(document) == (210, 297)
    assert "成绩单" in text
    assert "样例选手0010" in text
    assert "20.50 20.50 20.50 61.50" in text.replace("\r\n", " ")
    assert "第 1 页 共 1 页" in text


def test_the_list_repeats_its_head_and_foot_on_every_one_of_many_pages() -> None:
    document = printed(results(rows=1136, modules=12))
    texts = page_texts(document)
    assert page_size(document) == (297, 210)
    assert len(texts) == 52
    for number, text in enumerate(texts, start=1):
        assert "名次" in text
        assert "M12" in text
        assert HASH in text
        assert "成绩第 2 版" in text
        assert "打印时间 2025-11-16 09:42" in text
        assert f"第 {number} 页 共 52 页" in text
    assert sum(text.count("样例选手") for text in texts) == 1136


def test_a_provisional_list_has_draft_across_every_page_in_its_language() -> None:
    chinese = page_texts(printed(results(rows=80, imprint=PROVISIONAL)))
    assert all("草稿，未公布" in text for text in chinese)
    assert all(text.count("草稿") == 2 for text in chinese)
    english = page_texts(printed(results(rows=80, imprint=PROVISIONAL), EN))
    assert all("DRAFT" in text for text in english)


def test_a_published_list_says_nowhere_that_it_is_a_draft() -> None:
    assert not any("草稿" in text for text in page_texts(printed(results(rows=80))))
    assert not any("DRAFT" in text for text in page_texts(printed(results(rows=80), EN)))


def test_those_without_a_rank_stand_apart_with_the_reason() -> None:
    absent = ResultRow("", "0027", "样例选手0027", "样例一厂", (), "", state="缺考")
    [text] = page_texts(printed(results(apart=(absent,))))
    ranked, _, apart = text.partition("未排名")
    assert "样例选手0027" not in ranked
    assert "缺考" in apart


def test_three_sign_with_their_printed_names_and_lines_stay_with_them() -> None:
    [text] = page_texts(printed(results()))
    for said in ("裁判长", "样例裁判01", "监督", "样例监督01", "仲裁"):
        assert said in text


def test_the_signature_lines_are_never_alone_without_their_names() -> None:
    for rows in range(24, 34):
        last = page_texts(printed(results(rows=rows)))[-1]
        assert ("裁判长" in last) == ("样例裁判01" in last)


def test_numbers_of_different_length_end_at_the_same_place() -> None:
    content = results(rows=2)
    first, second = content.ranked
    content = replace(
        content,
        ranked=(replace(first, total="100.00"), replace(second, total="9.75")),
    )
    document = printed(content)
    assert place_of(document, "100.00").right == pytest.approx(
        place_of(document, "9.75").right, abs=1.0
    )


def test_a_long_unit_wraps_inside_its_column() -> None:
    unit = "样例新能源汽车动力电池系统制造（集团）有限责任公司第二装配分公司"
    content = results(rows=3, modules=4)
    content = replace(content, ranked=tuple(replace(row, unit=unit) for row in content.ranked))
    document = printed(content)
    [text] = page_texts(document)
    assert text.replace("\r\n", "").count("第二装配分公司") == 3
    end = place_of(document, "第二装配分公司")
    mark = place_of(document, "20.50")
    assert end.right < mark.left


def test_a_list_crowded_by_long_names_turns_to_landscape() -> None:
    unit = "Sample New Energy Vehicle Battery Systems Manufacturing Co., Ltd., Second Branch"
    content = results(rows=3, modules=4)
    content = replace(
        content,
        modules=("A Installation", "B Programming", "C Maintenance", "D Optimisation"),
        ranked=tuple(replace(row, unit=unit) for row in content.ranked),
    )
    assert page_size(printed(content, EN)) == (297, 210)


def test_a_mark_that_is_not_there_is_a_dash_and_a_zero_is_a_zero() -> None:
    content = results(rows=1)
    row = replace(content.ranked[0], modules=("", "0.00", "20.50"))
    [text] = page_texts(printed(replace(content, ranked=(row,))))
    assert "— 0.00 20.50" in text.replace("\r\n", " ")


def test_the_font_is_embedded_and_no_other_is_named() -> None:
    fonts = used_fonts(printed(results()))
    assert {name.partition("+")[2] for name in fonts} == {"LXGWWenKai-Regular"}
    assert all(fonts.values())


def test_a_missing_glyph_names_the_entry_and_nothing_is_written(tmp_path: Path) -> None:
    content = results()
    broken = replace(content.ranked[4], name="样\U0002b740例")
    content = replace(content, ranked=(*content.ranked[:4], broken, *content.ranked[5:]))
    with pytest.raises(RuleBroken) as refused:
        write_results_list(content, ZH, tmp_path / "results.pdf")
    assert refused.value == RuleBroken(
        "paper-glyph-missing", item="0005", character="\U0002b740", code_point="U+2B740"
    )
    assert not (tmp_path / "results.pdf").exists()


def test_the_same_list_makes_the_same_bytes() -> None:
    assert printed(results()) == printed(results())


def test_a_note_and_more_than_three_signatures_are_printed() -> None:
    content = results(
        note="申诉请在公布后 2 小时内由领队书面提出。",
        signatures=tuple(Signature(f"裁判 {number}") for number in range(1, 6)),
    )
    [text] = page_texts(printed(content))
    assert "申诉请在公布后 2 小时内由领队书面提出。" in text
    assert "裁判 5" in text


def test_an_empty_result_still_prints_its_head() -> None:
    [text] = page_texts(printed(results(rows=0)))
    assert "名次" in text
