"""What parts entries that every tie key leaves equal: a play-off, a lot, a ruling (同分裁定).

A decision names the whole tied group in its order. It holds for exactly that tie: once a mark
changes who is tied, it says nothing any more, is ignored, and is reported so that somebody looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from app.domain.draw import DrawRecipe, Placement
from app.domain.draw_arrange import DrawEntry
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId, OpId
from app.domain.scheme import Event, OnRemaining


class TieDecision(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """同分裁定: ``entries`` of one tie, best first, with what decided and why.

    ``draw`` is the record of the lot that was drawn, where one was.
    """

    entries: tuple[EntryId, ...]
    kind: OnRemaining
    reason: str
    draw: OpId | None = None


class Ignored(StrEnum):
    """Why a decision is not applied."""

    TIE_CHANGED = "tie-changed"
    NOT_ASKED_FOR = "not-asked-for"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class IgnoredDecision:
    """A decision that does not hold, to be looked at again."""

    decision: TieDecision
    reason: Ignored


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions that may hold, by the group each is about; a later one replaces an earlier."""

    by_group: dict[frozenset[EntryId], TieDecision]
    ignored: tuple[IgnoredDecision, ...]

    @staticmethod
    def of(event: Event, decisions: Iterable[TieDecision]) -> Decisions:
        """Sort decisions, in the order they were recorded, for the ranking of an event."""
        by_group: dict[frozenset[EntryId], TieDecision] = {}
        ignored = []
        for decision in decisions:
            if event.on_remaining is OnRemaining.SHARE or decision.kind is not event.on_remaining:
                ignored.append(IgnoredDecision(decision, Ignored.NOT_ASKED_FOR))
                continue
            group = frozenset(decision.entries)
            if group in by_group:
                ignored.append(IgnoredDecision(by_group[group], Ignored.OVERTAKEN))
            by_group[group] = decision
        return Decisions(by_group, tuple(ignored))

    def for_tie(self, tied: Collection[EntryId]) -> TieDecision | None:
        """The decision about exactly these entries."""
        return self.by_group.get(frozenset(tied))

    def without(self, applied: Collection[TieDecision]) -> tuple[IgnoredDecision, ...]:
        """All that were not applied, each with its reason."""
        changed = [
            IgnoredDecision(decision, Ignored.TIE_CHANGED)
            for decision in self.by_group.values()
            if decision not in applied
        ]
        return (*self.ignored, *changed)


def check_decision(
    event: Event, open_ties: Sequence[Collection[EntryId]], decision: TieDecision
) -> RuleBroken | None:
    """Why this decision cannot be recorded now, or ``None`` when it can."""
    if event.on_remaining is OnRemaining.SHARE:
        return RuleBroken("tie-is-shared", event=event.code)
    if decision.kind is not event.on_remaining:
        return RuleBroken("tie-decided-otherwise", event=event.code, kind=event.on_remaining.value)
    if not decision.reason.strip():
        return RuleBroken("tie-needs-reason", event=event.code)
    group = set(decision.entries)
    if len(group) != len(decision.entries) or all(set(tied) != group for tied in open_ties):
        return RuleBroken("tie-not-open", event=event.code, entries=", ".join(decision.entries))
    if decision.kind is OnRemaining.LOT and decision.draw is None:
        return RuleBroken("tie-lot-without-draw", event=event.code)
    return None


def lot_recipe(event: EventCode, tied: Iterable[EntryId], commitment: str) -> DrawRecipe:
    """The draw that parts a tie: an order of the tied entries, its purpose naming them."""
    entries = sorted(tied)
    return DrawRecipe(
        event=event,
        module=ModuleId(""),
        purpose=f"tie:{','.join(entries)}",
        commitment=commitment,
        entries=tuple(DrawEntry(entry=entry, unit="") for entry in entries),
    )


def lot_decision(placements: Iterable[Placement], draw: OpId, reason: str) -> TieDecision:
    """The decision a drawn lot comes to: first drawn, first placed."""
    drawn = sorted(placements, key=lambda placement: placement.order)
    entries = tuple(placement.entry for placement in drawn)
    return TieDecision(entries, OnRemaining.LOT, reason, draw)
