"""Which sheets a second person has still to check (二次核对), where a module asks for it.

A check names the marks it was made for by their digest: when one changes afterwards, the sheet is
to be checked again. Whoever gave a mark since the last check is not the one to check it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from app.domain.checking_rules import EntryCheck
from app.domain.errors import RuleBroken
from app.domain.facts import CheckOutcome, SheetChecked
from app.domain.ids import AspectId, EntryId, JudgeId
from app.domain.roles import Role, giver_of
from app.domain.scheme import Module
from app.services.digests import marks_digest
from app.services.station import Station
from app.services.works import SheetPlan
from app.storage import queries
from app.storage.queries import CurrentMark, Recorded

SheetOf: TypeAlias = tuple[EntryId, JudgeId]


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
    found = sheet_standings(station, plan, entry=sheet[0]).get(sheet)
    return found or SheetStanding(CheckState.INCOMPLETE, marks_digest(()), (), ())


def sheet_standings(
    station: Station, plan: SheetPlan, *, entry: EntryId | None = None
) -> dict[SheetOf, SheetStanding]:
    """Every sheet of a module, or of one entry, that holds a mark, by entry and judge."""
    event, module = plan.event.code, plan.module.id
    last: dict[SheetOf, Recorded[SheetChecked]] = {}
    for recorded in queries.standing(
        station.connection, SheetChecked, event=event, module=module, entry=entry
    ):
        last[recorded.fact.entry, recorded.fact.judge] = recorded
    wanted = {judge: sorted(one.id for one in plan.aspects_of(judge)) for judge in plan.sheets}
    given = queries.given_marks(station.connection, event, aspects=plan.aspects, entry=entry)
    found: dict[SheetOf, SheetStanding] = {}
    for one, marks in groupby(given, key=lambda pair: pair[0].entry):
        sheets: dict[JudgeId, list[tuple[CurrentMark, queries.Giving]]] = {}
        for pair in marks:
            sheets.setdefault(pair[0].judge, []).append(pair)
        for judge, own in sheets.items():
            if judge in wanted:
                found[one, judge] = _standing(wanted[judge], own, last.get((one, judge)))
    return found


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
    wanted: list[AspectId],
    given: list[tuple[CurrentMark, queries.Giving]],
    checked: Recorded[SheetChecked] | None,
) -> SheetStanding:
    digest = marks_digest(mark for mark, _ in given)
    since = checked.order if checked else (0, "", 0)
    entered_by = tuple(dict.fromkeys(giving.by for _, giving in given))
    givers = tuple(dict.fromkeys(giving.by for _, giving in given if giving.order > since))
    if sorted(mark.aspect for mark, _ in given) != wanted:
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
