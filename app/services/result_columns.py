"""What stands beside a row of a result where its rules have it: what parted a tie, component
scores, penalties, scaled score, medal, star.

A snapshot holds ranks, marks and awards. Scaled scores, medals and stars follow from it; what
parted a tie, components and penalties come from the marks, and are left out when those have moved
on since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.consequences import star_of
from app.domain.divisions import by_division
from app.domain.facts import PublishedRow
from app.domain.ids import EntryId
from app.domain.medals import Medal, give_medals
from app.domain.points import Rounding, format_points, parse_points, plain_points, round_exact
from app.domain.ranking import RankedRow
from app.domain.scale import scaled
from app.domain.scheme import Component, Event, OnRemaining, PenaltyEffect
from app.services.live import LiveBoard
from app.services.results import Standing
from app.words import Words


@dataclass(frozen=True, slots=True)
class Beside:
    """The further cells of one row, finished text; ``components`` in the order of the event's."""

    components: tuple[str, ...] = ()
    decided: str = ""
    scaled: str = ""
    medal: str = ""
    star: str = ""


class ResultColumns:
    """The further columns of one result. ``board`` is that of its marks, if they still give it."""

    def __init__(
        self, event: Event, rows: Sequence[PublishedRow], words: Words, board: LiveBoard | None
    ) -> None:
        self._event, self._rows, self._words, self._board = event, rows, words, board
        ranking = board.ranking if board is not None and may_tie(event) else None
        listed = (*ranking.rows, *ranking.guests) if ranking is not None else ()
        self._decided = {
            row.entry: row
            for row in listed
            if row.decided_by is not None or row.decision is not None
        }

    def read_alike(self, other: ResultColumns) -> bool:
        """Whether rows that are equal in both results are equal in these columns too."""
        plain = self._event.awards.scale is None and len(self._event.components) == 1
        return plain and self._told() == other._told()

    def of(self, row: PublishedRow) -> Beside:
        """The cells of one row."""
        medal = self._medals.get(row.entry)
        stars = self._event.awards.stars
        star = star_of(stars, parse_points(row.total)) if stars and row.rank else None
        number = self._scaled.get(row.entry)
        return Beside(
            components=self._components(row),
            decided=self._parted(self._decided.get(row.entry)),
            scaled="" if number is None else str(number),
            medal=self._words.say(f"awards.medal-{medal.value}") if medal else "",
            star=self._words.pick(star.grade, star.grade_en) if star else "",
        )

    @property
    def has_marks(self) -> bool:
        """Whether the marks are at hand that still give this result."""
        return self._board is not None

    @property
    def components(self) -> tuple[str, ...]:
        """The headings of the component scores."""
        if self._board is None:
            return ()
        parts = summed_components(self._event)
        return tuple(self._words.pick(part.name, part.name_en) for part in parts)

    def _components(self, row: PublishedRow) -> tuple[str, ...]:
        if not self.components or self._board is None:
            return ()
        if not row.total:
            return ("",) * len(self.components)
        total = self._event.rounding.total
        rounding = Rounding(total.places, total.mode)
        score, shown = self._board.scores.score(row.entry), summed_components(self._event)
        return tuple(
            format_points(round_exact(part.mark, rounding), total.places)
            for component, part in zip(self._event.components, score.components, strict=True)
            if component in shown
        )

    def penalties(self, entry: EntryId) -> str:
        """What was taken off the entry, and why, for papers."""
        if self._board is None or not self._board.scores.holds(entry):
            return ""
        named = {reason.code: reason for reason in self._event.penalties}
        said = []
        for one in self._board.scores.penalties(entry):
            name = self._words.pick(named[one.reason].name, named[one.reason].name_en)
            if one.effect is PenaltyEffect.DEDUCT:
                points = plain_points(one.points)
                name = self._words.say("results.deducted", name=name, points=points)
            said.append(name)
        return self._words.say("results.join").join(said)

    def _parted(self, row: RankedRow | None) -> str:
        if row is None:
            return ""
        if row.decision is not None:
            return self._words.say(f"scoring.decision-{row.decision.kind.value}")
        assert row.decided_by is not None
        kind, _, name = row.decided_by.by.partition(":")
        parts = {str(part.id): part for part in self._event.components}
        if kind == "component" and name in parts:
            return self._words.pick(parts[name].name, parts[name].name_en)
        return self._words.say(f"results.by_{kind}{'' if name else '_all'}", id=name)

    def _told(self) -> Mapping[EntryId, object]:
        return {entry: (row.decided_by, row.decision) for entry, row in self._decided.items()}

    @cached_property
    def _scaled(self) -> Mapping[EntryId, int]:
        return scaled_scores(self._event, self._rows)

    @cached_property
    def _medals(self) -> Mapping[EntryId, Medal | None]:
        return medals_won(self._event, self._rows, self._scaled)


def summed_components(event: Event) -> tuple[Component, ...]:
    """The components that are neither the total nor what one module already says."""
    if len(event.components) == 1:
        return ()
    modules = Counter(module.component for module in event.modules)
    return tuple(part for part in event.components if modules[part.id] > 1)


def may_tie(event: Event) -> bool:
    """Whether the rules have anything that parts equal totals."""
    return bool(event.tie_keys) or event.on_remaining is not OnRemaining.SHARE


def scaled_scores(event: Event, rows: Sequence[PublishedRow]) -> dict[EntryId, int]:
    """The scaled score of everybody ranked, each division on a scale of its own."""
    rule = event.awards.scale
    if rule is None:
        return {}
    found: dict[EntryId, int] = {}
    for own in by_division(row for row in rows if row.state == Standing.RANKED).values():
        found |= scaled(rule, {row.entry: parse_points(row.total) for row in own})
    return found


def medals_won(
    event: Event, rows: Sequence[PublishedRow], scores: Mapping[EntryId, int]
) -> dict[EntryId, Medal | None]:
    """The medals of each division, by its scaled scores."""
    rule = event.awards.medals
    if rule is None:
        return {}
    found: dict[EntryId, Medal | None] = {}
    for own in by_division(row for row in rows if row.entry in scores).values():
        found |= give_medals(rule, {row.entry: scores[row.entry] for row in own})
    return found
