"""Gold, silver, bronze and the medallion for excellence, from scaled scores (奖牌与优胜奖).

Scores within the tie distance win the same medal, and what is won twice is taken from what follows.
Domain rules 1.10; the one line whose source is cut off is marked below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from app.domain.award_rules import MedalRule, TieMode

Of = TypeVar("Of", bound=str)

_MANY_GOLDS = 3


class Medal(StrEnum):
    """What a competitor takes home."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    MEDALLION = "medallion"


MEDAL_POINTS: Final[Mapping[Medal, int]] = {
    Medal.GOLD: 4,
    Medal.SILVER: 3,
    Medal.BRONZE: 2,
    Medal.MEDALLION: 1,
}
"""Points of the member comparison; a team counts as one competitor. Domain rules 1.8."""


def give_medals(rule: MedalRule, scores: Mapping[Of, int]) -> dict[Of, Medal | None]:
    """The medal of everybody, ``None`` for none.

    =====================  ==========================================================
    one gold, one silver   one bronze, with all tied to it
    two golds              no silver, at least one bronze
    three golds or more    no silver; bronze only within the distance of the last gold
    one gold, two silvers  bronze only within the distance of the last silver [U]
    =====================  ==========================================================
    """
    order = sorted(scores, key=lambda of: (-scores[of], of))
    golds = _tied(rule, scores, order)
    rest = order[len(golds) :]
    silvers: list[Of] = []
    if len(golds) == 1:
        silvers = _tied(rule, scores, rest)
        rest = rest[len(silvers) :]
    if len(golds) >= _MANY_GOLDS:
        bronzes = _near(rule, scores, golds[-1], rest)
    elif len(silvers) > 1:
        bronzes = _near(rule, scores, silvers[-1], rest)
    else:
        bronzes = _tied(rule, scores, rest)
    given: dict[Of, Medal | None] = dict.fromkeys(scores)
    for medal, winners in (
        (Medal.GOLD, golds),
        (Medal.SILVER, silvers),
        (Medal.BRONZE, bronzes),
    ):
        given.update(dict.fromkeys(winners, medal))
    if rule.medallion_at is not None:
        for of, score in scores.items():
            if given[of] is None and score >= rule.medallion_at:
                given[of] = Medal.MEDALLION
    return given


def _tied(rule: MedalRule, scores: Mapping[Of, int], order: Sequence[Of]) -> list[Of]:
    """The first of the order and all who tie with it."""
    tied: list[Of] = list(order[:1])
    for of in order[1:]:
        other = tied[0] if rule.tie_mode is TieMode.ANCHORED else tied[-1]
        if scores[other] - scores[of] > rule.tie_distance:
            break
        tied.append(of)
    return tied


def _near(rule: MedalRule, scores: Mapping[Of, int], last: Of, order: Sequence[Of]) -> list[Of]:
    """Those within the distance of the last who won the medal before."""
    return [of for of in order if scores[last] - scores[of] <= rule.tie_distance]
