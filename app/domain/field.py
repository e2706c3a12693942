"""The second pass of scoring: aspects that compare entries, once the whole field is in.

A place or a best time is known only when everybody who competes has been marked; until then the
aspect awaits the field and its entry is not complete. Entries outside the awards (打星) and those
disqualified, absent or withdrawn move nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.domain.aspects import AspectResult, AspectState, rounded
from app.domain.entries import Entry, EntryState, MarkState, Penalty
from app.domain.ids import EntryId
from app.domain.methods import FieldMethod, field_mark, field_shares
from app.domain.scheme import Aspect, PenaltyEffect, Stages

_GONE = (EntryState.ABSENT, EntryState.WITHDRAWN, EntryState.DISQUALIFIED)


def is_in_field(entry: Entry, penalties: Sequence[Penalty]) -> bool:
    """Whether the others of the field are compared with this entry."""
    struck = any(penalty.effect is PenaltyEffect.DISQUALIFY for penalty in penalties)
    return entry.competing and entry.state not in _GONE and not struck


def field_results(
    stages: Stages,
    aspect: Aspect,
    read: Mapping[EntryId, AspectResult],
    field: Collection[EntryId],
) -> dict[EntryId, AspectResult]:
    """Everybody's result of one aspect. ``read`` are those of the first pass, ``field`` the
    entries that are compared with."""
    assert isinstance(aspect.method, FieldMethod)
    if not all(_is_in(read[entry]) for entry in field):
        return dict(read)
    values = {
        entry: result.values
        for entry, result in read.items()
        if result.state is AspectState.AWAITS_FIELD
    }
    settled = dict(read)
    for entry, shares in field_shares(aspect.method, aspect.maximum, values, field).items():
        settled[entry] = AspectResult(
            AspectState.COMPLETE,
            rounded(field_mark(aspect.maximum, shares), stages.aspect),
            shown=MarkState.VALUE,
            values=values[entry],
            shares=shares,
        )
    return settled


def field_of(entries: Iterable[tuple[Entry, Sequence[Penalty]]]) -> frozenset[EntryId]:
    """The entries that are compared with one another."""
    return frozenset(entry.id for entry, penalties in entries if is_in_field(entry, penalties))


def _is_in(result: AspectResult) -> bool:
    """Whether nothing more is awaited of an entry: it has a value, or recorded that it has none."""
    return result.state in (AspectState.AWAITS_FIELD, AspectState.COMPLETE)
