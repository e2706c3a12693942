"""Turns the domain's explanation into the sentences and the tree the screen shows."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.calculation import Node, NodeKind
from app.domain.explain import Explanation, tell, tell_node, tell_notes
from app.domain.points import show_exact
from app.domain.scheme import Aspect, Event
from app.services.method_words import full_words
from app.words import Words
from ui.screens.results.rows import Step, Why


def why_of(event: Event, explanation: Explanation, words: Words, label: str) -> Why:
    """Why this rank, in one language."""
    return Why(
        heading=label,
        sentences=tuple(tell(event, explanation, words)),
        tree=step_of(explanation.tree, words, {one.id: one for one in event.aspects()}),
    )


def step_of(
    node: Node, words: Words, aspects: Mapping[str, Aspect], within: Aspect | None = None
) -> Step:
    """One step of the calculation with all below it; ``within`` is the aspect it belongs to."""
    within = aspects.get(node.id) if node.kind is NodeKind.ASPECT else within
    formula = node.formula
    if node.typed and within is not None:
        formula = full_words(words, within.method, node.typed)
    if formula and node.exact is not None and node.exact != node.result:
        # What was cut off by rounding is what disputes are about, so both numbers are shown.
        formula = f"{formula} = {show_exact(node.exact)}"
    return Step(
        what=tell_node(node, words),
        formula=formula,
        result="–" if node.result is None else show_exact(node.result),
        notes=words.say("results.join").join(tell_notes(node, words)),
        children=tuple(step_of(child, words, aspects, within) for child in node.children),
    )
