"""What the marking screen does, without Qt: choosing a sheet, typing, committing, the next work.

Works are known here by label only. Whatever is typed is kept as a draft at once, so leaving the
screen, or the program ending, costs nobody a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from app.domain.entries import Cell, MarkState
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EventCode, JudgeId, ModuleId
from app.domain.points import Points
from app.domain.roles import Role
from app.domain.scheme import Event, Module
from app.services import rules
from app.services.mark_history import HistoryLine, mark_history
from app.services.marking import commit_sheet, correct_mark, keep_typing, sheet, typed
from app.services.marking_queue import SheetState, Work, queue, sheets_for
from app.services.panel_rows import PanelRow, panel_row, revote
from app.services.sheet_sum import sheet_sum
from app.services.station import Station
from ui.screens.marking.sheet_editor import SheetEditor

_OPEN = {SheetState.EMPTY, SheetState.TYPED, SheetState.STARTED}


class MarkingView(Protocol):
    """What the presenter asks of the screen; each call means: read me again and show it."""

    def show_choices(self) -> None: ...
    def show_queue(self) -> None: ...
    def show_sheet(self) -> None: ...
    def show_row(self) -> None: ...
    def say_overtaken(self, cells: Mapping[AspectId, Cell]) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a commit came to, for the screen to say: the work, the marks given, rows at odds."""

    work: str
    given: int
    at_odds: tuple[AspectId, ...]
    next_work: str | None


