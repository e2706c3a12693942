"""The marks of one event held in memory and scored as they arrive.

Putting a mark costs a few dictionary look-ups; what it touches (its aspect, sub-criterion, module
and the entry's total) is worked out when the score is next asked for, and nothing else is. Cells
are stored as small numbers into a table of distinct ones, so 400,000 marks fit in a few megabytes.
Scores are always those of ``scoring``: this module only decides what to compute again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.aspects import AspectResult, AspectState, judges_of, result_of
from app.domain.disputes import Dispute
from app.domain.entries import Cell, Entry, MarkState, Penalty
from app.domain.errors import RuleBroken
from app.domain.field import field_of, field_results
from app.domain.ids import AspectId, EntryId, JudgeId, ModuleId
from app.domain.points import Points
from app.domain.ranking import Ranking, rank
from app.domain.scheme import Event
from app.domain.scoring import EntryScore, ModuleScore, ScoringPlan
from app.domain.tie_values import UsedTimes
from app.domain.ties import TieDecision

_UNSET = 0
_MOST_REMEMBERED = 4096


def panels_of(
    event: Event, appointed: Mapping[ModuleId, Sequence[JudgeId]]
) -> dict[AspectId, tuple[JudgeId, ...]]:
    """Who enters each aspect: the first judges of its module's panel, or the team as one."""
    return {
        aspect.id: judges_of(aspect, appointed.get(module.id, ()))
        for module in event.modules
        for aspect in module.aspects()
    }


class _Sheet:
    """What the board holds of one entry: cell codes, results so far, and what has become stale."""

    __slots__ = (
        "cells", "entry", "let_stand", "modules", "penalties", "results", "score", "stale",
    )  # fmt: skip

    def __init__(self, entry: Entry, slots: int, aspects: int, modules: int) -> None:
        self.entry = entry
        self.cells = array("I", bytes(4 * slots))
        self.stale = bytearray(b"\1" * aspects)
        self.results: list[AspectResult | None] = [None] * aspects
        self.modules: list[ModuleScore | None] = [None] * modules
        self.penalties: tuple[Penalty, ...] = ()
        self.let_stand: dict[int, list[bytes]] = {}
        self.score: EntryScore | None = None


