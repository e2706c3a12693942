"""Rules of a standing that people go by change with a reason that can be read, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.bootstrap import create_competition
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet
from app.domain.scheme import Scheme
from app.domain.standing_rules import CombinedStanding, SeasonRule
from app.services import rules, setup
from app.services.standing_changes import (
    amend_standings,
    proposed_standings,
    settled_standings,
    standing_amendments,
)
from app.services.standing_lines import standing_notes
from app.services.standings import combined_standing, publish_standing
from app.services.station import Station, record
from app.words import Words
from tests.samples.results import COMPETITION
from tests.samples.season import M1, M2, SEASON, TEAMS, match_rules, season_file

pytestmark = pytest.mark.usefixtures("station_home")

BEST_THREE = replace(SEASON, rule=SeasonRule(best=3, points=(Decimal(10), Decimal(8)), least=2))


def scheme(*standings: CombinedStanding) -> Scheme:
    heading = replace(COMPETITION, standings=standings)
    return Scheme(competition=heading, events=(match_rules(M1), match_rules(M2)))


@pytest.fixture
def station() -> Iterator[Station]:
    opened = create_competition(None, scheme(SEASON, TEAMS))
    yield opened
    opened.close()


def in_force(station: Station) -> tuple[CombinedStanding, ...]:
    return rules.competition(station).standings


def drafted(station: Station) -> tuple[CombinedStanding, ...]:
    in_hand = setup.scheme_in_hand(station)
    assert in_hand is not None
    return in_hand.competition.standings


def test_before_any_freeze_a_standing_is_changed_as_it_is_typed(station: Station) -> None:
    setup.save_scheme(station, scheme(BEST_THREE))
    assert in_force(station) == (BEST_THREE,)
    assert settled_standings(station) == {}


def test_once_one_of_its_events_is_frozen_the_draft_only_proposes(station: Station) -> None:
    setup.freeze(station, M2)
    # The teams are those of M1, which may still be changed.
    assert settled_standings(station) == {"season": SEASON}
    setup.save_scheme(station, scheme(BEST_THREE, replace(TEAMS, name="样例团体")))
    assert in_force(station) == (SEASON, replace(TEAMS, name="样例团体"))
    assert drafted(station)[0] == BEST_THREE
    changes = proposed_standings(station, drafted(station))
    assert [(it.where, it.field, it.old, it.new) for it in changes] == [
        (("standings", "season", "rule"), "best", "2", "3"),
        (("standings", "season", "rule"), "points", "10, 8, 6", "10, 8"),
    ]


def test_what_is_proposed_counts_when_it_is_recorded_with_a_reason(station: Station) -> None:
    setup.freeze(station, M1)
    wanted = (BEST_THREE, TEAMS)
    setup.save_scheme(station, scheme(*wanted))
    with pytest.raises(RuleBroken, match="amendment-without-reason"):
        amend_standings(station, wanted, "  ")
    amend_standings(station, wanted, "组委会决定")
    assert in_force(station) == wanted
    (amended,) = standing_amendments(station, "season")
    assert (amended.reason, len(amended.changes)) == ("组委会决定", 2)
    assert standing_amendments(station, "teams") == ()
    with pytest.raises(RuleBroken, match="standing-amendment-changes-nothing"):
        amend_standings(station, wanted, "组委会决定")


def test_rules_that_cannot_be_met_are_not_recorded(station: Station) -> None:
    setup.freeze(station, M1)
    wanted = (replace(SEASON, rule=SeasonRule(best=0)), TEAMS)
    with pytest.raises(RuleBroken, match="standing-rule-unfit"):
        amend_standings(station, wanted, "样例")
    assert in_force(station) == (SEASON, TEAMS)


def test_a_settled_standing_stays_and_a_new_one_is_free_until_the_next_freeze(
    station: Station,
) -> None:
    setup.freeze(station, M1)
    with pytest.raises(RuleBroken) as gone:
        setup.save_scheme(station, scheme(TEAMS))
    assert gone.value == RuleBroken("standing-is-settled", standing="season")
    later = replace(SEASON, id="later", name="样例后加")
    setup.save_scheme(station, scheme(SEASON, TEAMS, later))
    setup.save_scheme(station, scheme(SEASON, TEAMS, replace(later, name="样例再改")))
    assert in_force(station)[2].name == "样例再改"
    setup.freeze(station, M2)
    assert settled_standings(station).keys() == {"season", "teams", "later"}


def test_a_change_that_came_from_another_laptop_is_not_proposed_back(station: Station) -> None:
    setup.freeze(station, M1)
    arrived = replace(SEASON, id="arrived")
    heading = replace(COMPETITION, standings=(BEST_THREE, TEAMS, arrived))
    record(station, CompetitionSet(competition=heading), reason="样例")
    setup.freeze(station, M2)
    assert drafted(station) == (BEST_THREE, TEAMS, arrived)
    assert proposed_standings(station, drafted(station)) == ()


def test_a_published_standing_keeps_its_rules_and_says_why_they_changed() -> None:
    season = season_file()
    now = combined_standing(season, "season")
    publish_standing(season, "season", expected_hash=now.standing_hash)
    others = [it for it in in_force(season) if it.id != "season"]
    amend_standings(season, [BEST_THREE, *others], "组委会决定取三场")
    after = combined_standing(season, "season")
    # 乙 8 + 10 + 8; 甲 10 + 8 and nothing for a third place any more.
    assert [row.total for row in after.rows[:2]] == ["26.00", "18.00"]
    assert not after.is_published
    notes = standing_notes(season, after, Words.load("zh"))
    assert any(note.endswith("：组委会决定取三场") for note in notes)
    season.close()
