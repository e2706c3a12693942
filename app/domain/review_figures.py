"""The figures of a technical review worked out of a scoreboard: who is who never leaves here.

Panels are taken in the order of the work's number, so that drift means over the day of marking
only where works were marked in that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.domain.entries import Cell, MarkState
from app.domain.ids import ComponentId, ModuleId
from app.domain.methods import PanelMethod, top_score
from app.domain.points import SCALE, Exact
from app.domain.ranking import Ranking
from app.domain.scoreboard import Scoreboard
from app.domain.statistics import (
    Distribution,
    ItemFigures,
    JudgeFigures,
    Quantiles,
    correlation,
    distribution,
    item_figures,
    judge_figures,
    panel_agreement,
    quantiles,
)
from app.domain.tie_values import UsedTimes


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """Everything a technical review says in numbers. ``judges`` are on a scale of 0 to 1.

    ``theory_practice`` is the correlation of the first two components, where there are two.
    """

    totals: Distribution | None
    modules: tuple[ItemFigures, ...]
    aspects: tuple[ItemFigures, ...]
    judges: tuple[JudgeFigures, ...]
    agreement: Fraction | None
    theory_practice: Fraction | None
    times: Mapping[ModuleId, Quantiles]


def review_figures(
    board: Scoreboard, ranking: Ranking, used_times: UsedTimes | None = None
) -> ReviewFigures:
    """The figures over those who are ranked and compete."""
    event = board.event
    scores = [board.score(row.entry) for row in ranking.rows]
    modules = (
        item_figures(module.id, module.maximum, [score.modules[place].raw for score in scores])
        for place, module in enumerate(event.modules)
    )
    aspects = (
        item_figures(
            aspect.id, aspect.maximum, [score.aspects[place].mark or 0 for score in scores]
        )
        for place, aspect in enumerate(event.aspects())
    )
    panels = list(_panels(board, ranking))
    return ReviewFigures(
        distribution([row.total for row in ranking.rows]),
        tuple(item for item in modules if item is not None),
        tuple(item for item in aspects if item is not None),
        tuple(judge_figures(panels)),
        panel_agreement(panels),
        _theory_practice(board, ranking),
        _times(board, ranking, used_times or {}),
    )


def _panels(board: Scoreboard, ranking: Ranking) -> Iterator[Mapping[str, Exact]]:
    """Every panel's scores of one aspect of one work, as a share of the top of its scale."""
    judged = [aspect for aspect in board.event.aspects() if isinstance(aspect.method, PanelMethod)]
    entries = sorted(
        (board.entry(row.entry) for row in ranking.rows), key=lambda entry: (entry.number, entry.id)
    )
    for entry in entries:
        for aspect in judged:
            assert isinstance(aspect.method, PanelMethod)
            top = top_score(aspect.method)
            yield {
                str(judge): Fraction(held.value * SCALE, top)
                for judge, held in board.cells_of(entry.id, aspect.id)
                if isinstance(held, Cell)
                and held.state is MarkState.VALUE
                and held.value is not None
            }


def _theory_practice(board: Scoreboard, ranking: Ranking) -> Fraction | None:
    parts: list[ComponentId] = [part.id for part in board.event.components if not part.added]
    if len(parts) != 2:
        return None
    scores = [board.score(row.entry) for row in ranking.rows]
    return correlation(
        [(score.component(parts[0]).mark, score.component(parts[1]).mark) for score in scores]
    )


def _times(
    board: Scoreboard, ranking: Ranking, used_times: UsedTimes
) -> Mapping[ModuleId, Quantiles]:
    found = {}
    for module in board.event.modules:
        used = [
            used_times[row.entry][module.id]
            for row in ranking.rows
            if module.id in used_times.get(row.entry, {})
        ]
        spread = quantiles(used)
        if spread is not None:
            found[module.id] = spread
    return found
