"""Why this rank (名次说明): what parted an entry from those above and below, and how it scored.

``explain`` gives the facts; ``tell`` puts them into sentences a competitor can be told, in the
language of the words passed in. The calculation itself is the tree of ``calculation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.calculation import Node, calculation
from app.domain.errors import Detail
from app.domain.ids import EntryId
from app.domain.points import Points, Rounding, format_points, plain_points
from app.domain.ranking import ApartRow, RankedRow, Ranking
from app.domain.scheme import Direction, Event, TieKey
from app.domain.scoreboard import Scoreboard
from app.domain.ties import TieDecision


class Texts(Protocol):
    """What can say a words key and choose a scheme's name in one language."""

    def say(self, key: str, **details: Detail) -> str: ...

    def pick(self, name: str, name_en: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """The nearest entry of another rank, and what parted the two.

    ``decided_by`` is ``None`` when the totals differ; else ``own`` and ``theirs`` are the values of
    the key that decided (points, or seconds; ``None`` for a time nobody knows). ``decision`` is
    the recorded play-off, lot or ruling that parted the two.
    """

    entry: EntryId
    rank: int
    own_total: Points
    their_total: Points
    decided_by: TieKey | None
    own: int | None
    theirs: int | None
    decision: TieDecision | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where an entry stands: ``row`` when ranked, ``apart`` when not; one of the two is set.

    ``sharing`` are the others on the same rank; ``is_guest`` means outside the awards (打星).
    """

    entry: EntryId
    row: RankedRow | None
    apart: ApartRow | None
    is_guest: bool
    sharing: tuple[EntryId, ...]
    above: Comparison | None
    below: Comparison | None
    tree: Node


def explain(board: Scoreboard, ranking: Ranking, entry: EntryId) -> Explanation:
    """Why the entry stands where ``ranking``, made from this board, has it."""
    tree = calculation(board, entry)
    for listed, is_guest in ((ranking.rows, False), (ranking.guests, True)):
        row = next((row for row in listed if row.entry == entry), None)
        if row is not None:
            rows = [other for other in listed if other.division == row.division]
            above, below = _neighbours(board.event, rows, rows.index(row))
            sharing = tuple(
                other.entry for other in rows if other.rank == row.rank and other != row
            )
            return Explanation(entry, row, None, is_guest, sharing, above, below, tree)
    apart = next(row for row in ranking.apart if row.entry == entry)
    return Explanation(entry, None, apart, not apart.competing, (), None, None, tree)


def _neighbours(
    event: Event, rows: Sequence[RankedRow], place: int
) -> tuple[Comparison | None, Comparison | None]:
    own = rows[place]
    higher = next((row for row in reversed(rows[:place]) if row.rank < own.rank), None)
    lower = next((row for row in rows[place:] if row.rank > own.rank), None)
    first = next(row for row in rows if row.rank == own.rank)
    return (
        None if higher is None else _compared(event, own, higher, first.decided_by),
        None if lower is None else _compared(event, own, lower, lower.decided_by),
    )


def _compared(
    event: Event, own: RankedRow, other: RankedRow, decided_by: TieKey | None
) -> Comparison:
    values: tuple[int | None, int | None] = (None, None)
    if decided_by is not None:
        place = event.tie_keys.index(decided_by)
        values = (own.keys[place], other.keys[place])
    decision = own.decision if own.decision == other.decision else None
    return Comparison(
        other.entry, other.rank, own.total, other.total, decided_by, *values, decision
    )


def tell(event: Event, explanation: Explanation, texts: Texts) -> list[str]:
    """The explanation in sentences: the standing, what parted it from its neighbours, penalties."""
    return [
        *_standing(event, explanation, texts),
        *_parted(event, explanation, texts),
        *_penalties(explanation.tree, texts),
    ]


def _standing(event: Event, explanation: Explanation, texts: Texts) -> list[str]:
    places = event.rounding.total.places
    if explanation.apart is not None:
        apart = explanation.apart
        total, most = format_points(apart.total, places), format_points(apart.most, places)
        key = f"scoring.why-apart-{apart.reason.value}"
        return [texts.say(key, entry=explanation.entry, total=total, most=most)]
    row = explanation.row
    assert row is not None
    total = format_points(row.total, places)
    said = []
    if explanation.is_guest:
        said.append(texts.say("scoring.why-guest", entry=row.entry))
    if explanation.sharing:
        others = ", ".join(explanation.sharing)
        said.append(
            texts.say(
                "scoring.why-shared", entry=row.entry, rank=row.rank, total=total, others=others
            )
        )
        if event.tie_keys:
            said.append(texts.say("scoring.why-keys-equal"))
    else:
        said.append(texts.say("scoring.why-rank", entry=row.entry, rank=row.rank, total=total))
    return said


def _parted(event: Event, explanation: Explanation, texts: Texts) -> list[str]:
    said = []
    pairs = (("above", explanation.above, 1), ("below", explanation.below, -1))
    for side, compared, sign in pairs:
        if compared is None:
            continue
        details: dict[str, Detail] = {"other": compared.entry, "rank": compared.rank}
        if compared.decision is not None:
            kind = texts.say(f"scoring.decision-{compared.decision.kind.value}")
            reason = compared.decision.reason
            said.append(
                texts.say(f"scoring.why-{side}-decision", **details, kind=kind, reason=reason)
            )
            continue
        if compared.decided_by is None:
            places = event.rounding.total.places
            gap = sign * (compared.their_total - compared.own_total)
            said.append(
                texts.say(
                    f"scoring.why-{side}-total",
                    **details,
                    theirs=format_points(compared.their_total, places),
                    gap=format_points(gap, places),
                )
            )
            continue
        key = compared.decided_by
        wins = "higher" if key.direction is Direction.HIGHER else "lower"
        said.append(
            texts.say(
                f"scoring.why-{side}-key",
                **details,
                by=key_name(event, key, texts),
                own=key_value(key, compared.own, texts),
                theirs=key_value(key, compared.theirs, texts),
                wins=texts.say(f"scoring.key-{wins}-wins"),
            )
        )
    return said


def _penalties(tree: Node, texts: Texts) -> list[str]:
    """What penalties did, said for the total and for each module they touched."""
    said = []
    for component in tree.children:
        for module in component.children:
            said += _penalties_at(module, "module", texts)
    return said + _penalties_at(tree, "event", texts)


def _penalties_at(node: Node, where: str, texts: Texts) -> list[str]:
    said = []
    for child in node.children:
        if child.kind.value == "penalty":
            effect = child.notes[0].key.removeprefix("effect-")
            said.append(
                texts.say(
                    f"scoring.why-{effect}-{where}",
                    name=texts.pick(node.name, node.name_en),
                    reason=texts.pick(child.name, child.name_en) or child.id,
                    points=plain_points(abs(int(child.result or 0))),
                )
            )
    return said


def key_name(event: Event, key: TieKey, texts: Texts) -> str:
    """What a tie key compares, in words: the scheme's own name, or the used time."""
    kind, _, name = key.by.partition(":")
    named: dict[str, tuple[str, str]] = {}
    match kind:
        case "component":
            named = {part.id: (part.name, part.name_en) for part in event.components}
        case "module" | "time":
            named = {part.id: (part.name, part.name_en) for part in event.modules}
        case "subcriterion":
            parts = [part for module in event.modules for part in module.subcriteria]
            named = {part.id: (part.name, part.name_en) for part in parts}
        case _:
            named = {part.id: (part.name, part.name_en) for part in event.aspects()}
    shown = texts.pick(*named[name]) if name in named else name
    return texts.say(f"scoring.key-{kind}{'-all' if not name else ''}", id=name, name=shown)


def key_value(key: TieKey, value: int | None, texts: Texts) -> str:
    """A tie key's value as people read it: marks at the key's places, or h:mm:ss."""
    if value is None:
        return texts.say("scoring.key-unknown")
    if not key.by.startswith("time"):
        return format_points(value, key.places)
    minutes, seconds = divmod(value, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}"


def tell_node(node: Node, texts: Texts) -> str:
    """What a node of the tree is called, in words."""
    name = texts.pick(node.name, node.name_en)
    return texts.say(f"scoring.node-{node.kind.value}", id=node.id, name=name)


def tell_notes(node: Node, texts: Texts) -> list[str]:
    """What is to be said beside a node: its notes and how it was rounded."""
    said = [texts.say(f"scoring.note-{note.key}", **note.details) for note in node.notes]
    if isinstance(node.rounding, Rounding) and node.exact is not None:
        mode = texts.say(f"scoring.mode-{node.rounding.mode.value}")
        said.append(texts.say("scoring.note-rounded", places=node.rounding.places, mode=mode))
    return said