class Scoreboard:
    """Entries, marks and penalties of one event, with scores kept up to date.

    ``panels`` names the judges of each aspect, as ``panels_of`` lays them out.
    """

    __slots__ = (
        "_aspects", "_cells", "_codes", "_field", "_field_is_stale", "_modules_at",
        "_places", "_plan", "_remembered", "_sheets", "_spans", "_value_codes", "event", "panels",
    )  # fmt: skip

    def __init__(self, event: Event, panels: Mapping[AspectId, Sequence[JudgeId]]) -> None:
        self.event = event
        self.panels = {aspect: tuple(judges) for aspect, judges in panels.items()}
        self._plan = ScoringPlan.of(event)
        self._aspects = {aspect.id: place for place, aspect in enumerate(self._plan.aspects)}
        self._modules_at = [
            place
            for place, module in enumerate(self._plan.modules)
            for _ in range(module.start, module.stop)
        ]
        self._places: dict[tuple[AspectId, JudgeId], tuple[int, int]] = {}
        self._spans: list[tuple[int, int]] = []
        slot = 0
        for place, aspect in enumerate(self._plan.aspects):
            judges = self.panels.get(aspect.id, judges_of(aspect, ()))
            self._spans.append((slot, slot + len(judges)))
            for judge in judges:
                self._places[aspect.id, judge] = (place, slot)
                slot += 1
        self._cells: list[Cell | Dispute | None] = [None]
        self._codes: dict[Cell | Dispute, int] = {}
        self._value_codes: dict[Points, int] = {}
        self._remembered: list[dict[bytes, AspectResult]] = [{} for _ in self._plan.aspects]
        self._sheets: dict[EntryId, _Sheet] = {}
        self._field = frozenset(self._plan.field)
        self._field_is_stale = False

    def set_entry(self, entry: Entry) -> None:
        """Add an entry, or correct its number, unit, state; its marks stay."""
        sheet = self._sheets.get(entry.id)
        if sheet is None:
            slots = self._spans[-1][1] if self._spans else 0
            self._sheets[entry.id] = _Sheet(
                entry, slots, len(self._plan.aspects), len(self._plan.modules)
            )
        else:
            sheet.entry = entry
        self._field_is_stale = bool(self._field)

    def set_penalties(self, entry: EntryId, penalties: Sequence[Penalty]) -> None:
        """All penalties in force against the entry, replacing those known before."""
        sheet = self._sheet(entry)
        sheet.penalties = tuple(penalties)
        sheet.modules = [None] * len(sheet.modules)
        sheet.score = None
        self._field_is_stale = bool(self._field)

    def put(
        self, entry: EntryId, aspect: AspectId, judge: JudgeId, held: Cell | Dispute | None
    ) -> None:
        """What this cell now holds; ``None`` empties it."""
        sheet = self._sheets.get(entry) or self._sheet(entry)
        known = self._places.get((aspect, judge))
        if known is None:
            self.event.aspect(aspect)
            raise RuleBroken("judge-not-on-panel", judge=judge, aspect=aspect)
        place, slot = known
        code = self._code(held)
        if sheet.cells[slot] != code:
            sheet.cells[slot] = code
            sheet.stale[place] = 1
            sheet.score = None
            if place in self._field:
                self._field_is_stale = True

    def let_stand(self, entry: EntryId, aspect: AspectId, scores: Mapping[JudgeId, Cell]) -> None:
        """Let exactly these scores count, however far apart they lie."""
        sheet, place = self._sheet(entry), self._aspects[aspect]
        codes = array("I", [self._code(scores.get(judge)) for judge in self.panels[aspect]])
        sheet.let_stand.setdefault(place, []).append(codes.tobytes())
        sheet.stale[place] = 1
        sheet.score = None

    def cell(self, entry: EntryId, aspect: AspectId, judge: JudgeId) -> Cell | Dispute | None:
        """What this cell holds now."""
        known = self._places.get((aspect, judge))
        return None if known is None else self._cells[self._sheet(entry).cells[known[1]]]

    def entry(self, wanted: EntryId) -> Entry:
        return self._sheet(wanted).entry

    def entries(self) -> list[Entry]:
        return [sheet.entry for sheet in self._sheets.values()]

    def penalties(self, entry: EntryId) -> tuple[Penalty, ...]:
        return self._sheet(entry).penalties

    def holds(self, entry: EntryId) -> bool:
        """Whether the entry is on the board."""
        return entry in self._sheets

    def cells_of(
        self, entry: EntryId, aspect: AspectId
    ) -> Iterator[tuple[JudgeId, Cell | Dispute | None]]:
        """The judges of an aspect with what each has entered."""
        for judge in self.panels.get(aspect, judges_of(self.event.aspect(aspect), ())):
            yield judge, self.cell(entry, aspect, judge)

    def score(self, entry: EntryId) -> EntryScore:
        """The entry's score over everything put so far."""
        sheet = self._sheet(entry)
        if self._field_is_stale:
            self._compare_field()
        if sheet.score is None:
            sheet.score = self._scored(sheet)
        return sheet.score

    def scores(self) -> dict[EntryId, EntryScore]:
        """Every entry's score."""
        if self._field_is_stale:
            self._compare_field()
        scores: dict[EntryId, EntryScore] = {}
        for entry, sheet in self._sheets.items():
            if sheet.score is None:
                sheet.score = self._scored(sheet)
            scores[entry] = sheet.score
        return scores

    def ranking(
        self, used_times: UsedTimes | None = None, decisions: Iterable[TieDecision] = ()
    ) -> Ranking:
        """The ranking as the marks stand now."""
        return rank(self.event, self.entries(), self.scores(), used_times, decisions=decisions)

    def _sheet(self, entry: EntryId) -> _Sheet:
        sheet = self._sheets.get(entry)
        if sheet is None:
            raise RuleBroken("entry-unknown", entry=entry)
        return sheet

    def _code(self, held: Cell | Dispute | None) -> int:
        if held is None:
            return _UNSET
        if isinstance(held, Cell) and held.measured is None and held.state is MarkState.VALUE:
            # Nearly every cell: found by its number, without hashing the whole cell.
            value = held.value if held.value is not None else Points(-1)
            code = self._value_codes.get(value)
            if code is None:
                code = self._value_codes[value] = self._new_code(held)
            return code
        code = self._codes.get(held)
        if code is None:
            code = self._codes[held] = self._new_code(held)
        return code

    def _new_code(self, held: Cell | Dispute) -> int:
        self._cells.append(held)
        return len(self._cells) - 1

    def _result(self, sheet: _Sheet, place: int) -> AspectResult:
        start, stop = self._spans[place]
        codes = sheet.cells[start:stop]
        remembered, key = self._remembered[place], codes.tobytes()
        result = remembered.get(key)
        if result is None:
            if len(remembered) >= _MOST_REMEMBERED:
                remembered.clear()
            result = remembered[key] = self._worked_out(place, codes)
        if result.state is AspectState.SPREAD_BROKEN and key in sheet.let_stand.get(place, ()):
            return self._worked_out(place, codes, may_stand=True)
        return result

    def _worked_out(
        self, place: int, codes: array[int], *, may_stand: bool = False
    ) -> AspectResult:
        held = [self._cells[code] for code in codes]
        aspect = self._plan.aspects[place]
        return result_of(self._plan.stages, aspect, held, may_stand=may_stand)

    def _compare_field(self) -> None:
        """The second pass: aspects that compare entries, for all of them at once."""
        self._field_is_stale = False
        field = field_of((sheet.entry, sheet.penalties) for sheet in self._sheets.values())
        for place in self._plan.field:
            read = {entry: self._result(sheet, place) for entry, sheet in self._sheets.items()}
            aspect = self._plan.aspects[place]
            for entry, result in field_results(self._plan.stages, aspect, read, field).items():
                sheet = self._sheets[entry]
                sheet.stale[place] = 0
                if result != sheet.results[place]:
                    sheet.results[place] = result
                    sheet.modules[self._modules_at[place]] = None
                    sheet.score = None

    def _scored(self, sheet: _Sheet) -> EntryScore:
        place = sheet.stale.find(1)
        while place >= 0:
            result = self._result(sheet, place)
            if result != sheet.results[place]:
                sheet.results[place] = result
                sheet.modules[self._modules_at[place]] = None
            sheet.stale[place] = 0
            place = sheet.stale.find(1, place + 1)
        results = [result for result in sheet.results if result is not None]
        modules = [
            module or self._plan.score_module(number, results, sheet.penalties)
            for number, module in enumerate(sheet.modules)
        ]
        sheet.modules = list(modules)
        return self._plan.score_total(sheet.entry.id, modules, results, sheet.penalties)
