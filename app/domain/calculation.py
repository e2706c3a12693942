"""The calculation of one entry's total as a tree, for whoever asks where a number comes from.

Every node carries the numbers that went in as a formula, the exact result before rounding, the
rounding if the scheme names one, and what came out. Formulas are digits and signs only, the same in
every language; what needs words is a ``Note``, a words key with its details.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from app.domain.aspects import AspectResult, AspectState, rounded
from app.domain.disputes import Dispute
from app.domain.entries import Cell, MarkState, Penalty, parse_measured
from app.domain.errors import Detail
from app.domain.ids import EntryId, JudgeId
from app.domain.methods import (
    Count,
    Deduct,
    Judgement,
    Method,
    Panel,
    Tolerance,
    dropped_places,
    panel_mean,
    scaled_mark,
)
from app.domain.points import SCALE, Exact, Points, Rounding, points_of, show_exact
from app.domain.scheme import Aspect, Event, Module, PenaltyEffect
from app.domain.scoreboard import Scoreboard
from app.domain.scoring import EntryScore, ModuleScore


class NodeKind(StrEnum):
    """What a node of the tree stands for."""

    TOTAL = "total"
    COMPONENT = "component"
    MODULE = "module"
    SUBCRITERION = "subcriterion"
    ASPECT = "aspect"
    MEAN = "mean"
    JUDGE = "judge"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said in words: a key of the area ``scoring`` and its details."""

    key: str
    details: dict[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """One step: ``formula`` comes to ``exact``, which ``rounding`` turns into ``result``.

    ``id`` names the thing in the scheme (or the judge, or the penalty's reason); ``name`` and
    ``name_en`` are what the scheme calls it. ``exact`` and ``result`` are ``None`` while there is
    no value. All values are ten-thousandths.
    """

    kind: NodeKind
    id: str
    name: str = ""
    name_en: str = ""
    formula: str = ""
    exact: Exact | None = None
    rounding: Rounding | None = None
    result: Exact | None = None
    notes: tuple[Note, ...] = ()
    children: tuple[Node, ...] = ()


def calculation(board: Scoreboard, entry: EntryId) -> Node:
    """The whole calculation of an entry, from its total down to each judge's score."""
    event, score, penalties = board.event, board.score(entry), board.penalties(entry)
    aspects = {
        aspect.id: _aspect_node(event, aspect, result, dict(board.cells_of(entry, aspect.id)))
        for aspect, result in zip(event.aspects(), score.aspects, strict=True)
    }
    modules: dict[str, list[Node]] = {}
    for module, own in zip(event.modules, score.modules, strict=True):
        parts = tuple(
            _sum_node(
                NodeKind.SUBCRITERION,
                part.id,
                (part.name, part.name_en),
                tuple(aspects[aspect.id] for aspect in part.aspects),
                event.rounding.subcriterion,
            )
            for part in module.subcriteria
        )
        node = _module_node(event, module, own, parts, penalties)
        modules.setdefault(module.component, []).append(node)
    components = tuple(
        _weighted_node(
            NodeKind.COMPONENT,
            component.id,
            (component.name, component.name_en),
            tuple(modules.get(component.id, ())),
            [module.weight for module in event.modules if module.component == component.id],
            event.rounding.component,
        )
        for component in event.components
    )
    return _total_node(event, score, components, penalties)


def _total_node(
    event: Event, score: EntryScore, components: tuple[Node, ...], penalties: Sequence[Penalty]
) -> Node:
    weights = [component.weight for component in event.components]
    plain = _weighted_node(
        NodeKind.TOTAL, event.code, (event.name, event.name_en), components, weights
    )
    booked = _penalty_nodes(event, [item for item in penalties if item.module is None])
    subtotal = plain.exact if plain.exact is not None else 0
    notes = [Note("event-zero", {"reasons": ", ".join(score.zeroed_by)})] if score.zeroed_by else []
    if not score.is_complete:
        notes.append(Note("so-far", {"missing": score.missing, "unsettled": score.unsettled}))
    return Node(
        NodeKind.TOTAL,
        event.code,
        event.name,
        event.name_en,
        _less(plain.formula, score.deducted),
        0 if score.zeroed_by else subtotal - score.deducted,
        event.rounding.total,
        score.total,
        tuple(notes),
        (*components, *booked),
    )


def _module_node(
    event: Event,
    module: Module,
    score: ModuleScore,
    parts: tuple[Node, ...],
    penalties: Sequence[Penalty],
) -> Node:
    booked = _penalty_nodes(event, [item for item in penalties if item.module == module.id])
    notes = (
        [Note("module-zero", {"reasons": ", ".join(score.zeroed_by)})] if score.zeroed_by else []
    )
    return Node(
        NodeKind.MODULE,
        module.id,
        module.name,
        module.name_en,
        _less(_plus(parts), score.deducted),
        0 if score.zeroed_by else score.raw - score.deducted,
        None if score.zeroed_by else event.rounding.module,
        score.mark,
        tuple(notes),
        (*parts, *booked),
    )


def _sum_node(
    kind: NodeKind,
    name: str,
    names: tuple[str, str],
    children: tuple[Node, ...],
    rounding: Rounding | None,
) -> Node:
    exact = rounded(sum((child.result or 0 for child in children), Fraction(0)), None)
    result = rounded(exact, rounding)
    return Node(kind, name, *names, _plus(children), exact, rounding, result, (), children)


def _weighted_node(
    kind: NodeKind,
    name: str,
    names: tuple[str, str],
    children: tuple[Node, ...],
    weights: Sequence[object],
    rounding: Rounding | None = None,
) -> Node:
    total, terms = Fraction(0), []
    for child, weight in zip(children, weights, strict=True):
        share = Fraction(str(weight))
        total += (child.result or 0) * share
        text = show_exact(child.result or 0)
        terms.append(text if share == 1 else f"{text} × {weight}")
    exact = rounded(total, None)
    result = rounded(exact, rounding)
    return Node(kind, name, *names, " + ".join(terms), exact, rounding, result, (), children)


def _penalty_nodes(event: Event, penalties: Iterable[Penalty]) -> tuple[Node, ...]:
    named = {reason.code: reason for reason in event.penalties}
    nodes = []
    for penalty in penalties:
        reason = named.get(penalty.reason)
        names = (reason.name, reason.name_en) if reason else ("", "")
        deducts = penalty.effect is PenaltyEffect.DEDUCT
        note = Note(f"effect-{penalty.effect.value}")
        taken = -penalty.points if deducts else None
        nodes.append(
            Node(NodeKind.PENALTY, penalty.reason, *names, "", taken, None, taken, (note,))
        )
    return tuple(nodes)


def _aspect_node(
    event: Event,
    aspect: Aspect,
    result: AspectResult,
    cells: dict[JudgeId, Cell | Dispute | None],
) -> Node:
    children = _judge_nodes(aspect.method, cells)
    formula, exact = "", result.mark
    notes: tuple[Note, ...] = ()
    if result.state is not AspectState.COMPLETE:
        notes = (Note(f"aspect-{result.state.value}", {"missing": result.missing}),)
    elif result.shown is not MarkState.VALUE and result.shown is not None:
        notes = (Note(f"state-{result.shown.value}"),)
    elif isinstance(aspect.method, Judgement | Panel):
        mean = _mean_node(event, aspect.method, children)
        top = show_exact(_top(aspect.method))
        formula = f"{show_exact(mean.result or 0)} × {show_exact(aspect.maximum)} ÷ {top}"
        exact = rounded(scaled_mark(aspect.method, aspect.maximum, mean.result or 0), None)
        children = (mean,)
    else:
        cell = next(cell for cell in cells.values() if isinstance(cell, Cell))
        formula = _single_formula(aspect, cell)
    rounding = event.rounding.aspect if formula else None
    return Node(
        NodeKind.ASPECT, aspect.id, aspect.name, aspect.name_en,
        formula, exact, rounding, result.mark, notes, children,
    )  # fmt: skip


def _mean_node(event: Event, method: Judgement | Panel, judges: tuple[Node, ...]) -> Node:
    scores = [Points(int(node.result or 0)) for node in judges]
    dropped = dropped_places(method, scores)
    counted = [score for place, score in enumerate(scores) if place not in dropped]
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


def _judge_nodes(method: Method, cells: dict[JudgeId, Cell | Dispute | None]) -> tuple[Node, ...]:
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
                unit = method.unit if isinstance(method, Tolerance) else ""
                node = Node(NodeKind.JUDGE, judge, formula=f"{measured} {unit}".strip())
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
        case Tolerance(nominal=nominal) if cell.measured is not None:
            deviation = abs(parse_measured(cell.measured) - nominal)
            return f"|{cell.measured} − {nominal:f}| = {deviation:f}"
        case _:
            return show_exact(value)


def _top(method: Judgement | Panel) -> int:
    return method.scale * SCALE if isinstance(method, Judgement) else points_of(method.highest)


def _plus(nodes: Iterable[Node]) -> str:
    return " + ".join(show_exact(node.result or 0) for node in nodes)


def _less(formula: str, deducted: Exact) -> str:
    return f"{formula} − {show_exact(deducted)}" if deducted else formula
