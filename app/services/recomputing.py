"""What follows from the records, worked out again: rules hashes, draws, results, certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.bundles.signing import new_key
from app.domain.certificate_numbers import is_wellformed
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CertificateIssued,
    DrawMade,
    RecheckDrawn,
    ResultsPublished,
    RulesFrozen,
    StandingPublished,
    TieDecided,
)
from app.domain.ids import EventCode, OpId, StationId
from app.domain.ops import OpRow
from app.domain.readings import Reading
from app.services import results, rules
from app.services.drawing import replays
from app.services.fed_marks import differing
from app.services.rechecking import replays_recheck
from app.services.standings import standing_follows
from app.services.station import Station, file_id_of
from app.services.station_keys import StationKey
from app.services.tie_record import lot_replays
from app.services.verification import Check, Findings, tried
from app.storage import database as files
from app.storage import intake, oplog, queries
from app.storage.database import Database, writing
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class _LastMoment:
    """The clock of a file that is only looked at: it stands at the last record."""

    at: int

    def reading(self) -> Reading:
        return Reading(wall_ms=self.at, mono_ms=0, boot="")


def checks(memory: Database) -> Iterator[Check]:
    """Every check that needs the meaning of the records; ``memory`` holds a copy of them."""
    station = _onlooker(memory)
    yield tried("rules", lambda: _rules(station))
    yield tried("draws", lambda: _draws(station))
    yield tried("ties", lambda: _ties(station))
    yield tried("results", lambda: _results(station))
    yield tried("standings", lambda: _standings(station))
    yield tried("certificates", lambda: _certificates(station))


def _rules(station: Station) -> Findings:
    frozen = queries.standing(station.connection, RulesFrozen)
    for recorded in frozen:
        if not rules.is_unchanged(recorded.fact):
            raise RuleBroken("verify-rules-differ", op=recorded.op_id, event=recorded.fact.event)
    return {recorded.fact.event: recorded.fact.rules_hash for recorded in frozen}


def _draws(station: Station) -> Findings:
    made = queries.standing(station.connection, DrawMade)
    for recorded in made:
        if not replays(station, recorded):
            raise RuleBroken("verify-draw-differs", op=recorded.op_id, module=recorded.fact.module)
    sampled = queries.standing(station.connection, RecheckDrawn)
    for drawn in sampled:
        if not replays_recheck(station, drawn):
            raise RuleBroken("verify-recheck-differs", op=drawn.op_id, event=drawn.fact.event)
    return {"draws": len(made) + len(sampled)}


def _ties(station: Station) -> Findings:
    decided = queries.standing(station.connection, TieDecided)
    for recorded in decided:
        if not lot_replays(station.connection, recorded):
            raise RuleBroken("verify-tie-differs", op=recorded.op_id, event=recorded.fact.event)
    return {"ties": len(decided)}


def _results(station: Station) -> Findings:
    """The last revision of every event, from the raw marks up."""
    findings: dict[str, str | int] = {}
    for event in sorted({it.fact.event for it in _published(station)}):
        last = [it for it in _published(station) if it.fact.event == event][-1]
        fact = last.fact
        stated = results.result_hash(event, fact.rules_hash, fact.rows)
        if stated != fact.result_hash or not _comes_out(station, event, last):
            raise RuleBroken(
                "verify-result-differs", op=last.op_id, event=event, revision=fact.revision
            )
        findings[event] = fact.result_hash
    return findings


def _published(station: Station) -> list[Recorded[ResultsPublished]]:
    return queries.standing(station.connection, ResultsPublished)


def _standings(station: Station) -> Findings:
    """Every combined standing ever published, from the results that it names."""
    published = queries.standing(station.connection, StandingPublished)
    for it in published:
        if not _then_or_now(station, it.op_id, partial(standing_follows, fact=it.fact)):
            raise RuleBroken(
                "verify-standing-differs",
                op=it.op_id,
                standing=it.fact.rules.id,
                revision=it.fact.revision,
            )
    return {"standings": len(published)}


def _comes_out(station: Station, event: EventCode, last: Recorded[ResultsPublished]) -> bool:
    """Whether the marks give the published result, now or as they stood when it was published."""
    return _then_or_now(station, last.op_id, lambda then: _gives(then, event, last))


def _then_or_now(station: Station, op: OpId, holds: Callable[[Station], bool]) -> bool:
    """Whether something holds for the file as it is, or as it was when a record was made."""
    if holds(station):
        return True
    with closing(files.create(None)) as earlier:
        with writing(earlier) as connection:
            intake.take_in(connection, _before(station, op))
        return holds(_onlooker(earlier))


def _gives(station: Station, event: EventCode, last: Recorded[ResultsPublished]) -> bool:
    """Whether the result follows from the marks, and fed marks from the record behind them."""
    now = results.leaderboard(station, event)
    return now.result_hash == last.fact.result_hash and not differing(station, now.event)


def _before(station: Station, op_id: OpId) -> Iterator[OpRow]:
    publication = oplog.find(station.connection, op_id)
    assert publication is not None
    for placed in oplog.in_order(station.connection):
        op = placed.op
        if op.lamport >= publication.op.lamport:
            return
        yield oplog.row_of(op)


def _certificates(station: Station) -> Findings:
    """No number twice, each with a sound check character and for what was published."""
    standings = queries.standing(station.connection, StandingPublished)
    known = {(it.fact.event, "", it.fact.result_hash) for it in _published(station)}
    known |= {(EventCode(""), it.fact.rules.id, it.fact.standing_hash) for it in standings}
    issued = queries.standing(station.connection, CertificateIssued)
    seen: dict[str, str] = {}
    for recorded in issued:
        fact = recorded.fact
        if fact.number in seen:
            raise RuleBroken(
                "verify-certificate-twice",
                number=fact.number,
                op=recorded.op_id,
                other=seen[fact.number],
            )
        seen[fact.number] = recorded.op_id
        follows = (fact.event, fact.standing, fact.result_hash) in known
        if not is_wellformed(fact.number) or not follows:
            raise RuleBroken("verify-certificate-without-result", number=fact.number)
    return {"certificates": len(issued)}


def _onlooker(memory: Database) -> Station:
    """A station on a file in memory, so that the services can work on it; it never records."""
    last = memory.connection.execute("SELECT max(at) FROM ops").fetchone()[0] or 0
    return Station(
        database=memory,
        file_id=file_id_of(memory.connection),
        home=Path(),
        time=_LastMoment(last),
        key=StationKey(StationId(""), new_key()),
    )
