"""Counts out of a file are recorded with the file, all or none, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.errors import RuleBroken
from app.domain.facts import FileImported, OutputCounted
from app.domain.ids import EntryId, EventCode
from app.services.counting import corrections, count_output
from app.services.counts_import import CountsFile, counts_of, import_counts, read_counts_file
from app.services.undo import undo_last
from app.storage import queries
from tests.services.fed_samples import fed_station

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.services.station import Station

SHAFT = EventCode("SHAFT")
C1, C2 = EntryId("SHAFT-01"), EntryId("SHAFT-02")


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("team-output")
    yield opened
    opened.close()


def file_of(tmp_path: Path, text: str) -> CountsFile:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return read_counts_file(path)


def counted(station: Station) -> list[tuple[str, str, str]]:
    found = queries.standing(station.connection, OutputCounted, event=SHAFT)
    return [(one.fact.entry, one.fact.day, one.fact.quantity) for one in found]


def test_a_file_is_taken_in_and_the_marks_follow(station: Station, tmp_path: Path) -> None:
    # A workbook makes 2 of 02.
    file = file_of(tmp_path, "entry,2026-09-03,2026-09-12\n01,7,4\n2,,5\n")
    assert import_counts(station, SHAFT, file) == 3
    assert counted(station) == [
        (C1, "2026-09-03", "7"),
        (C1, "2026-09-12", "4"),
        (C2, "2026-09-12", "5"),
    ]
    assert {
        (mark.entry, mark.aspect, mark.measured)
        for mark in queries.current_marks(station.connection, SHAFT)
    } == {(C1, "A1.1", "7"), (C1, "A1.2", "4"), (C2, "A1.2", "5")}
    (source,) = queries.standing(station.connection, FileImported)
    assert (source.fact.what, source.fact.file_name, source.fact.rows) == (
        "counts",
        "counts.csv",
        3,
    )


def test_the_same_file_once_more_records_nothing(station: Station, tmp_path: Path) -> None:
    file = file_of(tmp_path, "entry,day,count\n01,2026-09-03,7\n")
    assert [import_counts(station, SHAFT, file) for _ in range(2)] == [1, 0]
    assert len(queries.standing(station.connection, FileImported)) == 1


def test_a_changed_count_needs_a_reason_for_the_whole_file(
    station: Station, tmp_path: Path
) -> None:
    count_output(station, SHAFT, {(C1, "2026-09-03"): "7"})
    file = file_of(tmp_path, "entry,day,count\n02,2026-09-03,5\n01,2026-09-03,6\n")
    assert corrections(station, SHAFT, counts_of(station, SHAFT, file)) == 1
    with pytest.raises(RuleBroken, match="output-needs-reason"):
        import_counts(station, SHAFT, file)
    assert counted(station) == [(C1, "2026-09-03", "7")]
    assert import_counts(station, SHAFT, file, reason="样例：按台账") == 2


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ("01,2026-09-03,7\n09,2026-09-03,7\n", "marks-row-entry(row=3, entry=09)"),
        ("01,2026-09-03,7\n1,2026-09-03,7\n", "counts-twice(row=3, first=2, day=2026-09-03)"),
        ("01,2026-09-03,7\n01,2026-10-03,7\n", "output-day-outside(day=2026-10-03)"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(
    station: Station, tmp_path: Path, rows: str, refused: str
) -> None:
    file = file_of(tmp_path, "entry,day,count\n" + rows)
    with pytest.raises(RuleBroken) as caught:
        import_counts(station, SHAFT, file)
    assert str(caught.value).startswith(refused)
    assert counted(station) == []


def test_what_a_file_brought_is_undone_at_once(station: Station, tmp_path: Path) -> None:
    count_output(station, SHAFT, {(C1, "2026-09-02"): "2"})
    import_counts(station, SHAFT, file_of(tmp_path, "entry,2026-09-03\n01,7\n02,5\n"))
    undo_last(station)
    assert counted(station) == [(C1, "2026-09-02", "2")]
    (mark,) = queries.current_marks(station.connection, SHAFT)
    assert (mark.entry, mark.measured) == (C1, "2")
