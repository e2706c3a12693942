"""The papers of a competition day: mark sheets, draw records, time slips, audit lists."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from zxingcpp import BarcodeFormat, read_barcodes

from app.reports.audit_papers import (
    CheckLine,
    LedgerLine,
    VerificationReport,
    write_certificates_ledger,
    write_verification_report,
)
from app.reports.draw_record import (
    CodeMap,
    CodeRow,
    DrawnPlace,
    DrawRecord,
    write_code_map,
    write_draw_record,
)
from app.reports.paper import Signature, Watched
from app.reports.score_sheet import (
    JudgementLine,
    MeasurementLine,
    ScoreSheet,
    write_score_sheets,
)
from app.reports.signed_list import SignedList
from app.reports.time_slip import ClockLine, TimeSlip, write_time_slips
from app.words import Words
from tests.reports.reading import page_size, page_texts, picture, whole_text
from tests.reports.samples import HEADING, PLAIN, PUBLISHED, SIGNATURES

ZH = Words.load("zh")
EN = Words.load("en")


def printed(write: Callable[..., int], content: Any, words: Words = ZH) -> bytes:
    stream = io.BytesIO()
    pages = write(content, words, stream)
    assert pages == len(page_texts(stream.getvalue()))
    return stream.getvalue()


def sheet(work_code: str = "4071", *, judges: tuple[str, ...] = ("J1", "J2", "J3")) -> ScoreSheet:
    return ScoreSheet(
        HEADING,
        PLAIN,
        sheet_id=f"PL-SHEET-B-{work_code}",
        module="模块B 编程",
        part="B2 示教编程",
        work_is="加密号",
        work=work_code,
        judges=judges,
        measured=(
            MeasurementLine("B2.1", "码放偏差", "≤0.5 mm", "2.00"),
            MeasurementLine("B2.2", "抓取点", "16 个", "1.50", "14", "1.30"),
        ),
        judged=(
            JudgementLine("B2.3", "轨迹平顺", "1.00", ("0　低于标准", "1　达到标准")),
            JudgementLine("B2.4", "工位整理", "0.75", (), ("2",) * len(judges)),
        ),
        signatures=tuple(Signature(f"评分裁判 {judge}") for judge in judges),
    )


def test_a_mark_sheet_has_its_aspects_descriptors_judges_and_signature_lines() -> None:
    text = whole_text(printed(write_score_sheets, [sheet()]))
    for said in ("评分表", "4071", "B2.1", "≤0.5 mm", "1　达到标准", "J3", "评分裁判 J1", "1.30"):
        assert said in text


def test_the_code_at_the_top_of_a_mark_sheet_reads_as_its_id() -> None:
    image = picture(printed(write_score_sheets, [sheet()]))
    [code] = read_barcodes(image, formats=BarcodeFormat.QRCode)
    assert code.text == "PL-SHEET-B-4071"


def test_each_work_has_its_own_page_and_its_own_page_numbers() -> None:
    texts = page_texts(printed(write_score_sheets, [sheet("4071"), sheet("5186")]))
    assert len(texts) == 2
    assert "4071" in texts[0]
    assert "5186" not in texts[0]
    assert all("第 1 页 共 1 页" in text for text in texts)


def test_who_follows_the_printing_is_told_of_every_sheet() -> None:
    counted: list[tuple[int, int]] = []
    follow = Watched(io.BytesIO(), lambda *count: counted.append(count), lambda: False)
    assert write_score_sheets([sheet("4071"), sheet("5186")], ZH, follow) == 2
    assert counted == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize("sheets_done", [0, 1, 2])
def test_a_paper_stopped_half_way_leaves_the_old_file_as_it_was(
    tmp_path: Path, sheets_done: int
) -> None:
    target = tmp_path / "sheets.pdf"
    target.write_bytes(b"the sheets of yesterday")
    told = []
    stopped = Watched(target, lambda *count: told.append(count), lambda: len(told) > sheets_done)
    assert write_score_sheets([sheet("4071"), sheet("5186")], ZH, stopped) == 0
    assert told == [(0, 2), (1, 2), (2, 2)][: sheets_done + 1]
    assert target.read_bytes() == b"the sheets of yesterday"
    assert list(tmp_path.glob("*pdf*")) == [target]


@pytest.mark.parametrize("judges", [3, 9, 12, 15])
@pytest.mark.parametrize("more", range(0, 40, 4))
def test_the_heading_of_one_measurement_stays_with_it_and_the_signatures(
    judges: int, more: int
) -> None:
    own = tuple(f"J{number}" for number in range(1, judges + 1))
    whole = sheet(judges=own)
    content = replace(
        whole,
        judged=whole.judged * (1 + more // 4),
        measured=whole.measured[:1],
        signatures=tuple(Signature(f"裁判 {judge}") for judge in own),
    )
    *before, last = page_texts(printed(write_score_sheets, [content]))
    assert "测量" in last
    assert whole.measured[0].aspect in last
    assert not any("测量" in text for text in before)


def test_a_panel_of_nine_judges_gets_the_paper_lengthwise() -> None:
    judges = tuple(f"J{number}" for number in range(1, 10))
    document = printed(write_score_sheets, [sheet(judges=judges)])
    assert page_size(document) == (297, 210)
    assert "J9" in whole_text(document)


def draw(*, seed: str, unmet: tuple[str, ...] = ()) -> DrawRecord:
    return DrawRecord(
        HEADING,
        PLAIN,
        module="模块A 安装",
        purpose="赛位抽签",
        commitment="9d4c" * 16,
        seed=seed,
        algorithm="plumbline-draw-1",
        drawn_at="2025-11-14 07:00",
        constraints=("同一单位不相邻",),
        unmet=unmet,
        places=tuple(
            DrawnPlace(f"{n:02d}", "", "样例一厂", "1", str(n), f"W{n:02d}") for n in range(1, 61)
        ),
        signatures=(Signature("抽签人"), Signature("加密裁判"), Signature("监督")),
    )


def test_a_draw_record_has_all_that_is_needed_to_run_the_draw_again() -> None:
    text = whole_text(printed(write_draw_record, draw(seed="41aa" * 16)))
    for said in ("9d4c" * 16, "41aa" * 16, "plumbline-draw-1", "同一单位不相邻", "W60", "抽签人"):
        assert said in text
    assert "无，约束全部满足" in text


def test_a_seed_that_is_not_revealed_is_said_to_be_sealed() -> None:
    assert "尚未公开" in whole_text(printed(write_draw_record, draw(seed="")))
    assert "Not revealed yet" in whole_text(printed(write_draw_record, draw(seed=""), EN))


def test_a_constraint_that_could_not_be_met_is_printed() -> None:
    unmet = ("样例一厂 7 人 3 场",)
    assert "样例一厂 7 人 3 场" in whole_text(
        printed(write_draw_record, draw(seed="", unmet=unmet))
    )


def test_the_code_map_joins_code_and_name_and_says_it_is_confidential() -> None:
    code_map = CodeMap(
        HEADING, PLAIN, "模块A 安装", (CodeRow("4071", "07", "样例选手07", "样例一厂"),), SIGNATURES
    )
    chinese = whole_text(printed(write_code_map, code_map))
    assert "4071" in chinese
    assert "样例选手07" in chinese
    assert "机密" in chinese
    assert "Confidential" in whole_text(printed(write_code_map, code_map, EN))


def slip(entry: str) -> TimeSlip:
    return TimeSlip(
        HEADING,
        PLAIN,
        module="模块C 运维",
        entry=entry,
        identity="4071",
        workplace="W07",
        limit="2:00:00",
        used="1:58:12",
        paused="0:06:40",
        granted="0:03:00",
        remaining="0:04:48",
        events=(
            ClockLine("09:00:00", "开始", by="现场裁判 01"),
            ClockLine("09:41:10", "暂停", "0:06:40", "设备故障：示教器断电", "现场裁判 01"),
        ),
        flags=("笔记本重新启动，时间按钟表时间计算。",),
        signatures=(Signature("裁判长"), Signature("现场裁判"), Signature("选手")),
    )


def test_a_time_slip_shows_every_stop_with_its_reason_and_what_is_left() -> None:
    text = whole_text(printed(write_time_slips, [slip("07")]))
    for said in ("时间单", "2:00:00", "1:58:12", "0:04:48", "设备故障：示教器断电", "选手"):
        assert said in text
    assert "需裁判长确认" in text


def test_each_time_slip_is_a_page_of_its_own() -> None:
    texts = page_texts(printed(write_time_slips, [slip("07"), slip("08")]))
    assert len(texts) == 2
    assert "08" in texts[1]


def test_a_void_certificate_stays_in_the_ledger_with_the_reason() -> None:
    ledger = SignedList(
        HEADING,
        PUBLISHED,
        (LedgerLine("SAMPLE-0003-K", "样例选手03", "一等奖", "作废", "11-16 03:12", "打印污损"),),
    )
    text = whole_text(printed(write_certificates_ledger, ledger)).replace("\r\n", " ")
    assert "SAMPLE-0003-K 样例选手03 一等奖 作废 11-16 03:12 打印污损" in text


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ((CheckLine("签名", True), CheckLine("哈希链", True)), "核验通过"),
        ((CheckLine("签名", True), CheckLine("哈希链", False, "断在 42")), "核验未通过：1 项不符"),
    ],
)
def test_a_verification_report_gives_the_verdict_first(
    checks: tuple[CheckLine, ...], verdict: str
) -> None:
    report = VerificationReport(HEADING, PUBLISHED, "a.bundle", (("工作站", "S7K2"),), checks)
    text = whole_text(printed(write_verification_report, report))
    assert text.index(verdict) < text.index("S7K2") < text.index("签名")
