"""Answers kept in memory are never older than the file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import open_station
from app.domain.errors import RuleBroken
from app.domain.facts import EntryWithdrawn, PanelSet
from app.services.station import Station, record, recording
from app.services.works import sheet_plan, works
from tests.services.marking_samples import E2, J1, J2, B, R, judged, marking_station

if TYPE_CHECKING:
    from pathlib import Path


def labels(station: Station) -> list[str]:
    return list(works(station, R, sheet_plan(station, R, B).module).entries)


def withdraw_and_fail(station: Station) -> None:
    with recording(station) as log:
        log.add(EntryWithdrawn(event=R, entry=E2))
        works(station, R, sheet_plan(station, R, B).module).entry_of("02")


def test_a_mark_leaves_the_answer_as_it_is() -> None:
    station = marking_station()
    before = sheet_plan(station, R, B)
    judged(station, "5127", J1, "2 3")
    assert sheet_plan(station, R, B) is before
    station.close()


def test_a_new_panel_is_known_at_once() -> None:
    station = marking_station()
    assert sheet_plan(station, R, B).panel == ("J1", "J2", "J3")
    record(station, PanelSet(event=R, module=B, judges=(J1, J2)))
    assert sheet_plan(station, R, B).panel == ("J1", "J2")
    station.close()


def test_what_another_program_recorded_is_known_at_once(tmp_path: Path) -> None:
    station = marking_station(tmp_path / "a.plumb")
    assert labels(station) == ["01", "02", "03"]
    with closing(open_station(tmp_path / "a.plumb")) as other:
        record(other, EntryWithdrawn(event=R, entry=E2))
    assert labels(station) == ["01", "03"]
    station.close()


def test_what_was_rolled_back_is_forgotten() -> None:
    station = marking_station()
    with pytest.raises(RuleBroken, match="work-unknown"):
        withdraw_and_fail(station)
    assert labels(station) == ["01", "02", "03"]
    station.close()
