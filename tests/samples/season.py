"""A tiny season of three matches, one mark a match, published and worked out by hand.

    match  first     second    third     points: 10, 8, 6; the best two count, at least two matches
    M1     甲  95.0  乙  90.0  丙  85.0
    M2     乙  88.0  甲  80.0            甲 10 + 8, 6 left out    18
    M3     丁  92.0  乙  91.0  甲  70.0  乙 10 + 8, 8 left out    18: the rank is shared
                                         丁 10, 丙 6: not ranked

甲 and 丙 are of the first works, 乙 of the second, 丁 of the third. The people are plainly samples.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.bootstrap import create_station
from app.domain.award_rules import StarBand
from app.domain.entries import MarkState
from app.domain.facts import (
    CheckedIn,
    CompetitionSet,
    EntryRegistered,
    JudgeEnrolled,
    MarkGiven,
    ModuleLocked,
    ModuleUnlocked,
    ResultsPublished,
    ResultStatus,
    RulesFrozen,
)
from app.domain.ids import (
    PANEL,
    AspectId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    SubcriterionId,
)
from app.domain.methods import Direct
from app.domain.points import parse_points
from app.domain.scheme import Aspect, Awards, Event, Module, Quota, Subcriterion, rules_hash
from app.domain.standing_rules import CombinedStanding, OverallRule, SeasonRule, TeamRule
from app.services import results
from app.services.station import Station, recording
from app.storage import people, queries
from app.storage.people import Person
from tests.samples.floor import SampleTime
from tests.samples.results import COMPETITION

if TYPE_CHECKING:
    from pathlib import Path

M1, M2, M3 = EventCode("M1"), EventCode("M2"), EventCode("M3")
MATCHES: Mapping[EventCode, Mapping[str, str]] = {
    M1: {"甲": "95", "乙": "90", "丙": "85"},
    M2: {"乙": "88", "甲": "80"},
    M3: {"丁": "92", "乙": "91", "甲": "70"},
}
PEOPLE = {
    "甲": Person(name="样例选手甲", name_en="Sample Entrant A", id_number="11010519491231002X"),
    "乙": Person(name="样例选手乙", name_en="Sample Entrant B"),
    "丙": Person(name="样例选手丙", name_en="Sample Entrant C"),
    "丁": Person(name="样例选手丁", name_en="Sample Entrant D"),
}
UNITS = {"甲": "样例一厂", "乙": "样例二厂", "丙": "样例一厂", "丁": "样例三厂"}

SEASON = CombinedStanding(
    id="season",
    name="赛季积分",
    name_en="Season points",
    rule=SeasonRule(best=2, points=(Decimal(10), Decimal(8), Decimal(6)), least=2),
    stars=(
        StarBand(
            grade="五星",
            grade_en="Five stars",
            at_least=Decimal(18),
            allowance=Decimal(500),
            months=12,
        ),
        StarBand(grade="三星", grade_en="Three stars", at_least=Decimal(12)),
    ),
)
TEAMS = CombinedStanding(
    id="teams", name="团体", name_en="Teams", events=(M1,), rule=TeamRule(members=2)
)
OVERALL = CombinedStanding(id="overall", name="总团体", name_en="Overall", rule=OverallRule())
SEASON_COMPETITION = replace(COMPETITION, standings=(SEASON, TEAMS, OVERALL))


def match_rules(code: EventCode) -> Event:
    """One module, one mark of 100, one prize for each of the first three places."""
    aspect = Aspect(id=AspectId("A1.1"), name="成绩", max=Decimal(100), method=Direct())
    part = Subcriterion(id=SubcriterionId("A1"), name="样例", aspects=(aspect,))
    module = Module(id=ModuleId("A"), name="样例", blind=False, subcriteria=(part,))
    prizes = tuple(Quota(award=name, number=1) for name in ("一等奖", "二等奖", "三等奖"))
    return Event(
        code=code, name=f"第 {code} 场（样例）", modules=(module,), awards=Awards(quotas=prizes)
    )


def entry_of(match: EventCode, who: str) -> EntryId:
    return EntryId(f"{match}-{'甲乙丙丁'.index(who) + 1:02d}")


def season_file(
    path: Path | None = None,
    *,
    home: Path | None = None,
    persons: Mapping[str, Person] = MappingProxyType(PEOPLE),
    matches: tuple[EventCode, ...] = (M1, M2, M3),
    delegations: Mapping[str, str] = MappingProxyType({}),
) -> Station:
    """The three matches marked and locked, and those of ``matches`` published."""
    station = create_station(path, home=home, time=SampleTime())
    with recording(station) as log:
        log.add(CompetitionSet(competition=SEASON_COMPETITION))
    for match, marks in MATCHES.items():
        _mark_match(station, match, marks, persons, delegations)
    for match in matches:
        publish_match(station, match)
    return station


def publish_match(
    station: Station,
    match: EventCode,
    reason: str = "",
    status: ResultStatus = ResultStatus.FINAL,
) -> ResultsPublished:
    now = results.leaderboard(station, match)
    return results.publish(station, match, status, expected_hash=now.result_hash, reason=reason)


def correct(station: Station, match: EventCode, who: str, mark: str) -> None:
    """Another mark for somebody, after the publication."""
    entry = entry_of(match, who)
    (held,) = queries.current_marks(
        station.connection, match, entry=entry, aspects=[AspectId("A1.1")], judge=PANEL
    )
    with recording(station) as log:
        log.add(ModuleUnlocked(event=match, module=ModuleId("A")), reason="样例更正")
        log.add(_mark(match, entry, mark), replaces=held.op_id, reason="样例更正")
        log.add(ModuleLocked(event=match, module=ModuleId("A"), marks_digest="0" * 64))


def _mark_match(
    station: Station,
    match: EventCode,
    marks: Mapping[str, str],
    persons: Mapping[str, Person],
    delegations: Mapping[str, str],
) -> None:
    rules = match_rules(match)
    with recording(station) as log:
        log.add(RulesFrozen(event=match, rules=rules, rules_hash=rules_hash(rules)))
        log.add(JudgeEnrolled(event=match, judge=JudgeId("J1")))
        for who, mark in marks.items():
            entry = entry_of(match, who)
            digest = people.put(log.connection, entry, persons[who], f"salt-{entry}")
            registered = EntryRegistered(
                event=match,
                entry=entry,
                number=entry.partition("-")[2],
                unit=UNITS[who],
                delegation=delegations.get(who, ""),
                person_digest=digest,
            )
            log.add(registered)
            log.add(CheckedIn(event=match, entry=entry))
            log.add(_mark(match, entry, mark))
        log.add(ModuleLocked(event=match, module=ModuleId("A"), marks_digest="0" * 64))


def _mark(match: EventCode, entry: EntryId, mark: str) -> MarkGiven:
    return MarkGiven(
        event=match,
        entry=entry,
        aspect=AspectId("A1.1"),
        judge=PANEL,
        state=MarkState.VALUE,
        value=parse_points(mark),
    )
