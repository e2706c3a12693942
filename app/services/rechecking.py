"""Recheck sampling (复核抽查): drawing the sample, noting what the paper says, and the verdict.

The seed is committed to before it is drawn from, and stays on this laptop until then. What is found
wrong is put right by a correction of the chief's with a reason, which the record lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.checking_rules import RecheckRule
from app.domain.draw_source import check_seed, commitment
from app.domain.errors import RuleBroken
from app.domain.facts import RecheckCommitted, RecheckDone, RecheckDrawn
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.ops import Op
from app.domain.ranking import ApartReason
from app.domain.recheck import Sample, Tally, Verdict, draw_sample, tally
from app.services import rules
from app.services.drawing import fresh_seed
from app.services.live import board
from app.services.roll import roll
from app.services.station import Station, recording
from app.services.works import work_codes
from app.storage import drafts, queries
from app.storage.queries import CurrentMark, Giving, Recorded

_SEED = "recheck-seed/"


class Part(StrEnum):
    """Why an entry is rechecked: one of the best, drawn, or because everything is."""

    TOP = "top"
    DRAWN = "drawn"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Correction:
    """A mark that was corrected after the sample was drawn, with who, when (UTC ms) and why."""

    mark: CurrentMark
    giving: Giving
    reason: str


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """One entry to recheck: its works by module, and what was found, if anything yet."""

    entry: EntryId
    number: str
    works: Mapping[ModuleId, str]
    part: Part
    done: Recorded[RecheckDone] | None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Recheck:
    """Where the recheck of an event stands: not announced, announced, drawn, tallied."""

    rule: RecheckRule
    committed: Recorded[RecheckCommitted] | None = None
    drawn: Recorded[RecheckDrawn] | None = None
    lines: tuple[RecheckLine, ...] = ()
    tally: Tally | None = None

    @property
    def verdict(self) -> Verdict:
        return self.tally.verdict if self.tally else Verdict.OPEN


def recheck(station: Station, event: EventCode) -> Recheck | None:
    """The recheck of an event as it stands; ``None`` where the rules ask for none."""
    rule = rules.rules(station, event).recheck
    if rule is None:
        return None
    committed, drawn = _latest(station, event)
    if committed is None or drawn is None:
        return Recheck(committed.fact.rule if committed else rule, committed)
    done = _done(station, event, drawn)
    sample = (*drawn.fact.top, *drawn.fact.rest)
    everyone = committed.fact.ranked
    right = {entry: one.fact.is_right for entry, one in done.items()}
    counted = tally(committed.fact.rule, sample, everyone, right)
    shown = list(sample)
    if counted.verdict in {Verdict.ALL_NEEDED, Verdict.COMPLETE}:
        shown += [entry for entry in everyone if entry not in set(sample)]
    numbers = {one.id: one.number for one in roll(station, event)}
    works = _works(station, event)
    corrected = _corrections(station, event, drawn)
    lines = [
        RecheckLine(
            entry,
            numbers.get(entry, entry),
            works.get(entry, {}),
            _part(drawn.fact, entry),
            done.get(entry),
            corrected.get(entry, ()),
        )
        for entry in shown
    ]
    # By number, not by rank: the list goes to whoever fetches the paper.
    lines.sort(key=lambda line: (list(Part).index(line.part), line.number))
    return Recheck(committed.fact.rule, committed, drawn, tuple(lines), counted)


def commit_recheck(
    station: Station,
    event: EventCode,
    *,
    reason: str = "",
    seeds: Callable[[], bytes] = fresh_seed,
    origin: object | None = None,
) -> Op:
    """Fix the ranked list and the hash of the seed. Every ranked entry has to be complete.

    A second time needs a reason, and what was rechecked before no longer counts.
    """
    rule = rules.rules(station, event).recheck
    if rule is None:
        raise RuleBroken("recheck-not-asked", event=event)
    ranking = board(station, event).ranking
    incomplete = sum(row.reason is ApartReason.INCOMPLETE for row in ranking.apart)
    if incomplete:
        raise RuleBroken("recheck-entries-incomplete", event=event, count=incomplete)
    if not ranking.rows:
        raise RuleBroken("nobody-ranked", event=event)
    before, _ = _latest(station, event)
    if before is not None and not reason.strip():
        raise RuleBroken("recheck-again-needs-reason", event=event)
    seed = seeds()
    fact = RecheckCommitted(
        event=event,
        rule=rule,
        # Of an event that is divided, the first of every division stand before the second.
        ranked=tuple(row.entry for row in sorted(ranking.rows, key=lambda row: row.rank)),
        commitment=commitment(seed),
    )
    with recording(station, origin=origin) as log:
        replaced = before.op_id if before else None
        op = log.add(fact, replaces=replaced, reason=reason.strip())
        drafts.keep(log.connection, _SEED + op.op_id, seed.hex(), station.now_ms())
    return op


def draw_recheck(station: Station, event: EventCode, *, origin: object | None = None) -> Op:
    """Draw the sample that was committed to; from here on the seed is public too."""
    with recording(station, origin=origin) as log:
        committed, drawn = _latest(station, event)
        if committed is None:
            raise RuleBroken("recheck-not-committed", event=event)
        if drawn is not None:
            raise RuleBroken("recheck-drawn-already", event=event)
        kept = drafts.find(station.connection, _SEED + committed.op_id)
        if kept is None:
            raise RuleBroken("draw-seed-elsewhere", station=committed.station)
        sample = draw_sample(committed.fact.rule, committed.fact.ranked, bytes.fromhex(kept))
        op = log.add(
            RecheckDrawn(
                event=event,
                committed=committed.op_id,
                seed=kept,
                top=sample.top,
                rest=sample.rest,
            )
        )
        drafts.drop(log.connection, _SEED + committed.op_id)
    return op


def note_right(
    station: Station, event: EventCode, entry: EntryId, *, origin: object | None = None
) -> None:
    """The entry's sheets agree with the paper."""
    _note(station, RecheckDone(event=event, entry=entry, is_right=True), origin)


