"""Whether a scheme can be run: errors that stop it from being frozen, and warnings that do not.

Each finding names where it is, and all of them are given at once. A warning is worth a look by
the chief judge; official limits that nobody could confirm are warnings, never errors (domain rules
1.4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.domain.adding_up import adding_up_warnings
from app.domain.award_check import check_awards
from app.domain.combined import check_standings
from app.domain.consequences import check_consequences
from app.domain.divisions import check_divisions
from app.domain.errors import RuleBroken
from app.domain.fed_check import check_fed
from app.domain.method_check import check_method, is_too_fine
from app.domain.methods import Direct, Judgement, Panel
from app.domain.penalty_check import check_penalties
from app.domain.points import PLACES, SCALE, Rounding, decimal_of, plain_points
from app.domain.qualifying import check_qualification
from app.domain.recheck import check_recheck
from app.domain.scheme import Aspect, Event, Module, Scheme
from app.domain.scoring import event_maximum
from app.domain.tie_values import names_something

LONGEST_LIMIT = 366 * 24 * 60
"""Minutes. A clock counts days at the most; nobody means more than a year."""

_USABLE_ID = re.compile(r"[^\s:,;/\\\"'\x00-\x1f\x7f]{1,40}")

USUAL_TOTAL = 100 * SCALE
USUAL_MOST_PER_ASPECT = Decimal(2)
USUAL_MOST_JUDGED_PERCENT = 20


def check_scheme(scheme: Scheme) -> list[RuleBroken]:
    """Everything that keeps these rules from being used; empty when nothing does."""
    found = list(_repeated("event-repeated", (event.code for event in scheme.events)))
    if not scheme.events:
        found.append(RuleBroken("scheme-without-events"))
    for event in scheme.events:
        found += check_event(event)
    events = [event.code for event in scheme.events]
    return [*found, *check_standings(scheme.competition.standings, events)]


def check_event(event: Event) -> list[RuleBroken]:
    """Everything that keeps one event's rules from being used."""
    return [
        *_check_ids(event),
        *_check_modules(event),
        *_check_components(event),
        *(fault for aspect in event.aspects() for fault in check_method(event, aspect)),
        *_check_sections(event),
        *_check_rounding(event),
        *_check_most(event),
        *_check_tie_keys(event),
        *check_awards(event.awards, event.code),
        *check_divisions(event),
        *check_consequences(event),
        *check_penalties(event),
        *check_recheck(event),
        *check_fed(event),
        *check_qualification(event),
    ]


def _repeated(code: str, ids: Iterable[str], **where: str) -> Iterator[RuleBroken]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield RuleBroken(code, **where, id=name)


def _check_ids(event: Event) -> Iterator[RuleBroken]:
    subcriteria = [part for module in event.modules for part in module.subcriteria]
    kinds: dict[str, list[str]] = {
        "module-repeated": [str(module.id) for module in event.modules],
        "subcriterion-repeated": [str(part.id) for part in subcriteria],
        "aspect-repeated": [str(aspect.id) for aspect in event.aspects()],
        "component-repeated": [str(component.id) for component in event.components],
        "penalty-repeated": [reason.code for reason in event.penalties],
    }
    for code, ids in kinds.items():
        yield from _repeated(code, ids, event=event.code)
        for name in ids:
            if not _USABLE_ID.fullmatch(name):
                yield RuleBroken("id-unusable", event=event.code, id=name)
    if not _USABLE_ID.fullmatch(event.code):
        yield RuleBroken("id-unusable", event=event.code, id=event.code)


def _check_modules(event: Event) -> Iterator[RuleBroken]:
    if not event.modules:
        yield RuleBroken("event-without-modules", event=event.code)
    if event.late_minutes < 0:
        yield RuleBroken("late-limit-negative", event=event.code)
    for module in event.modules:
        where = {"event": event.code, "module": module.id}
        if not any(True for _ in module.aspects()):
            yield RuleBroken("module-without-aspects", **where)
        if not module.weight.is_finite() or module.weight <= 0:
            yield RuleBroken("module-weight-not-positive", **where, weight=str(module.weight))
        if module.limit_minutes < 0 or any(cue < 0 for cue in module.cue_minutes):
            yield RuleBroken("module-time-negative", **where)
        if max(module.limit_minutes, *module.cue_minutes, 0) > LONGEST_LIMIT:
            yield RuleBroken("module-time-too-long", **where, most=LONGEST_LIMIT)
        if module.stated_max is not None and is_too_fine(module.stated_max):
            value = str(module.stated_max)
            yield RuleBroken("module-number-too-fine", **where, value=value, places=PLACES)
        yield from _repeated("workplace-repeated", module.workplaces, **where)
        for part in module.subcriteria:
            if part.day < 1:
                yield RuleBroken("subcriterion-day", **where, subcriterion=part.id)
            if not part.aspects:
                yield RuleBroken("subcriterion-without-aspects", **where, subcriterion=part.id)


def _check_components(event: Event) -> Iterator[RuleBroken]:
    known = {component.id for component in event.components}
    for module in event.modules:
        if module.component not in known:
            yield RuleBroken(
                "component-unknown",
                event=event.code,
                module=module.id,
                component=module.component,
            )
    used = {module.component for module in event.modules}
    weights = [component.weight for component in event.components if not component.added]
    for component in event.components:
        if component.id not in used:
            yield RuleBroken("component-unused", event=event.code, component=component.id)
    if any(not part.weight.is_finite() or part.weight <= 0 for part in event.components):
        yield RuleBroken("component-weight-not-positive", event=event.code)
    elif sum(weights) != 1:
        yield RuleBroken("component-weights-sum", event=event.code, sum=_plain(sum(weights)))


