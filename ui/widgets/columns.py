"""The widths of a table's columns: what their content needs, then the room that is left.

Nothing is cut while there is room for it anywhere in the table; where there is not, the columns
that stretch give way and every number, date and state stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.theme.tokens import Theme

_ALL, _MEASURED = 256, 64
"""Up to so many rows are all looked at, of more only some, spread over the table: a thousand would
be felt at every new mark."""

_LEAST = 14
"""Grid steps of a column that gives way: what is left can still be told apart."""

_LATER_MS = 1_000
"""How long changed cells wait to be measured: a mark has the frame for itself."""

_WIDEST = 3
"""A column that does not stretch takes at most this part of the table for its text."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column asks for: ``needed`` shows it whole, ``usual`` is its width in plenty.

    One that stretches is cut below its ``usual`` width only when nothing else can give way.
    """

    needed: int
    usual: int
    stretches: bool


def share_width(room: int, columns: Sequence[Column], least: int) -> list[int]:
    """A width for each column; none that stretches is cut to less than ``least``, so that what
    is left of a name can be read, even where the table then scrolls sideways."""
    stretched = [column for column in columns if column.stretches]
    needed = [column.needed for column in stretched]
    kept = [max(least, min(column.needed, column.usual)) for column in stretched]
    fixed = [column for column in columns if not column.stretches]
    spare = room - sum(column.needed for column in fixed) - sum(needed)
    wished = sum(max(0, column.usual - column.needed) for column in fixed)
    given = min(1.0, max(0, spare) / wished) if wished else 0.0
    widths = [c.needed + int(max(0, c.usual - c.needed) * given) for c in fixed]
    levels = iter(_levelled(room - sum(widths), needed, kept))
    others = iter(widths)
    return [next(levels) if column.stretches else next(others) for column in columns]


def _levelled(room: int, needed: Sequence[int], kept: Sequence[int]) -> list[int]:
    """Shares of ``room`` as even as the needs allow; in want the widest give way first, none
    below what it keeps."""
    widths = dict.fromkeys(range(len(needed)), 0)
    enough = room >= sum(needed)
    left = sorted(widths, key=lambda n: (-needed[n], 0) if enough else (-kept[n], needed[n]))
    while left:
        share = max(0, room) // len(left)
        n = left.pop(0)
        widths[n] = max(share, needed[n]) if enough else min(needed[n], max(kept[n], share))
        room -= widths[n]
    return list(widths.values())


class Columns(QObject):
    """Keeps the columns of one table at their widths while its rows and its size change."""

    def __init__(self, theme: Theme, table: QTableView, *, pictures: Sequence[int]) -> None:
        """``pictures``: the roles by which a model puts something before the text of a cell."""
        super().__init__(table)
        self._theme = theme
        self._table = table
        self._pictures = pictures
        self._model: QAbstractItemModel | None = None
        self._usual: Mapping[int, int] = {}
        self._stretched: frozenset[int] = frozenset()
        self._needed: dict[int, int] = {}
        self._dragged: dict[int, int] = {}
        self._fitting = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._remeasure)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._measure_shown)
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def lay_out(self, usual: Mapping[int, int], stretched: Iterable[int]) -> None:
        """``usual`` widths in pixels and the columns that share what is left."""
        self._usual, self._stretched = usual, frozenset(stretched)
        self._dragged = {}
        self._follow(self._table.model())
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._remeasure()

    def fit(self) -> None:
        """Give every column its share of the room there is now."""
        header = self._table.horizontalHeader()
        shown = [n for n in range(header.count()) if not header.isSectionHidden(n)]
        room = self._table.viewport().width() - sum(
            width for n, width in self._dragged.items() if n in shown
        )
        free = [n for n in shown if n in self._needed and n not in self._dragged]
        asked = [self._asked(n, room) for n in free]
        self._fitting = True
        for n, width in zip(free, share_width(room, asked, self._theme.px(_LEAST)), strict=True):
            header.resizeSection(n, width)
        self._fitting = False

    def _asked(self, section: int, room: int) -> Column:
        needed, usual = self._needed[section], self._usual.get(section, 0)
        heading = self._table.horizontalHeader().sectionSizeHint(section)
        if section in self._stretched:
            return Column(max(needed, heading), usual, stretches=True)
        bounded = min(needed, max(usual, room // _WIDEST))
        return Column(max(bounded, heading), usual, stretches=False)

    def _follow(self, model: QAbstractItemModel) -> None:
        if model is self._model:
            return
        self._model = model
        for changed in (model.modelReset, model.rowsInserted, model.columnsInserted):
            changed.connect(self._soon.start)
        model.dataChanged.connect(self._on_changed)

    def _remeasure(self) -> None:
        model = self._model
        if model is None:
            return
        step = 1 if model.rowCount() <= _ALL else model.rowCount() // _MEASURED
        self._needed = {
            n: max((self._width_at(row, n) for row in range(0, model.rowCount(), step)), default=0)
            for n in range(model.columnCount())
        }
        self.fit()

    def _on_changed(self, *_cells: object) -> None:
        # Not anew for every mark: what arrives meanwhile is looked at together.
        if not self._later.isActive():
            self._later.start()

    def _measure_shown(self) -> None:
        """Widen a column that no longer shows whole what is in front."""
        model, rows = self._model, self._rows_shown()
        if model is None:
            return
        widest = {
            n: max((self._width_at(row, n) for row in rows), default=0)
            for n in range(model.columnCount())
            if not self._table.isColumnHidden(n)
        }
        if any(width > self._needed.get(n, 0) for n, width in widest.items()):
            self._needed = {n: max(width, widest.get(n, 0)) for n, width in self._needed.items()}
            self.fit()

    def _rows_shown(self) -> range:
        first = self._table.rowAt(0)
        last = self._table.rowAt(self._table.viewport().height() - 1)
        count = self._model.rowCount() if self._model else 0
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1)

    def _width_at(self, row: int, section: int) -> int:
        if self._table.columnSpan(row, section) > 1:
            return 0
        index = self._table.model().index(row, section)
        text = index.data()
        if text is None:
            return 0
        font = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(font if isinstance(font, QFont) else self._table.font())
        widest = max(metrics.horizontalAdvance(line) for line in str(text).split("\n"))
        has_picture = any(index.data(role) is not None for role in self._pictures)
        return widest + self._theme.px(6 if has_picture else 3)

    def _on_resized(self, section: int, before: int, now: int) -> None:
        if self._fitting:
            return
        if before and now:
            self._dragged[section] = now
        else:
            # Hidden or shown again.
            self._soon.start()
