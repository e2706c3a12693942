"""The calculation as it is shown: what was typed stands in words, not in codes."""

from __future__ import annotations

from app.domain.calculation_node import Node, NodeKind
from app.domain.points import parse_points
from app.words import Words
from tests.services.method_samples import EVENT
from ui.screens.results.why import step_of

ASPECTS = {aspect.id: aspect for aspect in EVENT.aspects()}


def test_parts_are_named_also_in_the_line_of_a_judge() -> None:
    faults = next(aspect for aspect in EVENT.aspects() if aspect.name_en == "Faults of working")
    given = Node(NodeKind.JUDGE, "PANEL", typed="F1=2;F2=1", result=parse_points("8"))
    node = Node(NodeKind.ASPECT, faults.id, result=parse_points("8"), children=(given,))
    step = step_of(node, Words.load("en"), dict(ASPECTS))
    assert step.children[0].formula == "F1  Scratched ×2; F2  Tool dropped ×1"
