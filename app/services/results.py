"""Results: the live leaderboard, the act of publishing, and what has been published (成绩、公示).

Publishing is an act of its own and makes a snapshot with a result hash. Hall screen, printed list,
certificates and bundle read that snapshot and nothing else, so they cannot disagree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import msgspec
from msgspec.structs import replace

from app.domain.awards import give_awards
from app.domain.divisions import by_division, is_unknown, printed_order
from app.domain.errors import RuleBroken
from app.domain.explain import Explanation, explain
from app.domain.facts import PublishedRow, ResultsPublished, ResultStatus
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.points import Exact, Rounding, format_points, round_exact
from app.domain.ranking import ApartReason, ApartRow, RankedRow
from app.domain.scheme import Event
from app.domain.scoring import EntryScore
from app.domain.signoff import may_publish
from app.services import rules
from app.services.fed_marks import differing
from app.services.live import LiveBoard, board
from app.services.open_works import module_work
from app.services.rechecking import recheck_blockers
from app.services.signing_off import locked_modules
from app.services.station import Station, recording
from app.storage import queries
from app.storage.queries import Recorded

_canonical = msgspec.json.Encoder(order="sorted")


class Standing(StrEnum):
    """How a row stands in a result; the words of ``ApartReason`` follow for those set apart."""

    RANKED = "ranked"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The result of an event as it stands now.

    ``rows`` are in order of the printed list: division by division ranked, guests (打星), set
    apart. ``result_hash`` is the one this would be published under; ``published`` is the snapshot
    in force, if any.
    ``running`` are the same rows, with what incomplete entries have so far: for the chief judge to
    watch, never to publish.
    """

    event: Event
    rules_hash: str
    result_hash: str
    rows: tuple[PublishedRow, ...]
    running: tuple[PublishedRow, ...]
    published: Recorded[ResultsPublished] | None

    @property
    def is_published(self) -> bool:
        """Whether the public already sees exactly this."""
        return self.published is not None and self.published.fact.result_hash == self.result_hash


def leaderboard(station: Station, event: EventCode) -> Leaderboard:
    """The live leaderboard, for the chief judge only until it is published."""
    live = board(station, event)
    running = result_rows(live, running=True)
    rows = tuple(_as_published(row) for row in running)
    return Leaderboard(
        event=live.event,
        rules_hash=live.rules_hash,
        result_hash=result_hash(event, live.rules_hash, rows),
        rows=rows,
        running=running,
        published=published(station, event),
    )


def result_rows(live: LiveBoard, *, running: bool = False) -> tuple[PublishedRow, ...]:
    """The rows of a result as they would be published, decimals as printed.

    With ``running`` incomplete entries have what they have so far.
    """
    event, ranking = live.event, live.ranking
    printed = _Printer(event)
    awards = give_awards(event, live.scores.entries(), ranking)

    scores = live.scores.scores()

    def row(it: RankedRow | ApartRow, state: str) -> PublishedRow:
        score = scores[it.entry]
        rank = it.rank if isinstance(it, RankedRow) else None
        total = rank is not None or (running and state == ApartReason.INCOMPLETE)
        says = (rank, awards[it.entry], state, total)
        known = live.printed.get(it.entry)
        if known is not None and known[0] is not score:
            known = None
        if known is not None and known[1] == says:
            return known[2]
        # A mark moves hundreds of rows by a place; what is printed of their marks stays.
        same = known[2] if known is not None and known[1][3] == total else None
        made = PublishedRow(
            entry=it.entry,
            rank=rank,
            total=same.total if same else printed.total(score) if total else "",
            award=awards[it.entry],
            modules=same.modules if same else printed.modules(score) if total else {},
            state=state,
            reasons=(*score.disqualified_by, *score.zeroed_by),
            division=it.division,
        )
        live.printed[it.entry] = (score, says, made)
        return made

    rows = (
        *(row(it, Standing.RANKED) for it in ranking.rows),
        *(row(it, Standing.GUEST) for it in ranking.guests),
        *(row(it, it.reason) for it in ranking.apart),
    )
    if event.divided_by is None:
        return rows
    divisions = by_division(rows)
    return tuple(chain.from_iterable(divisions[name] for name in printed_order(event, divisions)))


