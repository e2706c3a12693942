"""Work codes (加密): a draw of their own for each blind module, and the map that stays sealed.

Commitment and result go into the log together. The seed is not shown before the module is locked,
for whoever has it can tell who is behind a code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.draw import DrawRecipe
from app.domain.draw_arrange import DrawEntry
from app.domain.draw_codes import CODES_ALGORITHM, draw_codes
from app.domain.draw_source import commitment
from app.domain.entries import Entry
from app.domain.errors import RuleBroken
from app.domain.facts import DrawMade
from app.domain.ids import EntryId, EventCode, ModuleId, WorkCode
from app.domain.ops import Op
from app.domain.roles import Role
from app.services import rules
from app.services.drawing import (
    CODES,
    Seeds,
    Stage,
    add_commitment,
    check_again,
    draw,
    fresh_seed,
    pot,
)
from app.services.roll import registered
from app.services.station import Station, recording
from app.services.works import work_codes
from app.storage import queries

_KEEPS_CODES = {Role.CHIEF, Role.ENCRYPTION}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """Who is behind a work code: for the encryption referee's envelope only (加密对照表)."""

    code: WorkCode
    entry: EntryId
    number: str
    name: str
    unit: str


def draw_work_codes(
    station: Station,
    event: EventCode,
    module: ModuleId,
    *,
    reason: str = "",
    seeds: Seeds = fresh_seed,
    origin: object | None = None,
) -> Op:
    """Draw the work codes (加密号) of a blind module for everyone checked in who has none yet.

    Commitment and result are recorded together, since the seed is not shown either way. When
    everybody has a code, a reason draws all of them anew, as long as nothing is marked.
    """
    found = rules.rules(station, event).module(module)
    if not found.blind:
        raise RuleBroken("module-not-blind", module=module)
    held = dict(work_codes(station, event, module))
    wanted = [entry for entry in pot(station, event) if entry.id not in held]
    before = draw(station, event, module, CODES)
    if not wanted and before.stage is Stage.DRAWN:
        check_again(before, reason)
        aspects = {aspect.id for aspect in found.aspects()}
        if any(mark.aspect in aspects for mark in queries.current_marks(station.connection, event)):
            raise RuleBroken("codes-in-use", module=module)
        wanted, held = list(pot(station, event)), {}
    if not wanted:
        raise RuleBroken("draw-without-entries")
    seed, codes = _codes_apart_from(set(held.values()), module, wanted, seeds)
    recipe = DrawRecipe(
        event=event,
        module=module,
        purpose=CODES,
        commitment=commitment(seed),
        entries=tuple(DrawEntry(entry.id) for entry in wanted),
        algorithm=CODES_ALGORITHM,
    )
    with recording(station, origin=origin) as log:
        committed = add_commitment(station, log, recipe, None, before=before, reason=reason)
        made = DrawMade(
            event=event,
            module=module,
            committed=committed.op_id,
            seed=seed.hex(),
            placements=(),
            codes=codes,
        )
        return log.add(made)


def code_map(station: Station, event: EventCode, module: ModuleId) -> tuple[CodeLine, ...]:
    """Who is behind which work code, by code. Only for the encryption referee and the chief."""
    if station.actor.role not in _KEEPS_CODES:
        raise RuleBroken("code-map-sealed")
    codes = work_codes(station, event, module)
    lines = [
        CodeLine(codes[one.entry.id], one.entry.id, one.entry.number, one.name, one.entry.unit)
        for one in registered(station, event)
        if one.entry.id in codes
    ]
    return tuple(sorted(lines, key=lambda line: line.code))


def _codes_apart_from(
    taken: set[WorkCode], module: ModuleId, wanted: Iterable[Entry], seeds: Seeds
) -> tuple[bytes, dict[EntryId, WorkCode]]:
    # Latecomers get theirs from a seed of their own; one that would give out a code a second time
    # is thrown away before anything is committed to.
    entries: list[EntryId] = [entry.id for entry in wanted]
    while True:
        seed = seeds()
        codes = draw_codes(seed, module, entries)
        if taken.isdisjoint(codes.values()):
            return seed, codes
