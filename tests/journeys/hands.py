"""Two hands at the keyboard of the real window: keys go to whatever has the focus, never elsewhere.

Nothing here clicks or calls a widget. A dialog that blocks is answered by ``answering``, which
waits for it beside the key that opened it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station, open_station
from app.services.heartbeat import reopen_clocks
from app.settings import Settings
from app.time_source import TimeSource
from ui.context import Place
from ui.desk import Desk, Opener
from ui.frame.desk_view import DeskView
from ui.main_window import MainWindow
from ui.station_desk import StationDesk

MOST_TABS = 60
LOOKS_EVERY_MS = 5
MOST_LOOKS = 1_000


@dataclass(frozen=True)
class TimedOpener:
    """Opens files as the program does, on clocks of the test's own."""

    home: Path
    time: TimeSource

    def open(self, path: Path) -> Desk:
        station = open_station(path, home=self.home, time=self.time)
        reopen_clocks(station)
        return StationDesk(station)

    def create(self, path: Path, scheme: Path | None = None) -> Desk:
        assert scheme is None, "rules are chosen at set-up here"
        return StationDesk(create_station(path, home=self.home, time=self.time))

    def sample(self) -> Desk:
        raise AssertionError("nobody asked for the sample")


@contextmanager
def at_window(qtbot: QtBot, opener: Opener, file: Path | None = None) -> Iterator[Hands]:
    """Somebody sits down at the program's window, which is closed when they are done."""
    # Qt's own file chooser, which can be typed into on every system.
    attribute = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QCoreApplication.setAttribute(attribute, True)
    window = MainWindow(Settings(language="en", theme="light"), opener, file=file)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    try:
        yield Hands(qtbot, window)
    finally:
        if window.isVisible():
            # Closing over work under way or typing that was not taken asks first, and nobody is
            # here any more to answer.
            qtbot.waitUntil(lambda: not window.tasks.busy, timeout=20_000)
            if isinstance(window.view, DeskView):
                window.view.host.close_all()
            window.close()
        window.deleteLater()
        QCoreApplication.setAttribute(attribute, False)


class Hands:
    """Presses keys and reads what stands on the screen."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self.window = window

    @property
    def desk(self) -> DeskView:
        view = self.window.view
        assert isinstance(view, DeskView), "no competition is open"
        return view

    @property
    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus: the next key would be lost"
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            QTest.keySequence(self.focused, QKeySequence(key))
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Characters one by one; the focus may move on between them."""
        for sign in text:
            QTest.keyClicks(self.focused, sign)

    def enter(self, text: str) -> None:
        self.type(text)
        self.press("Return")

    def overwrite(self, text: str) -> None:
        self.press("Ctrl+A")
        self.type(text)

    def go(self, place: Place) -> None:
        self.press(place.shortcut)
        assert self.desk.here is place
        assert not self.desk.banner.isVisible(), self.desk.banner.text

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Tab until the control of this accessible name has the focus: it can be reached."""
        return self._tab_until(name, lambda said: said == name, "Shift+Tab" if back else "Tab")

    def tab_to_first(self, beginning: str) -> QWidget:
        """Tab to the next control whose name begins so."""
        return self._tab_until(beginning, lambda said: said.startswith(beginning))

    def _tab_until(self, name: str, is_it: Callable[[str], bool], key: str = "Tab") -> QWidget:
        passed = []
        for _ in range(MOST_TABS):
            if is_it(self.focused.accessibleName()):
                return self.focused
            self.press(key)
            passed.append(self.focused.accessibleName() or type(self.focused).__name__)
        raise AssertionError(f"Tab never reaches {name!r}, but: {passed}")

    def choose(self, name: str, starts: str, *, back: bool = False) -> None:
        """Choose in a drop-down list by its keys: the one whose text starts so."""
        box = self.tab_to(name, back=back)
        assert isinstance(box, QComboBox)
        self.press("Home")
        for _ in range(box.count()):
            if box.currentText().startswith(starts):
                return
            self.press("Down")
        offered = [box.itemText(place) for place in range(box.count())]
        raise AssertionError(f"{name} does not offer {starts!r}, but: {offered}")

    def reads(self, text: str) -> bool:
        """Does a label on the screen in front, or a field, show this?"""
        return any(text in shown for shown in self.texts())

    def offers(self, name: str) -> bool:
        """Is there a button of this name that can be pressed?"""
        buttons = self.window.findChildren(QAbstractButton)
        found = [one for one in buttons if one.isVisible() and one.accessibleName() == name]
        return any(one.isEnabled() for one in found)

    def texts(self, within: QWidget | None = None) -> list[str]:
        top = within or self.window
        labels = [one.text() for one in top.findChildren(QLabel) if one.isVisible()]
        return labels + [one.text() for one in top.findChildren(QLineEdit) if one.isVisible()]

    def wait(self, until: Callable[[], bool]) -> None:
        """Until it is so; if it never is, what stands on the screen instead."""

        def so() -> None:
            assert until(), f"the screen says {self.texts()}"

        self._qtbot.waitUntil(so, timeout=10_000)

    @contextmanager
    def answering(self, *answers: Callable[[], None]) -> Iterator[list[str]]:
        """Answers the dialogs that open within, in this order; yields all they said."""
        said: list[str] = []
        waiting = list(answers)
        failed: list[BaseException] = []
        timer = QTimer()
        seen: list[QDialog] = []
        stayed = 0

        def look() -> None:
            nonlocal stayed
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or not dialog.isVisible():
                return
            if dialog in seen:
                stayed += 1
                if stayed > MOST_LOOKS:
                    failed.append(AssertionError(f"still open: {self.texts(dialog)}"))
                    dialog.reject()
                return
            held = QApplication.focusWidget()
            if held is None or held.window() is not dialog:
                return
            stayed = 0
            seen.append(dialog)
            said.extend(self.texts(dialog))
            try:
                assert waiting, f"a dialog nobody expected: {self.texts(dialog)}"
                waiting.pop(0)()
            except BaseException as raised:  # noqa: BLE001 - told outside, or the test would hang
                failed.append(raised)
                dialog.reject()

        timer.timeout.connect(look)
        timer.start(LOOKS_EVERY_MS)
        try:
            yield said
            self.wait(lambda: not waiting or bool(failed))
        finally:
            timer.stop()
        if failed:
            raise failed[0]
        if QApplication.activeWindow() is None:
            # What every window system does when a dialog is gone.
            self.window.activateWindow()
        self.wait(lambda: QApplication.focusWidget() is not None)

    def name_file(self, path: Path) -> Callable[[], None]:
        """The answer to a file chooser: type the path, Enter."""

        def answer() -> None:
            chooser = QApplication.activeModalWidget()
            assert isinstance(chooser, QFileDialog)
            QApplication.clipboard().setText(str(path))
            self.press("Ctrl+A", "Ctrl+V", "Return")

        return answer

    def key(self, *keys: str) -> Callable[[], None]:
        return lambda: self.press(*keys)
