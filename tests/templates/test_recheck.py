"""NC machining: the result is final only when a sample has been compared with the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.recheck import Verdict
from app.services import rechecking, results
from app.services.rechecking import Part
from tests.templates.worked import run, worked

if TYPE_CHECKING:
    from pathlib import Path

    from app.services.station import Station

CNC = EventCode("CNC")


def _publish_final(station: Station) -> None:
    shown = results.leaderboard(station, CNC).result_hash
    results.publish(station, CNC, ResultStatus.FINAL, expected_hash=shown, reason="复核完毕")


def _drawn(station: Station) -> list[EntryId]:
    """Of 4 ranked, the best 30 % are 1.2, so 2: 03 and 01. Of the other 2, 15 % are 0.3, so 1."""
    with pytest.raises(RuleBroken) as early:
        _publish_final(station)
    assert early.value.code == "recheck-not-drawn"
    rechecking.commit_recheck(station, CNC, seeds=lambda: bytes(32))
    rechecking.draw_recheck(station, CNC)
    found = rechecking.recheck(station, CNC)
    assert found is not None
    parts = [line.part for line in found.lines]
    assert parts == [Part.TOP, Part.TOP, Part.DRAWN]
    assert [line.entry for line in found.lines[:2]] == ["CNC-01", "CNC-03"]
    return [line.entry for line in found.lines]


def _verdict(station: Station) -> Verdict:
    found = rechecking.recheck(station, CNC)
    assert found is not None
    return found.verdict


def test_a_sample_without_errors_lets_the_result_be_final(tmp_path: Path) -> None:
    station = run(worked("blind-workpieces"), tmp_path)
    for entry in _drawn(station):
        assert _verdict(station) is Verdict.OPEN
        rechecking.note_right(station, CNC, entry)
    assert _verdict(station) is Verdict.PASSED
    _publish_final(station)
    station.close()


def test_one_error_in_three_has_all_four_rechecked(tmp_path: Path) -> None:
    # 1 of 3 is 33 %, more than the 5 % allowed.
    station = run(worked("blind-workpieces"), tmp_path)
    first, *others = drawn = _drawn(station)
    note = "A1.2：纸上 80.06，录为 80.05"
    rechecking.note_wrong(station, CNC, first, module=ModuleId("A"), errors=1, note=note)
    for entry in others:
        rechecking.note_right(station, CNC, entry)
    assert _verdict(station) is Verdict.ALL_NEEDED
    with pytest.raises(RuleBroken) as refused:
        _publish_final(station)
    assert refused.value == RuleBroken("recheck-open", event=CNC, count=1)
    (left,) = {EntryId(f"CNC-{number}") for number in ("01", "02", "03", "04")} - set(drawn)
    rechecking.note_right(station, CNC, left)
    assert _verdict(station) is Verdict.COMPLETE
    _publish_final(station)
    station.close()
