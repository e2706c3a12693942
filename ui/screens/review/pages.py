"""A page of the review screen: one table with its hint and buttons, or what its emptiness means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from ui.context import ScreenContext
from ui.screens.review.tables import headings
from ui.theme.tokens import Theme, Tone
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import Part, column
from ui.widgets.page_stack import PageStack
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel, Toned

_HINTED = {"checks", "spread", "odd", "disputes"}


class HeatModel(TextModel):
    """Cells with a tone also get its soft ground, so that a hole shows from afar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(())
        self._theme = theme
        self.rows: Sequence[Sequence[str | Toned]] = ()

    def show_matrix(
        self, columns: Sequence[Heading], rows: Sequence[Sequence[str | Toned]]
    ) -> None:
        self.show_headings(columns)
        self.rows = rows
        self.show_rows(rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if index.isValid() and role == Qt.ItemDataRole.BackgroundRole:
            cell = self.rows[index.row()][index.column()]
            if isinstance(cell, Toned):
                return QBrush(QColor(self._theme.tone(cell.tone).soft))
            return None
        return super().data(index, role)


class TablePage(QWidget):
    """Shows the table when it has rows, else a title and a sentence. ``chosen`` is the row."""

    chosen = Signal(int)

    def __init__(
        self,
        context: ScreenContext,
        area: str,
        model: TextModel,
        *,
        widths: Mapping[int, int],
        stretched: Sequence[int] = (),
        hint: str = "",
        above: Part | None = None,
        below: Part | None = None,
    ) -> None:
        super().__init__()
        theme, words = context.theme, context.words
        self._widths = widths
        self.model = model
        self.table = Table(theme, name=words.say(f"review.{area}-name"))
        self.table.setModel(model)
        self.table.lay_out(widths=widths, stretched=stretched)
        self.table.row_chosen.connect(self.chosen)
        self.hint = text_label(hint, Kind.MUTED, wraps=True)
        self._theme, self._words, self._area = theme, words, area
        self._stack = PageStack()
        filled = QWidget()
        filled.setLayout(column(theme, self.hint, (self.table, 1)))
        self.hint.setVisible(bool(hint))
        filled.setFocusProxy(self.table)
        self._stack.addWidget(filled)
        self.setFocusProxy(self._stack)
        parts: list[Part] = [] if above is None else [above]
        parts.append((self._stack, 1))
        if below is not None:
            parts.append(below)
        self.setLayout(below_tabs(theme, *parts))

    def show_rows(self, rows: Sequence[Sequence[str | Toned]], why_empty: str = "") -> None:
        """Replace the rows; ``why_empty`` is said instead of the page's own sentence."""
        at = self.table.currentIndex().row()
        self.model.show_rows(rows)
        self._show(is_filled=bool(rows), why_empty=why_empty)
        if rows:
            self.table.selectRow(min(max(at, 0), len(rows) - 1))

    def show_matrix(
        self,
        columns: Sequence[Heading],
        rows: Sequence[Sequence[str | Toned]],
        why_empty: str = "",
    ) -> None:
        """Other columns and rows; single cells are chosen."""
        assert isinstance(self.model, HeatModel), "only a matrix has other columns each time"
        at = self.table.currentIndex()
        place = (at.row(), at.column()) if at.isValid() else _first_hole(rows)
        self.model.show_matrix(columns, rows)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.lay_out(widths=self._widths, stretched=range(1, len(columns)))
        self._show(is_filled=bool(rows), why_empty=why_empty)
        if rows:
            self.table.setCurrentIndex(
                self.model.index(min(place[0], len(rows) - 1), min(place[1], len(columns) - 1))
            )

    def _show(self, *, is_filled: bool, why_empty: str) -> None:
        if is_filled:
            self._stack.show_first()
            return
        say = self._words.say
        text = why_empty or say(f"review.{self._area}-none-text")
        title = say("review.empty-title") if why_empty else say(f"review.{self._area}-none")
        self._stack.show_instead(EmptyState(self._theme, "done", title, text))


def _first_hole(rows: Sequence[Sequence[str | Toned]]) -> tuple[int, int]:
    """The first cell that is not complete, to begin there."""
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, Toned) and cell.tone is not Tone.DONE:
                return line, place
    return 0, 1


def below_tabs(theme: Theme, *parts: Part) -> QVBoxLayout:
    """A page as wide as its tabs, a little below them."""
    whole = column(theme, *parts, gap=1.5)
    whole.setContentsMargins(0, theme.px(1), 0, 0)
    return whole


class Overview(QWidget):
    """A line for each module, always in sight; Enter chooses the module."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        theme, words = context.theme, context.words
        names = "module filled missing spread disputed state"
        numbers = "filled missing spread disputed"
        self.model = TextModel(headings(words, "progress", names, numbers))
        self.table = Table(theme, name=words.say("review.progress-name"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 8, 1: 14, 2: 9, 3: 13, 4: 9}, stretched=(5,))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(theme, self.table))

    def show_rows(self, rows: Sequence[Sequence[str | Toned]]) -> None:
        """Exactly as high as its lines, up to six of them."""
        self.model.show_rows(rows)
        table = self.table
        lines = min(len(rows), 6) * table.verticalHeader().defaultSectionSize()
        head = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(head + lines + 2 * table.frameWidth())


def page_of(
    context: ScreenContext,
    area: str,
    names: str,
    widths: Mapping[int, int],
    stretched: Sequence[int],
    *,
    numbers: str = "",
    above: Part | None = None,
    below: Part | None = None,
) -> TablePage:
    """A page whose columns are ``review.<area>-<name>``."""
    words = context.words
    hint = words.say(f"review.{area}-hint") if area in _HINTED else ""
    return TablePage(
        context,
        area,
        TextModel(headings(words, area, names, numbers)),
        widths=widths,
        stretched=stretched,
        hint=hint,
        above=above,
        below=below,
    )


def pages_of(
    context: ScreenContext,
    progress: QWidget,
    importing: QWidget,
    standing: QWidget,
    booking: QWidget,
) -> dict[str, TablePage]:
    """The pages that are a table, by name; with what stands above or below them."""
    return {
        "blockers": page_of(
            context, "blockers", "module what where", {0: 6, 2: 20}, (1,), above=progress
        ),
        "missing": TablePage(
            context,
            "missing",
            HeatModel(context.theme),
            widths={0: 8},
            hint=" ",
            below=importing,
        ),
        "checks": page_of(
            context, "checks", "pile work judge state by", {0: 20, 1: 8, 2: 14, 4: 30}, (3,)
        ),
        "spread": page_of(
            context, "spread", "work aspect text scores", {0: 8, 1: 7}, (2, 3), below=standing
        ),
        "odd": page_of(
            context,
            "odd",
            "work aspect judge score middle",
            {0: 8, 2: 14, 3: 8, 4: 18},
            (1,),
            numbers="score middle",
        ),
        "disputes": page_of(
            context, "disputes", "work aspect judge records", {0: 8, 2: 14}, (1, 3)
        ),
        "penalties": page_of(
            context,
            "penalties",
            "entry module reason effect note given state",
            {0: 8, 1: 6, 3: 13, 4: 14, 5: 27},
            (2, 6),
            below=booking,
        ),
    }
