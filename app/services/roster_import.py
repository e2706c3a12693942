"""Importing a roster (报名表): what ``roster_plan`` found is written at once, or nothing is.

A row with an error is never written, who differs is registered again with a reason, and nobody is
removed by a list that no longer names them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.facts import FileImported
from app.domain.ids import EventCode
from app.services import entrants
from app.services.carrying import carry_totals, refuse_carried
from app.services.enrolment import new_salt
from app.services.roster_photos import find_photo
from app.services.roster_plan import Outcome, PlannedEntry, RosterPlan
from app.services.station import Station, recording
from app.storage import people

_TELL_EVERY = 200

Progress = Callable[[int, int], None]


class ImportCancelled(Exception):
    """Somebody pressed stop; nothing was written."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    new: int
    changed: int
    left_out: int


def import_roster(
    station: Station,
    plan: RosterPlan,
    *,
    reason: str = "",
    photos: Path | None = None,
    salt: Callable[[], str] = new_salt,
    on_progress: Progress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    origin: object | None = None,
) -> Imported:
    """Write what was planned in one transaction: everything or nothing.

    Changing people who are registered already needs a reason. ``photos`` is the folder in which
    the list's photo files are looked for. Raises ``ImportCancelled`` when told to stop.
    """
    wanted = [entry for entry in plan.entries if entry.outcome is not Outcome.UNCHANGED]
    if not wanted:
        raise RuleBroken("roster-nothing-to-import", file=plan.file)
    changed = plan.count(Outcome.CHANGED)
    if changed and not reason.strip():
        raise RuleBroken("roster-changes-without-reason", count=changed)
    with recording(station, origin=origin) as log:
        _refuse_outdated(station, plan, wanted)
        events = {planned.entrant.event for planned in wanted}
        for event in events:
            other = [one.entry for one in wanted if "earlier" in one.differs]
            refuse_carried(station, event, other)
        for done, planned in enumerate(wanted):
            if done % _TELL_EVERY == 0:
                if is_cancelled():
                    raise ImportCancelled
                if on_progress is not None:
                    on_progress(done, len(wanted))
            why = reason if planned.outcome is Outcome.CHANGED else ""
            entrants.record_entrant(log, planned.entrant, planned.number, salt(), reason=why)
            image = find_photo(photos, planned.photo)
            if image is not None:
                people.put_photo(log.connection, planned.entry, image)
        for event in sorted(events):
            carry_totals(log, station, event)
        log.add(
            FileImported(
                what="roster",
                file_name=plan.file,
                sha256=plan.sha256,
                rows=len(wanted),
                event=events.pop() if len(events) == 1 else EventCode(""),
            )
        )
    return Imported(plan.count(Outcome.NEW), changed, plan.errors)


def _refuse_outdated(station: Station, plan: RosterPlan, wanted: Sequence[PlannedEntry]) -> None:
    """Somebody may have registered a walk-in while the preview was being read."""
    events = {planned.entrant.event for planned in wanted}
    taken = {entry for event in events for entry in entrants.registrations(station, event)}
    if any(planned.outcome is Outcome.NEW and planned.entry in taken for planned in wanted):
        raise RuleBroken("roster-plan-outdated", file=plan.file)
