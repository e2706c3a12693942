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
from app.domain.score_effects import gate_penalties, gates_of
from app.domain.scoreboard import Scoreboard
from app.domain.scoring import EntryScore, ModuleScore, highest_total

__all__ = ["Node", "NodeKind", "Note", "calculation"]


def calculation(board: Scoreboard, entry: EntryId) -> Node:
    """The whole calculation of an entry, from its total down to each judge's score."""
    event, score = board.event, board.score(entry)
    penalties = (*board.penalties(entry), *gate_penalties(gates_of(event), score.aspects))
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
            component.rounding or event.rounding.component,
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
    most = highest_total(event)
    if most is not None and subtotal > most:
        subtotal = most
        notes.append(Note("total-most", {"most": show_exact(most)}))
    notes += _cap_notes(score.capped_by)
    if not score.is_complete:
        notes.append(Note("so-far", {"missing": score.missing, "unsettled": score.unsettled}))
    return Node(
        NodeKind.TOTAL,
        event.code,
        event.name,
        event.name_en,
        _less(plain.formula, score.deducted),
        0 if score.zeroed_by else _under(subtotal - score.deducted, score.total, score.capped_by),
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
    notes += _cap_notes(score.capped_by)
    if module.attempts is not None:
        notes.append(Note(f"attempts-{module.attempts.value}"))
    return Node(
        NodeKind.MODULE,
        module.id,
        module.name,
        module.name_en,
        _less(show_exact(score.raw) if module.attempts else _plus(parts), score.deducted),
        0 if score.zeroed_by else _under(score.raw - score.deducted, score.mark, score.capped_by),
        None if score.zeroed_by else module.rounding or event.rounding.module,
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
    gates = {str(aspect.id): aspect for aspect in event.aspects()}
    named = gates | {reason.code: reason for reason in event.penalties}
    nodes = []
    for penalty in penalties:
        reason = named.get(penalty.reason)
        names = (reason.name, reason.name_en) if reason else ("", "")
        note = Note(f"effect-{penalty.effect.value}")
        taken = None
        if penalty.effect is PenaltyEffect.DEDUCT:
            taken = -penalty.points
        elif penalty.effect is PenaltyEffect.CAP:
            taken = int(penalty.points)
        nodes.append(
            Node(NodeKind.PENALTY, penalty.reason, *names, "", taken, None, taken, (note,))
        )
    return tuple(nodes)


def _cap_notes(reasons: Sequence[str]) -> list[Note]:
    return [Note("capped", {"reasons": ", ".join(reasons)})] if reasons else []


def _under(exact: Exact, result: Exact, capped_by: Sequence[str]) -> Exact:
    """What is rounded: the mark, or the cap that holds it down."""
    return min(exact, result) if capped_by else exact


def _plus(nodes: Iterable[Node]) -> str:
    return " + ".join(show_exact(node.result or 0) for node in nodes)


def _less(formula: str, deducted: Exact) -> str:
    return f"{formula} − {show_exact(deducted)}" if deducted else formula