def _check_sections(event: Event) -> Iterator[RuleBroken]:
    ids = (section.id for section in event.sections)
    yield from _repeated("section-repeated", ids, event=event.code)
    known = {section.id for section in event.sections}
    for aspect in event.aspects():
        if aspect.section and aspect.section not in known:
            yield RuleBroken(
                "section-unknown", event=event.code, aspect=aspect.id, section=aspect.section
            )
    for section in event.sections:
        if is_too_fine(section.mark) or section.mark < 0:
            yield RuleBroken("section-mark", event=event.code, section=section.id)


def _check_rounding(event: Event) -> Iterator[RuleBroken]:
    stages = event.rounding
    named: dict[str, Rounding | None] = {
        "judge": stages.judge,
        "aspect": stages.aspect,
        "subcriterion": stages.subcriterion,
        "module": stages.module,
        "component": stages.component,
        "total": stages.total,
    }
    named |= {str(module.id): module.rounding for module in event.modules}
    named |= {str(component.id): component.rounding for component in event.components}
    for stage, rounding in named.items():
        if rounding is not None and not 0 <= rounding.places <= PLACES:
            yield RuleBroken("rounding-places", event=event.code, stage=stage, places=PLACES)


def _check_most(event: Event) -> Iterator[RuleBroken]:
    if event.most is not None and (is_too_fine(event.most) or event.most <= 0):
        yield RuleBroken("most-not-positive", event=event.code)
    if is_too_fine(event.least_total) or event.least_total > 0:
        yield RuleBroken("least-above-zero", event=event.code)


def _check_tie_keys(event: Event) -> Iterator[RuleBroken]:
    for key in event.tie_keys:
        if not names_something(event, key):
            code = "tie-key-no-clock" if key.by.startswith("time") else "tie-key-unknown"
            yield RuleBroken(code, event=event.code, by=key.by)
        if not 0 <= key.places <= PLACES:
            yield RuleBroken("tie-key-places", event=event.code, by=key.by, places=PLACES)
    yield from _repeated("tie-key-repeated", (key.by for key in event.tie_keys), event=event.code)


def scheme_warnings(event: Event) -> list[RuleBroken]:
    """What the chief judge should look at before freezing an event that has no errors.

    The findings are never raised; they are refusals in form only so that they have words.
    """
    total = event_maximum(event)
    found = []
    if total != USUAL_TOTAL and event.quiz is None and event.proposals is None:
        found.append(RuleBroken("total-unusual", event=event.code, total=plain_points(total)))
    found += _section_warnings(event)
    found += adding_up_warnings(event)
    for module in event.modules:
        found += _module_warnings(event, module)
    return found + _judged_warnings(event)


def _section_warnings(event: Event) -> Iterator[RuleBroken]:
    for section in event.sections:
        given = sum(aspect.max for aspect in event.aspects() if aspect.section == section.id)
        if given != section.mark:
            yield RuleBroken(
                "section-variation",
                event=event.code,
                section=section.id,
                stated=_plain(section.mark),
                given=_plain(given),
                variation=_plain(abs(section.mark - given)),
            )
    if event.sections:
        for aspect in event.aspects():
            if not aspect.section:
                yield RuleBroken("section-missing", event=event.code, aspect=aspect.id)


def _module_warnings(event: Event, module: Module) -> Iterator[RuleBroken]:
    own = decimal_of(module.maximum)
    where = {"event": event.code, "module": module.id}
    if module.stated_max is not None and module.stated_max != own:
        stated = _plain(module.stated_max)
        yield RuleBroken("stated-max-differs", **where, stated=stated, given=_plain(own))
    is_fine = _is_marked_finely(event)
    for aspect in module.aspects():
        # A panel's score or a theory paper is one large aspect by nature.
        large = aspect.max > USUAL_MOST_PER_ASPECT
        if is_fine and large and not isinstance(aspect.method, Panel | Direct):
            yield RuleBroken(
                "aspect-max-unusual", **where, aspect=aspect.id, max=_plain(aspect.max)
            )
        if isinstance(aspect.method, Judgement) and not aspect.descriptors:
            yield RuleBroken("descriptors-missing", **where, aspect=aspect.id)


def _is_marked_finely(event: Event) -> bool:
    """Whether an aspect is small as a rule; many trades give 10 marks for one, and mean to."""
    small = [aspect.max <= USUAL_MOST_PER_ASPECT for aspect in event.aspects()]
    return 2 * sum(small) >= len(small)


def _judged_warnings(event: Event) -> list[RuleBroken]:
    whole = sum(aspect.max for aspect in event.aspects())
    judged = sum(aspect.max for aspect in event.aspects() if _is_judgement(aspect))
    percent = 100 * judged / whole if whole else Decimal(0)
    if percent <= USUAL_MOST_JUDGED_PERCENT:
        return []
    return [
        RuleBroken(
            "judged-share-unusual",
            event=event.code,
            percent=_plain(percent.quantize(Decimal("0.1"))),
            usual=USUAL_MOST_JUDGED_PERCENT,
        )
    ]


def _is_judgement(aspect: Aspect) -> bool:
    return isinstance(aspect.method, Judgement)


def _plain(number: Decimal | int) -> str:
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
