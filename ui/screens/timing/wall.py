"""The hall clock: the same wall full-screen on the second monitor, readable from afar.

It is public, so a blind module shows the place alone: whoever links a place to a work code has
broken the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.screens.timing.arrangement import Group
from ui.screens.timing.tile_wall import TileWall
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.countdown import CountdownFace
from ui.widgets.labels import ElidedLabel, Kind, text_label
from ui.widgets.layout import column, row


class HallWall(QWidget):
    """A window without a border; Escape closes it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        mark(self, kind="hall")
        self._groups: tuple[Group, ...] = ()
        self._title = ElidedLabel(title, Kind.BIG)
        self._clock = text_label("", Kind.BIG)
        self.wall = TileWall(theme, in_hall=True)
        head = row(theme, (self._title, 1), self._clock, gap=2)
        self.setLayout(column(theme, head, (self.wall, 1), gap=2, margin=4))

    def show_on_second_screen(self) -> None:
        """Full-screen on another monitor than the first, where there is one."""
        screens = QGuiApplication.screens()
        self.setScreen(screens[-1])
        self.setGeometry(screens[-1].geometry())
        self.showFullScreen()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        self._groups = groups
        self.wall.show_groups(groups)

    def show_faces(self, faces: Sequence[CountdownFace], time_of_day: str) -> None:
        """One moment, in the order of the groups."""
        blind = [group.blind for group in self._groups for _ in group.ids]
        self.wall.show_faces(
            [
                replace(face, subtitle="") if is_blind else face
                for face, is_blind in zip(faces, blind, strict=True)
            ]
        )
        self._clock.setText(time_of_day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
