"""Who stands where in an event, by published values, and which key decided (排名).

Every division of the event is ranked by itself. Only complete, competing entries are ranked; every
other entry stands apart with its reason, and no entry is ever dropped. Values are compared as they
are published, rounded, or the printed table would look wrong. Entries no key can part share the
rank and the next is skipped: 1, 1, 3; unless the rules ask for a play-off, a lot or a ruling, and
one is on record for just that tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, groupby
from operator import itemgetter
from typing import TypeAlias

from msgspec import Struct

from app.domain.divisions import by_division, division_of, printed_order
from app.domain.entries import Entry, EntryState, MarkState
from app.domain.ids import EntryId
from app.domain.points import Points
from app.domain.scheme import Direction, Event, OnRemaining, TieKey
from app.domain.scoring import EntryScore
from app.domain.tie_values import TieValue, UsedTimes, value_of
from app.domain.ties import Decisions, IgnoredDecision, TieDecision

Placed: TypeAlias = tuple[tuple[int, ...], EntryScore, tuple[int | None, ...]]
"""What an entry is ordered by, the score that follows from, and its published tie keys."""

Placings: TypeAlias = dict[EntryId, Placed]


class ApartReason(StrEnum):
    """Why an entry is not ranked; an earlier one here outweighs a later one."""

    DISQUALIFIED = "disqualified"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    INCOMPLETE = "incomplete"


class RankedRow(Struct, frozen=True, gc=False):
    """One ranked entry. ``keys`` are its published values of the event's tie keys, in order:
    points, or whole seconds for times, ``None`` where no time is known.

    ``decided_by`` is the key that put it below the row above it; ``None`` when the total did, when
    it shares that row's rank, or when it is the first. ``decision`` is the recorded one that put
    its tied group in order, for every row of that group.
    """

    entry: EntryId
    rank: int
    shared: bool
    total: Points
    keys: tuple[int | None, ...]
    decided_by: TieKey | None
    decision: TieDecision | None = None
    division: str = ""


class ApartRow(Struct, frozen=True, gc=False):
    """An entry outside the ranking: ``total`` so far, and ``most`` it can still reach."""

    entry: EntryId
    reason: ApartReason
    competing: bool
    total: Points
    most: Points
    division: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """``rows`` in order of rank; ``guests`` (打星) ranked among themselves; the rest ``apart``.

    In an event that is divided, all three are in order of its divisions first: ranks begin again
    with each. ``open_ties`` are the groups that the rules want parted and nobody has; ``ignored``
    are the decisions on record that do not hold.
    """

    rows: tuple[RankedRow, ...]
    guests: tuple[RankedRow, ...]
    apart: tuple[ApartRow, ...]
    open_ties: tuple[tuple[EntryId, ...], ...] = ()
    ignored: tuple[IgnoredDecision, ...] = ()


def rank(
    event: Event,
    entries: Iterable[Entry],
    scores: Mapping[EntryId, EntryScore],
    used_times: UsedTimes | None = None,
    placings: Placings | None = None,
    decisions: Iterable[TieDecision] = (),
) -> Ranking:
    """Rank an event's entries. An entry with every mark counts as present even if nobody checked
    it in; a time that is not known ranks after every known one. ``decisions`` are those on record
    about ties, in the order they were recorded.

    ``placings`` is filled here and may be given again while rules and times stay as they are: the
    keys of an entry whose score is the same are then not worked out anew.
    """
    known = sorted(entries, key=lambda entry: entry.id)
    is_divided = event.divided_by is not None
    divisions = {entry.id: division_of(event, entry) for entry in known} if is_divided else {}
    competing: dict[str, list[EntryScore]] = {}
    guests: dict[str, list[EntryScore]] = {}
    apart = []
    for entry in known:
        score = scores[entry.id]
        division = divisions[entry.id] if is_divided else ""
        reason = apart_reason(event, entry, score)
        if reason is not None:
            apart.append(
                ApartRow(entry.id, reason, entry.competing, score.total, score.most, division)
            )
        else:
            (competing if entry.competing else guests).setdefault(division, []).append(score)
    values = [value_of(event, key, used_times or {}) for key in event.tie_keys]
    printed = printed_order(event, divisions.values()) if is_divided else [""]
    order = list(ApartReason)
    apart.sort(key=lambda row: (order.index(row.reason), -row.total, row.entry))
    apart.sort(key=lambda row: printed.index(row.division))
    placings = {} if placings is None else placings
    known_decisions = Decisions.of(event, decisions)
    rows, guest_rows = (
        tuple(
            chain.from_iterable(
                _ranked(event, division, of.get(division, ()), values, placings, known_decisions)
                for division in printed
            )
        )
        for of in (competing, guests)
    )
    applied = [row.decision for row in (*rows, *guest_rows) if row.decision is not None]
    ranking = Ranking(
        rows, guest_rows, tuple(apart), _open_ties(event, rows), known_decisions.without(applied)
    )
    placed = len(ranking.rows) + len(ranking.guests) + len(ranking.apart)
    assert placed == len(known) == len({entry.id for entry in known}), "an entry was dropped"
    return ranking


def apart_reason(event: Event, entry: Entry, score: EntryScore) -> ApartReason | None:
    """Why this entry stands apart, or ``None`` when it is ranked."""
    if entry.state is EntryState.DISQUALIFIED or score.disqualified_by:
        return ApartReason.DISQUALIFIED
    if entry.state is EntryState.WITHDRAWN:
        return ApartReason.WITHDRAWN
    missed = not event.absent_ranked and _missed_a_module(event, score)
    if entry.state is EntryState.ABSENT or missed:
        return ApartReason.ABSENT
    return None if score.is_complete else ApartReason.INCOMPLETE


def _missed_a_module(event: Event, score: EntryScore) -> bool:
    """Whether every aspect of a module says that nobody was there. Domain rules 2.4."""
    results = iter(score.aspects)
    modules = [
        [result.shown for _, result in zip(module.aspects(), results, strict=False)]
        for module in event.modules
    ]
    return any(set(shown) == {MarkState.ABSENT} for shown in modules)


def _placed(event: Event, score: EntryScore, values: list[TieValue]) -> Placed:
    keys = tuple([value(score) for value in values])
    order = [-score.total]
    for key, found in zip(event.tie_keys, keys, strict=True):
        sign = -1 if key.direction is Direction.HIGHER else 1
        order += (0, sign * found) if found is not None else (1, 0)
    return tuple(order), score, keys


_order_of = itemgetter(0)


def _ranked(
    event: Event,
    division: str,
    scores: Iterable[EntryScore],
    values: list[TieValue],
    placings: Placings,
    decisions: Decisions,
) -> tuple[RankedRow, ...]:
    placed: list[Placed] = []
    for score in scores:
        before = placings.get(score.entry)
        if before is None or before[1] is not score:
            before = placings[score.entry] = _placed(event, score, values)
        placed.append(before)
    # Those that stay equal keep the order of their ids, in which they were given.
    placed.sort(key=_order_of)
    rows: list[RankedRow] = []
    above: tuple[int, ...] | None = None
    for order_values, group in groupby(placed, key=_order_of):
        sharing = list(group)
        decided = _decided(event, above, order_values)
        decision = None
        if len(sharing) > 1:
            decision = decisions.for_tie([score.entry for _, score, _ in sharing])
        if decision is not None:
            order_of = {entry: number for number, entry in enumerate(decision.entries)}
            sharing.sort(key=lambda item: order_of[item[1].entry])
        place = len(rows) + 1
        for number, (_, score, keys) in enumerate(sharing):
            rows.append(
                RankedRow(
                    score.entry,
                    place if decision is None else place + number,
                    decision is None and len(sharing) > 1,
                    score.total,
                    keys,
                    decided if number == 0 else None,
                    decision,
                    division,
                )
            )
        above = order_values
    return tuple(rows)


def _open_ties(event: Event, rows: Iterable[RankedRow]) -> tuple[tuple[EntryId, ...], ...]:
    """The shared ranks that the rules want parted."""
    if event.on_remaining is OnRemaining.SHARE:
        return ()
    return tuple(
        tuple(row.entry for row in group)
        for own in by_division(row for row in rows if row.shared).values()
        for _, group in groupby(own, key=lambda row: row.rank)
    )


def _decided(event: Event, above: tuple[int, ...] | None, here: tuple[int, ...]) -> TieKey | None:
    """The first key whose value differs, when the totals do not."""
    if above is None or above[0] != here[0]:
        return None
    for number, key in enumerate(event.tie_keys):
        if above[1 + 2 * number : 3 + 2 * number] != here[1 + 2 * number : 3 + 2 * number]:
            return key
    return None
