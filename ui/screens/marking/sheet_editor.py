"""A sheet under somebody's fingers: where the cursor stands, what is typed, what is refused.

Plain Python without Qt. Yes/no and short scales take one key; everything else is typed and taken by
Enter. A row keeps what was recorded until something else is typed and taken.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.disputes import Dispute
from app.domain.entries import NOT_ATTEMPTED, Cell, MarkState, check_cell, typed_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.methods import Binary, Judgement
from app.domain.points import SCALE, Points
from app.services.marking import Sheet, SheetRow

_MOST_TYPED = 12
_ONE_KEY_SCALE = 9


class SheetEditor:
    """The rows of one sheet with a cursor; ``typed`` holds what differs from the record."""

    def __init__(self, sheet: Sheet, typed: Mapping[AspectId, Cell]) -> None:
        self.sheet = sheet
        self.typed: dict[AspectId, Cell] = dict(typed)
        self.buffer = ""
        self.refusal: RuleBroken | None = None
        self.cursor = 0
        self.cursor = self._unset_from(0) or 0

    @property
    def row(self) -> SheetRow:
        return self.sheet.rows[self.cursor]

    @property
    def unset(self) -> list[int]:
        """The rows that hold nothing yet."""
        return [place for place in range(len(self.sheet.rows)) if self._is_unset(place)]

    @property
    def has_changes(self) -> bool:
        return bool(self.typed)

    def cell(self, place: int) -> Cell | None:
        """What the row will hold once committed; ``None`` for nothing or a dispute."""
        row = self.sheet.rows[place]
        held = row.held if isinstance(row.held, Cell) else None
        return self.typed.get(row.aspect.id, held)

    def closed(self, place: int) -> RuleBroken | None:
        """Why nothing can be typed into this row, or ``None`` when it is open."""
        row = self.sheet.rows[place]
        if self.sheet.is_locked:
            return RuleBroken("module-locked", module=self.sheet.module.id)
        if isinstance(row.held, Dispute):
            return RuleBroken("cell-disputed", aspect=row.aspect.id, work=self.sheet.work)
        if self.sheet.is_signed and row.op is not None:
            return RuleBroken("sheet-signed", judge=self.sheet.judge, aspect=row.aspect.id)
        return None

    def move_to(self, place: int) -> bool:
        """Put the cursor on a row, taking what is typed; ``False`` when that is refused."""
        if place != self.cursor and not self.accept():
            return False
        self.cursor = max(0, min(place, len(self.sheet.rows) - 1))
        return True

    def next_unset(self) -> bool:
        """Enter: take what is typed and go to the next unset row; ``False`` when refused."""
        if not self.accept():
            return False
        found = self._unset_from(self.cursor + 1)
        self.cursor = self.cursor if found is None else found
        return True

    def previous_row(self) -> bool:
        """Shift+Enter: take what is typed and go back one row."""
        return self.move_to(self.cursor - 1)

    def press(self, key: str) -> bool:
        """One character; ``True`` when it meant something here. One-key rows take it at once."""
        if (refused := self.closed(self.cursor)) is not None:
            self.refusal = refused
            return True
        match self.row.aspect.method:
            case Binary() if key in "yYnN01":
                self._take(value_cell(Points(SCALE if key in "yY1" else 0)))
            case _ if key in "nNxX":
                self._take(NOT_ATTEMPTED)
            case Judgement(scale=scale) if scale <= _ONE_KEY_SCALE and key.isdecimal():
                self._take(value_cell(Points(int(key) * SCALE)))
            case _ if key.isdecimal() or key in ".-+":
                self.refusal = None
                self.buffer = (self.buffer + key)[:_MOST_TYPED]
            case _:
                return False
        return True

    def rub_out(self) -> bool:
        """Backspace: the last typed character, or the whole typed mark when there is none."""
        self.refusal = None
        if self.buffer:
            self.buffer = self.buffer[:-1]
        else:
            self.typed.pop(self.row.aspect.id, None)
        return True

    def give_up(self) -> bool:
        """Escape: drop what is being typed; ``False`` when there was nothing."""
        had = bool(self.buffer or self.refusal)
        self.buffer, self.refusal = "", None
        return had

    def accept(self) -> bool:
        """Take what is being typed into the row; ``False`` when it is refused."""
        if not self.buffer:
            self.refusal = None
            return True
        try:
            cell = self._read()
        except RuleBroken as unreadable:
            self.refusal = unreadable
            return False
        return self._take(cell)

    def fill_unset(self, state: MarkState) -> bool:
        """Say of every row that holds nothing that it was not attempted, absent or withdrawn."""
        self.give_up()
        for place in self.unset:
            if self.closed(place) is None:
                self.typed[self.sheet.rows[place].aspect.id] = Cell(state)
        return True

    def _read(self) -> Cell:
        return typed_cell(self.row.aspect, self.buffer)

    def _take(self, cell: Cell) -> bool:
        self.refusal = self.closed(self.cursor) or check_cell(self.row.aspect, cell)
        if self.refusal is not None:
            return False
        self.buffer = ""
        if cell == self.row.held:
            self.typed.pop(self.row.aspect.id, None)
        else:
            self.typed[self.row.aspect.id] = cell
        return True

    def _is_unset(self, place: int) -> bool:
        row = self.sheet.rows[place]
        return row.held is None and row.aspect.id not in self.typed

    def _unset_from(self, start: int) -> int | None:
        """The next unset row at or behind ``start``, beginning again from the top."""
        places = range(len(self.sheet.rows))
        ahead = [*places[start:], *places[:start]]
        return next((place for place in ahead if self._is_unset(place)), None)
