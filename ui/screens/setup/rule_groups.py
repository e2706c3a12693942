"""The rules of an event beside its tree and its tables, in groups, each a form of its own.

A rule that an event may be without is a switch: turned on it starts from what is usual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from app.domain.award_rules import (
    ConsequenceRule,
    MedalRule,
    Outcome,
    OutcomeKind,
    ScaleRule,
)
from app.domain.checking_rules import RecheckRule
from app.domain.ids import AspectId
from app.domain.methods import Direct
from app.domain.output_rules import OutputRules
from app.domain.proposal_rules import ProposalRules
from app.domain.quiz_rules import QuizRound, QuizRules, RoundKind
from app.domain.round_rules import Qualification
from app.domain.scheme import Event
from ui.screens.setup.field_specs import FieldSpec, Kind
from ui.screens.setup.struct_fields import struct_field


class Group(StrEnum):
    """What the list of further rules offers, in its order."""

    DIVISIONS = "divisions"
    SELECTS = "selects"
    PROMOTES = "promotes"
    RECHECK = "recheck"
    MEDALS = "medals"
    STARS = "stars"
    QUIZ = "quiz"
    PROPOSALS = "proposals"
    OUTPUT = "output"
    CONSEQUENCE = "consequence"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group; of the rules of consequence the one at ``place``."""

    group: Group
    place: int = 0


_FIELDS: Mapping[Group, tuple[str, ...]] = {
    Group.DIVISIONS: ("divided_by", "groups"),
    Group.SELECTS: ("selects",),
    Group.PROMOTES: ("promotes",),
    Group.RECHECK: ("recheck",),
    Group.MEDALS: ("awards.scale", "awards.medals"),
    Group.STARS: ("awards.stars",),
    Group.QUIZ: ("quiz",),
    Group.PROPOSALS: ("proposals",),
    Group.OUTPUT: ("output",),
}

SWITCHES: Mapping[str, Callable[[Event], Struct]] = {
    "selects": lambda _: Qualification(),
    "promotes": lambda _: Qualification(),
    "recheck": lambda _: RecheckRule(),
    "awards.scale": lambda _: ScaleRule(),
    "awards.medals": lambda _: MedalRule(),
    "quiz": lambda event: QuizRules(
        aspect=_first_direct(event),
        rounds=(QuizRound(id="R1", kind=RoundKind.MUST_ANSWER, name="", questions=5),),
    ),
    "proposals": lambda event: ProposalRules(aspect=_first_direct(event)),
    "output": lambda _: OutputRules(),
}
"""What each rule starts from when it is turned on."""

_OWN_LABELS = {
    "quiz.base",
    "awards.scale",
    "awards.scale.kind",
    "awards.scale.per",
    "selects.number",
    "promotes.number",
}
"""Fields whose name means something else elsewhere."""


def groups_of(event: Event) -> tuple[Chosen, ...]:
    """What there is to choose: every group, and each rule of consequence by itself."""
    places = range(len(event.awards.consequences))
    single = (Chosen(group) for group in Group if group is not Group.CONSEQUENCE)
    return (*single, *(Chosen(Group.CONSEQUENCE, place) for place in places))


def is_used(event: Event, chosen: Chosen) -> bool:
    """Whether the event has such a rule."""
    paths = _FIELDS.get(chosen.group, ())
    return not paths or any(_at(event, path) not in (None, ()) for path in paths)


def group_fields(event: Event, chosen: Chosen) -> tuple[FieldSpec, ...]:
    """The fields of a group; of a rule that is turned off only its switch."""
    if chosen.group is Group.CONSEQUENCE:
        return tuple(_struct_fields(event, f"awards.consequences.{chosen.place}"))
    specs: list[FieldSpec] = []
    for path in _FIELDS[chosen.group]:
        if path not in SWITCHES:
            specs.append(_field(event, path))
            continue
        held = _at(event, path)
        label = _label(path, path.rpartition(".")[2])
        specs.append(FieldSpec(path, Kind.FLAG, "no" if held is None else "yes", (), label))
        if held is not None:
            specs += _struct_fields(event, path)
    return tuple(specs)


def switched(event: Event, path: str, *, is_on: bool) -> Event:
    """The event with a rule turned on, as it was if it has it, or off."""
    above, _, name = path.rpartition(".")
    value = (_at(event, path) or SWITCHES[path](event)) if is_on else None
    if not above:
        return msgspec.structs.replace(event, **{name: value})
    changed = msgspec.structs.replace(_at(event, above), **{name: value})
    return msgspec.structs.replace(event, **{above: changed})


def with_consequence(event: Event, line: str) -> Event:
    """The event with one more rule of consequence at the end, with an id that is free."""
    rules = event.awards.consequences
    taken = {rule.id for rule in rules}
    free = next(number for number in range(1, len(taken) + 2) if f"C{number}" not in taken)
    title = (Outcome(kind=OutcomeKind.TITLE),)
    return _with_rules(event, (*rules, ConsequenceRule(id=f"C{free}", line=line, outcomes=title)))


def without_consequence(event: Event, place: int) -> Event:
    """The event without the rule of consequence at a place."""
    rules = event.awards.consequences
    return _with_rules(event, (*rules[:place], *rules[place + 1 :]))


def with_consequence_moved(event: Event, place: int, to: int) -> Event:
    """The event with a rule of consequence at another place."""
    rules = list(event.awards.consequences)
    rules.insert(to, rules.pop(place))
    return _with_rules(event, tuple(rules))


def _with_rules(event: Event, rules: tuple[ConsequenceRule, ...]) -> Event:
    awards = msgspec.structs.replace(event.awards, consequences=rules)
    return msgspec.structs.replace(event, awards=awards)


def _struct_fields(event: Event, path: str) -> list[FieldSpec]:
    return [_field(event, f"{path}.{name}") for name in _at(event, path).__struct_fields__]


def _field(event: Event, path: str) -> FieldSpec:
    above, _, name = path.rpartition(".")
    spec = struct_field(
        _at(event, above) if above else event, name, path=path, label=_label(path, name)
    )
    if name != "aspect":
        return spec
    direct = [one for one in event.aspects() if isinstance(one.method, Direct)]
    offered = {one.id: f"{one.id}  {one.name}" for one in direct} | {"": ""}
    offered.setdefault(AspectId(spec.value), spec.value)
    return FieldSpec(
        path, Kind.CHOICE, spec.value, tuple(offered), spec.label, said=tuple(offered.values())
    )


def _label(path: str, name: str) -> str:
    plain = ".".join(part for part in path.split(".") if not part.isdecimal())
    return f"rule_{plain.replace('.', '_')}" if plain in _OWN_LABELS else f"field_{name}"


def _at(event: Event, path: str) -> Any:
    found: Any = event
    for part in path.split("."):
        found = found[int(part)] if part.isdecimal() else getattr(found, part)
    return found


def _first_direct(event: Event) -> AspectId:
    direct = (one.id for one in event.aspects() if isinstance(one.method, Direct))
    return next(direct, AspectId(""))
