"""What runs the hall screen from the operator's: monitor, play and pause, pages, names, event."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QFrame, QMenu

from app.services.hall import HallSubject
from ui.context import ScreenContext
from ui.screens.results.hall_window import HallWindow, open_hall
from ui.theme.styling import mark
from ui.theme.tokens import Tone
from ui.widgets.buttons import KeyButton, plain_button
from ui.widgets.labels import ElidedLabel, Kind
from ui.widgets.layout import row
from ui.widgets.state_chip import StateChip


class HallControl(QFrame):
    """Hidden while no hall screen is up. ``subject`` says what the operator looks at."""

    def __init__(self, context: ScreenContext, subject: Callable[[], HallSubject | None]) -> None:
        super().__init__()
        self._context, self._subject = context, subject
        theme, say = context.theme, context.words.say
        mark(self, kind="sunken")
        self._chip = StateChip(theme, Tone.RUNNING, say("hall.title"))
        self._where = ElidedLabel("", Kind.MUTED)
        self.previous = plain_button(theme, say("hall.previous"), lambda: self._turn(-1))
        self.play = plain_button(theme, say("hall.pause"), self._on_play)
        self.next = plain_button(theme, say("hall.next"), lambda: self._turn(1))
        self.names = plain_button(theme, say("hall.show_names"), self._on_names)
        self.this_one = plain_button(theme, say("hall.this_one"), self._on_this)
        self.end = plain_button(theme, say("hall.close"), self._on_end, icon_name="close")
        buttons = (self.previous, self.play, self.next, self.names, self.this_one, self.end)
        self.setLayout(row(theme, self._chip, (self._where, 1), *buttons, gap=1, margin=1))
        self._window: HallWindow | None = None
        self._follow(open_hall(context.station))

    @property
    def window_up(self) -> HallWindow | None:
        """The hall screen while it is up."""
        return self._window

    def offer(self, button: KeyButton) -> None:
        """Ask which monitor, or bring a new hall screen up where there is no choice."""
        screens = QApplication.screens()
        menu = QMenu(button)
        here = button.screen()
        for place, screen in enumerate(screens, start=1):
            if screen is not here or len(screens) == 1:
                # On the only monitor a window can be moved away; full screen could not.
                show = self.show_in_window if len(screens) == 1 else self._opener(screen)
                menu.addAction(self._label(place, screen, alone=len(screens) == 1), show)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def show_in_window(self) -> None:
        """Bring the hall screen up in a window that can be moved to another monitor."""
        window = self._made()
        if window is not None:
            room = self.screen().availableGeometry()
            window.resize(room.width() * 3 // 4, room.height() * 3 // 4)
            window.show()
            self._follow(window)

    def update_state(self) -> None:
        """Say again what the hall screen shows."""
        window, say = self._window, self._context.words.say
        self.setVisible(window is not None)
        if window is None:
            return
        pages = window.pages
        self._where.setText(
            say("hall.where", event=pages.view.event, page=pages.page + 1, pages=pages.pages)
        )
        self._chip.show_state(
            Tone.RUNNING if pages.playing else Tone.ATTENTION,
            say("hall.playing" if pages.playing else "hall.paused"),
            "" if pages.playing else "paused",
        )
        self.play.setText(say("hall.pause" if pages.playing else "hall.play"))
        self.names.setText(say("hall.show_numbers" if window.with_names else "hall.show_names"))
        self.this_one.setVisible(self._subject() not in {None, window.shown})

    def _opener(self, screen: QScreen) -> Callable[[], None]:
        def show() -> None:
            window = self._made()
            if window is not None:
                window.show_on(screen)
                self._follow(window)

        return show

    def _made(self) -> HallWindow | None:
        subject = self._subject()
        if subject is None:
            return None
        if self._window is not None:
            self._window.close()
        context = self._context
        return HallWindow(context.station, context.words, context.theme, subject)

    def _follow(self, window: HallWindow | None) -> None:
        self._window = window
        if window is not None:
            window.changed.connect(self.update_state)
            window.closed.connect(self._on_closed)
        self.update_state()

    def _label(self, place: int, screen: QScreen, *, alone: bool) -> str:
        size = screen.size() * screen.devicePixelRatio()
        key = "hall.in_window" if alone else "hall.monitor"
        text: str = self._context.words.say(
            key, place=place, name=screen.name(), width=size.width(), height=size.height()
        )
        return text

    def _turn(self, steps: int) -> None:
        if self._window is not None:
            self._window.turn(steps)

    def _on_play(self) -> None:
        if self._window is not None:
            self._window.play(not self._window.pages.playing)

    def _on_names(self) -> None:
        if self._window is not None:
            self._window.show_names(not self._window.with_names)

    def _on_this(self) -> None:
        subject = self._subject()
        if self._window is not None and subject is not None:
            self._window.show_other(subject)

    def _on_end(self) -> None:
        if self._window is not None:
            self._window.close()

    def _on_closed(self) -> None:
        self._window = None
        self.update_state()
