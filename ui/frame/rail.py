"""The rail at the left: the day of a competition from top to bottom, with what waits where."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from app.words import Words
from ui.context import Place
from ui.theme.fonts import font
from ui.theme.icons import icon, pixmap, window_icon
from ui.theme.styling import mark
from ui.theme.tokens import Mode, TextSize, Theme
from ui.widgets.labels import text_label

WIDE, NARROW = 23.0, 8.5
"""The rail's width in grid steps with words and without."""


class RailButton(QPushButton):
    """One place: icon, word, badge; the place one is at has a bar at its edge."""

    def __init__(self, theme: Theme, words: Words, place: Place) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._word = words.say(f"frame.place_{place.value}")
        self._icon_name = place.value
        self._shortcut = place.shortcut
        self.waiting = 0
        self.narrow = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(theme.px(6))
        self.show_waiting(0)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDE), self._theme.px(5.5))

    def show_waiting(self, count: int) -> None:
        """The badge; zero takes it away."""
        if count == self.waiting and self.accessibleName():
            return
        self.waiting = count
        said = self._word
        if count:
            said = self._words.say("frame.waiting_here", place=self._word, count=count)
        self.setAccessibleName(said)
        self.setToolTip(f"{said}  ({self._shortcut})")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._theme, self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.rect().adjusted(theme.px(1), 1, -theme.px(1), -1)
        lit = self.isChecked() or self.underMouse() or self.hasFocus()
        ink = colours.rail_here_text if lit else colours.rail_text
        if lit:
            painter.setPen(QColor(colours.rail_accent if self.hasFocus() else colours.rail_here))
            painter.setBrush(QColor(colours.rail_here))
            painter.drawRoundedRect(room, theme.px(0.75), theme.px(0.75))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.rail_accent))
            bar = QRect(room.left(), room.top(), theme.px(0.5), room.height())
            painter.drawRoundedRect(bar.adjusted(0, theme.px(0.75), 0, -theme.px(0.75)), 2, 2)
        size = theme.px(2.5)
        left = room.left() + theme.px(1.5)
        drawn = pixmap(self._icon_name, ink, size, self.devicePixelRatioF())
        painter.drawPixmap(left, room.center().y() - size // 2, drawn)
        text = room.adjusted(theme.px(5.25), 0, -theme.px(1), 0)
        badge = self._paint_badge(painter, room)
        if not self.narrow:
            text.setRight(text.right() - badge)
            painter.setFont(font(theme, TextSize.BASE, bold=self.isChecked()))
            painter.setPen(QColor(ink))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()

    def _paint_badge(self, painter: QPainter, room: QRect) -> int:
        if not self.waiting:
            return 0
        theme, colours = self._theme, self._theme.colours
        painter.setFont(font(theme, TextSize.LABEL, bold=True))
        shown = str(self.waiting) if self.waiting < 1000 else "999+"
        metrics = painter.fontMetrics()
        height = metrics.height()
        width = max(height, metrics.horizontalAdvance(shown) + theme.px(1))
        badge = QRectF(0, 0, width, height)
        badge.moveCenter(QRectF(room).center())
        badge.moveRight(room.right() - (0 if self.narrow else theme.px(1)))
        if self.narrow:
            badge.moveTop(room.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.rail_accent))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(QColor(colours.rail))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, shown)
        return width + theme.px(1)


class Rail(QFrame):
    """``place_wanted(Place)`` and the switches at its foot; without a file it has no places."""

    place_wanted = Signal(object)
    language_wanted = Signal()
    shade_wanted = Signal()
    zoom_wanted = Signal(int)

    def __init__(self, theme: Theme, words: Words, *, has_file: bool) -> None:
        super().__init__()
        self._theme = theme
        mark(self, kind="rail")
        self._mark = QLabel()
        self._mark.setPixmap(window_icon().pixmap(QSize(theme.px(3.5), theme.px(3.5))))
        self._name = text_label(words.say("frame.program"))
        mark(self._name, kind="mark")
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(2), theme.px(0.5), theme.px(1), theme.px(0.5))
        head.setSpacing(theme.px(1.25))
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.px(1), 0, theme.px(1))
        self._layout.setSpacing(theme.px(0.25))
        self._layout.addLayout(head)
        self._layout.addSpacing(theme.px(0.5))
        self.buttons: dict[Place, RailButton] = {}
        for place in Place if has_file else ():
            self._add(words, place)
        self._layout.addStretch(1)
        self._switched = self._switches(words)
        self._foot = QGridLayout()
        self._foot.setContentsMargins(theme.px(0.5), 0, theme.px(0.5), 0)
        self._foot.setSpacing(0)
        self._layout.addLayout(self._foot)
        self.set_narrow(False)

    def show_here(self, here: Place | None) -> None:
        for place, button in self.buttons.items():
            button.setChecked(place is here)

    def show_waiting(self, place: Place, count: int) -> None:
        if place in self.buttons:
            self.buttons[place].show_waiting(count)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone where words would take the room of the work."""
        self.setFixedWidth(self._theme.px(NARROW if narrow else WIDE))
        self._mark.setVisible(not narrow)
        self._name.setVisible(not narrow)
        for button in self.buttons.values():
            button.narrow = narrow
            button.update()
        columns = 2 if narrow else len(self._switched)
        for number, switch in enumerate(self._switched):
            self._foot.addWidget(switch, number // columns, number % columns)

    def _add(self, words: Words, place: Place) -> None:
        button = RailButton(self._theme, words, place)
        button.clicked.connect(lambda _checked: self.place_wanted.emit(place))
        self.buttons[place] = button
        self._layout.addWidget(button, 10)

    def _switches(self, words: Words) -> list[QToolButton]:
        dark = self._theme.mode is Mode.DARK
        language = self._switch("", words.say("frame.language"))
        language.setText("EN" if words.language == "zh" else "中")
        language.clicked.connect(lambda _checked: self.language_wanted.emit())
        shade = self._switch(
            "light" if dark else "dark", words.say("frame.to_light" if dark else "frame.to_dark")
        )
        shade.clicked.connect(lambda _checked: self.shade_wanted.emit())
        larger = self._switch("zoom", words.say("frame.zoom_in"))
        larger.clicked.connect(lambda _checked: self.zoom_wanted.emit(1))
        smaller = self._switch("zoom-out", words.say("frame.zoom_out"))
        smaller.clicked.connect(lambda _checked: self.zoom_wanted.emit(-1))
        return [language, shade, smaller, larger]

    def _switch(self, icon_name: str, said: str) -> QToolButton:
        switch = QToolButton()
        switch.setToolTip(said)
        switch.setAccessibleName(said)
        switch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        switch.setMinimumHeight(self._theme.px(4))
        if icon_name:
            switch.setIcon(icon(self._theme, icon_name, self._theme.colours.rail_text))
            switch.setIconSize(QSize(self._theme.px(2.25), self._theme.px(2.25)))
        return switch
