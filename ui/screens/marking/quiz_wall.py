"""The running score of a quiz for the hall: every team large, who answers framed (现场记分牌).

It shows what everybody in the hall has just heard, and says that it is no published result.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import tabular_figures
from ui.theme.tokens import Theme

_EDGE, _HEAD, _FOOT, _GAP = 0.045, 0.15, 0.08, 0.018
"""Parts of the height of the window."""
_NAME, _SCORE, _NOTE = (0.08, 0.24), (0.32, 0.42), (0.76, 0.18)
"""Where a line of a team begins and how high it is, as parts of the height of its cell."""
_LETTERS, _INDENT, _SMALLEST = 0.82, 0.06, 0.5
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class WallTeam:
    """A team as the hall sees it, finished text; ``note`` is what it made of the question."""

    name: str
    score: str
    note: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class WallTexts:
    """What stands around the teams: the quiz, its round and question, and what this score is."""

    title: str
    question: str
    caution: str


class QuizWall(QWidget):
    """A window without a border; Escape closes it."""

    def __init__(self, theme: Theme, texts: WallTexts) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self.texts = texts
        self.teams: tuple[WallTeam, ...] = ()
        self.setWindowTitle(texts.title)
        self.setAccessibleName(texts.title)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)

    def show_on_second_screen(self) -> None:
        """Full-screen on another monitor than the first, where there is one."""
        screen = QGuiApplication.screens()[-1]
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def show_score(self, texts: WallTexts, teams: tuple[WallTeam, ...]) -> None:
        self.texts, self.teams = texts, teams
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, height = self._theme.colours.hall, self.height()
        edge = _EDGE * height
        room = QRectF(self.rect()).adjusted(edge, 0, -edge, 0)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.surface))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            head = QRectF(room.left(), 0.3 * edge, room.width(), _HEAD * height - 0.6 * edge)
            half = head.width() / 2
            self._text(painter, head.adjusted(0, 0, -half, 0), self.texts.title, 0.6, _LEFT)
            at_right = head.adjusted(half, 0, 0, 0)
            self._text(painter, at_right, self.texts.question, 0.5, _RIGHT, colours.accent)
            foot = QRectF(room.left(), (1 - _FOOT) * height, room.width(), _FOOT * height)
            self._text(painter, foot, self.texts.caution, 0.4, _LEFT, colours.muted)
            body = QRectF(room.left(), _HEAD * height, room.width(), (1 - _HEAD - _FOOT) * height)
            self._paint_teams(painter, body)

    def _paint_teams(self, painter: QPainter, room: QRectF) -> None:
        across = columns_for(len(self.teams))
        down = -(-len(self.teams) // across)
        gap = _GAP * self.height()
        for place, team in enumerate(self.teams):
            wide, high = (room.width() + gap) / across, (room.height() + gap) / down
            left, top = room.left() + place % across * wide, room.top() + place // across * high
            self._paint_team(painter, QRectF(left, top, wide - gap, high - gap), team)

    def _paint_team(self, painter: QPainter, cell: QRectF, team: WallTeam) -> None:
        colours, gap = self._theme.colours.hall, _GAP * self.height()
        frame = QPen(QColor(colours.accent), gap / 3) if team.is_asked else Qt.PenStyle.NoPen
        painter.setPen(frame)
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(cell, gap / 2, gap / 2)
        inner = cell.adjusted(_INDENT * cell.width(), 0, -_INDENT * cell.width(), 0)
        for text, (start, part), colour in (
            (team.name, _NAME, colours.muted),
            (team.score, _SCORE, colours.text),
            (team.note, _NOTE, colours.accent),
        ):
            top, high = cell.top() + start * cell.height(), part * cell.height()
            line = QRectF(inner.left(), top, inner.width(), high)
            self._text(painter, line, text, _LETTERS, _LEFT, colour)

    def _text(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        size: float,
        align: Qt.AlignmentFlag,
        colour: str = "",
    ) -> None:
        """One line as high as a part of its room, smaller when it is too long, then cut."""
        font = QFont(list(self._theme.families)) if self._theme.families else QFont()
        font.setWeight(QFont.Weight.DemiBold)
        tabular_figures(font)
        font.setPixelSize(max(1, round(size * room.height())))
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if needed > room.width():
            part = max(_SMALLEST, room.width() / needed)
            font.setPixelSize(max(1, int(size * room.height() * part)))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(QColor(colour or self._theme.colours.hall.text))
        painter.drawText(room, align, shown)


def columns_for(teams: int) -> int:
    """How many teams stand beside each other, so that each is as large as may be."""
    return next((across for across, most in ((2, 4), (3, 9), (4, 16)) if teams <= most), 5)
