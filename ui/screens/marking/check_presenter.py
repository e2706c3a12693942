"""Checking sheets by a second person, without Qt: the pile, the sheet under the fingers, comparing.

What is typed here is no mark: it is kept as a draft, and goes once the check is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from app.domain.checking_rules import EntryCheck
from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.facts import CheckOutcome, SheetChecked
from app.domain.ids import AspectId, EventCode, JudgeId, ModuleId
from app.domain.roles import may_record
from app.domain.scheme import Module
from app.services.check_states import CheckState
from app.services.sheet_checks import (
    CheckLine,
    CheckTask,
    Difference,
    compare,
    keep_typed,
    open_check,
    piles,
    record_check,
    typed_again,
)
from app.services.station import Station
from ui.screens.marking.sheet_editor import SheetEditor

_TO_DO = {CheckState.WAITING, CheckState.DIFFERS}


class CheckView(Protocol):
    """What the presenter asks of the screen; each call means: read me again and show it."""

    def show_lines(self) -> None: ...
    def show_sheet(self) -> None: ...
    def show_row(self) -> None: ...


class CheckPresenter:
    """Holds the pile of a module, and the sheet that is being checked."""

    def __init__(self, station: Station, view: CheckView) -> None:
        self._station = station
        self._view = view
        self._event: EventCode | None = None
        self.module: Module | None = None
        self.lines: tuple[CheckLine, ...] = ()
        self.task: CheckTask | None = None
        self.editor: SheetEditor | None = None

    def may_check(self, module: Module | None) -> bool:
        """Whether sheets of this module are checked, and by whoever acts."""
        asks = module is not None and module.entry_check is not EntryCheck.NONE
        return asks and may_record(self._station.actor, SheetChecked)

    @property
    def to_do(self) -> tuple[CheckLine, ...]:
        return tuple(one for one in self.lines if one.state in _TO_DO)

    @property
    def line(self) -> CheckLine | None:
        """The line of the open sheet."""
        return next((one for one in self.lines if self._is_open(one)), None)

    def choose(self, event: EventCode, module: Module) -> None:
        """Another module: the first sheet that whoever acts may check is opened."""
        if (self._event, self.module) != (event, module):
            self.task, self.editor = None, None
        self._event, self.module = event, module
        self._read_lines()
        if self.editor is None:
            self._open_next(None)
        self._view.show_sheet()

    def read_again(self) -> None:
        """Something was recorded: a sheet whose marks are others now is opened anew."""
        if self._event is None or self.module is None:
            return
        self._read_lines()
        line, task = self.line, self.task
        if task is not None and (line is None or line.state not in _TO_DO):
            self.task, self.editor = None, None
            self._view.show_sheet()

    def open_sheet(self, work: str, judge: JudgeId) -> None:
        """Open a sheet to check it; raises why whoever acts may not."""
        if self._event is None or self.module is None:
            return
        task = open_check(self._station, self._event, ModuleId(self.module.id), work, judge)
        self.task = task
        self.editor = SheetEditor(task.sheet, typed_again(self._station, task))
        self._view.show_sheet()

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

    def let_go(self) -> bool:
        """Take what is half typed; ``False`` when it is refused."""
        return self.editor is None or self._edit(lambda editor: editor.accept())

    def compare(self) -> tuple[Difference, ...]:
        """What differs from what was entered; raises while a row is not typed."""
        if self.task is None or self.editor is None:
            raise RuleBroken("nothing-to-commit")
        if not self.let_go():
            raise self.editor.refusal or RuleBroken("nothing-to-commit")
        if unset := self.editor.unset:
            self.editor.move_to(unset[0])
            self._view.show_row()
        return compare(self._station, self.task, self._keyed(self.editor))

    def record(
        self, settled: Mapping[AspectId, Cell] | None = None, reason: str = ""
    ) -> CheckOutcome:
        """Record the check and open the next sheet of the pile."""
        if self.task is None or self.editor is None:
            raise RuleBroken("nothing-to-commit")
        keyed, done = self._keyed(self.editor), self.task.sheet
        outcome = record_check(
            self._station, self.task, keyed, settled=settled, reason=reason, origin=self
        )
        self.task, self.editor = None, None
        self._read_lines()
        self._open_next((done.work, done.judge))
        self._view.show_sheet()
        return outcome

    def _keyed(self, editor: SheetEditor) -> dict[AspectId, Cell]:
        cells = ((row.aspect.id, editor.cell(n)) for n, row in enumerate(editor.sheet.rows))
        return {aspect: cell for aspect, cell in cells if cell is not None}

    def _edit(self, act: Callable[[SheetEditor], bool]) -> bool:
        editor, task = self.editor, self.task
        if editor is None or task is None:
            return False
        before = dict(editor.typed)
        result = act(editor)
        if editor.typed != before:
            keep_typed(self._station, task, editor.typed)
        self._view.show_row()
        return result

    def _read_lines(self) -> None:
        if self._event is None or self.module is None:
            return
        self.lines = piles(self._station, self._event, self.module.id)
        self._view.show_lines()

    def _open_next(self, after: tuple[str, JudgeId] | None) -> None:
        """The next sheet behind this one that somebody else entered and nobody has checked."""
        places = [(one.work, one.judge) for one in self.lines]
        here = places.index(after) + 1 if after in places else 0
        for one in (*self.lines[here:], *self.lines[:here]):
            if one.state is CheckState.WAITING and not one.is_own:
                try:
                    self.open_sheet(one.work, one.judge)
                except RuleBroken:
                    # Said when the person chooses the sheet; a pile without one is shown as it is.
                    return
                return

    def _is_open(self, one: CheckLine) -> bool:
        task = self.task
        return task is not None and (one.work, one.judge) == (task.sheet.work, task.sheet.judge)
