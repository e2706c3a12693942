"""The calculation of one aspect as a tree: each judge's entry, the panel's mean, the mark."""

from __future__ import annotations

from dataclasses import replace

from app.domain.aspects import AspectResult, AspectState, rounded
from app.domain.calculation_node import Node, NodeKind, Note
from app.domain.disputes import Dispute
from app.domain.entries import Cell, MarkState
from app.domain.ids import JudgeId
from app.domain.methods import (
    Carried,
    Count,
    Deduct,
    FieldMethod,
    Gate,
    Method,
    PanelMethod,
    Tolerance,
    dropped_places,
    field_mark,
    panel_mean,
    scaled_mark,
    takes_text,
    text_mark,
    top_score,
)
from app.domain.points import SCALE, Points, points_of, show_exact
from app.domain.scheme import Aspect, Event
from app.domain.typed import parse_measured


def aspect_node(
    event: Event,
    aspect: Aspect,
    result: AspectResult,
    cells: dict[JudgeId, Cell | Dispute | None],
) -> Node:
    """How the aspect's mark came about, or what it waits for."""
    children = _judge_nodes(cells)
    formula, typed, exact = "", "", result.mark
    notes: tuple[Note, ...] = ()
    if result.state is not AspectState.COMPLETE:
        notes = (Note(f"aspect-{result.state.value}", {"missing": result.missing}),)
    elif result.shown is not MarkState.VALUE and result.shown is not None:
        notes = (Note(f"state-{result.shown.value}"),)
    elif isinstance(aspect.method, PanelMethod):
        mean = _mean_node(event, aspect.method, children)
        top = show_exact(top_score(aspect.method))
        formula = f"{show_exact(mean.result or 0)} × {show_exact(aspect.maximum)} ÷ {top}"
        exact = rounded(scaled_mark(aspect.method, aspect.maximum, mean.result or 0), None)
        children = (mean,)
        notes = (Note("spread-let-stand"),) if result.was_let_stand else ()
    elif isinstance(aspect.method, FieldMethod):
        exact = rounded(field_mark(aspect.maximum, result.shares), None)
        formula, children = _field_formula(result, children)
        typed = "" if formula else children[0].typed
        notes = (Note("from-field"),)
    else:
        cell = next(cell for cell in cells.values() if isinstance(cell, Cell))
        formula = _single_formula(aspect, cell)
        typed = "" if formula else cell.measured or ""
        if takes_text(aspect.method) and cell.measured is not None:
            exact = rounded(text_mark(aspect.method, aspect.maximum, cell.measured), None)
        notes = _read_notes(aspect.method, result)
    rounding = event.rounding.aspect if formula or typed else None
    return Node(
        NodeKind.ASPECT, aspect.id, aspect.name, aspect.name_en,
        formula, exact, rounding, result.mark, notes, children, typed,
    )  # fmt: skip


def _read_notes(method: Method, result: AspectResult) -> tuple[Note, ...]:
    """What the mark alone does not tell."""
    if isinstance(method, Gate):
        return (Note("gate-broken" if 0 in result.values else "gate-kept"),)
    return ()


def _field_formula(result: AspectResult, judges: tuple[Node, ...]) -> tuple[str, tuple[Node, ...]]:
    """Nothing where one value was typed; else the mean of what each judge's came to."""
    if len(judges) == 1:
        return "", judges
    given = [share for share in result.shares if share is not None]
    told = tuple(
        node if share is None else replace(node, exact=share, result=share)
        for node, share in zip(judges, result.shares, strict=True)
    )
    return f"({' + '.join(show_exact(share) for share in given)}) ÷ {len(given)}", told


def _mean_node(event: Event, method: PanelMethod, judges: tuple[Node, ...]) -> Node:
    scored = [place for place, node in enumerate(judges) if node.result is not None]
    scores = [Points(int(judges[place].result or 0)) for place in scored]
    left_out = dropped_places(method, scores)
    counted = [score for place, score in enumerate(scores) if place not in left_out]
    dropped = {scored[place] for place in left_out}
    marked = tuple(
        Node(node.kind, node.id, exact=node.exact, result=node.result, notes=(Note("dropped"),))
        if place in dropped
        else node
        for place, node in enumerate(judges)
    )
    exact = rounded(panel_mean(method, scores), None)
    formula = f"({' + '.join(show_exact(score) for score in counted)}) ÷ {len(counted)}"
    stage = event.rounding.judge
    return Node(NodeKind.MEAN, "", "", "", formula, exact, stage, rounded(exact, stage), (), marked)


def _judge_nodes(cells: dict[JudgeId, Cell | Dispute | None]) -> tuple[Node, ...]:
    nodes = []
    for judge, held in cells.items():
        match held:
            case None:
                node = Node(NodeKind.JUDGE, judge, notes=(Note("cell-unset"),))
            case Dispute():
                node = Node(NodeKind.JUDGE, judge, notes=(Note("cell-disputed"),))
            case Cell(state=MarkState.VALUE, value=int() as value):
                node = Node(NodeKind.JUDGE, judge, exact=value, result=value)
            case Cell(state=MarkState.VALUE, measured=str() as measured):
                node = Node(NodeKind.JUDGE, judge, typed=measured)
            case _:
                node = Node(NodeKind.JUDGE, judge, notes=(Note(f"state-{held.state.value}"),))
        nodes.append(node)
    return tuple(nodes)


def _single_formula(aspect: Aspect, cell: Cell) -> str:
    maximum, value = show_exact(aspect.maximum), cell.value or 0
    match aspect.method:
        case Deduct(per=per):
            return f"{maximum} − {show_exact(points_of(per))} × {value // SCALE}"
        case Count(per=per):
            return f"{show_exact(points_of(per))} × {value // SCALE}"
        case Carried(maximum=whole) if cell.measured is not None:
            return f"{cell.measured} ÷ {whole:f} × {maximum}"
        case Tolerance(nominal=nominal) if cell.measured is not None:
            deviation = abs(parse_measured(cell.measured) - nominal)
            return f"|{cell.measured} − {nominal:f}| = {deviation:f}"
        case _:
            return "" if cell.measured is not None else show_exact(value)