def note_wrong(
    station: Station,
    event: EventCode,
    entry: EntryId,
    *,
    module: ModuleId | None,
    errors: int,
    note: str,
    origin: object | None = None,
) -> None:
    """So many marks of the entry differ from the paper; ``note`` says which and how."""
    if errors < 1 or not note.strip():
        raise RuleBroken("recheck-error-undescribed")
    fact = RecheckDone(
        event=event,
        entry=entry,
        is_right=False,
        module=module,
        errors=errors,
        note=note.strip(),
    )
    _note(station, fact, origin)


def recheck_blockers(station: Station, event: EventCode) -> list[RuleBroken]:
    """Why the result cannot be final yet; empty where nothing is asked for or all is done."""
    found = recheck(station, event)
    if found is None or found.verdict.is_done:
        return []
    if found.tally is None:
        return [RuleBroken("recheck-not-drawn", event=event)]
    left = found.tally.needed - found.tally.checked
    return [RuleBroken("recheck-open", event=event, count=left)]


def replays_recheck(station: Station, drawn: Recorded[RecheckDrawn]) -> bool:
    """Does the recorded sample come out again, from the seed committed to?"""
    for committed in queries.standing(station.connection, RecheckCommitted, event=drawn.fact.event):
        if committed.op_id != drawn.fact.committed:
            continue
        try:
            seed = bytes.fromhex(drawn.fact.seed)
            check_seed(seed, committed.fact.commitment)
        except (RuleBroken, ValueError):
            return False
        sample = draw_sample(committed.fact.rule, committed.fact.ranked, seed)
        return sample == Sample(drawn.fact.top, drawn.fact.rest)
    return False


def _note(station: Station, fact: RecheckDone, origin: object | None) -> None:
    with recording(station, origin=origin) as log:
        found = recheck(station, fact.event)
        known = {line.entry for line in found.lines} if found else set()
        if fact.entry not in known:
            raise RuleBroken("recheck-entry-not-drawn", event=fact.event)
        log.add(fact)


def _latest(
    station: Station, event: EventCode
) -> tuple[Recorded[RecheckCommitted] | None, Recorded[RecheckDrawn] | None]:
    committed = queries.latest(station.connection, RecheckCommitted, event=event)
    if committed is None:
        return None, None
    for drawn in queries.standing(station.connection, RecheckDrawn, event=event):
        if drawn.fact.committed == committed.op_id:
            return committed, drawn
    return committed, None


def _done(
    station: Station, event: EventCode, drawn: Recorded[RecheckDrawn]
) -> dict[EntryId, Recorded[RecheckDone]]:
    """What was found since the sample was drawn; the latest for an entry counts."""
    found = queries.standing(station.connection, RecheckDone, event=event)
    return {one.fact.entry: one for one in found if one.order > drawn.order}


def _works(station: Station, event: EventCode) -> dict[EntryId, dict[ModuleId, str]]:
    """The work codes under which an entry's sheets are filed, in blind modules."""
    found: dict[EntryId, dict[ModuleId, str]] = {}
    for module in rules.rules(station, event).modules:
        if module.blind:
            for entry, code in work_codes(station, event, module.id).items():
                found.setdefault(entry, {})[module.id] = code
    return found


def _corrections(
    station: Station, event: EventCode, drawn: Recorded[RecheckDrawn]
) -> dict[EntryId, tuple[Correction, ...]]:
    found: dict[EntryId, tuple[Correction, ...]] = {}
    for mark, giving, reason in queries.corrections_since(
        station.connection, event, drawn.order[0]
    ):
        if giving.order > drawn.order:
            known = found.get(mark.entry, ())
            found[mark.entry] = (*known, Correction(mark, giving, reason))
    return found


def _part(drawn: RecheckDrawn, entry: EntryId) -> Part:
    if entry in drawn.top:
        return Part.TOP
    return Part.DRAWN if entry in drawn.rest else Part.ALL
