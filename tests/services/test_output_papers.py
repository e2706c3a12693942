"""How far every team is, in words and on paper; shares and paces are worked out by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from app.domain.ids import EntryId, EventCode
from app.reports.output_progress import write_output_progress
from app.services.counting import count_output, output_progress
from app.services.output_papers import (
    figures,
    progress_paper,
    progress_rows,
    progress_table,
    row_texts,
    ticks,
)
from app.sheets.list_table import write_list_xlsx
from app.words import Words
from tests.reports.reading import page_texts
from tests.services.fed_samples import fed_station, give_own_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.services.station import Station

SHAFT = EventCode("SHAFT")
C1, C2, C3 = (EntryId(f"SHAFT-0{number}") for number in (1, 2, 3))
EN, ZH = Words.load("en"), Words.load("zh")


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("team-output")
    yield opened
    opened.close()


def counted(station: Station, *counts: tuple[EntryId, int, str]) -> None:
    """Counts of days of September 2026."""
    count_output(
        station, SHAFT, {(entry, f"2026-09-{day:02d}"): text for entry, day, text in counts}
    )


def rows(station: Station, period: int) -> list[tuple[str, ...]]:
    found = progress_rows(output_progress(station, SHAFT), period, EN)
    return [row_texts(one)[3:] for one in found]


def test_shares_are_of_the_target_and_what_is_needed_a_day_is_rounded_up(
    station: Station,
) -> None:
    counted(station, (C1, 2, "7"), (C2, 1, "0.01"))
    assert rows(station, 0) == [
        # 13 over the 8 days from the 3rd to the 10th are 1.625.
        ("7", "20", "35.0 %", "13", "1.7"),
        # 0.05 % is rounded half up; 19.99 over 8 days are 2.49875.
        ("0.01", "20", "0.1 %", "19.99", "2.5"),
        ("0", "20", "0.0 %", "20", "2.5"),
    ]
    # The next period has all of its ten days before it.
    assert rows(station, 1) == [("0", "20", "0.0 %", "20", "2.0")] * 3


def test_a_period_is_reached_or_over(station: Station) -> None:
    counted(station, (C1, 2, "21.5"), (C2, 2, "7"), (C3, 11, "4"))
    assert rows(station, 0) == [
        ("21.5", "20", "107.5 %", "0", "reached"),
        ("7", "20", "35.0 %", "13", "period over"),
        ("0", "20", "0.0 %", "20", "period over"),
    ]


def test_all_teams_together_are_compared_with_all_their_targets(station: Station) -> None:
    counted(station, (C1, 2, "7"), (C2, 11, "8"))
    # Three teams with 20 in each of three periods.
    assert figures(output_progress(station, SHAFT), EN) == (
        ("Done by all teams", "15 shafts"),
        ("Target of all teams", "180 shafts"),
        ("Of target", "8.3 %"),
        ("Counted to", "2026-09-11"),
    )


def test_a_team_is_compared_with_its_own_target(station: Station) -> None:
    give_own_target(station)
    counted(station, (C1, 2, "7"), (C3, 2, "7"))
    # 18 over the 8 days from the 3rd to the 10th are 2.25.
    assert rows(station, 0)[::2] == [
        ("7", "20", "35.0 %", "13", "1.7"),
        ("7", "25", "28.0 %", "18", "2.3"),
    ]
    # Three teams with 20 in each of three periods, and 5 more.
    assert figures(output_progress(station, SHAFT), EN)[1] == ("Target of all teams", "185 shafts")
    paper = progress_paper(station, SHAFT, EN)
    # In the first period the row of each team has its target; in the others there is one for all.
    assert [one.title.partition(" · Target")[2] for one in paper.periods] == [
        "",
        " of a team: 20 shafts",
        " of a team: 20 shafts",
    ]
    assert [curve.target[::10] for curve in paper.groups[0].curves] == [(), (), (2.5, 27, 47)]
    assert write_output_progress(paper, EN, io.BytesIO()) == 2


@pytest.mark.parametrize(
    ("highest", "levels"),
    [
        (0.5, (0, 1)),
        (7, (0, 1, 2, 3, 4, 5, 6, 7)),
        (11, (0, 2, 4, 6, 8, 10, 12)),
        (45.5, (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50)),
        (60, (0, 10, 20, 30, 40, 50, 60)),
    ],
)
def test_the_levels_of_the_chart_are_round_and_reach_the_highest(
    highest: float, levels: tuple[int, ...]
) -> None:
    assert ticks(highest) == levels


def test_the_paper_has_a_line_a_team_and_a_row_a_counted_day(station: Station) -> None:
    counted(station, (C1, 2, "7"), (C2, 2, "0"), (C1, 4, "2.5"))
    paper = progress_paper(station, SHAFT, EN)
    (group,) = paper.groups
    assert [(curve.label, curve.done) for curve in group.curves] == [
        ("01: 9.5", (0, 7, 7, 9.5)),
        ("02: 0", (0, 0, 0, 0)),
        ("03: 0", (0, 0, 0, 0)),
    ]
    assert group.rows == (
        ("2026-09-02", "7", "0", "—"),
        ("2026-09-04", "2.5", "—", "—"),
        ("In all", "9.5", "0", "0"),
    )
    assert len(paper.days) == 30
    assert paper.target[::10] == (2, 22, 42)


def test_more_teams_than_a_chart_can_keep_apart_get_a_second_one() -> None:
    station = fed_station("team-output", entries=9)
    counted(station, (C1, 2, "7"))
    groups = progress_paper(station, SHAFT, EN).groups
    assert [len(group.curves) for group in groups] == [8, 1]
    station.close()


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_signatures_stand_below_the_sum(station: Station, words: Words) -> None:
    counted(station, *((C1, day, "1") for day in range(1, 31)))
    document = io.BytesIO()
    pages = write_output_progress(progress_paper(station, SHAFT, words), words, document)
    texts = page_texts(document.getvalue())
    assert len(texts) == pages
    signed = next(text for text in texts if words.say("output.sign_counter") in text)
    assert words.say("output.whole") in signed


def test_the_paper_can_be_had_before_anything_is_counted(station: Station) -> None:
    document = io.BytesIO()
    paper = progress_paper(station, SHAFT, ZH)
    assert paper.groups[0].rows == ()
    assert write_output_progress(paper, ZH, document) == len(page_texts(document.getvalue()))


def test_the_workbook_holds_the_counts_by_day_and_their_sum(
    station: Station, tmp_path: Path
) -> None:
    counted(station, (C1, 2, "7"), (C2, 3, "8"))
    table = progress_table(station, SHAFT, ZH)
    assert table.headings == ("日期", "01 样例队01", "02 样例队02", "03 样例队03")
    assert table.lines == (
        ("2026-09-02", "7", "—", "—"),
        ("2026-09-03", "—", "8", "—"),
        ("合计", "7", "8", "0"),
    )
    write_list_xlsx(table, tmp_path / "progress.xlsx", ZH)
    assert (tmp_path / "progress.xlsx").stat().st_size
