"""A sheet under somebody's fingers: where the cursor stands, what is typed, what is refused.

Plain Python without Qt. Yes/no and short scales take one key; everything else is typed and taken by
Enter. A row keeps what was recorded until something else is typed and taken.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.disputes import Dispute
from app.domain.entries import (
    NOT_ATTEMPTED,
    RECUSED,
    Cell,
    MarkState,
    check_cell,
    measured_cell,
    typed_cell,
    value_cell,
)
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.methods import Binary, Choice, Gate, Judgement, judges_needed, takes_parts
from app.domain.points import SCALE, Points
from app.services.marking import Sheet, SheetRow
from app.services.method_words import has_time
from ui.screens.marking.parts_entry import PartsEntry

_MOST_TYPED = 24
_ONE_KEY_SCALE = 9
_COLONS = ":：/"


class SheetEditor:
    """The rows of one sheet with a cursor; ``typed`` holds what differs from the record."""

    def __init__(self, sheet: Sheet, typed: Mapping[AspectId, Cell]) -> None:
        self.sheet = sheet
        self.typed: dict[AspectId, Cell] = dict(typed)
        self.buffer = ""
        self.refusal: RuleBroken | None = None
        self._parts: tuple[int, PartsEntry] | None = None
        self.cursor = 0
        self.cursor = self._unset_from(0) or 0

    @property
    def row(self) -> SheetRow:
        return self.sheet.rows[self.cursor]

    @property
    def parts(self) -> PartsEntry | None:
        """The parts of the cell under the cursor, where it has several."""
        if not self.sheet.rows or not takes_parts(self.row.aspect.method):
            return None
        if self._parts is None or self._parts[0] != self.cursor:
            cell = self.cell(self.cursor)
            held = None if cell is None else cell.measured
            self._parts = (self.cursor, PartsEntry(self.row.aspect.method, held))
        return self._parts[1]

    @property
    def unset(self) -> list[int]:
        """The rows that hold nothing yet."""
        return [place for place in range(len(self.sheet.rows)) if self._is_unset(place)]

    @property
    def is_typing(self) -> bool:
        """Whether something stands under the cursor that is not taken yet."""
        return bool(self.buffer) or (self.parts is not None and self.parts.is_changed)

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

    def step_part(self, by: int) -> bool:
        """Up and down among the parts of a cell; ``False`` when the next row is meant."""
        return self.parts is not None and self.parts.step(by)

    def next_unset(self) -> bool:
        """Enter: take what is typed and go to the next unset row; ``False`` when refused.

        Where every part has to be given, it goes to the first part without a value instead.
        """
        parts = self.parts
        if parts is not None and parts.is_changed and (missing := parts.missing()) is not None:
            parts.go_to(missing)
            return True
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
        method = self.row.aspect.method
        if self.parts is not None and self.parts.press(key):
            self.refusal = None
            return True
        match method:
            case Binary() | Gate() if key in "yYnN01":
                self._take(value_cell(Points(SCALE if key in "yY1" else 0)))
            case Choice() if (code := picked(method, key)) is not None:
                self._take(measured_cell(code))
            case Choice() if not has_short_list(method) and not key.isspace():
                self._type(key)
            case _ if key in "nNxX":
                self._take(NOT_ATTEMPTED)
            case _ if key in "rR" and judges_needed(method):
                self._take(RECUSED)
            case Judgement(scale=scale) if scale <= _ONE_KEY_SCALE and key.isdecimal():
                self._take(value_cell(Points(int(key) * SCALE)))
            case _ if takes_parts(method) or isinstance(method, Choice):
                return False
            case _ if key in _COLONS and has_time(method):
                self._type(":")
            case _ if key.isdecimal() or key in ".-+":
                self._type(key)
            case _:
                return False
        return True

    def rub_out(self) -> bool:
        """Backspace: the last typed character, or the whole typed mark when there is none."""
        self.refusal = None
        if self.buffer:
            self.buffer = self.buffer[:-1]
        elif self.parts is None or not self.parts.rub_out():
            self._parts = None
            self.typed.pop(self.row.aspect.id, None)
        return True

    def give_up(self) -> bool:
        """Escape: drop what is being typed; ``False`` when there was nothing."""
        had = self.is_typing or self.refusal is not None
        self.buffer, self.refusal, self._parts = "", None, None
        return had

    def accept(self) -> bool:
        """Take what is being typed into the row; ``False`` when it is refused."""
        if not self.is_typing:
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

    def resume(self, before: SheetEditor) -> None:
        """Stand where another editor of the same sheet stood, with what was half typed there."""
        if before.cursor < len(self.sheet.rows):
            self.cursor, self.buffer = before.cursor, before.buffer
            if before.is_typing and before.row.aspect == self.row.aspect:
                self._parts = before._parts

    def _type(self, key: str) -> None:
        self.refusal = None
        self.buffer = (self.buffer + key)[:_MOST_TYPED]

    def _read(self) -> Cell:
        text = self.buffer if self.parts is None else self.parts.text()
        return typed_cell(self.row.aspect, text)

    def _take(self, cell: Cell) -> bool:
        self.refusal = self.closed(self.cursor) or check_cell(self.row.aspect, cell)
        if self.refusal is not None:
            return False
        self.buffer, self._parts = "", None
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


def has_short_list(method: Choice) -> bool:
    """Whether each option is one key: its own code, or its number in the list."""
    codes = [option.code for option in method.options]
    if all(len(code) == 1 for code in codes):
        return True
    return len(codes) <= _ONE_KEY_SCALE and not any(code[0].isdecimal() for code in codes)


def picked(method: Choice, key: str) -> str | None:
    """The code of the option that a key stands for."""
    codes = [option.code for option in method.options]
    if not has_short_list(method):
        return None
    if all(len(code) == 1 for code in codes):
        same = (code for code in codes if key in {code, code.lower(), code.upper()})
        return key if key in codes else next(same, None)
    place = int(key) - 1 if key.isascii() and key.isdecimal() else -1
    return codes[place] if 0 <= place < len(codes) else None
