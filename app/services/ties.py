"""Parting what every tie key leaves equal: a play-off, a lot from a committed seed, a ruling.

A decision is about exactly the entries that are tied now. Should a mark change who is tied, the
ranking ignores it and says so; nothing is ever taken back silently.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.draw import run_draw
from app.domain.draw_source import commitment
from app.domain.errors import RuleBroken
from app.domain.facts import TieDecided, TieLotCommitted
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.ops import Op
from app.domain.scheme import OnRemaining
from app.domain.ties import IgnoredDecision, TieDecision, check_decision, lot_decision, lot_recipe
from app.services.drawing import Seeds, fresh_seed
from app.services.live import board
from app.services.station import Station, recording
from app.storage import drafts, queries
from app.storage.queries import Recorded

_SEED = "tie-seed/"


@dataclass(frozen=True, slots=True)
class OpenTie:
    """Entries that share ``rank`` although the rules want them parted, and by what.

    ``announced`` is the lot whose seed is already committed to, if any; ``is_here`` says whether
    that seed waits at this station.
    """

    entries: tuple[EntryId, ...]
    rank: int
    kind: OnRemaining
    announced: Recorded[TieLotCommitted] | None = None
    is_here: bool = False


def open_ties(station: Station, event: EventCode) -> tuple[OpenTie, ...]:
    """The ties that are to be parted and are not, best first."""
    live = board(station, event)
    ranks = {row.entry: row.rank for row in live.ranking.rows}
    return tuple(
        _open_tie(station, event, tied, ranks[tied[0]], live.event.on_remaining)
        for tied in live.ranking.open_ties
    )


def ignored(station: Station, event: EventCode) -> tuple[IgnoredDecision, ...]:
    """The recorded decisions that do not hold, to be looked at again."""
    return board(station, event).ranking.ignored


def decide(
    station: Station,
    event: EventCode,
    entries: Collection[EntryId],
    *,
    reason: str,
    origin: object | None = None,
) -> Op:
    """Record the order of a tie, best first, after a play-off or as the chief judge's ruling.

    A tie decided before may be decided again; the reason is always needed. Raises ``RuleBroken``
    when these are not exactly the entries of one tie, or when the rules want a lot.
    """
    live = board(station, event)
    kind = live.event.on_remaining
    decision = TieDecision(tuple(entries), kind, reason.strip())
    decided = {row.decision.entries for row in live.ranking.rows if row.decision is not None}
    refused = check_decision(live.event, (*live.ranking.open_ties, *decided), decision)
    if refused is not None:
        raise refused
    with recording(station, origin=origin) as log:
        fact = TieDecided(event=event, entries=decision.entries, kind=kind)
        before = _decided_before(station, event, decision.entries)
        return log.add(fact, replaces=before, reason=decision.reason)


def announce_lot(
    station: Station,
    event: EventCode,
    tied: Collection[EntryId],
    *,
    reason: str = "",
    seeds: Seeds = fresh_seed,
    origin: object | None = None,
) -> Op:
    """Commit to the seed of a lot between tied entries; its hash is public from here on.

    Announced once, the lot has to be drawn: a second seed is refused, unless the first waits at
    another station and a reason is given.
    """
    tie = _tie_to_draw(station, event, tied)
    if tie.is_here:
        raise RuleBroken("tie-lot-announced", entries=", ".join(tie.entries))
    if tie.announced is not None and not reason.strip():
        raise RuleBroken("draw-again-needs-reason")
    seed = seeds()
    fact = TieLotCommitted(event=event, recipe=lot_recipe(event, tie.entries, commitment(seed)))
    with recording(station, origin=origin) as log:
        op = log.add(
            fact,
            replaces=tie.announced.op_id if tie.announced else None,
            reason=reason.strip(),
        )
        drafts.keep(log.connection, _SEED + op.op_id, seed.hex(), station.now_ms())
        return op


def draw_lot(
    station: Station,
    event: EventCode,
    tied: Collection[EntryId],
    *,
    reason: str,
    origin: object | None = None,
) -> Op:
    """Draw what was announced and record the order; from here on the seed is public too."""
    tie = _tie_to_draw(station, event, tied)
    if tie.announced is None:
        raise RuleBroken("tie-lot-not-announced", entries=", ".join(tie.entries))
    announced = tie.announced
    kept = drafts.find(station.connection, _SEED + announced.op_id)
    if kept is None:
        raise RuleBroken("draw-seed-elsewhere", station=announced.station)
    outcome = run_draw(announced.fact.recipe, bytes.fromhex(kept))
    decision = lot_decision(outcome.placements, announced.op_id, reason.strip())
    refused = check_decision(board(station, event).event, [tie.entries], decision)
    if refused is not None:
        raise refused
    with recording(station, origin=origin) as log:
        drafts.drop(log.connection, _SEED + announced.op_id)
        fact = TieDecided(
            event=event,
            entries=decision.entries,
            kind=OnRemaining.LOT,
            committed=announced.op_id,
            seed=kept,
        )
        return log.add(fact, reason=decision.reason)


def _decided_before(
    station: Station, event: EventCode, entries: Collection[EntryId]
) -> OpId | None:
    """The last decision on record about just these entries, which a new one replaces."""
    found = None
    for it in queries.standing(station.connection, TieDecided, event=event):
        if set(it.fact.entries) == set(entries):
            found = it.op_id
    return found


def _tie_to_draw(station: Station, event: EventCode, tied: Collection[EntryId]) -> OpenTie:
    """The open tie of exactly these entries, where the rules want a lot."""
    wants = board(station, event).event.on_remaining
    if wants is OnRemaining.SHARE:
        raise RuleBroken("tie-is-shared", event=event)
    if wants is not OnRemaining.LOT:
        raise RuleBroken("tie-decided-otherwise", event=event, kind=wants.value)
    for tie in open_ties(station, event):
        if set(tie.entries) == set(tied):
            return tie
    raise RuleBroken("tie-not-open", event=event, entries=", ".join(tied))


def _open_tie(
    station: Station,
    event: EventCode,
    tied: tuple[EntryId, ...],
    rank: int,
    kind: OnRemaining,
) -> OpenTie:
    connection = station.connection
    drawn = {it.fact.committed for it in queries.standing(connection, TieDecided, event=event)}
    announced = None
    for one in queries.standing(connection, TieLotCommitted, event=event):
        if {it.entry for it in one.fact.recipe.entries} == set(tied) and one.op_id not in drawn:
            announced = one
    is_here = announced is not None and drafts.find(connection, _SEED + announced.op_id) is not None
    return OpenTie(tied, rank, kind, announced, is_here)
