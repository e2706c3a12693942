"""A combined standing as fields of a form, and the list of them as it is edited (综合排名)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.combined import check_standings
from app.domain.errors import RuleBroken
from app.domain.ids import EventCode
from app.domain.standing_rules import (
    QUOTA_RULES,
    CombinedStanding,
    OverallRule,
    SeasonRule,
    StandingRule,
    TeamRule,
)
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.struct_fields import struct_field, with_text

RULES: dict[str, StandingRule] = {
    "season": SeasonRule(),
    "team": TeamRule(),
    "overall": OverallRule(),
}
"""What each kind of standing starts from, in the order in which they are offered."""


def standing_fields(standing: CombinedStanding) -> tuple[FieldSpec, ...]:
    """Every field: its own, those of its rule by a dotted path, the stars and the awards."""
    own = ("id", "name", "name_en", "events")
    rule = standing.rule
    return (
        *(struct_field(standing, name, path=name, label=f"standing_{name}") for name in own),
        *(
            struct_field(rule, name, path=f"rule.{name}", label=f"standing_{name}")
            for name in rule.__struct_fields__
        ),
        struct_field(standing, "stars", path="stars", label="field_stars"),
        *(
            struct_field(standing.awards, name, path=f"awards.{name}", label=f"field_{name}")
            for name in QUOTA_RULES
        ),
    )


def with_standing_text(standing: CombinedStanding, path: str, text: str) -> CombinedStanding:
    """The standing with one field as typed. Raises ``RuleBroken`` when it cannot be read."""
    return with_text(standing, path, text)


def added(standings: Sequence[CombinedStanding], kind: str, name: str) -> list[CombinedStanding]:
    """One more standing of a kind at the end, with a code that is free."""
    taken = {it.id for it in standings}
    free = next(n for n in range(1, len(taken) + 2) if f"{kind}{n}" not in taken)
    return [*standings, CombinedStanding(id=f"{kind}{free}", name=name, rule=RULES[kind])]


def put(
    standings: Sequence[CombinedStanding], place: int, changed: CombinedStanding
) -> list[CombinedStanding]:
    """The list with another standing at a place."""
    return [changed if n == place else it for n, it in enumerate(standings)]


def faults_of(
    standings: Sequence[CombinedStanding], place: int, events: Sequence[EventCode]
) -> list[RuleBroken]:
    """What is wrong with one standing among the others."""
    one = standings[place]
    if any(it.id == one.id for it in (*standings[:place], *standings[place + 1 :])):
        return [RuleBroken("standing-repeated", standing=one.id)]
    return list(check_standings([one], events))
