"""What a sheet comes to so far, for modules whose rules let judges see it (判分时显示累计分).

It is a help for the eye, not a result: a judge's own score stands for the panel's, and nothing is
rounded before the end.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.entries import Cell, MarkState
from app.domain.methods import (
    FieldMethod,
    PanelMethod,
    scaled_mark,
    single_mark,
    takes_text,
    text_mark,
)
from app.domain.points import ZERO, Exact, Points, Rounding, round_exact
from app.domain.scheme import Aspect


def sheet_sum(cells: Iterable[tuple[Aspect, Cell | None]], rounding: Rounding) -> Points:
    """The marks of the cells that are filled, added up and rounded as totals are."""
    marks: list[Exact] = [_mark(aspect, cell) for aspect, cell in cells if cell is not None]
    return round_exact(sum(marks, start=ZERO), rounding)


def _mark(aspect: Aspect, cell: Cell) -> Exact:
    if cell.state is not MarkState.VALUE:
        return ZERO
    method = aspect.method
    if isinstance(method, PanelMethod):
        return scaled_mark(method, aspect.maximum, cell.value or ZERO)
    if isinstance(method, FieldMethod) or (takes_text(method) and cell.measured is None):
        return ZERO
    if takes_text(method):
        return text_mark(method, aspect.maximum, cell.measured or "")
    return single_mark(method, aspect.maximum, cell.value or ZERO)
