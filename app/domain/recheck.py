"""Recheck sampling (复核抽查): how many entries, which, and what the errors found come to.

Of N ranked entries the first ``ceil(top * N)`` are all rechecked, and of the others
``ceil(rest * (N - that))`` drawn by lot. When more than ``limit`` of what was rechecked held an
error, everything is rechecked. Source: domain rules 2.6; N = 28 gives 9 and 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from app.domain.checking_rules import RecheckRule
from app.domain.draw_source import LotSource
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import Event

_LABEL = "recheck"


class Verdict(StrEnum):
    """What a recheck has come to: still open, within the limit, or everything to be rechecked.

    ``COMPLETE`` is a complete recheck done to the end.
    """

    OPEN = "open"
    PASSED = "passed"
    ALL_NEEDED = "all-needed"
    COMPLETE = "complete"

    @property
    def is_done(self) -> bool:
        return self in {Verdict.PASSED, Verdict.COMPLETE}


@dataclass(frozen=True, slots=True)
class Sample:
    """The entries to recheck: the best, in order of rank, and those drawn, in order of drawing."""

    top: tuple[EntryId, ...]
    rest: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries rechecked of those that have to be, and in how many an error was found."""

    needed: int
    checked: int
    wrong: int
    verdict: Verdict

    @property
    def error_rate(self) -> Fraction | None:
        """Errors by entries rechecked; ``None`` before the first."""
        return Fraction(self.wrong, self.checked) if self.checked else None


def sample_sizes(rule: RecheckRule, ranked: int) -> tuple[int, int]:
    """How many of the best and how many of the rest are rechecked, of so many ranked."""
    top = (
        ceil(Fraction(rule.top) * ranked)
        if rule.top_number is None
        else min(rule.top_number, ranked)
    )
    return top, ceil(Fraction(rule.rest) * (ranked - top))


def draw_sample(rule: RecheckRule, ranked: Sequence[EntryId], seed: bytes) -> Sample:
    """The sample that follows from a seed: anyone with the ranked list draws the same.

    The rest is put in the order of its ids and shuffled by the stream labelled ``recheck``.
    """
    top, rest = sample_sizes(rule, len(ranked))
    others = LotSource(seed, _LABEL).shuffled(sorted(ranked[top:]))
    return Sample(tuple(ranked[:top]), tuple(others[:rest]))


def tally(
    rule: RecheckRule,
    sample: Collection[EntryId],
    everyone: Collection[EntryId],
    done: Mapping[EntryId, bool],
) -> Tally:
    """Where a recheck stands; ``done`` says of an entry whether it was right.

    The verdict on the sample waits until all of it is rechecked, and counts the sample alone; from
    then on a complete recheck is needed or not, whatever is found afterwards.
    """
    of_sample = [done[entry] for entry in sample if entry in done]
    wrong = of_sample.count(False)
    if len(of_sample) < len(sample):
        return Tally(len(sample), len(of_sample), wrong, Verdict.OPEN)
    if not of_sample or Fraction(wrong, len(of_sample)) <= Fraction(rule.limit):
        return Tally(len(sample), len(of_sample), wrong, Verdict.PASSED)
    of_all = [done[entry] for entry in everyone if entry in done]
    is_complete = len(of_all) == len(everyone)
    verdict = Verdict.COMPLETE if is_complete else Verdict.ALL_NEEDED
    return Tally(len(everyone), len(of_all), of_all.count(False), verdict)


def check_recheck(event: Event) -> Iterator[RuleBroken]:
    """Parameters of the sampling that cannot be."""
    rule = event.recheck
    if rule is None:
        return
    for name in ("top", "rest", "limit"):
        if not 0 <= getattr(rule, name) <= 1:
            yield _unusable(event.code, name)
    if rule.top_number is not None and rule.top_number < 0:
        yield _unusable(event.code, "top_number")


def _unusable(event: EventCode, field: str) -> RuleBroken:
    return RuleBroken("recheck-rule-unusable", event=event, field=field)
