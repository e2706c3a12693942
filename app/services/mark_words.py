"""How marks, aspects and who gave them are written wherever they are shown.

Unset is a dash, zero is a zero, and the states that are not marks are said in words.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from app.domain.entries import NOT_ATTEMPTED, RECUSED, Cell, MarkState, is_option, typed_cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, JudgeId
from app.domain.methods import (
    Binary,
    Carried,
    Choice,
    Closest,
    Count,
    Deduct,
    Direct,
    Gate,
    Judgement,
    Ladder,
    Linear,
    Median,
    Panel,
    Tolerance,
    judges_needed,
    takes_parts,
    takes_text,
)
from app.domain.points import format_points, plain_points, points_of
from app.domain.roles import giver_of
from app.domain.scheme import Aspect
from app.services.method_words import full_words, gate_words, result_words, typed_words
from app.words import Words

DASH = "–"


def cell_text(words: Words, aspect: Aspect, cell: Cell | None) -> str:
    """What a cell holds, e.g. ``2.5``, ``119.95 mm``, ``Yes``, ``Not attempted`` or a dash."""
    if cell is None:
        return DASH
    if cell.state is not MarkState.VALUE:
        return words.say(f"marking.state-{cell.state.value}")
    match aspect.method:
        case Binary():
            return words.say("marking.yes" if cell.value else "marking.no")
        case Gate():
            return words.say("methods.kept" if cell.value else "methods.not-kept")
        case method if cell.measured is not None:
            return typed_words(words, method, cell.measured)
        case _:
            return plain_points(cell.value or 0)


def full_text(words: Words, aspect: Aspect, cell: Cell | None) -> str:
    """The same with every part named and what it comes to, for reading before a commit."""
    if cell is not None and cell.value == 0 and isinstance(aspect.method, Gate):
        return gate_words(words, aspect.method, kept=False)
    if cell is None or cell.measured is None:
        return cell_text(words, aspect, cell)
    shown = full_words(words, aspect.method, cell.measured)
    result = result_words(words, aspect, cell.measured) if takes_parts(aspect.method) else ""
    return f"{shown} · {result}" if result else shown


def asked_text(words: Words, aspect: Aspect) -> str:
    """What may be entered, e.g. ``0–3``, ``errors``, ``mm``."""
    match aspect.method:
        case Binary():
            return words.say("marking.asks-binary")
        case Direct(step=step):
            top = plain_points(aspect.maximum)
            return words.say("marking.asks-step", low="0", high=top, step=_plain(step))
        case Deduct() | Count():
            errors = isinstance(aspect.method, Deduct)
            return words.say("marking.asks-errors" if errors else "marking.asks-hits")
        case Ladder(marks=marks):
            return " / ".join(_plain(mark) for mark in marks)
        case Tolerance(unit=unit) | Linear(unit=unit):
            return words.say("marking.asks-measured", unit=unit or "–")
        case Judgement(scale=highest) | Carried(maximum=highest):
            return f"0–{highest}"
        case Panel() | Median() | Closest() as panel:
            return words.say(
                "marking.asks-step",
                low=_plain(panel.lowest),
                high=_plain(panel.highest),
                step=_plain(panel.step),
            )
        case method:
            return words.say(f"methods.asks-{method.__struct_config__.tag}")


def maximum_text(aspect: Aspect) -> str:
    """The most an aspect earns, with two places wherever they are enough."""
    places = 2 if aspect.maximum % 100 == 0 else 4
    return format_points(aspect.maximum, places)


def aspect_name(words: Words, aspect: Aspect) -> str:
    return words.pick(aspect.name, aspect.name_en)


def judge_name(words: Words, judge: JudgeId) -> str:
    """``Judge 2``, or the marking team."""
    if judge == PANEL:
        return words.say("marking.team")
    return words.say("marking.judge", number=judge.removeprefix("J"))


def giver_name(words: Words, by: str) -> str:
    """Who recorded something, from an op's ``by``: ``chief``, ``judge:J2``, ``scorekeeper/AB``."""
    giver = giver_of(by)
    if giver.judge:
        name = judge_name(words, JudgeId(giver.judge))
    else:
        name = words.say(f"marking.by-{giver.office}")
    return f"{name} {giver.initials}" if giver.initials else name


def time_text(at_ms: int) -> str:
    """Local time of day with the date, as a venue's paper says it."""
    return datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%m-%d %H:%M:%S")


def _plain(number: Decimal) -> str:
    return plain_points(points_of(number))


def read_cell(aspect: Aspect, text: str) -> Cell:
    """The cell that typed text means; raises ``RuleBroken``.

    ``x`` is not attempted and, of a judge, ``r`` stands down, unless they are codes of a choice.
    """
    typed = text.strip()
    if is_option(aspect, typed):
        return typed_cell(aspect, typed)
    if typed.lower() in {"x", "n"}:
        return NOT_ATTEMPTED
    if typed.lower() == "r" and judges_needed(aspect.method):
        return RECUSED
    is_measured = takes_text(aspect.method)
    if not typed:
        raise RuleBroken(
            "mark-needs-measured" if is_measured else "mark-needs-value", aspect=aspect.id
        )
    has_words = takes_parts(aspect.method) or isinstance(aspect.method, Choice)
    return typed_cell(aspect, typed if has_words else typed.replace(",", "."))
