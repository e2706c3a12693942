"""A file of marks holds for every method what is typed at the screen, and means the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.entries import NOT_ATTEMPTED, RECUSED, measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, JudgeId
from app.services.marking import sheet
from app.services.marks_import import KeyedMark, import_marks
from app.services.station import Station
from tests.services.marking_samples import J1, J2, points
from tests.services.method_samples import M, T, method_station


@pytest.fixture
def station() -> Iterator[Station]:
    opened = method_station()
    yield opened
    opened.close()


def rows(*marks: tuple[str, str], judge: str = "") -> list[KeyedMark]:
    return [
        KeyedMark(row=number, entry="01", aspect=aspect, judge=judge, value=value)
        for number, (aspect, value) in enumerate(marks, start=2)
    ]


def test_every_method_of_the_team_is_imported_as_it_is_typed(station: Station) -> None:
    marks = (
        ("T1.1", "part"),
        ("T1.2", "F2=1; F1=3"),
        ("T1.3", "-"),
        ("T1.4", "B=75.5;A=80"),
        ("T1.5", "money=650000@28"),
        ("T1.6", "PATENT=3@文件 14"),
        ("T1.7", "14:30"),
        ("T1.8", "T=14:30;Q=80"),
        ("T1.9", "n"),
        ("T1.10", "97.5"),
        ("T1.11", "75.2"),
        ("T1.12", "1"),
        ("T1.13", "3120"),
    )
    import_marks(station, M, rows(*marks))
    assert [row.held for row in sheet(station, M, T, "01", PANEL).rows] == [
        measured_cell("part"),
        measured_cell("F1=3;F2=1"),
        measured_cell("-"),
        measured_cell("A=80;B=75.5"),
        measured_cell("money=650000@28"),
        measured_cell("PATENT=3@文件 14"),
        measured_cell("14:30"),
        measured_cell("Q=80;T=14:30"),
        NOT_ATTEMPTED,
        measured_cell("97.5"),
        measured_cell("75.2"),
        value_cell(points("1")),
        measured_cell("3120"),
    ]


@pytest.mark.parametrize(("judge", "said"), [(J1, "recused"), (J2, "回避")])
def test_a_judge_who_stands_down_is_imported(station: Station, judge: JudgeId, said: str) -> None:
    given = rows(("T2.1", said), ("T2.2", "8"), ("T2.3", said), ("T2.4", "85"), judge=judge)
    import_marks(station, M, given)
    held = [row.held for row in sheet(station, M, T, "01", judge).rows]
    assert held == [RECUSED, value_cell(points("8")), RECUSED, measured_cell("85")]


def test_the_team_cannot_stand_down_in_a_file(station: Station) -> None:
    with pytest.raises(RuleBroken, match="marks-row-unfit"):
        import_marks(station, M, rows(("T1.7", "recused")))
