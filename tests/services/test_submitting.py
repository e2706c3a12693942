"""Films handed in: in time, late, twice, and known again by their SHA-256."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import RuleBroken
from app.domain.roles import Actor, Role
from app.reports.submission_receipt import write_submission_receipts
from app.services import timing
from app.services.benches import benches
from app.services.paper_heads import local_moment
from app.services.submission_receipts import submission_receipts
from app.services.submitting import FileRead, hand_over, read_file, receive, submissions
from app.services.time_slips import time_slips
from app.services.timing import ClockId, Loss, LossReason
from app.words import Words
from tests.reports.reading import page_texts
from tests.samples.floor import MINUTE, NINE, ROBOT, A, B, SampleTime, entry_id, floor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.services.station import Station

ABC = FileRead("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3)
"""The published SHA-256 of the three bytes ``abc`` (FIPS 180-2, B.1)."""
FIRST = ClockId(ROBOT, A, entry_id(1))


@pytest.fixture
def time() -> SampleTime:
    return SampleTime()


@pytest.fixture
def station(time: SampleTime) -> Iterator[Station]:
    opened = floor(time=time, checked_in=2)
    yield opened
    opened.close()


def late_after(station: Station, time: SampleTime, minutes: int) -> int:
    time.pass_ms(minutes * MINUTE)
    return hand_over(station, FIRST).late_ms


def test_a_file_is_known_by_the_published_digest(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"abc")
    assert read_file(film) == ABC
    assert read_file(film, lambda: True) is None


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.touch()
    with pytest.raises(RuleBroken, match="submission-empty"):
        read_file(film)


def test_nothing_is_handed_in_before_the_start(station: Station) -> None:
    with pytest.raises(RuleBroken, match="submission-before-start"):
        hand_over(station, FIRST)


def test_the_last_moment_of_the_hour_is_in_time(station: Station, time: SampleTime) -> None:
    timing.start(station, FIRST)
    assert late_after(station, time, 60) == 0
    assert late_after(station, time, 7) == 7 * MINUTE


def test_granted_time_moves_the_deadline(station: Station, time: SampleTime) -> None:
    timing.start(station, FIRST)
    time.pass_ms(10 * MINUTE)
    lost = Loss(NINE + 5 * MINUTE, NINE + 10 * MINUTE, LossReason.POWER)
    timing.grant(station, FIRST, lost)
    assert late_after(station, time, 55) == 0
    assert late_after(station, time, 1) == MINUTE


def test_a_stopped_clock_does_not_stop_the_deadline(station: Station, time: SampleTime) -> None:
    timing.start(station, FIRST)
    time.pass_ms(50 * MINUTE)
    timing.stop(station, FIRST)
    assert late_after(station, time, 10) == 0
    assert late_after(station, time, 3) == 3 * MINUTE


def test_the_moment_of_handing_over_counts_not_that_of_reading(
    station: Station, time: SampleTime
) -> None:
    timing.start(station, FIRST)
    time.pass_ms(60 * MINUTE)
    handed = hand_over(station, FIRST)
    time.pass_ms(2 * MINUTE)
    fact = receive(station, handed, ABC)
    assert (fact.handed.wall_ms, fact.late_ms) == (NINE + 60 * MINUTE, 0)
    assert {one.id.entry for one in benches(station, ROBOT) if one.submission} == {entry_id(1)}


def test_another_submission_needs_a_reason_and_both_stay(
    station: Station, time: SampleTime
) -> None:
    timing.start(station, FIRST)
    receive(station, hand_over(station, FIRST), ABC)
    time.pass_ms(61 * MINUTE)
    with pytest.raises(RuleBroken, match="submission-again-needs-reason"):
        receive(station, hand_over(station, FIRST), ABC, reason=" ")
    receive(station, hand_over(station, FIRST), FileRead("00" * 32, 9), reason="样例：收错文件")
    both = submissions(station, ROBOT)[FIRST]
    assert [(one.fact.size, one.fact.late_ms, one.reason) for one in both] == [
        (3, 0, ""),
        (9, MINUTE, "样例：收错文件"),
    ]


def test_who_keys_in_marks_receives_nothing(station: Station) -> None:
    timing.start(station, FIRST)
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        receive(station, hand_over(station, FIRST), ABC)


def test_the_time_slip_says_what_was_handed_in(station: Station, time: SampleTime) -> None:
    timing.start(station, FIRST)
    time.pass_ms(62 * MINUTE)
    receive(station, hand_over(station, FIRST), ABC)
    (slip,) = time_slips(station, ROBOT, [FIRST], Words.load("en"))
    line = slip.events[-1]
    assert (line.what, line.length) == ("Submission received late", "2:00")
    assert line.reason == f"3 bytes, SHA-256 {ABC.sha256}"


def test_a_receipt_says_what_was_received_when_and_by_whom(
    station: Station, time: SampleTime
) -> None:
    timing.start(station, FIRST)
    time.pass_ms(50 * MINUTE)
    receive(station, hand_over(station, FIRST), FileRead("0" * 64, 12_345_678))
    time.pass_ms(10 * MINUTE + 7_000)
    station.actor = Actor(Role.FLOOR)
    receive(station, hand_over(station, FIRST), ABC, reason="样例：收错文件")
    (receipt,) = submission_receipts(station, ROBOT, [FIRST], Words.load("en"))
    # The first module is blind and no code is drawn yet: nobody is named, not even by number.
    assert (receipt.module, receipt.entry, receipt.identity) == ("A Sample module A", "", "")
    counts, (earlier,) = receipt.counts, receipt.earlier
    assert (counts.late, counts.size, counts.by) == ("0:07 late", "3 bytes", "Floor judge (timing)")
    assert (counts.sha256, counts.reason) == (ABC.sha256, "样例：收错文件")
    assert counts.at[11:] == local_moment(NINE + 60 * MINUTE + 7_000)[11:]
    assert (earlier.late, earlier.size, earlier.by) == (
        "in time",
        "12,345,678 bytes",
        "Chief judge",
    )


def test_a_receipt_of_an_open_module_names_the_competitor(
    station: Station, time: SampleTime
) -> None:
    shown = ClockId(ROBOT, B, entry_id(1))
    timing.start(station, shown)
    receive(station, hand_over(station, shown), ABC)
    receipts = submission_receipts(station, ROBOT, [FIRST, shown], Words.load("zh"))
    assert [(one.entry, one.identity) for one in receipts] == [("01", "样例选手01")]
    assert [one.role for one in receipts[0].signatures] == ["现场裁判", "选手"]
    document = io.BytesIO()
    assert write_submission_receipts(receipts, Words.load("zh"), document) == 1
    (text,) = page_texts(document.getvalue())
    assert "作品提交回执" in text
    assert "按时" in text
    assert ABC.sha256 in text


def test_there_is_no_receipt_for_what_was_not_handed_in(station: Station) -> None:
    timing.start(station, FIRST)
    with pytest.raises(RuleBroken, match="submission-none"):
        submission_receipts(station, ROBOT, [FIRST], Words.load("en"))
