"""The decisions on ties as the record has them, for whoever ranks (同分裁定)."""

from __future__ import annotations

import sqlite3

from app.domain.draw import run_draw
from app.domain.errors import RuleBroken
from app.domain.facts import TieDecided, TieLotCommitted
from app.domain.ids import EventCode
from app.domain.scheme import OnRemaining
from app.domain.ties import TieDecision, lot_decision
from app.storage import queries
from app.storage.queries import Recorded


def recorded_decisions(connection: sqlite3.Connection, event: EventCode) -> tuple[TieDecision, ...]:
    """Every decision that none has replaced, in replay order; whether it holds is for the ranking
    to say. Two about one tie did not know of each other."""
    standing = queries.standing(connection, TieDecided, event=event)
    replaced = {it.replaces for it in standing}
    return tuple(
        TieDecision(it.fact.entries, it.fact.kind, it.reason, it.fact.committed)
        for it in standing
        if it.op_id not in replaced
    )


def lot_replays(connection: sqlite3.Connection, decided: Recorded[TieDecided]) -> bool:
    """Draw the lot again from the record: does the same order come of it? True without a lot."""
    fact = decided.fact
    if fact.kind is not OnRemaining.LOT:
        return True
    for announced in queries.standing(connection, TieLotCommitted, event=fact.event):
        if announced.op_id == fact.committed:
            try:
                outcome = run_draw(announced.fact.recipe, bytes.fromhex(fact.seed))
            except (RuleBroken, ValueError):
                return False
            drawn = lot_decision(outcome.placements, announced.op_id, decided.reason)
            return drawn.entries == fact.entries
    return False
