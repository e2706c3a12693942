"""The calculation of one entry's total as a tree, for whoever asks where a number comes from.

Every node carries the numbers that went in as a formula, the exact result before rounding, the
rounding if the scheme names one, and what came out. Formulas are digits and signs only, the same in
every language; what needs words is a ``Note``, a words key with its details.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from app.domain.aspects import rounded
from app.domain.calculation_aspects import aspect_node
from app.domain.calculation_node import Node, NodeKind, Note
from app.domain.entries import Penalty
from app.domain.ids import EntryId
from app.domain.points import Exact, Rounding, show_exact
from app.domain.scheme import Event, Module, PenaltyEffect
from app.domain.scoreboard import Scoreboard
from app.domain.scoring import EntryScore, ModuleScore

__all__ = ["Node", "NodeKind", "Note", "calculation"]


def calculation(board: Scoreboard, entry: EntryId) -> Node:
    """The whole calculation of an entry, from its total down to each judge's score."""
    event, score, penalties = board.event, board.score(entry), board.penalties(entry)
    aspects = {
        aspect.id: aspect_node(event, aspect, result, dict(board.cells_of(entry, aspect.id)))
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


def _plus(nodes: Iterable[Node]) -> str:
    return " + ".join(show_exact(node.result or 0) for node in nodes)


def _less(formula: str, deducted: Exact) -> str:
    return f"{formula} − {show_exact(deducted)}" if deducted else formula