class MarkingPresenter:
    """Holds the choice of event, module and sheet, the queue, and the sheet being edited."""

    def __init__(self, station: Station, view: MarkingView) -> None:
        self._station = station
        self._view = view
        self.event: Event | None = None
        self.module: Module | None = None
        self.judge: JudgeId | None = None
        self.judges: tuple[JudgeId, ...] = ()
        self.queue: tuple[Work, ...] = ()
        self.editor: SheetEditor | None = None
        self.obstacle: RuleBroken | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(rules.events(self._station))

    @property
    def is_chief(self) -> bool:
        return self._station.actor.role is Role.CHIEF

    def start(self) -> None:
        """The first event, and its first module that still has something to mark."""
        events = self.events
        if events:
            self.choose_event(events[0].code)
        else:
            self.obstacle = RuleBroken("competition-not-set-up")
            self._view.show_choices()

    def choose_event(self, code: EventCode) -> None:
        self.event = next(event for event in self.events if event.code == code)
        if rules.frozen_rules(self._station, code) is None:
            self.module = None
            self._stop_at(RuleBroken("rules-not-frozen", event=code))
        elif not self.event.modules:
            self._stop_at(RuleBroken("event-without-modules", event=code))
        else:
            modules = [module.id for module in self.event.modules]
            first = next((one for one in modules if self._has_open_works(one)), modules[0])
            self.choose_module(first)

    def choose_module(self, module: ModuleId) -> None:
        if self.event is None:
            return
        self.module = self.event.module(module)
        self.judges = sheets_for(self._station, self.event.code, module)
        if self.judge not in self.judges:
            self.judge = self.judges[0] if self.judges else None
        self._open_queue()

    def choose_judge(self, judge: JudgeId) -> None:
        self.judge = judge
        self._open_queue()

    def read_again(self) -> None:
        """Something was recorded elsewhere: read queue and sheet, keep the cursor and typing."""
        if self.event is None or self.module is None or self.judge is None:
            self.start()
            return
        if (before := self.editor) is None:
            self._open_queue()
            return
        self._read_queue()
        if any(line.label == before.sheet.work for line in self.queue):
            self.open_work(before.sheet.work)
            if self.editor is not None:
                self.editor.resume(before)
                self._view.show_row()

    def open_work(self, work: str, aspect: AspectId | None = None) -> None:
        """Open a work's sheet with what was typed before; raises for an unknown work."""
        if self.event is None or self.module is None or self.judge is None:
            return
        opened = sheet(self._station, self.event.code, self.module.id, work.strip(), self.judge)
        kept = typed(self._station, opened)
        self.editor = SheetEditor(opened, kept.cells)
        if aspect is not None:
            places = [n for n, row in enumerate(opened.rows) if row.aspect.id == aspect]
            self.editor.cursor = places[0] if places else self.editor.cursor
        self._view.show_sheet()
        if kept.overtaken:
            self._view.say_overtaken(kept.overtaken)

    def step_work(self, by: int) -> None:
        """The work before or behind the open one in the queue."""
        labels = [line.label for line in self.queue]
        if labels and self.editor is not None and self.let_go():
            here = labels.index(self.editor.sheet.work) if self.editor.sheet.work in labels else 0
            self.open_work(labels[(here + by) % len(labels)])

    @property
    def unfinished(self) -> int:
        """Works whose chosen sheet is not finished or that go back to the panel."""
        return sum(line.unset > 0 or line.at_odds > 0 for line in self.queue)

    def waiting(self) -> int:
        """``unfinished`` as it is on disk now."""
        if self.event is not None and self.module is not None and self.judge is not None:
            with suppress(RuleBroken):
                lines = queue(self._station, self.event.code, self.module.id, self.judge)
                return sum(line.unset > 0 or line.at_odds > 0 for line in lines)
        return 0

    def press(self, key: str) -> bool:
        return self._edit(lambda editor: editor.press(key))

    def enter(self) -> bool:
        return self._edit(lambda editor: editor.next_unset())

    def back(self) -> bool:
        return self._edit(lambda editor: editor.previous_row())

    def step_part(self, by: int) -> bool:
        return self._edit(lambda editor: editor.step_part(by))

    def move_to(self, place: int) -> bool:
        return self._edit(lambda editor: editor.move_to(place))

    def rub_out(self) -> None:
        self._edit(lambda editor: editor.rub_out())

    def give_up(self) -> bool:
        return self._edit(lambda editor: editor.give_up())

    def fill_unset(self, state: MarkState) -> None:
        self._edit(lambda editor: editor.fill_unset(state))
        self._view.show_sheet()

    def let_go(self) -> bool:
        """Take what is half typed before leaving the row; ``False`` when it is refused."""
        return self.editor is None or self._edit(lambda editor: editor.accept())

    def refusal_to_commit(self) -> RuleBroken | None:
        """Why the sheet cannot be committed as it is; the cursor goes to where it is put right."""
        editor = self.editor
        if editor is None or not self.let_go():
            return editor.refusal if editor else None
        if editor.sheet.is_locked:
            return RuleBroken("module-locked", module=editor.sheet.module.id)
        if unset := editor.unset:
            editor.move_to(unset[0])
            self._view.show_row()
            first = editor.sheet.rows[unset[0]].aspect.id
            return RuleBroken("sheet-incomplete", unset=len(unset), first=first)
        return None if editor.has_changes else RuleBroken("nothing-to-commit")

    def commit(self, *, partial: bool = False) -> Outcome:
        """Record the sheet and open the next work; raises ``RuleBroken`` and keeps the typing."""
        editor = self.editor
        if editor is None:
            raise RuleBroken("nothing-to-commit")
        seen = editor.sheet
        done = commit_sheet(self._station, seen, editor.typed, partial=partial, origin=self)
        self._read_queue()
        following = self._after(seen.work)
        self.open_work(seen.work if done.at_odds or following is None else following)
        return Outcome(seen.work, done.given, done.at_odds, following)

    def correct(self, cell: Cell, reason: str) -> None:
        """Correct the mark under the cursor, with a reason."""
        if self.editor is not None:
            row = self.editor.row
            correct_mark(self._station, self.editor.sheet, row.aspect.id, cell, reason, origin=self)
            self.read_again()

    def history(self) -> tuple[HistoryLine, ...]:
        """Every mark ever given in the cell under the cursor."""
        if self.editor is None:
            return ()
        seen, aspect = self.editor.sheet, self.editor.row.aspect.id
        return mark_history(
            self._station, seen.event, seen.module.id, seen.work, aspect, seen.judge
        )

    def panel(self, aspect: AspectId) -> PanelRow | None:
        """The panel's row of an aspect of the open work; the chief's alone."""
        if self.editor is None:
            return None
        seen = self.editor.sheet
        return panel_row(self._station, seen.event, seen.module.id, seen.work, aspect)

    def vote_again(self, row: PanelRow, scores: Mapping[JudgeId, Cell], reason: str) -> None:
        revote(self._station, row, scores, reason, origin=self)
        self.read_again()

    def running_sum(self) -> Points | None:
        """What the open sheet comes to so far; ``None`` where the rules hide it from judges."""
        if self.editor is None or self.event is None or not self.editor.sheet.module.judges_see_sum:
            return None
        rows = enumerate(self.editor.sheet.rows)
        cells = [(row.aspect, self.editor.cell(place)) for place, row in rows]
        return sheet_sum(cells, self.event.rounding.total)

    def _edit(self, act: Callable[[SheetEditor], bool]) -> bool:
        """Change the sheet, put what is typed on disk, and have it shown."""
        editor = self.editor
        if editor is None:
            return False
        before = dict(editor.typed)
        result = act(editor)
        self._view.show_row()
        if editor.typed != before:
            keep_typing(self._station, editor.sheet, editor.typed)
        return result

    def _open_queue(self) -> None:
        self.editor = None
        self._read_queue()
        if self.obstacle is None and self.queue:
            first = next((line for line in self.queue if line.state in _OPEN), self.queue[0])
            self.open_work(first.label)
        else:
            self._view.show_sheet()

    def _read_queue(self) -> None:
        if self.event is None or self.module is None or self.judge is None:
            module = self.module.id if self.module else ""
            self._stop_at(RuleBroken("module-without-panel", module=module))
            return
        try:
            self.queue = queue(self._station, self.event.code, self.module.id, self.judge)
            self.obstacle = None
        except RuleBroken as refused:
            self._stop_at(refused)
            return
        self._view.show_choices()
        self._view.show_queue()

    def _stop_at(self, obstacle: RuleBroken) -> None:
        self.queue, self.editor, self.obstacle = (), None, obstacle
        self._view.show_choices()
        self._view.show_queue()
        self._view.show_sheet()

    def _after(self, work: str) -> str | None:
        """The next work behind this one that is not finished."""
        labels = [line.label for line in self.queue]
        here = labels.index(work) + 1 if work in labels else 0
        ahead = [*self.queue[here:], *self.queue[:here]]
        return next((one.label for one in ahead if one.state in _OPEN and one.label != work), None)

    def _has_open_works(self, module: ModuleId) -> bool:
        if self.event is not None:
            with suppress(RuleBroken):
                lines = queue(self._station, self.event.code, module)
                return any(line.state in _OPEN for line in lines)
        return False
