"""The wall of tiles: takes the size it is given and makes every tile as large as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.services.timing import ClockId
from ui.screens.timing.arrangement import Group
from ui.screens.timing.grid import Grid, best_grid, neighbour
from ui.theme.tokens import Theme, Tone
from ui.widgets.countdown import Countdown, CountdownFace
from ui.widgets.labels import ElidedLabel, Kind

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
LEAST = 15, 10
"""Width and height of the smallest tile, in grid steps."""

_NOTHING = CountdownFace("", "", "", 0, Tone.IDLE, "")


class TileWall(QWidget):
    """Groups of tiles below each other. Arrow keys move, Space is passed on to ``on_space``."""

    def __init__(
        self,
        theme: Theme,
        *,
        on_chosen: Callable[[ClockId], None] | None = None,
        on_space: Callable[[], None] | None = None,
        in_hall: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._on_chosen = on_chosen
        self._on_space = on_space
        self._in_hall = in_hall
        self._ids: tuple[ClockId, ...] = ()
        self._groups: tuple[Group, ...] = ()
        self._headings: list[QLabel] = []
        self._grid = Grid(1, ())
        self.tiles: list[Countdown] = []

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show other tiles; the ones that stay keep their place and the focus."""
        if groups == self._groups:
            return
        focused = self.focused_id()
        for part in (*self.tiles, *self._headings):
            part.hide()
            part.deleteLater()
        self._groups = groups
        self._ids = tuple(one for group in groups for one in group.ids)
        self._headings = [self._heading(group) for group in groups]
        self.tiles = [self._tile(one) for one in self._ids]
        self._lay_out()
        for part in (*self._headings, *self.tiles):
            part.show()
        if focused in self._ids:
            self.focus_tile(focused)

    def show_faces(self, faces: Sequence[CountdownFace]) -> None:
        """One moment of all tiles, in the order of the groups."""
        for tile, face in zip(self.tiles, faces, strict=True):
            tile.show_face(face)

    def focused_id(self) -> ClockId | None:
        for one, tile in zip(self._ids, self.tiles, strict=True):
            if tile.hasFocus():
                return one
        return None

    def focus_tile(self, wanted: ClockId | None) -> None:
        if wanted in self._ids:
            self.tiles[self._ids.index(wanted)].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        here = self.focused_id()
        if way is not None and here is not None:
            sizes = [len(group.ids) for group in self._groups]
            place = neighbour(sizes, self._grid.columns, self._ids.index(here), way)
            self.tiles[place].setFocus()
        elif event.key() == Qt.Key.Key_Space and self._on_space is not None:
            if not event.isAutoRepeat():
                self._on_space()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """Room for every tile at its smallest, for the area this scrolls in."""
        least = self._theme.px(LEAST[0]), self._theme.px(LEAST[1])
        columns = max(1, self.width() // (least[0] + self._gap()))
        rows = sum(-(-len(group.ids) // columns) for group in self._groups)
        height = rows * (least[1] + self._gap()) + len(self._groups) * self._heading_height()
        return QSize(least[0], height)

    def _tile(self, wanted: ClockId) -> Countdown:
        tile = Countdown(self._theme, _NOTHING, in_hall=self._in_hall)
        tile.setParent(self)
        if self._on_chosen is not None:
            chosen = self._on_chosen
            tile.focused.connect(lambda: chosen(wanted))
        return tile

    def _heading(self, group: Group) -> QLabel:
        return ElidedLabel(group.title, Kind.BIG if self._in_hall else Kind.STRONG, self)

    def _gap(self) -> int:
        return self._theme.px(2 if self._in_hall else 1)

    def _heading_height(self) -> int:
        return max((heading.sizeHint().height() for heading in self._headings), default=0) + (
            self._theme.px(0.5)
        )

    def _lay_out(self) -> None:
        sizes = [len(group.ids) for group in self._groups]
        if not self._ids:
            return
        gap, head = self._gap(), self._heading_height()
        room = self.height() - head * len(sizes)
        self._grid = best_grid(sizes, width=self.width(), height=room, gap=gap)
        columns, rows = self._grid.columns, sum(self._grid.rows)
        wide = (self.width() - gap * (columns - 1)) // columns
        high = (room - gap * rows) // rows
        top, at = 0, 0
        for heading, size, in_group in zip(self._headings, sizes, self._grid.rows, strict=True):
            heading.setGeometry(QRect(0, top, self.width(), head))
            top += head
            for place in range(size):
                line, column = divmod(place, columns)
                left = column * (wide + gap)
                box = QRect(left, top + line * (high + gap), wide, high)
                self.tiles[at + place].setGeometry(box)
            at += size
            top += in_group * (high + gap)
        self.updateGeometry()
