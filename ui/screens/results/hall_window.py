"""The hall screen: a window of its own that shows the published snapshot and nothing else (大屏).

It outlives the results screen, which is built anew with every change of language or light, and
closes by itself when the competition file is closed. It never shows a dialog and takes no focus.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from app.changes import Changes, Topic
from app.services import hall, paper_heads
from app.services.hall import HallSubject
from app.services.station import Station
from app.words import Words
from ui.bridge import Bridge
from ui.screens.results.hall_pages import HallPages
from ui.screens.results.hall_paint import HallPainter, HallTexts
from ui.theme.tokens import Theme

_TICK_MS = 500
_MINUTE_MS = 60_000
_TOPICS = frozenset(
    {Topic.RESULTS, Topic.PEOPLE, Topic.ENTRIES, Topic.COMPETITION, Topic.RULES, Topic.EXCHANGE}
)


class HallWindow(QWidget):
    """``changed`` tells that the page or what is shown is another; ``closed`` that it is gone."""

    changed = Signal()
    closed = Signal()

    def __init__(self, station: Station, words: Words, theme: Theme, subject: HallSubject) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.station = station
        self._words, self._theme = words, theme
        self.shown = subject
        self.with_names = False
        self.pages = HallPages(hall.hall_view(station, subject, words))
        self.setWindowTitle(words.say("hall.title"))
        self.setAccessibleName(words.say("hall.title"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # Closing the main window ends the program also while the hall screen is up.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._bridge = Bridge(station.changes, self._on_changes)
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self.texts = self._read_texts()

    def show_on(self, screen: QScreen) -> None:
        """Fill a monitor, without a border."""
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def show_other(self, subject: HallSubject) -> None:
        """Another event or standing, from its first page."""
        self.shown = subject
        self.pages = HallPages(hall.hall_view(self.station, subject, self._words))
        self._repaint()

    def show_names(self, wanted: bool) -> None:
        """Names instead of entry numbers, or the other way round."""
        self.with_names = wanted
        self._repaint()

    def play(self, wanted: bool) -> None:
        """Let the pages turn by themselves, or hold this one."""
        self.pages.playing = wanted
        self._repaint()

    def turn(self, steps: int) -> None:
        self.pages.turn(steps)
        self._repaint()

    def reload(self) -> None:
        """Read the snapshot again."""
        self.pages.take(hall.hall_view(self.station, self.shown, self._words))
        self._repaint()

    def tick(self, passed_ms: int) -> None:
        """So much time went by: turn the page, move the clock, or go when the file is closed."""
        if hall.is_closed(self.station):
            self.close()
            return
        if self.pages.passed(passed_ms) or self._read_texts() != self.texts:
            self._repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            HallPainter(
                painter, QRectF(self.rect()), self._theme.families, self._theme.colours.hall
            ).paint(self.pages, self.texts, with_names=self.with_names)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self.turn(1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self.turn(-1)
            case Qt.Key.Key_Space:
                self.play(not self.pages.playing)
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._bridge.close()
        super().closeEvent(event)
        self.closed.emit()
        self.deleteLater()

    def _on_tick(self) -> None:
        self.tick(self._since.restart())

    def _on_changes(self, changes: Sequence[Changes]) -> None:
        if any(one.topics & _TOPICS for one in changes):
            self.reload()

    def _repaint(self) -> None:
        self.texts = self._read_texts()
        self.update()
        self.changed.emit()

    def _read_texts(self) -> HallTexts:
        say, snapshot, now = self._words.say, self.pages.view.snapshot, self.station.now_ms()
        as_of = age = ""
        if snapshot is not None:
            as_of = say(
                "hall.as_of",
                at=_moment(snapshot.published_at, now),
                revision=snapshot.revision,
                status=say(f"results.status_{snapshot.status.value}"),
            )
            age = _age((now - snapshot.published_at) // _MINUTE_MS, self._words)
        of_units = self.pages.view.of_units
        column_name = say("hall.name" if self.with_names else "hall.number")
        return HallTexts(
            clock=paper_heads.local_minute(now)[-5:],
            as_of=as_of,
            age=age,
            waiting=say("hall.waiting"),
            column_name=say("hall.unit") if of_units else column_name,
            column_unit="" if of_units else say("hall.unit"),
            column_total=say("hall.total"),
            column_rank=say("hall.rank"),
        )


def open_hall(station: Station) -> HallWindow | None:
    """The hall screen of this competition, if one is up."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, HallWindow) and window.station is station and window.isVisible():
            return window
    return None


def _moment(published_at: int, now: int) -> str:
    """The time of day, with the day when that is another one: "11-14 21:11"."""
    published = paper_heads.local_minute(published_at)
    return published[-5:] if published[:10] == paper_heads.local_minute(now)[:10] else published[5:]


def _age(minutes: int, words: Words) -> str:
    if minutes < 1:
        return words.say("hall.age_now")
    if minutes < 120:
        return words.say("hall.age_minutes", minutes=minutes)
    hours = minutes // 60
    if hours < 48:
        return words.say("hall.age_hours", hours=hours)
    return words.say("hall.age_days", days=hours // 24)
