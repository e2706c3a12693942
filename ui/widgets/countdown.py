"""A clock that fills the room it is given: time huge, a thin bar, the state in words and colour.

It shows what it is told and measures nothing; the text comes from the domain's clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import font
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.tokens import TextSize, Theme, Tone

_FILL_ACROSS, _FILL_DOWN = 0.94, 0.78
"""How much of the room the numerals take at most."""


SMALL_BELOW = 17
"""A tile lower than so many grid steps sets its words small."""


@dataclass(frozen=True, slots=True)
class CountdownFace:
    """All a tile shows. ``left`` is the share of time still there, in thousandths.

    ``rests`` says that time stands still while the clock is under way.
    """

    title: str
    subtitle: str
    time: str
    left: int
    tone: Tone
    word: str
    icon: str = ""
    rests: bool = False


@dataclass(frozen=True, slots=True)
class _Inks:
    ground: str
    text: str
    quiet: str
    bar: str
    trough: str


class Countdown(QWidget):
    """One tile of the timing wall, or the whole hall clock with ``in_hall``."""

    focused = Signal()

    def __init__(self, theme: Theme, face: CountdownFace, *, in_hall: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._in_hall = in_hall
        self._face = face
        self._fitted: tuple[QSize, str, QFont] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if in_hall else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(16), theme.px(11))
        self.show_face(face)

    @property
    def face(self) -> CountdownFace:
        return self._face

    def show_face(self, face: CountdownFace) -> None:
        """Show another moment; repaints only when something is different."""
        if face != self._face:
            self._face = face
            self.update()
        self.setAccessibleName(f"{face.title} {face.subtitle} {face.word}".strip())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(32), self._theme.px(20))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inks = self._inks()
        self._paint_ground(painter, inks)
        edge = max(self._theme.px(0.875 if self._is_small else 1.25), self.height() // 22)
        inside = self.rect().adjusted(edge, edge, -edge, -edge)
        head = self._paint_head(painter, inks, inside)
        foot = self._paint_foot(painter, inks, inside)
        room = QRect(inside.left(), head, inside.width(), foot - head)
        painter.setFont(self._time_font(room.size()))
        painter.setPen(QColor(inks.text))
        # The box of a font is higher than its numerals: what reaches out of the room is empty.
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        painter.drawText(room, flags, self._face.time)
        painter.end()

    def _paint_ground(self, painter: QPainter, inks: _Inks) -> None:
        radius = 0 if self._in_hall else self._theme.px()
        bounds = self.rect().adjusted(1, 1, -1, -1)
        painter.setBrush(QColor(inks.ground))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.colours.focus), self._theme.px(0.5)))
            bounds = self.rect().adjusted(2, 2, -2, -2)
        else:
            painter.setPen(QColor(inks.trough))
        painter.drawRoundedRect(bounds, radius, radius)

    def _paint_head(self, painter: QPainter, inks: _Inks, inside: QRect) -> int:
        """Workplace at the left, work code or name at the right; returns where it ends."""
        painter.setFont(self._small_font(bold=True))
        metrics = painter.fontMetrics()
        height = metrics.height()
        line = QRect(inside.left(), inside.top(), inside.width(), height)
        painter.setPen(QColor(inks.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._face.title)
        line.setLeft(line.left() + metrics.horizontalAdvance(self._face.title + "  "))
        painter.setFont(self._small_font(bold=False))
        painter.setPen(QColor(inks.quiet))
        shown = painter.fontMetrics().elidedText(
            self._face.subtitle, Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, shown)
        return inside.top() + height

    def _paint_foot(self, painter: QPainter, inks: _Inks, inside: QRect) -> int:
        """The bar with the state's icon and word below it; returns where it begins."""
        painter.setFont(self._small_font(bold=False))
        height = painter.fontMetrics().height()
        thick = max(self._theme.px(0.375 if self._is_small else 0.5), self.height() // 48)
        top = inside.bottom() - height
        icon_size = height * 4 // 5
        drawn = pixmap(
            self._face.icon or TONE_ICONS[self._face.tone],
            inks.text,
            icon_size,
            self.devicePixelRatioF(),
        )
        painter.drawPixmap(inside.left(), top + (height - icon_size) // 2, drawn)
        painter.setPen(QColor(inks.text))
        word = QRect(inside.left() + height, top, inside.width() - height, height)
        shown = painter.fontMetrics().elidedText(
            self._face.word, Qt.TextElideMode.ElideRight, word.width()
        )
        painter.drawText(word, Qt.AlignmentFlag.AlignLeft, shown)
        bar = QRect(inside.left(), top - thick * 2, inside.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(inks.trough))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        bar.setWidth(bar.width() * max(0, min(1000, self._face.left)) // 1000)
        painter.setBrush(QColor(inks.bar))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        return bar.top() - thick

    @property
    def _is_small(self) -> bool:
        """Whether the words give way to the time: one of forty tiles."""
        return self.height() < self._theme.px(SMALL_BELOW)

    def _small_font(self, *, bold: bool) -> QFont:
        size = TextSize.STRONG if bold else TextSize.BASE
        found = font(self._theme, TextSize.LABEL if self._is_small else size, bold=bold)
        grown = self.height() // (12 if self._in_hall else 14)
        if grown > QFontMetrics(found).height():
            found.setPixelSize(grown)
        return found

    def _time_font(self, room: QSize) -> QFont:
        # Every digit is as wide as a zero in tabular figures, so the size only changes with the
        # number of characters and the numerals never jump from second to second.
        shape = "".join("0" if sign.isdigit() else sign for sign in self._face.time)
        if self._fitted is None or self._fitted[:2] != (room, shape):
            found = font(self._theme, TextSize.HUGE, bold=True)
            box = QFontMetrics(found).tightBoundingRect(shape)
            by_width = room.width() * _FILL_ACROSS / max(1, box.width())
            by_height = room.height() * _FILL_DOWN / max(1, box.height())
            found.setPointSizeF(max(1.0, found.pointSizeF() * min(by_width, by_height)))
            self._fitted = (QSize(room), shape, found)
        return self._fitted[2]

    def _inks(self) -> _Inks:
        colours, tone = self._theme.colours, self._theme.tone(self._face.tone)
        match self._face.tone:
            case Tone.ATTENTION | Tone.BLOCKED:
                on = tone.on_strong
                trough = QColor(on)
                trough.setAlphaF(0.3)
                return _Inks(tone.strong, on, on, on, trough.name(QColor.NameFormat.HexArgb))
            case _ if self._in_hall:
                hall = colours.hall
                waits = self._face.rests or self._face.tone is Tone.IDLE
                ink = hall.muted if waits else hall.text
                return _Inks(hall.surface, ink, hall.muted, hall.accent, hall.line)
            case _ if self._face.rests:
                return _Inks(tone.soft, tone.ink, tone.ink, tone.ink, colours.line)
            case Tone.IDLE:
                return _Inks(colours.sunken, colours.muted, colours.muted, tone.ink, colours.line)
            case Tone.DONE:
                return _Inks(tone.soft, tone.ink, tone.ink, tone.ink, colours.line)
            case Tone.RUNNING:
                return _Inks(colours.raised, colours.text, colours.muted, tone.ink, colours.line)
