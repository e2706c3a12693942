"""Paints the hall screen: dark, everything in proportion to its height, legible from 20 m.

Twelve rows on a picture 2.5 m high make letters of 10 cm, the size for 20 m. A text that is too
long gets smaller before it is cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.services.hall import HallRow
from ui.screens.results.hall_pages import HallPages
from ui.theme.fonts import tabular_figures
from ui.theme.tokens import HallColours

_MARGIN, _TITLE, _SMALL, _CLOCK = 0.045, 0.060, 0.030, 0.060
_ROWS_TOP, _ROWS_BOTTOM, _HIGHEST_ROW = 0.200, 0.915, 0.095
_LETTERS = 0.60
"""Of a row's height."""
_RANK, _NAME, _UNIT, _TOTAL = (0.0, 0.085), (0.105, 0.33), (0.45, 0.40), (0.86, 0.125)
"""Where a column begins and how wide it is, as parts of the width between the margins."""
_ALONE = (0.105, 0.705)
"""The name where no unit stands beside it."""
_SMALLEST = 0.62
_DOT, _DOT_GAP = 0.011, 0.024
_MOST_DOTS = 12
"""More could not be counted, and would run into the texts beside them."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class HallTexts:
    """What stands around the rows, finished text."""

    clock: str
    as_of: str
    age: str
    waiting: str
    column_name: str
    column_unit: str
    column_total: str
    column_rank: str


class HallPainter:
    """One painting of the whole screen into a rectangle."""

    def __init__(
        self, painter: QPainter, room: QRectF, families: tuple[str, ...], colours: HallColours
    ) -> None:
        self._painter = painter
        self._room = room
        self._families = families
        self._colours = colours
        self._height = room.height()
        edge = _MARGIN * self._height
        self._left, self._width = room.left() + edge, room.width() - 2 * edge

    def paint(self, pages: HallPages, texts: HallTexts, *, with_names: bool) -> None:
        self._painter.fillRect(self._room, QColor(self._colours.surface))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clock_width = 0.16 * self._width
        self._text(self._band(0.040, _CLOCK, 0.84, 0.16), texts.clock, _CLOCK, _RIGHT)
        title = self._band(0.040, _TITLE)
        title.setWidth(self._width - clock_width)
        if pages.view.snapshot is None:
            self._wait(pages, texts)
            return
        event = " · ".join(part for part in (pages.view.event, pages.division) if part)
        self._text(title, event, _TITLE, _LEFT, bold=True)
        muted = self._colours.muted
        under = self._band(0.106, _SMALL * 1.2)
        self._text(under, pages.view.competition, _SMALL, _LEFT, colour=muted)
        self._headings(texts)
        step = min(_HIGHEST_ROW, (_ROWS_BOTTOM - _ROWS_TOP) / pages.room_for)
        for place, row in enumerate(pages.shown):
            self._row(row, _ROWS_TOP + place * step, step, place, with_names=with_names)
        self._foot(pages, texts)

    def _wait(self, pages: HallPages, texts: HallTexts) -> None:
        middle = self._band(0.40, 0.10)
        self._text(middle, pages.view.event, 0.085, _CENTRE, bold=True)
        below = self._band(0.53, 0.05)
        self._text(below, texts.waiting, 0.040, _CENTRE, colour=self._colours.muted)
        above = self._band(0.33, 0.04)
        self._text(above, pages.view.competition, _SMALL, _CENTRE, colour=self._colours.muted)

    def _headings(self, texts: HallTexts) -> None:
        for text, part, align in (
            (texts.column_rank, _RANK, _RIGHT),
            (texts.column_name, _NAME, _LEFT),
            (texts.column_unit, _UNIT, _LEFT),
            (texts.column_total, _TOTAL, _RIGHT),
        ):
            place = self._band(0.160, 0.034, *part)
            self._text(place, text, _SMALL, align, colour=self._colours.muted)

    def _row(self, row: HallRow, top: float, step: float, place: int, *, with_names: bool) -> None:
        colours = self._colours
        if place % 2 == 0:
            ground = QColor(colours.raised)
            band = self._band(top, step * 0.96)
            edge = 0.012 * self._height
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(ground)
            self._painter.drawRoundedRect(band.adjusted(-edge, 0, edge, 0), edge / 2, edge / 2)
        size = step * _LETTERS
        rank = f"({row.rank})" if row.is_guest else str(row.rank)
        who = row.name if with_names and row.name else row.number
        accent = colours.muted if row.is_guest else colours.accent
        cells = (
            (rank, _RANK, _RIGHT, accent, True),
            (who, _NAME if row.unit else _ALONE, _LEFT, colours.text, True),
            (row.unit, _UNIT, _LEFT, colours.muted, False),
            (row.total, _TOTAL, _RIGHT, colours.text, True),
        )
        for text, part, align, colour, bold in cells:
            room = self._band(top, step * 0.96, *part)
            self._text(room, text, size, align, colour=colour, bold=bold)

    def _foot(self, pages: HallPages, texts: HallTexts) -> None:
        muted = self._colours.muted
        self._text(self._band(0.930, 0.04), texts.as_of, _SMALL, _LEFT, colour=muted)
        self._text(self._band(0.930, 0.04), texts.age, _SMALL, _RIGHT, colour=muted)
        if pages.pages == 1:
            return
        if pages.pages > _MOST_DOTS:
            place = f"{pages.page + 1} / {pages.pages}"
            self._text(self._band(0.930, 0.04), place, _SMALL, _CENTRE, colour=muted)
            return
        radius, gap = _DOT * self._height / 2, _DOT_GAP * self._height
        x = self._room.center().x() - gap * (pages.pages - 1) / 2
        y = self._room.top() + 0.950 * self._height
        self._painter.setPen(Qt.PenStyle.NoPen)
        for page in range(pages.pages):
            here = page == pages.page
            self._painter.setBrush(QColor(self._colours.accent if here else self._colours.line))
            across = radius * (1.5 if here else 1.0)
            self._painter.drawEllipse(QPointF(x + page * gap, y), across, across)

    def _band(self, top: float, height: float, start: float = 0.0, width: float = 1.0) -> QRectF:
        return QRectF(
            self._left + start * self._width,
            self._room.top() + top * self._height,
            width * self._width,
            height * self._height,
        )

    def _text(
        self,
        room: QRectF,
        text: str,
        size: float,
        align: Qt.AlignmentFlag,
        *,
        colour: str = "",
        bold: bool = False,
    ) -> None:
        """One line, smaller when it is too long, cut at its end when even that is."""
        font = QFont(list(self._families)) if self._families else QFont()
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        tabular_figures(font)
        font.setPixelSize(max(1, round(size * self._height)))
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if needed > room.width():
            part = max(_SMALLEST, room.width() / needed)
            font.setPixelSize(max(1, int(size * self._height * part)))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour or self._colours.text))
        self._painter.drawText(room, align, shown)
