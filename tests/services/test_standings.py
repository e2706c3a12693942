"""Standings over several events: read from published results only, and published with care."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.bootstrap import open_station
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet, ResultStatus, StandingRow
from app.domain.ids import EntryId
from app.domain.standing_rules import Sides, TeamRule
from app.services.standings import (
    StandingTable,
    combined_standing,
    publish_standing,
    standing_blockers,
    standing_follows,
    standing_hash,
)
from app.services.station import record, recording
from app.services.verifying import verify
from tests.samples.results import COMPETITION
from tests.samples.season import (
    M1,
    M2,
    M3,
    PEOPLE,
    TEAMS,
    correct,
    publish_match,
    season_file,
)

pytestmark = pytest.mark.usefixtures("station_home")


def said(table: StandingTable) -> list[tuple[str, int | None, str]]:
    return [(row.of or row.counted[0], row.rank, row.total) for row in table.rows]


def test_a_season_counts_the_best_results_of_each_person() -> None:
    station = season_file()
    table = combined_standing(station, "season")
    first, second, *_ = table.rows
    assert first == StandingRow(
        of="",
        rank=1,
        total="18.00",
        counted=(EntryId("M1-01"), EntryId("M2-01")),
        left_out=(EntryId("M3-01"),),
        star="五星",
    )
    assert (second.counted, second.left_out) == (("M2-02", "M1-02"), ("M3-02",))
    assert said(table) == [
        ("M1-01", 1, "18.00"),
        ("M2-02", 1, "18.00"),
        ("M3-04", None, "10.00"),
        ("M1-03", None, "6.00"),
    ]
    assert (table.unpublished, table.doubts) == ((), ())
    station.close()


def test_units_are_ranked_as_teams_and_as_delegations() -> None:
    station = season_file()
    # M1 only: 95 + 85 of the first works; the second has one person, the missing one counts 0.
    teams = combined_standing(station, "teams")
    assert said(teams) == [("样例一厂", 1, "180.00"), ("样例二厂", 2, "90.00")]
    assert teams.rows[0].counted == ("M1-01", "M1-03")
    # First, second and third prize stand for gold, silver and bronze.
    # One: 4 + 2 in M1, 3 in M2, 2 in M3. Two: 3, 4, 3. Three: 4.
    overall = combined_standing(station, "overall")
    assert said(overall) == [
        ("样例一厂", 1, "11.00"),
        ("样例二厂", 2, "10.00"),
        ("样例三厂", 3, "4.00"),
    ]
    assert [(row.average, row.counts) for row in overall.rows] == [
        ("2.75", (1, 1, 2, 0)),
        ("3.33", (1, 2, 0, 0)),
        ("4.00", (1, 0, 0, 0)),
    ]
    station.close()


def test_matches_without_a_published_result_are_named_and_do_not_count() -> None:
    station = season_file(matches=(M1,))
    table = combined_standing(station, "season")
    assert table.unpublished == (M2, M3)
    assert said(table) == [
        ("M1-01", None, "10.00"),
        ("M1-02", None, "8.00"),
        ("M1-03", None, "6.00"),
    ]
    assert standing_blockers(table) == []
    station.close()


def test_nothing_is_published_from_nothing() -> None:
    station = season_file(matches=())
    table = combined_standing(station, "season")
    assert standing_blockers(table) == [RuleBroken("standing-empty", standing="season")]
    with pytest.raises(RuleBroken) as refused:
        publish_standing(station, "season", expected_hash=table.standing_hash)
    assert refused.value == RuleBroken("standing-empty", standing="season")
    with pytest.raises(RuleBroken) as unknown:
        combined_standing(station, "other")
    assert unknown.value == RuleBroken("standing-unknown", standing="other")
    station.close()


def test_a_new_revision_of_a_match_makes_the_published_standing_stale() -> None:
    station = season_file()
    first = combined_standing(station, "season")
    published = publish_standing(station, "season", expected_hash=first.standing_hash)
    assert published.revision == 1
    assert published.rows == first.rows
    assert combined_standing(station, "season").is_published

    correct(station, M1, "丙", "96")
    assert combined_standing(station, "season").is_published, "a mark alone is not public"
    publish_match(station, M1, reason="样例更正")
    now = combined_standing(station, "season")
    # 丙 is first in M1 now: 10; 甲 8 + 8, 乙 6 (left out) and 10 + 8.
    assert not now.is_published
    assert said(now) == [
        ("M2-02", 1, "18.00"),
        ("M1-01", 2, "16.00"),
        ("M1-03", None, "10.00"),
        ("M3-04", None, "10.00"),
    ]
    with pytest.raises(RuleBroken) as changed:
        publish_standing(station, "season", expected_hash=first.standing_hash, reason="更正")
    assert changed.value == RuleBroken("standing-changed-meanwhile", standing="season")
    with pytest.raises(RuleBroken) as unexplained:
        publish_standing(station, "season", expected_hash=now.standing_hash)
    assert unexplained.value == RuleBroken("revision-needs-reason", revision=2)
    again = publish_standing(
        station, "season", expected_hash=now.standing_hash, reason="M1 更正后重新公布"
    )
    assert again.revision == 2
    station.close()


def test_a_standing_is_final_only_when_every_result_it_rests_on_is() -> None:
    station = season_file(matches=(M1, M2))
    publish_match(station, M3, status=ResultStatus.PROVISIONAL)
    first = combined_standing(station, "season")
    assert (first.status, first.provisional) == (ResultStatus.PROVISIONAL, (M3,))
    fact = publish_standing(station, "season", expected_hash=first.standing_hash)
    assert fact.status is ResultStatus.PROVISIONAL

    # Nobody appealed: the same rows, but a standing that is final now and not published as such.
    publish_match(station, M3, reason="公示期满")
    now = combined_standing(station, "season")
    assert (now.status, now.provisional) == (ResultStatus.FINAL, ())
    assert (now.standing_hash, now.is_published) == (first.standing_hash, False)
    again = publish_standing(station, "season", expected_hash=now.standing_hash, reason="公示期满")
    assert (again.revision, again.status) == (2, ResultStatus.FINAL)
    assert combined_standing(station, "season").is_published
    station.close()


def test_a_standing_of_matches_still_to_come_is_provisional() -> None:
    station = season_file(matches=(M1,))
    assert combined_standing(station, "season").status is ResultStatus.PROVISIONAL
    # The teams are those of the first match alone.
    assert combined_standing(station, "teams").status is ResultStatus.FINAL
    station.close()


def test_a_standing_called_final_over_a_provisional_result_does_not_verify() -> None:
    station = season_file(matches=())
    publish_match(station, M1, status=ResultStatus.PROVISIONAL)
    now = combined_standing(station, "teams")
    fact = publish_standing(station, "teams", expected_hash=now.standing_hash)
    assert standing_follows(station, fact)
    assert not standing_follows(station, replace(fact, status=ResultStatus.FINAL))
    station.close()


def test_teams_may_be_those_that_the_roster_names() -> None:
    station = season_file(delegations={"甲": "样例一队", "乙": "样例一队", "丙": "样例二队"})
    by_team = replace(TEAMS, rule=TeamRule(members=2, of=Sides.TEAM))
    with recording(station) as log:
        log.add(CompetitionSet(competition=replace(COMPETITION, standings=(by_team,))))
    # M1 only: 95 + 90 across two works, and 85.
    teams = combined_standing(station, "teams")
    assert said(teams) == [("样例一队", 1, "185.00"), ("样例二队", 2, "85.00")]
    station.close()


def test_people_who_only_look_alike_are_never_joined() -> None:
    # 丁 has the name of 乙 in another works: somebody else. 丙 has the name of 甲 in the same works
    # and no number: may be 甲, may not.
    persons = PEOPLE | {
        "丁": replace(PEOPLE["丁"], name=PEOPLE["乙"].name),
        "丙": replace(PEOPLE["丙"], name=PEOPLE["甲"].name),
    }
    station = season_file(persons=persons)
    table = combined_standing(station, "season")
    assert len(table.rows) == 4
    assert table.doubts == (("M1-01", "M1-03", "M2-01", "M3-01"),)
    assert standing_blockers(table) == [
        RuleBroken("standing-persons-unclear", entries="M1-01, M1-03, M2-01, M3-01")
    ]
    # It does not matter who is who where units are compared.
    assert combined_standing(station, "overall").doubts == ()
    station.close()


def test_a_published_standing_is_worked_out_again_when_the_file_is_verified(
    tmp_path: Path,
) -> None:
    path = tmp_path / "season.plumb"
    station = season_file(path, home=tmp_path)
    for name in ("season", "overall"):
        now = combined_standing(station, name)
        publish_standing(station, name, expected_hash=now.standing_hash)
    # What was published stays right after a match gets a new revision.
    correct(station, M1, "丙", "96")
    publish_match(station, M1, reason="样例更正")
    station.close()
    assert [check.name for check in verify(path).failed()] == []

    station = open_station(path, home=tmp_path)
    published = combined_standing(station, "season").published
    assert published is not None
    first, *others = published.fact.rows
    forged = (replace(first, total="28.00"), *others)
    sources = published.fact.sources
    fact = replace(
        published.fact,
        revision=2,
        rows=forged,
        standing_hash=standing_hash(published.fact.rules, sources, forged),
    )
    record(station, fact, reason="样例")
    station.close()
    assert [
        (check.name, check.refusal.code if check.refusal else "") for check in verify(path).failed()
    ] == [("standings", "verify-standing-differs")]


def test_a_team_standing_of_people_in_several_events_can_be_worked_out_again() -> None:
    station = season_file()
    everything = replace(TEAMS, id="all", events=(), rule=TeamRule(members=2))
    with recording(station) as log:
        log.add(CompetitionSet(competition=replace(COMPETITION, standings=(everything,))))
    now = combined_standing(station, "all")
    # One: 95 and 85, two more results of the first left out. Two: 91 and nobody else. Three: 92.
    assert said(now) == [
        ("样例一厂", 1, "180.00"),
        ("样例三厂", 2, "92.00"),
        ("样例二厂", 3, "91.00"),
    ]
    assert now.rows[0].left_out == ("M2-01", "M3-01")
    fact = publish_standing(station, "all", expected_hash=now.standing_hash)
    assert fact.same == (("M1-01", "M2-01", "M3-01"), ("M1-02", "M2-02", "M3-02"))
    assert standing_follows(station, fact)
    station.close()
