"""What follows from a result (评、用): stars by score band, and a list of nominations to be signed.

A nomination (拟推荐) is a proposal with the rule that gave it; nothing here ever confers a title.
Domain rules 2.10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from app.domain.award_rules import ConsequenceRule, Outcome, StarBand
from app.domain.errors import RuleBroken
from app.domain.ids import ComponentId, EntryId
from app.domain.method_check import is_too_fine
from app.domain.points import Points, points_of
from app.domain.scheme import Event


@dataclass(frozen=True, slots=True)
class Setting:
    """What the competition is: its tier (省级), class (一类) and how many were ranked."""

    tier: str
    rank_class: str
    ranked: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ranked, competing entry with all that a rule can ask about.

    ``components`` are published marks before their weights; ``held`` is the skill level held today.
    """

    entry: EntryId
    rank: int
    total: Points
    award: str = ""
    group: str = ""
    held: str = ""
    members: int = 1
    components: Mapping[ComponentId, Points] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nomination:
    """What is proposed for one entry in one line, and by which rule."""

    entry: EntryId
    line: str
    rule: str
    outcomes: tuple[Outcome, ...]


def star_of(bands: Sequence[StarBand], total: Points) -> StarBand | None:
    """The highest band that the total reaches, ``None`` below them all."""
    reached = [band for band in bands if total >= points_of(band.at_least)]
    return max(reached, key=lambda band: band.at_least, default=None)


def nominations(
    rules: Sequence[ConsequenceRule], setting: Setting, candidates: Iterable[Candidate]
) -> tuple[Nomination, ...]:
    """Everybody's nominations by rank, the lines in the order in which the rules name them."""
    lines = list(dict.fromkeys(rule.line for rule in rules))
    found = []
    for candidate in sorted(candidates, key=lambda one: (one.rank, one.entry)):
        for line in lines:
            own = (rule for rule in rules if rule.line == line)
            rule = next((rule for rule in own if fits(rule, setting, candidate)), None)
            if rule is not None:
                found.append(Nomination(candidate.entry, line, rule.id, rule.outcomes))
    return tuple(found)


def fits(rule: ConsequenceRule, setting: Setting, candidate: Candidate) -> bool:
    """Whether the rule proposes its outcomes for this candidate."""
    return (
        _among(rule.tiers, setting.tier)
        and _among(rule.classes, setting.rank_class)
        and _among(rule.groups, candidate.group)
        and _among(rule.held, candidate.held)
        and _among(rule.awards, candidate.award)
        and _between(candidate.members, rule.members_from, rule.members_to)
        and _between(candidate.rank, rule.rank_from, last_rank(rule, setting.ranked))
        and (rule.minimum is None or candidate.total >= points_of(rule.minimum))
        and all(
            candidate.components.get(ComponentId(least.component), -1) >= points_of(least.mark)
            for least in rule.minima
        )
    )


def last_rank(rule: ConsequenceRule, ranked: int) -> int | None:
    """The last rank the rule reaches, ``None`` for no limit: the nearer of its two limits."""
    limits = [] if rule.rank_to is None else [rule.rank_to]
    if rule.within_percent is not None:
        limits.append(int(Fraction(rule.within_percent) * ranked / 100))
    return min(limits, default=None)


def _among(wanted: tuple[str, ...], found: str) -> bool:
    return not wanted or found in wanted


def _between(value: int, low: int, high: int | None) -> bool:
    return low <= value and (high is None or value <= high)


def check_consequences(event: Event) -> Iterator[RuleBroken]:
    """What is wrong with an event's scale, medals, stars and rules of consequence."""
    yield from _check_scale(event)
    yield from _check_stars(event)
    components = {str(part.id) for part in event.components}
    awards = {quota.award for quota in event.awards.quotas}
    seen: set[str] = set()
    for rule in event.awards.consequences:
        where = {"event": event.code, "rule": rule.id}
        if rule.id in seen:
            yield RuleBroken("consequence-repeated", **where)
        seen.add(rule.id)
        if not rule.line.strip() or not rule.outcomes:
            yield RuleBroken("consequence-without-outcome", **where)
        if not _is_range(rule.rank_from, rule.rank_to) or not _is_range(
            rule.members_from, rule.members_to
        ):
            yield RuleBroken("consequence-range", **where)
        numbers = [least.mark for least in rule.minima]
        numbers += [] if rule.minimum is None else [rule.minimum]
        percent = rule.within_percent
        if any(is_too_fine(number) for number in numbers) or (
            percent is not None and not (percent.is_finite() and 0 < percent <= 100)
        ):
            yield RuleBroken("consequence-number", **where)
        for least in rule.minima:
            if least.component not in components:
                yield RuleBroken("consequence-unknown", **where, name=least.component)
        for award in rule.awards:
            if award not in awards:
                yield RuleBroken("consequence-unknown", **where, name=award)


def _check_scale(event: Event) -> Iterator[RuleBroken]:
    scale, medals = event.awards.scale, event.awards.medals
    if scale is not None and (
        not scale.per.is_finite() or scale.per <= 0 or not scale.low <= scale.centre <= scale.high
    ):
        yield RuleBroken("scale-unfit", event=event.code)
    if medals is not None and (scale is None or medals.tie_distance < 0):
        yield RuleBroken("medals-need-scale", event=event.code)


def _check_stars(event: Event) -> Iterator[RuleBroken]:
    match stars_fault(event.awards.stars):
        case "unfit":
            yield RuleBroken("star-band-unfit", event=event.code)
        case "overlap":
            yield RuleBroken("star-bands-overlap", event=event.code)


def stars_fault(bands: Sequence[StarBand]) -> str:
    """What is wrong with grades: one is ``unfit``, they ``overlap``, or nothing is."""
    if any(is_too_fine(band.at_least) or not band.grade.strip() for band in bands):
        return "unfit"
    falls = all(band.at_least > lower.at_least for band, lower in pairwise(bands))
    return "" if falls else "overlap"


def _is_range(low: int, high: int | None) -> bool:
    return low >= 1 and (high is None or high >= low)
