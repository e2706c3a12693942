"""Undoing the check of a sheet by a second person (二次核对), with the corrections that came of it.

They were recorded by one command and are taken back together: a sheet whose corrections stayed
without the check could only be checked by a third person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.errors import Detail
from app.domain.facts import CheckOutcome, Fact, MarkGiven, SheetChecked
from app.domain.ops import Op
from app.services import rules
from app.services.signing_off import has_signed, is_locked
from app.services.station import Station
from app.services.works import works
from app.storage import queries

Recorded = tuple[Op, Fact]


def command_of(checked: Op, check: SheetChecked, before: Iterable[Recorded]) -> list[Recorded]:
    """A check and the corrections recorded with it, newest first."""
    together: list[Recorded] = [(checked, check)]
    if check.outcome is not CheckOutcome.CORRECTED:
        return together
    for op, fact in before:
        later = together[-1][0]
        if (op.at, op.seq + 1) != (later.at, later.seq) or not _is_correction(fact, check):
            break
        together.append((op, fact))
    return together


def may_be_undone(station: Station, check: SheetChecked, command: Sequence[Recorded]) -> bool:
    """Whether nobody has acted upon it: no lock, no later check, and what was corrected neither
    changed again nor signed."""
    if is_locked(station, check.event, check.module):
        return False
    checks = queries.standing(
        station.connection,
        SheetChecked,
        event=check.event,
        module=check.module,
        entry=check.entry,
    )
    last = [one.op_id for one in checks if one.fact.judge == check.judge][-1:]
    if last != [command[0][0].op_id]:
        return False
    corrections = {op.op_id for op, _ in command[1:]}
    if not corrections:
        return True
    marks = queries.current_marks(
        station.connection, check.event, entry=check.entry, judge=check.judge
    )
    return corrections <= {mark.op_id for mark in marks} and not has_signed(
        station, check.event, check.module, check.judge
    )


def label_of(station: Station, check: SheetChecked) -> tuple[str, dict[str, Detail]]:
    """Which sheet would be unchecked again: the key of its words, and their details."""
    module = rules.event(station, check.event).module(check.module)
    labels = works(station, check.event, module).labels()
    details: dict[str, Detail] = {"work": labels.get(check.entry, "?"), "judge": check.judge}
    return "check", details


def _is_correction(fact: Fact, check: SheetChecked) -> bool:
    return (
        isinstance(fact, MarkGiven)
        and (fact.event, fact.entry, fact.judge) == (check.event, check.entry, check.judge)
        and fact.aspect in check.aspects
    )
