"""What came of verifying a file: every check by name, passed or not, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from app.domain.errors import Detail, RuleBroken
from app.problems import Problem

Findings: TypeAlias = Mapping[str, Detail]
"""What a check that passed has looked at: counts, fingerprints by station."""


class Kind(StrEnum):
    """What was verified."""

    COMPETITION = "competition"
    BUNDLE = "bundle"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Check:
    """One check. Its word is ``exchange.check_<name>``; ``refusal`` says why it failed."""

    name: str
    findings: Findings = field(default_factory=dict)
    refusal: RuleBroken | Problem | None = None

    @property
    def ok(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Verification:
    """Every check that could be made, in order; what a failed one leaves unreadable is left out."""

    subject: str
    kind: Kind
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)

    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok)


def tried(name: str, check: Callable[[], Findings]) -> Check:
    """Run one check; its refusal becomes the outcome."""
    try:
        return Check(name, check())
    except (RuleBroken, Problem) as refusal:
        return Check(name, refusal=refusal)
