"""Our own icons, drawn in one stroke colour that the theme gives.

The drawings are in ``resources/icons``; ``currentColor`` in them is replaced before rendering.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.paths import resource
from ui.theme.tokens import Theme, Tone

TONE_ICONS = {
    Tone.DONE: "done",
    Tone.RUNNING: "running",
    Tone.ATTENTION: "attention",
    Tone.BLOCKED: "blocked",
    Tone.IDLE: "idle",
}


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` drawn ``size`` logical pixels wide in ``colour``, sharp at ``ratio``."""
    key = f"{name}/{colour}/{size}/{ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(theme: Theme, name: str, colour: str | None = None) -> QIcon:
    """An icon for a button or a table cell, in the text colour unless another is given."""
    drawn = pixmap(name, colour or theme.colours.text, theme.px(3), 2.0)
    made = QIcon(drawn)
    # Or the style would blend it with the selection, and the icon of a chosen state would pale.
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made


def tone_icon(theme: Theme, tone: Tone) -> QIcon:
    """The icon that goes with a state's word."""
    return icon(theme, TONE_ICONS[tone], theme.tone(tone).ink)


def window_icon() -> QIcon:
    """The plumb bob of the program itself."""
    return QIcon(str(resource("icons", "plumbline.svg")))
