"""Draw (抽签): commit to a seed, show its hash, draw, then show the seed.

The seed waits among the drafts of this laptop, which never leave it, and enters the log only with
the result. Work codes are a draw of their own (``code_drawing``) whose seed stays out of sight
until the module is locked, because it would tell who is behind a code.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from app.domain.draw import (
    DrawConstraint,
    DrawOutcome,
    DrawRecipe,
    Placement,
    may_draw,
    run_draw,
)
from app.domain.draw_arrange import DrawEntry
from app.domain.draw_codes import draw_codes
from app.domain.draw_source import SEED_BYTES, check_seed, commitment
from app.domain.entries import Entry, EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import ClockMoved, DrawCommitted, DrawMade, ModuleLocked, ModuleUnlocked
from app.domain.ids import EntryId, EventCode, ModuleId, WorkplaceId
from app.domain.ops import Op
from app.domain.scheme import Module
from app.services import rules
from app.services.roll import roll
from app.services.station import Recording, Station, recording
from app.storage import drafts, queries
from app.storage.queries import Recorded

Seeds = Callable[[], bytes]
"""Where a fresh seed of 32 bytes comes from."""

PLACES = "places"
ORDER = "order"
CODES = "codes"

_SEED = "draw-seed/"


class Stage(Enum):
    """How far a draw is."""

    OPEN = "open"
    COMMITTED = "committed"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of a module as it stands: what was committed to, and what came of it.

    ``seed`` is empty until it may be shown. ``outcome`` is that of re-running the recipe, so it
    also says what could not be met; ``None`` for work codes and before the draw.
    """

    stage: Stage
    committed: Recorded[DrawCommitted] | None = None
    made: Recorded[DrawMade] | None = None
    seed: str = ""
    outcome: DrawOutcome | None = None

    @property
    def recipe(self) -> DrawRecipe | None:
        return self.committed.fact.recipe if self.committed else None


@dataclass(frozen=True, slots=True)
class DrawWish:
    """What a draw is asked for.

    Without ``entries`` everyone checked in is drawn for, without ``workplaces`` those of the
    module; without ``batches`` there are as many as the workplaces require.
    """

    entries: tuple[Entry, ...] | None = None
    workplaces: tuple[WorkplaceId, ...] | None = None
    batches: int | None = None
    constraints: tuple[DrawConstraint, ...] = ()


def fresh_seed() -> bytes:
    """A seed nobody can foresee."""
    return secrets.token_bytes(SEED_BYTES)


def purpose_of(module: Module) -> str:
    """What is drawn for a module: places where it has workplaces, else an order."""
    return PLACES if module.workplaces else ORDER


def pot(
    station: Station, event: EventCode, *, include_registered: bool = False
) -> tuple[Entry, ...]:
    """Who is drawn for: whoever is checked in, and with ``include_registered`` the expected too."""
    states = {EntryState.CHECKED_IN} | ({EntryState.REGISTERED} if include_registered else set())
    return tuple(entry for entry in roll(station, event) if entry.state in states)


def draw(station: Station, event: EventCode, module: ModuleId, purpose: str) -> Draw:
    """Where a draw of a module stands; of several the latest one counts."""
    committed, made = _latest(station, event, module, purpose)
    if committed is None:
        return Draw(Stage.OPEN)
    if made is None:
        return Draw(Stage.COMMITTED, committed)
    if purpose == CODES:
        seed = made.fact.seed if _is_decrypted(station, event, module) else ""
        return Draw(Stage.DRAWN, committed, made, seed)
    outcome = run_draw(committed.fact.recipe, bytes.fromhex(made.fact.seed))
    return Draw(Stage.DRAWN, committed, made, made.fact.seed, outcome)


def stage(station: Station, event: EventCode, module: ModuleId, purpose: str) -> Stage:
    """How far a draw is, without drawing it again."""
    committed, made = _latest(station, event, module, purpose)
    if committed is None:
        return Stage.OPEN
    return Stage.COMMITTED if made is None else Stage.DRAWN


def commit_draw(
    station: Station,
    event: EventCode,
    module: ModuleId,
    *,
    wish: DrawWish = DrawWish(),
    reason: str = "",
    seeds: Seeds = fresh_seed,
    origin: object | None = None,
) -> Op:
    """Fix what will be drawn and the hash of the seed; the hash is public from here on.

    A second time needs a reason, and is refused once a clock of the module has started.
    """
    found = rules.rules(station, event).module(module)
    purpose = purpose_of(found)
    before = draw(station, event, module, purpose)
    check_again(before, reason)
    if queries.standing(station.connection, ClockMoved, event=event, module=module):
        raise RuleBroken("draw-clocks-started", module=module)
    seed = seeds()
    drawn_for = pot(station, event) if wish.entries is None else wish.entries
    recipe = DrawRecipe(
        event=event,
        module=module,
        purpose=purpose,
        commitment=commitment(seed),
        entries=tuple(DrawEntry(entry.id, entry.unit) for entry in drawn_for),
        workplaces=found.workplaces if wish.workplaces is None else wish.workplaces,
        batches=wish.batches,
        constraints=wish.constraints,
    )
    for refusal in may_draw(recipe):
        raise refusal
    with recording(station, origin=origin) as log:
        return add_commitment(station, log, recipe, seed, before=before, reason=reason)


