"""What is asked and answered when time is granted; no Qt in here."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.timing import Loss


@dataclass(frozen=True, slots=True)
class GrantQuestion:
    """For which place, and between which wall times (ms) the loss must lie."""

    place: str
    started_ms: int
    now_ms: int


@dataclass(frozen=True, slots=True)
class GrantAnswer:
    """The loss to give back, and what happened in a few words."""

    loss: Loss
    note: str
