"""One step of a calculation: what went in as a formula, what came out, and what to say beside it.

Formulas are digits and signs only, the same in every language; what needs words is a ``Note``, or
the text typed into a cell, whose codes the method names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.errors import Detail
from app.domain.points import Exact, Rounding


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
    no value. All values are ten-thousandths. ``typed`` is what a cell holds instead of a formula.
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
    typed: str = ""
