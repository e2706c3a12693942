"""Technical review (技术点评): how the field did at every task, and how alike the judges saw it.

Figures only: no entry, name or work code leaves this module. It is about the complete, competing
entries, as the marks stand now. Domain rules 2.13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId
from app.domain.methods import PanelMethod, scale_width
from app.domain.points import SCALE, Exact
from app.domain.roles import Role
from app.domain.scheme import Aspect, Event
from app.domain.scores import EntryScore
from app.domain.scoring import event_maximum
from app.domain.statistics import (
    Distribution,
    ItemFigures,
    JudgeFigures,
    Quantiles,
    correlation,
    distribution,
    item_figures,
    judge_figures,
    most_lost,
    panel_agreement,
    quantiles,
)
from app.services.clocks import used_seconds
from app.services.live import LiveBoard, board
from app.services.station import Station
from app.storage import queries

_HUNDRED = 100 * SCALE
_THEORY = "theory"


@dataclass(frozen=True, slots=True)
class TechnicalReview:
    """The figures of an event.

    ``modules`` and ``aspects`` are in the order of the scheme; ``judges`` compare on a scale of 0
    to 100, whatever each aspect's own; ``correlation`` is of theory and practice, ``None`` where
    there is no theory.
    """

    event: Event
    entries: int
    distribution: Distribution | None
    modules: tuple[ItemFigures, ...]
    aspects: tuple[ItemFigures, ...]
    most_lost: tuple[ItemFigures, ...]
    times: tuple[tuple[ModuleId, Quantiles], ...]
    judges: tuple[JudgeFigures, ...]
    agreement: Fraction | None
    correlation: Fraction | None

    @property
    def whole_modules(self) -> frozenset[str]:
        """Aspects that are a whole module by themselves, such as an imported theory mark: what is
        lost there says nothing of a task."""
        return _whole(self.event)


def technical_review(station: Station, event: EventCode) -> TechnicalReview:
    """The figures as the marks stand now; for the chief judge, for they tell how totals lie."""
    if station.actor.role is not Role.CHIEF:
        raise RuleBroken("technical-hidden")
    live = board(station, event)
    # Divisions are looked at together, so by totals.
    ranked = [row.entry for row in sorted(live.ranking.rows, key=lambda row: -row.total)]
    scores = [live.scores.score(entry) for entry in ranked]
    aspects = _aspects(live.event, scores)
    panels = _panels(station, live, set(ranked))
    return TechnicalReview(
        event=live.event,
        entries=len(ranked),
        distribution=_distribution(live.event, scores),
        modules=_modules(live.event, scores),
        aspects=aspects,
        most_lost=tuple(most_lost(one for one in aspects if one.id not in _whole(live.event))),
        times=_times(station, live.event, ranked),
        judges=tuple(judge_figures(panels)),
        agreement=panel_agreement(panels),
        correlation=_correlation(live.event, scores),
    )


def _whole(event: Event) -> frozenset[str]:
    modules = [list(module.aspects()) for module in event.modules]
    alone = frozenset(str(aspects[0].id) for aspects in modules if len(aspects) == 1)
    return alone if any(len(aspects) > 1 for aspects in modules) else frozenset()


def _distribution(event: Event, scores: list[EntryScore]) -> Distribution | None:
    """In marks; bands and pass rate by the part of the event's maximum."""
    found = distribution([score.total for score in scores])
    maximum = event_maximum(event)
    if found is None or maximum in {0, _HUNDRED}:
        return found
    parts = distribution([Fraction(score.total * _HUNDRED, maximum) for score in scores])
    assert parts is not None, "the same entries"
    return replace(found, bands=parts.bands, pass_rate=parts.pass_rate)


def _modules(event: Event, scores: list[EntryScore]) -> tuple[ItemFigures, ...]:
    """What was earned before penalties: those say nothing of the task."""
    found = (
        item_figures(module.id, module.maximum, [score.modules[n].raw for score in scores])
        for n, module in enumerate(event.modules)
    )
    return tuple(one for one in found if one is not None)


def _aspects(event: Event, scores: list[EntryScore]) -> tuple[ItemFigures, ...]:
    found = []
    for place, aspect in enumerate(event.aspects()):
        marks: list[Exact] = [score.aspects[place].mark or 0 for score in scores]
        found.append(item_figures(aspect.id, aspect.maximum, marks))
    return tuple(one for one in found if one is not None)


def _times(
    station: Station, event: Event, ranked: list[EntryId]
) -> tuple[tuple[ModuleId, Quantiles], ...]:
    used = used_seconds(station, event)
    found = []
    for module in event.modules:
        seconds = [used[one][module.id] for one in ranked if module.id in used.get(one, {})]
        if (quarters := quantiles(seconds)) is not None:
            found.append((module.id, quarters))
    return tuple(found)


def _correlation(event: Event, scores: list[EntryScore]) -> Fraction | None:
    """Of the theory component with the first other that is no bonus."""
    places = [n for n, one in enumerate(event.components) if one.id == _THEORY]
    others = [n for n, one in enumerate(event.components) if one.id != _THEORY and not one.added]
    if not places or not others:
        return None
    theory, practice = places[0], others[0]
    return correlation(
        [(one.components[theory].mark, one.components[practice].mark) for one in scores]
    )


def _panels(station: Station, live: LiveBoard, ranked: set[EntryId]) -> list[Mapping[str, Exact]]:
    """Every panel's scores on a scale of 0 to 100, in the order in which the last was given."""
    judged = {
        aspect.id: aspect
        for aspect in live.event.aspects()
        if isinstance(aspect.method, PanelMethod)
    }
    if not judged:
        return []
    found: dict[tuple[EntryId, AspectId], dict[str, Exact]] = {}
    last: dict[tuple[EntryId, AspectId], queries.Order] = {}
    given = queries.given_marks(station.connection, live.event.code, aspects=list(judged))
    for mark, giving in given:
        if mark.entry not in ranked or mark.state is not MarkState.VALUE or mark.value is None:
            continue
        where = (mark.entry, mark.aspect)
        found.setdefault(where, {})[mark.judge] = _of_hundred(judged[mark.aspect], mark.value)
        last[where] = max(last.get(where, giving.order), giving.order)
    return [found[where] for where in sorted(found, key=lambda where: (last[where], where))]


def _of_hundred(aspect: Aspect, value: int) -> Fraction:
    assert isinstance(aspect.method, PanelMethod), "only panels are asked about"
    return Fraction(value * _HUNDRED, scale_width(aspect.method))
