"""The right side of check-in: counts, units, and who is missing. Nothing here takes the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.services.attendance import Attendance
from app.words import Words
from ui.screens.checkin.model import LinesModel
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.big_number import BigNumber
from ui.widgets.buttons import plain_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.table import Table

WIDTH = 46
"""In grid steps."""


def still_table(
    theme: Theme,
    name: str,
    model: LinesModel,
    widths: Mapping[int, int],
    stretched: tuple[int, ...],
) -> Table:
    """A table without the focus: a scan must never land in it."""
    table = Table(theme, name=name)
    table.setModel(model)
    table.lay_out(widths=widths, stretched=stretched)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return table


class AttendanceSide(QFrame):
    """Counts as they stand; a unit that is clicked goes to ``on_unit``, ``None`` for all."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        *,
        on_unit: Callable[[str | None], None],
        on_all_absent: Callable[[], None],
    ) -> None:
        super().__init__()
        self._words, say = words, words.say
        self._units: list[str | None] = [None]
        mark(self, kind="card")
        self.here = BigNumber(theme, say("checkin.here"))
        self._missing_count = BigNumber(theme, say("checkin.missing"))
        self._absent_count = BigNumber(theme, say("checkin.absent_count"))
        self._unit_lines = LinesModel(
            [say("checkin.by_unit"), say("checkin.here_column")], frozenset({1})
        )
        self.units = still_table(theme, say("checkin.by_unit"), self._unit_lines, {1: 7}, (0,))
        self.units.clicked.connect(lambda index: on_unit(self._units[index.row()]))
        self._title = text_label("", Kind.STRONG)
        self._missing_lines = LinesModel([say("checkin.number"), say("checkin.name")])
        self.missing = still_table(
            theme, say("checkin.missing_list"), self._missing_lines, {0: 6}, (1,)
        )
        self._all_absent = plain_button(theme, say("checkin.all_absent"), on_all_absent)
        self._all_absent.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        counts = row(theme, self.here, STRETCH, self._missing_count, self._absent_count, gap=3)
        self.setLayout(
            column(
                theme,
                counts,
                (self.units, 2),
                self._title,
                (self.missing, 3),
                self._all_absent,
                gap=1.5,
                margin=2,
            )
        )
        self.setFixedWidth(theme.px(WIDTH))

    def show_attendance(self, seen: Attendance, unit: str | None) -> None:
        """The counts of the event, and who is missing of ``unit`` or of all."""
        say, here = self._words.say, f"{seen.here} / {seen.expected}"
        missing_tone = Tone.ATTENTION if seen.missing else None
        self.here.show_number(here, None if seen.missing else Tone.DONE)
        self._missing_count.show_number(str(len(seen.missing)), missing_tone)
        self._absent_count.show_number(str(seen.absent), Tone.BLOCKED if seen.absent else None)
        self._units = [None, *(one.unit for one in seen.units)]
        lines = [(one.unit, f"{one.here} / {one.expected}") for one in seen.units]
        self._unit_lines.show_lines([(say("checkin.everyone"), here), *lines])
        if unit in self._units:
            self.units.selectRow(self._units.index(unit))
        missing = [one for one in seen.missing if unit in {None, one.unit}]
        title = say("checkin.missing_list")
        if not missing:
            title = say("checkin.nobody_missing")
        elif unit is not None:
            title = say("checkin.missing_of", unit=unit)
        self._title.setText(title)
        self._missing_lines.show_lines([(one.number, one.name) for one in missing])
        self._all_absent.setEnabled(bool(seen.missing))
