"""The result's papers: the snapshot in both languages, drafts marked as drafts, the ledger."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from app.domain.certificate_holders import Holder
from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import CertificateNumber
from app.services import certifying, papers, results
from app.services.certificate_papers import certificates_ledger, ledger_writer
from app.services.station import Station
from app.words import Words
from tests.reports.reading import whole_text
from tests.samples.results import (
    E1,
    E2,
    E4,
    WELD,
    mark,
    marked_event,
    publish,
    published_event,
    unlock,
)

if TYPE_CHECKING:
    from pathlib import Path

ZH, EN = Words.load("zh"), Words.load("en")


def printed(station: Station, words: Words, *, draft: bool = False) -> str:
    target = io.BytesIO()
    papers.print_results(station, WELD, words, target, draft=draft)
    return whole_text(target.getvalue())


def test_the_list_shows_the_snapshot_and_not_what_came_after() -> None:
    station = published_event()
    unlock(station)
    mark(station, E4, "A1.1", "10")
    listed = papers.results_list(station, WELD, ZH)
    assert [(row.rank, row.entry, row.name, row.total, row.award) for row in listed.ranked] == [
        ("1", "02", "单样", "17.00", "一等奖"),
        ("2", "01", "样例选手01", "17.00", "二等奖"),
        ("3", "03", "样例·长名选手〇三", "14.00", "三等奖"),
        ("4", "04", "样例选手04", "11.50", ""),
        ("（1）", "06", "样例选手06", "20.00", ""),
    ]
    assert [(row.entry, row.state) for row in listed.apart] == [("05", "缺考")]
    assert listed.modules == ("模块A", "模块B")
    assert listed.imprint.revision == 1
    assert not listed.imprint.provisional


def test_an_unpublished_result_is_printed_as_a_draft_only() -> None:
    station = marked_event()
    with pytest.raises(RuleBroken, match="nothing-published"):
        papers.results_list(station, WELD, ZH)
    assert "草稿" in printed(station, ZH, draft=True)
    publish(station)
    assert "草稿" not in printed(station, ZH)


def test_the_english_list_has_english_names_and_awards() -> None:
    text = printed(published_event(status=ResultStatus.FINAL), EN)
    for expected in ("Sample Entrant 02", "First prize", "Final result, revision 1", "Absent"):
        assert expected in text


def test_every_paper_carries_the_result_hash() -> None:
    station = published_event()
    assert results.in_force(station, WELD).fact.result_hash[:16] in printed(station, EN)


def test_the_workbook_holds_the_published_marks_as_numbers(tmp_path: Path) -> None:
    station = published_event()
    target = tmp_path / "results.xlsx"
    papers.export_results(station, WELD, EN, target)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    first = next(row for row in rows if row[0] == 1)
    assert first[1:8] == ["02", "Sample Entrant 02", "样例二厂", 9, 8, 17, "First prize"]
    why = CalamineWorkbook.from_path(target).get_sheet_by_index(1).to_python()
    assert "rank 1 with a total of 17.00" in str(why[1][2])


def test_the_workbook_gives_no_reasons_from_marks_changed_since() -> None:
    station = published_event()
    unlock(station)
    mark(station, E1, "A1.1", "1")
    assert {row.why for row in papers.results_table(station, WELD, EN).rows} == {""}


def test_the_ledger_lists_void_numbers_with_their_reason(tmp_path: Path) -> None:
    station = published_event()
    first, second = certifying.issue(station, WELD, [Holder(E1), Holder(E2)], template="honour")
    certifying.void(station, WELD, CertificateNumber(first.number), "印刷损坏")
    ledger = certificates_ledger(station, WELD, ZH)
    assert [(line.number, line.recipient, line.state, line.reason) for line in ledger.rows] == [
        (first.number, "单样", "作废", "印刷损坏"),
        (second.number, "样例选手01", "有效", ""),
    ]
    target = tmp_path / "ledger.pdf"
    assert ledger_writer(station, WELD, ZH, target)() == 2
    text = whole_text(target.read_bytes())
    assert f"{first.number} 单样 一等奖 作废" in text
    assert "印刷损坏" in text
    assert "签发人" in text