def result_hash(event: EventCode, rules: str, rows: Sequence[PublishedRow]) -> str:
    """SHA-256 over the canonical JSON of event, rules hash and rows, in hex.

    It holds no names: a misspelt name can be put right without changing the result.
    """
    content = {"event": event, "rules_hash": rules, "rows": list(rows)}
    # The canonical form, made directly: rows hold texts, numbers and no decimals, and this is done
    # again after every mark.
    return hashlib.sha256(_canonical.encode(content)).hexdigest()


def published(station: Station, event: EventCode) -> Recorded[ResultsPublished] | None:
    """The snapshot the public sees: the last revision, or ``None``."""
    return queries.latest(station.connection, ResultsPublished, event=event)


def in_force(station: Station, event: EventCode) -> Recorded[ResultsPublished]:
    """The same, where there must be one. Raises ``RuleBroken("nothing-published")``."""
    snapshot = published(station, event)
    if snapshot is None:
        raise RuleBroken("nothing-published", event=event)
    return snapshot


def publications(station: Station, event: EventCode) -> list[Recorded[ResultsPublished]]:
    """Every revision ever published, oldest first, with the reason of each."""
    return queries.standing(station.connection, ResultsPublished, event=event)


def blockers(station: Station, event: EventCode) -> list[RuleBroken]:
    """Why the result cannot be published yet; empty when nothing stands in the way."""
    live = board(station, event)
    unfed = differing(station, live.event)
    stale = [RuleBroken("fed-differs", event=event, count=len(unfed))] if unfed else []
    return stale + may_publish(
        event,
        live.ranking,
        modules=[module.id for module in live.event.modules],
        locked=locked_modules(station, live.event),
        rules_frozen=rules.frozen_rules(station, event) is not None,
        undivided=[
            row.entry
            for row in (*live.ranking.rows, *live.ranking.guests)
            if is_unknown(live.event, row.division)
        ],
        disputes=sum(
            len(module_work(station, event, module.id).disputed) for module in live.event.modules
        ),
    )


def blockers_as(station: Station, event: EventCode, status: ResultStatus) -> list[RuleBroken]:
    """The same under a status: a final result also waits for the recheck sampling (复核抽查)."""
    sampling = recheck_blockers(station, event) if status is ResultStatus.FINAL else []
    return [*blockers(station, event), *sampling]


def publish(
    station: Station,
    event: EventCode,
    status: ResultStatus,
    *,
    expected_hash: str,
    reason: str = "",
    origin: object | None = None,
) -> ResultsPublished:
    """Publish the result as a new revision. Raises the first blocker when something is open.

    ``expected_hash`` is that of the result the chief judge looked at: should a mark have arrived
    in between, nothing is published. A revision after the first needs a reason.
    """
    rules.rules(station, event)
    for blocker in blockers_as(station, event, status):
        raise blocker
    now = leaderboard(station, event)
    if now.result_hash != expected_hash:
        raise RuleBroken("result-changed-meanwhile", event=event)
    revision = now.published.fact.revision + 1 if now.published else 1
    if revision > 1 and not reason.strip():
        raise RuleBroken("revision-needs-reason", revision=revision)
    fact = ResultsPublished(
        event=event,
        revision=revision,
        status=status,
        rules_hash=now.rules_hash,
        result_hash=now.result_hash,
        rows=now.rows,
    )
    with recording(station, origin=origin) as log:
        log.add(fact, reason=reason.strip())
        log.sign_head()
    return fact


def why(station: Station, event: EventCode, entry: EntryId) -> Explanation:
    """Why this entry stands where it does, and how its total came about."""
    live = board(station, event)
    return explain(live.scores, live.ranking, entry)


def _as_published(row: PublishedRow) -> PublishedRow:
    """A running row as it would be published: nobody set apart has a total."""
    return replace(row, total="", modules={}) if row.rank is None and row.total else row


class _Printer:
    """Prints marks at the places of the event's totals; equal marks are printed once."""

    def __init__(self, event: Event) -> None:
        self._ids = [module.id for module in event.modules]
        self._rounding = Rounding(event.rounding.total.places, event.rounding.total.mode)
        self._known: dict[Exact, str] = {}

    def total(self, score: EntryScore) -> str:
        return format_points(score.total, self._rounding.places)

    def modules(self, score: EntryScore) -> dict[ModuleId, str]:
        marks = zip(self._ids, score.modules, strict=True)
        return {module: self._text(part.mark) for module, part in marks}

    def _text(self, mark: Exact) -> str:
        if mark not in self._known:
            rounded = round_exact(mark, self._rounding)
            self._known[mark] = format_points(rounded, self._rounding.places)
        return self._known[mark]
