"""Whether reasons for penalties make sense, and what follows when one is booked again (违规).

Domain rules 2.4: disturbing others costs a warning and 5 marks, then disqualification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.entries import Penalty
from app.domain.errors import RuleBroken
from app.domain.method_check import is_too_fine
from app.domain.penalty_rules import PenaltyEffect, PenaltyReason
from app.domain.scheme import Event


def check_penalties(event: Event) -> Iterator[RuleBroken]:
    """What is wrong with the reasons of an event."""
    codes = {reason.code for reason in event.penalties}
    for reason in event.penalties:
        where = {"event": event.code, "reason": reason.code}
        if is_too_fine(reason.points) or reason.points < 0:
            # A deduction of 0 here means that whoever books it says how much.
            yield RuleBroken("penalty-points", **where)
        elif reason.effect is PenaltyEffect.CAP and not reason.points:
            yield RuleBroken("penalty-cap-without-points", **where)
        elif reason.effect not in (PenaltyEffect.DEDUCT, PenaltyEffect.CAP) and reason.points:
            yield RuleBroken("penalty-points-unused", **where)
        if reason.times < 1 or (reason.then and reason.then not in codes - {reason.code}):
            yield RuleBroken("penalty-then-unfit", **where)


def used_up(reason: PenaltyReason, in_force: Iterable[Penalty]) -> RuleBroken | None:
    """Why the reason cannot be booked once more, ``in_force`` being the entry's penalties; the
    reason that follows is booked instead."""
    booked = sum(penalty.reason == reason.code for penalty in in_force)
    if not reason.then or booked < reason.times:
        return None
    return RuleBroken("penalty-used-up", reason=reason.code, times=booked, then=reason.then)
