"""Inside the measured window: says on stdout when it can be used and when it has settled.

``python -m tests.bench.probe bare`` is the floor, a main window with a table and nothing else;
``python -m tests.bench.probe FILE`` is ``python -m ui FILE`` itself, told what to say.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

SETTLE_MS = 1_500
"""How long a window is left alone before its memory is read."""
USABLE, SETTLED, RESULTS = "usable", "settled", "results"


def main() -> int:
    what = sys.argv[1]
    if what == "bare":
        return _bare()
    _before_the_loop(lambda: _watch(_show_results))
    sys.argv = ["ui", what]
    runpy.run_module("ui", run_name="__main__")
    return 0


def _bare() -> int:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTableView())
    window.showMaximized()
    _watch(application.quit)
    return application.exec()


def _before_the_loop(act: Callable[[], None]) -> None:
    """Have ``act`` called when the program enters its event loop, without changing the program."""
    enter = QApplication.exec

    def exec_after_act(*given: object) -> int:
        act()
        return enter()

    QApplication.exec = exec_after_act  # type: ignore[method-assign]


def _watch(then: Callable[[], None]) -> None:
    """Say when the window is painted and nothing is left to do, and once more when it settled."""

    def settled() -> None:
        _say(SETTLED)
        then()

    def look() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow)]
        shown = [one.windowHandle() for one in windows if one.isVisible()]
        if any(handle.isExposed() for handle in shown):
            # Painting what was exposed comes before the next timer.
            QTimer.singleShot(0, lambda: _say(USABLE))
            QTimer.singleShot(SETTLE_MS, settled)
        else:
            QTimer.singleShot(0, look)

    QTimer.singleShot(0, look)


def _show_results() -> None:
    """Open the results of the file and wait until they are there."""
    from ui.context import Place
    from ui.frame.desk_view import DeskView
    from ui.main_window import MainWindow

    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    if not isinstance(window.view, DeskView):
        raise SystemExit(window.view.banner.text)
    window.view.go_to(Place.RESULTS)

    def look() -> None:
        if window.tasks.busy:
            QTimer.singleShot(100, look)
        else:
            _say(RESULTS)
            window.close()

    QTimer.singleShot(SETTLE_MS, look)


def _say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()
    if what != USABLE:
        # The one that measures answers when it has read the memory.
        sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main())
