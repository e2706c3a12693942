"""Output is counted day by day; the marks follow, corrections stay visible, and days add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from app.domain.entries import measured_cell
from app.domain.errors import RuleBroken
from app.domain.facts import OutputCounted
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, ModuleId
from app.domain.output_rules import CountedAs
from app.domain.roles import Actor, Role
from app.services import fed_marks, rules
from app.services.counting import count_history, count_output, output_day, output_progress
from app.services.live import board
from app.services.marking import commit_sheet, sheet
from app.services.station import Station, recording
from app.services.undo import last_undoable, undo_last
from app.storage import queries
from tests.services.fed_samples import fed_station, give_own_target

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAFT = EventCode("SHAFT")
C1, C2, C3 = (EntryId(f"SHAFT-0{number}") for number in (1, 2, 3))
DAY = "2026-09-03"


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("team-output")
    yield opened
    opened.close()


def count(station: Station, entry: EntryId, quantity: str, day: str = DAY, reason: str = "") -> int:
    return count_output(station, SHAFT, {(entry, day): quantity}, reason=reason)


def marks(station: Station, entry: EntryId = C1) -> dict[str, str | None]:
    return {
        mark.aspect: mark.measured
        for mark in queries.current_marks(station.connection, SHAFT, entry=entry)
    }


def test_the_marks_of_a_period_follow_its_counts(station: Station) -> None:
    count(station, C1, "7")
    count(station, C1, "5.50", day="2026-09-10")
    count(station, C1, "4", day="2026-09-11")
    assert marks(station) == {"A1.1": "12.5", "A1.2": "4"}
    # 20 x 12.5/20 + 20 x 4/20.
    assert board(station, SHAFT).scores.score(C1).total == 165_000
    assert fed_marks.differing(station, rules.rules(station, SHAFT)) == ()


def test_a_team_without_a_count_has_no_mark(station: Station) -> None:
    count(station, C1, "0")
    assert marks(station) == {"A1.1": "0"}
    assert marks(station, C2) == {}


def test_a_correction_needs_a_reason_and_leaves_the_first_count_to_be_seen(
    station: Station,
) -> None:
    count(station, C1, "7")
    with pytest.raises(RuleBroken, match="output-needs-reason"):
        count(station, C1, "6")
    assert count(station, C1, "6", reason="检验剔除一根") == 1
    assert marks(station) == {"A1.1": "6"}
    assert [(one.fact.quantity, one.reason) for one in count_history(station, SHAFT, C1)] == [
        ("7", ""),
        ("6", "检验剔除一根"),
    ]


def test_what_stands_already_is_not_recorded_again(station: Station) -> None:
    count(station, C1, "7")
    assert count_output(station, SHAFT, {(C1, DAY): "7.0", (C2, DAY): "8"}) == 1
    assert len(count_history(station, SHAFT, C1)) == 1


@pytest.mark.parametrize(
    ("entry", "quantity", "day", "code"),
    [
        (C1, "7", "2026-08-31", "output-day-outside"),
        (C1, "7", "2026-9-3", "day-unreadable"),
        (C1, "-7", DAY, "output-quantity"),
        (C1, "seven", DAY, "number-unreadable"),
        (EntryId("SHAFT-09"), "7", DAY, "entry-unknown"),
    ],
)
def test_a_faulty_count_is_refused_and_nothing_of_the_table_is_recorded(
    station: Station, entry: EntryId, quantity: str, day: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        count_output(station, SHAFT, {(C2, DAY): "5", (entry, day): quantity})
    assert count_history(station, SHAFT, C2) == []


def test_a_whole_table_is_undone_with_the_marks_it_gave(station: Station) -> None:
    count(station, C1, "7", day="2026-09-02")
    count_output(station, SHAFT, {(C1, DAY): "5", (C2, DAY): "6"})
    label = last_undoable(station)
    assert label is not None
    assert (label.kind, label.details["entry"]) == ("count", "01")
    undo_last(station)
    assert (marks(station), marks(station, C2)) == ({"A1.1": "7"}, {})
    undo_last(station)
    assert marks(station) == {}


def test_the_marks_are_typed_by_nobody(station: Station) -> None:
    opened = sheet(station, SHAFT, ModuleId("A"), "01", PANEL)
    typed = {AspectId(f"A1.{number}"): measured_cell("9") for number in (1, 2, 3)}
    with pytest.raises(RuleBroken, match="fed-by-record"):
        commit_sheet(station, opened, typed)


def test_two_counts_of_one_day_wait_for_the_chief_judge(station: Station) -> None:
    count(station, C1, "7", day="2026-09-02")
    count(station, C1, "5")
    with recording(station) as log:
        # What a merge brings in: a count that did not know of the one that stood.
        log.add(OutputCounted(event=SHAFT, entry=C1, day=DAY, quantity="6"))
    in_force = rules.rules(station, SHAFT)
    assert fed_marks.differing(station, in_force) == (C1,)
    assert output_day(station, SHAFT, DAY).teams[0].clashes
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="output-clash-chief"):
        count(station, C1, "6", reason="按车间台账")
    station.actor = Actor(Role.CHIEF)
    with pytest.raises(RuleBroken, match="output-needs-reason"):
        count(station, C1, "6")
    count(station, C1, "6", reason="按车间台账")
    assert marks(station) == {"A1.1": "13"}
    assert fed_marks.differing(station, in_force) == ()


def test_a_day_shows_the_day_before_the_total_and_what_is_still_needed(station: Station) -> None:
    count(station, C1, "4", day="2026-09-02")
    count(station, C1, "3")
    day = output_day(station, SHAFT, DAY)
    first, second, _ = day.teams
    assert (first.before, first.counted, first.pace.done) == (
        Decimal(4),
        Decimal(3),
        Decimal(7),
    )
    # 20 less 7, over the 7 days from the 4th to the 10th.
    assert first.pace.per_day == Fraction(13, 7)
    assert (second.before, second.counted, second.pace.missing) == (None, None, Decimal(20))
    assert (day.period.feeds, day.period.target) == ("A1.1", Decimal(20))


def test_progress_runs_to_the_last_day_counted_beside_an_even_pace(station: Station) -> None:
    count(station, C1, "4", day="2026-09-02")
    count(station, C1, "3", day="2026-09-04")
    count(station, C2, "9", day="2026-09-01")
    progress = output_progress(station, SHAFT)
    assert progress.counted_to == "2026-09-04"
    assert [[int(done) for done in team.done] for team in progress.teams] == [
        [0, 4, 4, 7],
        [9, 9, 9, 9],
        [0, 0, 0, 0],
    ]
    assert progress.target[3] == 8
    assert progress.target[-1] == 60
    assert [one.days_left for one in progress.teams[0].paces] == [6, 10, 10]


def test_a_team_with_its_own_target_is_paced_by_it(station: Station) -> None:
    give_own_target(station)
    count(station, C3, "4")
    team = output_day(station, SHAFT, DAY).teams[2]
    # 25 less 4, over the 7 days from the 4th to the 10th.
    assert (team.pace.target, team.pace.missing, team.pace.per_day) == (25, 21, 3)
    progress = output_progress(station, SHAFT)
    # The first period of ten days, then 20 in each of the two others.
    assert [one.target[-1] for one in progress.teams] == [60, 60, 65]
    assert progress.teams[2].target[3] == 10
    assert marks(station, C3) == {"A1.1": "4"}


def test_the_share_of_its_own_target_can_be_what_the_aspect_takes(station: Station) -> None:
    give_own_target(station, CountedAs.PERCENT)
    count(station, C1, "7")
    count(station, C3, "7")
    # 7/20 and 7/25 of a hundred.
    assert (marks(station, C1), marks(station, C3)) == ({"A1.1": "35"}, {"A1.1": "28"})
    assert fed_marks.differing(station, rules.rules(station, SHAFT)) == ()


def test_only_those_who_keep_scores_count(station: Station) -> None:
    station.actor = Actor(Role.FLOOR)
    with pytest.raises(RuleBroken, match="role-may-not"):
        count(station, C1, "4")
