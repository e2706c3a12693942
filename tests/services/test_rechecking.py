"""Recheck sampling: a committed draw, what the paper says, no final result before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from app.bootstrap import create_station
from app.domain.checking_rules import RecheckRule
from app.domain.draw_source import commitment
from app.domain.entries import MarkState, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CompetitionSet,
    EntryRegistered,
    MarkGiven,
    RecheckCommitted,
    RecheckDrawn,
    ResultStatus,
    RulesFrozen,
)
from app.domain.ids import (
    PANEL,
    AspectId,
    EntryId,
    EventCode,
    ModuleId,
    SubcriterionId,
)
from app.domain.methods import Direct
from app.domain.points import Points, parse_points
from app.domain.recheck import Verdict
from app.domain.roles import CHIEF, Actor, Role
from app.domain.scheme import Aspect, Competition, Event, Module, Subcriterion, rules_hash
from app.reports.recheck_record import write_recheck_record
from app.services.marking import correct_mark, sheet
from app.services.recheck_papers import percent, recheck_record
from app.services.rechecking import (
    Part,
    commit_recheck,
    draw_recheck,
    note_right,
    note_wrong,
    recheck,
    recheck_blockers,
    replays_recheck,
)
from app.services.results import blockers_as
from app.services.station import Station, recording
from app.storage import queries
from app.words import Words
from tests.reports.reading import whole_text

R, A = EventCode("R"), ModuleId("A")
SEED = bytes(range(32))
ASPECT = Aspect(id=AspectId("A1"), name="样例", max=Decimal(100), method=Direct())
EVENT = Event(
    code=R,
    name="样例赛项",
    name_en="Sample event",
    recheck=RecheckRule(),
    modules=(
        Module(
            id=A,
            name="模块 A",
            blind=False,
            subcriteria=(Subcriterion(id=SubcriterionId("A"), name="样例", aspects=(ASPECT,)),),
        ),
    ),
)


def entry(number: int) -> EntryId:
    return EntryId(f"R-{number:02d}")


def recheck_station(
    entries: int = 28, *, marked: int | None = None, path: Path | None = None
) -> Station:
    """``entries`` registered; the first has 100 marks, each other one less."""
    station = create_station(path)
    with recording(station) as log:
        log.add(CompetitionSet(competition=Competition(code="T", title="样例竞赛")))
        log.add(RulesFrozen(event=R, rules=EVENT, rules_hash=rules_hash(EVENT)))
        for number in range(1, entries + 1):
            log.add(
                EntryRegistered(
                    event=R,
                    entry=entry(number),
                    number=f"{number:02d}",
                    unit="样例一厂",
                    person_digest="0" * 64,
                )
            )
        for number in range(1, (entries if marked is None else marked) + 1):
            log.add(
                MarkGiven(
                    event=R,
                    entry=entry(number),
                    aspect=ASPECT.id,
                    judge=PANEL,
                    state=MarkState.VALUE,
                    value=Points((101 - number) * 10_000),
                )
            )
    return station


@pytest.fixture
def station() -> Iterator[Station]:
    opened = recheck_station()
    yield opened
    opened.close()


def drawn(station: Station) -> None:
    commit_recheck(station, R, seeds=lambda: SEED)
    draw_recheck(station, R)


def all_right(station: Station) -> None:
    found = recheck(station, R)
    assert found is not None
    for line in found.lines:
        if line.done is None:
            note_right(station, R, line.entry)


def test_the_sample_of_28_is_the_best_9_and_3_of_the_rest(station: Station) -> None:
    drawn(station)
    found = recheck(station, R)
    assert found is not None
    assert [line.number for line in found.lines[:9]] == [f"{n:02d}" for n in range(1, 10)]
    assert [line.part for line in found.lines] == [Part.TOP] * 9 + [Part.DRAWN] * 3
    assert found.verdict is Verdict.OPEN


def test_the_hash_is_on_record_before_the_seed(station: Station) -> None:
    op = commit_recheck(station, R, seeds=lambda: SEED)
    committed = queries.latest(station.connection, RecheckCommitted)
    assert committed is not None
    assert committed.fact.commitment == commitment(SEED)
    assert SEED.hex() not in op.body.decode()
    draw_recheck(station, R)
    made = queries.latest(station.connection, RecheckDrawn)
    assert made is not None
    assert made.fact.seed == SEED.hex()
    assert replays_recheck(station, made)


def test_a_sample_that_does_not_follow_from_its_seed_is_found_out(station: Station) -> None:
    drawn(station)
    made = queries.latest(station.connection, RecheckDrawn)
    assert made is not None
    forged = msgspec.structs.replace(made.fact, rest=(entry(10), entry(11), entry(12)))
    with recording(station) as log:
        log.add(forged)
    last = queries.latest(station.connection, RecheckDrawn)
    assert last is not None
    assert not replays_recheck(station, last)


def test_one_error_in_twelve_is_above_five_percent_and_everything_is_rechecked(
    station: Station,
) -> None:
    drawn(station)
    note_wrong(station, R, entry(1), module=A, errors=1, note="纸上 99")
    all_right(station)
    found = recheck(station, R)
    assert found is not None
    assert found.tally is not None
    assert (found.tally.needed, found.tally.checked, found.tally.wrong) == (28, 12, 1)
    assert found.verdict is Verdict.ALL_NEEDED
    assert len(found.lines) == 28
    assert [line.part for line in found.lines[12:]] == [Part.ALL] * 16
    all_right(station)
    again = recheck(station, R)
    assert again is not None
    assert again.verdict is Verdict.COMPLETE


def test_a_final_result_waits_for_the_recheck_and_a_provisional_one_does_not(
    station: Station,
) -> None:
    def codes(status: ResultStatus) -> set[str]:
        return {one.code for one in blockers_as(station, R, status)}

    assert "recheck-not-drawn" in codes(ResultStatus.FINAL)
    drawn(station)
    assert "recheck-open" in codes(ResultStatus.FINAL)
    assert "recheck-open" not in codes(ResultStatus.PROVISIONAL)
    (open_still,) = recheck_blockers(station, R)
    assert open_still.details["count"] == 12
    all_right(station)
    assert recheck_blockers(station, R) == []


def test_what_is_put_right_after_the_draw_is_listed(station: Station) -> None:
    drawn(station)
    note_wrong(station, R, entry(2), module=A, errors=1, note="纸上 98.5")
    seen = sheet(station, R, A, "02", PANEL)
    correct_mark(station, seen, ASPECT.id, value_cell(parse_points("98.5")), "抽查更正")
    found = recheck(station, R)
    assert found is not None
    line = next(one for one in found.lines if one.entry == entry(2))
    assert [(one.mark.value, one.reason) for one in line.corrections] == [(985_000, "抽查更正")]


def test_nothing_is_drawn_while_marks_are_missing() -> None:
    station = recheck_station(10, marked=9)
    with pytest.raises(RuleBroken) as refused:
        commit_recheck(station, R)
    assert (refused.value.code, refused.value.details["count"]) == ("recheck-entries-incomplete", 1)
    station.close()


def test_a_new_sample_needs_a_reason_and_begins_again(station: Station) -> None:
    drawn(station)
    note_right(station, R, entry(1))
    with pytest.raises(RuleBroken) as refused:
        commit_recheck(station, R)
    assert refused.value.code == "recheck-again-needs-reason"
    commit_recheck(station, R, reason="名单更正", seeds=lambda: SEED)
    draw_recheck(station, R)
    found = recheck(station, R)
    assert found is not None
    assert all(line.done is None for line in found.lines)


def test_an_entry_outside_the_sample_and_an_error_without_words_are_refused(
    station: Station,
) -> None:
    drawn(station)
    found = recheck(station, R)
    assert found is not None
    sampled = {line.entry for line in found.lines}
    outside = next(entry(n) for n in range(10, 29) if entry(n) not in sampled)
    with pytest.raises(RuleBroken) as stranger:
        note_right(station, R, outside)
    assert stranger.value.code == "recheck-entry-not-drawn"
    with pytest.raises(RuleBroken) as silent:
        note_wrong(station, R, entry(1), module=None, errors=1, note=" ")
    assert silent.value.code == "recheck-error-undescribed"


def test_only_the_chief_draws_and_judges(station: Station) -> None:
    station.actor = Actor(Role.SCOREKEEPER, initials="AB")
    with pytest.raises(RuleBroken) as refused:
        commit_recheck(station, R)
    assert refused.value.code == "role-may-not"
    station.actor = CHIEF


def test_the_record_prints_what_is_needed_to_draw_again(station: Station, tmp_path: Path) -> None:
    drawn(station)
    note_wrong(station, R, entry(1), module=A, errors=2, note="paper says 99")
    words = Words.load("en")
    target = tmp_path / "record.pdf"
    assert write_recheck_record(recheck_record(station, R, words), words, target) >= 1
    text = " ".join(whole_text(target.read_bytes()).split())
    for part in (SEED.hex()[:20], commitment(SEED)[:20], "errors 2 in A: paper says 99", "28"):
        assert part in text
    assert "1 of 12 compared, errors in 1 (100%); the limit is 5%." in text


def test_the_errors_are_listed_for_the_chief_judge_with_what_came_of_them(
    station: Station, tmp_path: Path
) -> None:
    drawn(station)
    note_wrong(station, R, entry(1), module=A, errors=1, note="paper 99, entered 100")
    note_wrong(station, R, entry(2), module=A, errors=3, note="a row was skipped")
    seen = sheet(station, R, A, "01", PANEL)
    correct_mark(station, seen, ASPECT.id, value_cell(parse_points("99")), "recheck")
    words = Words.load("en")
    record = recheck_record(station, R, words)
    assert [(e.entry, e.where, e.errors, e.paper, e.corrected) for e in record.errors] == [
        ("01", "A", "1", "paper 99, entered 100", "A1 Marking team"),
        ("02", "A", "3", "a row was skipped", "not yet"),
    ]
    target = tmp_path / "record.pdf"
    write_recheck_record(record, words, target)
    text = " ".join(whole_text(target.read_bytes()).split())
    for part in ("Errors found, for the chief judge to correct", "Rechecked by", "Supervision"):
        assert part in text


def test_percentages_have_one_place_where_they_need_it() -> None:
    assert [percent(Decimal(part)) for part in ("0.30", "0.05", "0.0833")] == ["30%", "5%", "8.3%"]
