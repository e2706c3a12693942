"""Which sheets a second person has still to check (二次核对), where a module asks for it.

A check names the marks it was made for by their digest: when one changes afterwards, the sheet is
to be checked again. Whoever gave a mark since the last check is not the one to check it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.domain.checking_rules import EntryCheck
from app.domain.entries import EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import CheckOutcome, SheetChecked
from app.domain.ids import EntryId, JudgeId
from app.domain.roles import Role, giver_of
from app.domain.scheme import Module
from app.services.digests import marks_digest
from app.services.roll import roll
from app.services.station import Station
from app.services.works import SheetPlan
from app.storage import queries
from app.storage.queries import CurrentMark, Recorded

SheetOf: TypeAlias = tuple[EntryId, JudgeId]

_STILL_MARKED = {EntryState.REGISTERED, EntryState.CHECKED_IN}


class CheckState(StrEnum):
    """How far one sheet has come: entered, found to differ and left to the chief, checked."""

    INCOMPLETE = "incomplete"
    WAITING = "waiting"
    DIFFERS = "differs"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class SheetStanding:
    """One sheet with its marks: ``entered_by`` gave them, ``givers`` those of them that came after
    ``checked``, the last check, if any."""

    state: CheckState
    digest: str
    entered_by: tuple[str, ...]
    givers: tuple[str, ...]
    checked: Recorded[SheetChecked] | None = None


def standing_of(station: Station, plan: SheetPlan, sheet: SheetOf) -> SheetStanding:
    """The same of a single sheet."""
    return sheet_standings(station, plan, entry=sheet[0])[sheet]


def sheet_standings(
    station: Station, plan: SheetPlan, *, entry: EntryId | None = None
) -> Mapping[SheetOf, SheetStanding]:
    """Every sheet of a module, or of one entry, by entry and judge."""
    event, module = plan.event.code, plan.module.id
    entries = [one.id for one in roll(station, event) if one.state in _STILL_MARKED]
    if entry is not None:
        entries = [entry]
    last: dict[SheetOf, Recorded[SheetChecked]] = {}
    for recorded in queries.standing(station.connection, SheetChecked, event=event, module=module):
        last[recorded.fact.entry, recorded.fact.judge] = recorded
    marks: dict[SheetOf, list[tuple[CurrentMark, queries.Giving]]] = {}
    given = queries.given_marks(station.connection, event, aspects=plan.aspects, entry=entry)
    for mark, giving in given:
        marks.setdefault((mark.entry, mark.judge), []).append((mark, giving))
    return {
        (one, judge): _standing(plan, judge, marks.get((one, judge), []), last.get((one, judge)))
        for one in entries
        for judge in plan.sheets
    }


def unchecked(station: Station, plan: SheetPlan) -> int:
    """How many entered sheets wait for somebody else to check them."""
    if plan.module.entry_check is EntryCheck.NONE:
        return 0
    waiting = {CheckState.WAITING, CheckState.DIFFERS}
    return sum(one.state in waiting for one in sheet_standings(station, plan).values())


def refuse_nameless(station: Station, module: Module) -> None:
    """Where sheets are checked by somebody else, a scorekeeper has to say who enters them."""
    actor = station.actor
    if (
        module.entry_check is not EntryCheck.NONE
        and actor.role is Role.SCOREKEEPER
        and not actor.initials
    ):
        raise RuleBroken("entry-needs-initials", module=module.id)


def _standing(
    plan: SheetPlan,
    judge: JudgeId,
    given: list[tuple[CurrentMark, queries.Giving]],
    checked: Recorded[SheetChecked] | None,
) -> SheetStanding:
    digest = marks_digest(mark for mark, _ in given)
    since = checked.order if checked else (0, "", 0)
    entered_by = tuple(dict.fromkeys(giving.by for _, giving in given))
    givers = tuple(dict.fromkeys(giving.by for _, giving in given if giving.order > since))
    wanted = [aspect.id for aspect in plan.aspects_of(judge)]
    held = sorted(mark.aspect for mark, _ in given)
    if held != sorted(wanted):
        state = CheckState.INCOMPLETE
    elif checked is None or checked.fact.marks_digest != digest:
        state = CheckState.WAITING
    elif checked.fact.outcome is CheckOutcome.DIFFERS:
        state = CheckState.DIFFERS
    else:
        state = CheckState.CHECKED
    return SheetStanding(state, digest, entered_by, givers, checked)


def persons(givers: tuple[str, ...]) -> frozenset[str]:
    """What tells the people who gave marks apart."""
    return frozenset(giver_of(by).person for by in givers)
