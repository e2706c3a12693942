"""Totals of an earlier round that came with the roster, put on the sheet as marks (成绩带入).

They are recorded where the rules in force have one aspect for them and its cell is empty: at the
freeze, at an amendment, and at an import into frozen rules. What stands on a sheet is left alone.
"""

from __future__ import annotations

from collections.abc import Collection

from app.domain.entries import typed_cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, EntryId, EventCode
from app.domain.qualifying import carried_aspect
from app.domain.scheme import Aspect, Event, Module
from app.services import entrants, rules
from app.services.cells import give_marks
from app.services.signing_off import refuse_locked
from app.services.station import Recording, Station
from app.storage import queries


def carry_totals(log: Recording, station: Station, event: EventCode) -> int:
    """Record what is still to be brought along, inside a command; returns how many marks."""
    frozen = rules.frozen_rules(station, event)
    aspect = carried_aspect(frozen.rules) if frozen else None
    if frozen is None or aspect is None:
        return 0
    filled = _filled(station, event, aspect)
    given = 0
    for entry, fact in entrants.registrations(station, event).items():
        if not fact.earlier or entry in filled:
            continue
        if not given:
            refuse_locked(station, event, _module_of(frozen.rules, aspect).id)
        cell = typed_cell(aspect, fact.earlier)
        give_marks(log, event, entry, {(aspect.id, PANEL): (cell, None)})
        given += 1
    return given


def refuse_carried(station: Station, event: EventCode, entries: Collection[EntryId]) -> None:
    """Raise when the total of one of these entries is on its sheet already."""
    frozen = rules.frozen_rules(station, event)
    aspect = carried_aspect(frozen.rules) if frozen else None
    if aspect is None or not entries:
        return
    for entry in sorted(_filled(station, event, aspect) & set(entries)):
        raise RuleBroken("earlier-total-on-sheet", entry=entry, aspect=aspect.id)


def _filled(station: Station, event: EventCode, aspect: Aspect) -> set[EntryId]:
    marks = queries.current_marks(station.connection, event, aspects=[aspect.id])
    return {mark.entry for mark in marks}


def _module_of(event: Event, aspect: Aspect) -> Module:
    return next(module for module in event.modules if aspect in module.aspects())
