"""Turns the domain's explanation into the sentences and the tree the screen shows."""

from __future__ import annotations

from app.domain.calculation import Node
from app.domain.explain import Explanation, tell, tell_node, tell_notes
from app.domain.points import show_exact
from app.domain.scheme import Event
from app.words import Words
from ui.screens.results.rows import Step, Why


def why_of(event: Event, explanation: Explanation, words: Words, label: str) -> Why:
    """Why this rank, in one language."""
    return Why(
        heading=label,
        sentences=tuple(tell(event, explanation, words)),
        tree=step_of(explanation.tree, words),
    )


def step_of(node: Node, words: Words) -> Step:
    """One step of the calculation with all below it."""
    formula = node.formula
    if formula and node.exact is not None and node.exact != node.result:
        # What was cut off by rounding is what disputes are about, so both numbers are shown.
        formula = f"{formula} = {show_exact(node.exact)}"
    return Step(
        what=tell_node(node, words),
        formula=formula,
        result="–" if node.result is None else show_exact(node.result),
        notes=words.say("results.join").join(tell_notes(node, words)),
        children=tuple(step_of(child, words) for child in node.children),
    )