def make_draw(
    station: Station, event: EventCode, module: ModuleId, *, origin: object | None = None
) -> Op:
    """Draw what was committed to; from here on the seed is public too."""
    purpose = purpose_of(rules.rules(station, event).module(module))
    standing = draw(station, event, module, purpose)
    if standing.committed is None:
        raise RuleBroken("draw-not-committed", module=module)
    if standing.stage is Stage.DRAWN:
        raise RuleBroken("draw-made-already", module=module)
    committed = standing.committed
    kept = drafts.find(station.connection, _SEED + committed.op_id)
    if kept is None:
        raise RuleBroken("draw-seed-elsewhere", station=committed.station)
    outcome = run_draw(committed.fact.recipe, bytes.fromhex(kept))
    with recording(station, origin=origin) as log:
        drafts.drop(log.connection, _SEED + committed.op_id)
        made = DrawMade(
            event=event,
            module=module,
            committed=committed.op_id,
            seed=kept,
            placements=outcome.placements,
        )
        return log.add(made)


def replays(station: Station, drawn: Recorded[DrawMade]) -> bool:
    """Draw again from the record: does the same come of it, from the seed committed to?"""
    committed = {
        recorded.op_id: recorded.fact.recipe
        for recorded in queries.standing(
            station.connection, DrawCommitted, event=drawn.fact.event, module=drawn.fact.module
        )
    }.get(drawn.fact.committed)
    if committed is None:
        return False
    try:
        seed = bytes.fromhex(drawn.fact.seed)
        if committed.purpose != CODES:
            return run_draw(committed, seed).placements == drawn.fact.placements
        check_seed(seed, committed.commitment)
        entries = [one.entry for one in committed.entries]
        return draw_codes(seed, committed.module, entries) == drawn.fact.codes
    except (RuleBroken, ValueError):
        return False


def placements(station: Station, event: EventCode, module: ModuleId) -> Mapping[EntryId, Placement]:
    """Where the latest draw of a module put everybody; empty before it."""
    found: tuple[Placement, ...] = ()
    for made in queries.standing(station.connection, DrawMade, event=event, module=module):
        found = made.fact.placements or found
    return {placed.entry: placed for placed in found}


def add_commitment(
    station: Station,
    log: Recording,
    recipe: DrawRecipe,
    seed: bytes | None,
    *,
    before: Draw,
    reason: str,
) -> Op:
    """Put a recipe into the log in place of the one ``before``; a seed given waits in the file."""
    replaced = before.committed.op_id if before.committed else None
    fact = DrawCommitted(event=recipe.event, module=recipe.module, recipe=recipe)
    op = log.add(fact, replaces=replaced, reason=reason.strip())
    if seed is not None:
        drafts.keep(log.connection, _SEED + op.op_id, seed.hex(), station.now_ms())
    if replaced is not None:
        drafts.drop(log.connection, _SEED + replaced)
    return op


def check_again(before: Draw, reason: str) -> None:
    """Refuse a second draw, or a second commitment, without a reason."""
    if before.stage is not Stage.OPEN and not reason.strip():
        raise RuleBroken("draw-again-needs-reason")


def _latest(
    station: Station, event: EventCode, module: ModuleId, purpose: str
) -> tuple[Recorded[DrawCommitted] | None, Recorded[DrawMade] | None]:
    """The latest commitment for a purpose, and the draw made from it."""
    connection = station.connection
    committed = None
    for recorded in queries.standing(connection, DrawCommitted, event=event, module=module):
        if recorded.fact.recipe.purpose == purpose:
            committed = recorded
    if committed is None:
        return None, None
    for made in queries.standing(connection, DrawMade, event=event, module=module):
        if made.fact.committed == committed.op_id:
            return committed, made
    return committed, None


def _is_decrypted(station: Station, event: EventCode, module: ModuleId) -> bool:
    recorded: Recorded[ModuleLocked | ModuleUnlocked] | None = queries.latest(
        station.connection, ModuleLocked, ModuleUnlocked, event=event, module=module
    )
    return recorded is not None and isinstance(recorded.fact, ModuleLocked)
