"""What a sheet comes to so far, for modules whose rules let judges see it (判分时显示累计分).

It is a help for the eye, not a result: a judge's own score stands for the panel's, and nothing is
rounded before the end.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.entries import Cell, MarkState, parse_measured
from app.domain.methods import Judgement, Panel, Tolerance, scaled_mark, single_mark, tolerance_mark
from app.domain.points import ZERO, Exact, Points, Rounding, round_exact
from app.domain.scheme import Aspect


def sheet_sum(cells: Iterable[tuple[Aspect, Cell | None]], rounding: Rounding) -> Points:
    """The marks of the cells that are filled, added up and rounded as totals are."""
    marks: list[Exact] = [_mark(aspect, cell) for aspect, cell in cells if cell is not None]
    return round_exact(sum(marks, start=ZERO), rounding)


def _mark(aspect: Aspect, cell: Cell) -> Exact:
    if cell.state is not MarkState.VALUE:
        return ZERO
    match aspect.method:
        case Tolerance() as method:
            return tolerance_mark(method, parse_measured(cell.measured or "0"))
        case Judgement() | Panel() as method:
            return scaled_mark(method, aspect.maximum, cell.value or ZERO)
        case method:
            return single_mark(method, aspect.maximum, cell.value or ZERO)
