"""Taking in keyed marks from a file: all rows in one transaction, or none, with the place named.

A mark that is already there is left as it is; one that differs is replaced only when a reason for
it is given, because an import must not overwrite a judge in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.entries import Cell, MarkState, check_cell, is_option, typed_cell
from app.domain.errors import RuleBroken
from app.domain.facts import FileImported
from app.domain.fed_check import fed_aspects
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId
from app.domain.scheme import Aspect, Event
from app.services import rules
from app.services.cells import EMPTY, Held, HeldCell, give_marks
from app.services.check_states import refuse_nameless
from app.services.live import held
from app.services.roll import roll
from app.services.signing_off import has_signed, is_locked
from app.services.station import Station, recording
from app.services.works import SheetPlan, plan_of, refuse_other, work_codes
from app.storage import queries
from app.storage.queries import CurrentMark

_STATES: Final[Mapping[str, MarkState]] = {
    "not-attempted": MarkState.NOT_ATTEMPTED,
    "n": MarkState.NOT_ATTEMPTED,
    "未做": MarkState.NOT_ATTEMPTED,
    "absent": MarkState.ABSENT,
    "缺考": MarkState.ABSENT,
    "withdrawn": MarkState.WITHDRAWN,
    "弃权": MarkState.WITHDRAWN,
    "recused": MarkState.RECUSED,
    "回避": MarkState.RECUSED,
}

_PLACED: Final = {
    "number-unreadable": "marks-row-unreadable",
    "number-too-fine": "marks-row-too-fine",
    "mark-out-of-range": "marks-row-out-of-range",
    "mark-off-step": "marks-row-off-step",
    "mark-not-on-ladder": "marks-row-not-on-ladder",
}

_Where = tuple[EntryId, AspectId, JudgeId]


@dataclass(frozen=True, slots=True)
class KeyedMark:
    """One row as it stands in the file. ``entry`` is a number, an entry id or a work code; an
    empty ``judge`` is the team's value; ``value`` a decimal number or a state's name."""

    row: int
    entry: str
    aspect: str
    judge: str
    value: str


@dataclass(frozen=True, slots=True)
class MarksImport:
    """What an import came to."""

    given: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Target:
    """Everything a row is checked against, read once.

    ``entries`` are by module: a work code stands for one entry here and another there. ``None`` is
    what would be the number of one entry and the code of another.
    """

    event: Event
    plans: Mapping[AspectId, SheetPlan]
    aspects: Mapping[AspectId, Aspect]
    entries: Mapping[ModuleId, Mapping[str, EntryId | None]]
    standing: Mapping[_Where, HeldCell]


class RowState(StrEnum):
    """What becomes of a row: a new mark, one that stands already, another one, or a problem."""

    NEW = "new"
    SAME = "same"
    REPLACES = "replaces"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class ExaminedRow:
    """One row with what would become of it, and why it cannot be taken.

    ``before`` and ``now`` are the cell of ``aspect`` as it is and as the row says, where both can
    be told.
    """

    row: KeyedMark
    state: RowState
    refusal: RuleBroken | None = None
    aspect: Aspect | None = None
    before: Held = None
    now: Cell | None = None


def import_marks(
    station: Station,
    event: EventCode,
    rows: Iterable[KeyedMark],
    *,
    reason: str = "",
    source: FileImported | None = None,
    origin: object | None = None,
) -> MarksImport:
    """Record keyed marks. Raises ``RuleBroken`` naming the first row that cannot be taken."""
    with recording(station, origin=origin) as log:
        looker = _Looker(station, event)
        changed: dict[_Where, tuple[Cell, OpId | None]] = {}
        unchanged = 0
        for row in rows:
            where, cell, state, op = looker.look(row)
            if state is RowState.SAME:
                unchanged += 1
                continue
            if state is RowState.REPLACES and (op is None or not reason.strip()):
                raise RuleBroken("marks-row-differs", row=row.row, aspect=where[1], judge=where[2])
            changed[where] = (cell, op)
        for (entry, aspect, judge), (cell, op) in changed.items():
            said = reason.strip() if op is not None else ""
            give_marks(log, event, entry, {(aspect, judge): (cell, op)}, reason=said)
        # The same file once more is no event worth a record.
        if source is not None and changed:
            log.add(source)
    return MarksImport(len(changed), unchanged)


def examine_marks(
    station: Station, event: EventCode, rows: Iterable[KeyedMark]
) -> tuple[ExaminedRow, ...]:
    """What an import would make of every row, with all problems at once; records nothing."""
    looker = _Looker(station, event)
    return tuple(looker.examine(row) for row in rows)


class _Looker:
    """Looks at one row after the other as it would be recorded."""

    def __init__(self, station: Station, event: EventCode) -> None:
        self._station = station
        self._target = _target(station, event)
        self._closed = _Closed(station, event)
        self._seen: dict[_Where, int] = {}

    def look(self, row: KeyedMark) -> tuple[_Where, Cell, RowState, OpId | None]:
        """The cell a row is about, what it says and what becomes of it. Raises why it cannot be
        taken."""
        where, cell = _placed(self._target, row)
        if where in self._seen:
            raise RuleBroken("marks-row-repeated", row=row.row, first=self._seen[where])
        self._seen[where] = row.row
        plan = self._target.plans[where[1]]
        refuse_other(self._station, where[2])
        refuse_nameless(self._station, plan.module)
        now, op = self._target.standing.get(where, EMPTY)
        if now == cell:
            return where, cell, RowState.SAME, op
        self._closed.refuse(row, plan, where[2], replaces=now is not None)
        return where, cell, RowState.NEW if now is None else RowState.REPLACES, op

    def examine(self, row: KeyedMark) -> ExaminedRow:
        try:
            where, cell, state, op = self.look(row)
        except RuleBroken as refused:
            return ExaminedRow(row, RowState.PROBLEM, refused)
        if state is RowState.REPLACES and op is None:
            # Two records contradict each other here: the chief settles that first.
            disputed = RuleBroken("cell-disputed", aspect=where[1], work=row.entry)
            return ExaminedRow(row, RowState.PROBLEM, disputed)
        before, _ = self._target.standing.get(where, EMPTY)
        aspect = self._target.aspects[where[1]]
        return ExaminedRow(row, state, aspect=aspect, before=before, now=cell)


def _target(station: Station, event: EventCode) -> _Target:
    in_force = rules.rules(station, event)
    plans: dict[AspectId, SheetPlan] = {}
    numbers: dict[str, EntryId] = {}
    for entry in roll(station, event):
        numbers[entry.number] = entry.id
        numbers[entry.id] = entry.id
    entries: dict[ModuleId, dict[str, EntryId | None]] = {}
    for module in in_force.modules:
        plan = plan_of(in_force, module.id, rules.panel(station, event, module.id))
        plans |= dict.fromkeys(plan.aspects, plan)
        codes = work_codes(station, event, module.id)
        entries[module.id] = dict(numbers)
        for behind, code in codes.items():
            same = numbers.get(code, behind) == behind
            entries[module.id][str(code)] = behind if same else None
        entries[module.id] |= without_zeros(entries[module.id])
    marks: dict[_Where, list[CurrentMark]] = {}
    for mark in queries.current_marks(station.connection, event):
        marks.setdefault((mark.entry, mark.aspect, mark.judge), []).append(mark)
    standing = {
        where: (held(claims), claims[0].op_id if len(claims) == 1 else None)
        for where, claims in marks.items()
    }
    aspects = {aspect.id: aspect for aspect in in_force.aspects()}
    return _Target(in_force, plans, aspects, entries, standing)


def without_zeros(known: Mapping[str, EntryId | None]) -> dict[str, EntryId | None]:
    """A workbook makes 1 of a typed 01: it stands for the same entry, where it can be only one."""
    short: dict[str, EntryId | None] = {}
    for label, entry in known.items():
        if label.startswith("0") and label.isdecimal():
            plain = label.lstrip("0") or "0"
            same = short.get(plain, known.get(plain, entry)) == entry
            short[plain] = entry if same else None
    return short


def _placed(target: _Target, row: KeyedMark) -> tuple[_Where, Cell]:
    """The cell a row is about and what it says."""
    aspect = target.aspects.get(AspectId(row.aspect.strip()))
    if aspect is None:
        raise RuleBroken("marks-row-aspect", row=row.row, aspect=row.aspect[:40])
    if aspect.id in fed_aspects(target.event):
        raise RuleBroken("marks-row-fed", row=row.row, aspect=aspect.id)
    known = target.entries[target.plans[aspect.id].module.id]
    if row.entry.strip() not in known:
        raise RuleBroken("marks-row-entry", row=row.row, entry=row.entry[:40])
    entry = known[row.entry.strip()]
    if entry is None:
        raise RuleBroken("marks-row-two-entries", row=row.row, entry=row.entry[:40])
    judge = JudgeId(row.judge.strip()) or PANEL
    if judge not in target.plans[aspect.id].judges[aspect.id]:
        raise RuleBroken("marks-row-judge", row=row.row, aspect=aspect.id, judge=judge[:40])
    return (entry, aspect.id, judge), _cell(row, aspect)


def _cell(row: KeyedMark, aspect: Aspect) -> Cell:
    text = row.value.strip()
    state = None if is_option(aspect, text) else _STATES.get(text.lower())
    try:
        cell = typed_cell(aspect, text) if state is None else Cell(state)
        refused = check_cell(aspect, cell)
    except RuleBroken as unreadable:
        raise _at(row, aspect, unreadable) from None
    if refused is not None:
        raise _at(row, aspect, refused)
    return cell


def _at(row: KeyedMark, aspect: Aspect, refused: RuleBroken) -> RuleBroken:
    """The same refusal with its place in the file."""
    if refused.code not in _PLACED:
        return RuleBroken(
            "marks-row-unfit", value=row.value.strip()[:40], row=row.row, aspect=aspect.id
        )
    return RuleBroken(_PLACED[refused.code], **refused.details, row=row.row, aspect=aspect.id)


class _Closed:
    """Which modules are locked and which sheets signed; asked once each."""

    def __init__(self, station: Station, event: EventCode) -> None:
        self._station = station
        self._event = event
        self._locked: dict[str, bool] = {}
        self._signed: dict[tuple[str, JudgeId], bool] = {}

    def refuse(self, row: KeyedMark, plan: SheetPlan, judge: JudgeId, *, replaces: bool) -> None:
        """Raise when this row would change something that is closed."""
        module = plan.module.id
        if module not in self._locked:
            self._locked[module] = is_locked(self._station, self._event, module)
        if (module, judge) not in self._signed:
            signed = has_signed(self._station, self._event, module, judge)
            self._signed[module, judge] = signed
        if self._locked[module]:
            raise RuleBroken("marks-row-locked", row=row.row, module=module)
        if replaces and self._signed[module, judge]:
            raise RuleBroken("marks-row-signed", row=row.row, module=module, judge=judge)
