"""Builds the Qt application and the window, and takes care of errors nobody caught."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from app.paths import station_home
from app.settings import load_settings
from ui.main_window import MainWindow
from ui.opening import StationOpener
from ui.theme.fonts import find_families


def build_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication, made only once, named so that desktops group its windows."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(list(arguments))
    application.setApplicationName("plumbline")
    application.setDesktopFileName("plumbline")
    return application


def build_window(file: Path | None = None) -> MainWindow:
    """The window as this laptop's settings want it, on a file if one is given.

    Needs a QApplication.
    """
    home = station_home()
    return MainWindow(load_settings(home), StationOpener(home), find_families(), file=file)


def start(file: Path | None) -> int:
    """Run the window until it is closed; returns the exit status."""
    application = build_application(sys.argv[:1])
    window = build_window(file)
    catch_bugs(window)
    window.showMaximized()
    gc.enable()
    return application.exec()


def catch_bugs(window: MainWindow) -> None:
    """Send every uncaught exception to the window; everything entered so far is on disk."""

    def on_uncaught(
        kind: type[BaseException], raised: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, raised, trace)
            window.close()
        else:
            window.show_bug(raised)

    sys.excepthook = on_uncaught
