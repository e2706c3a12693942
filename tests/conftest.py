"""What every test stands on: no window system, a laptop of its own, and nothing left behind.

A test fails by itself when it logs a warning nobody expected, when Qt complains, or when it leaves
a timer or thread running. A warning that is meant goes inside
``with caplog.at_level(logging.WARNING):``, naming its exact level.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from typing import TYPE_CHECKING

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

# No deadline, and slow data is no failure: a busy laptop is slow at times, that is not a bug.
# Set here rather than left to hypothesis, which on CI would repeat the same examples every time.
hypothesis.settings.register_profile(
    "plumbline",
    deadline=None,
    derandomize=False,
    max_examples=60,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "thorough", hypothesis.settings.get_profile("plumbline"), max_examples=2000
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "plumbline"))


class UnexpectedRecords(logging.Handler):
    """Collects warnings and worse, except those at a level the test has said it expects."""

    def __init__(self, expecting: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self.expecting = expecting
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno != self.expecting.level:
            self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log_records(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logged a warning or worse outside ``caplog.at_level`` of that level."""
    unexpected = UnexpectedRecords(caplog.handler)
    logging.getLogger().addHandler(unexpected)
    yield
    logging.getLogger().removeHandler(unexpected)
    if unexpected.messages:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected.messages), pytrace=False)


@pytest.fixture(autouse=True)
def station_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A laptop without settings or keys: the folder the station keeps its own things in."""
    home = tmp_path / "station-home"
    home.mkdir()
    monkeypatch.setenv("PLUMBLINE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a timer ticking or a thread running, and let its windows go."""
    threads_before = set(threading.enumerate())
    timers_before, windows_before = _running_in_qt(), set(_windows())
    yield
    # No event loop runs between tests, so nothing that was closed is deleted unless it is asked
    # for here; every window that stays makes the next style sheet dearer.
    for window in _windows():
        if window not in windows_before:
            window.close()
            window.deleteLater()
    _delete_what_was_closed()
    left = [name for key, name in _running_in_qt().items() if key not in timers_before]
    if left:
        # What only a cycle of references keeps alive is not left running.
        gc.collect()
        _delete_what_was_closed()
        left = [name for key, name in _running_in_qt().items() if key not in timers_before]
    left += [
        f"thread {thread.name}"
        for thread in set(threading.enumerate()) - threads_before
        if not thread.daemon
    ]
    if left:
        pytest.fail("left running: " + ", ".join(sorted(left)), pytrace=False)


def _running_in_qt() -> dict[int, str]:
    """Ticking timers and running threads, keyed so that two moments can be compared."""
    if "PySide6.QtCore" not in sys.modules:
        return {}
    from PySide6.QtCore import QCoreApplication, QThread, QTimer
    from shiboken6 import Shiboken

    if QCoreApplication.instance() is None:
        return {}
    running: dict[int, str] = {}
    for wrapped in Shiboken.getAllValidWrappers():
        match wrapped:
            case QTimer() if wrapped.isActive():
                running[id(wrapped)] = f"{_called(wrapped)} every {wrapped.interval()} ms"
            case QThread() if wrapped.isRunning() and wrapped is not QThread.currentThread():
                running[id(wrapped)] = _called(wrapped)
            case _:
                continue
    return running


def _called(wrapped: QObject) -> str:
    parent = wrapped.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(wrapped).__name__} {wrapped.objectName()!r}{owner}"


def _windows() -> list[QWidget]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if QApplication.instance() is None:
        return []
    # Qt keeps windows of its own, such as the one every graphics layout measures with. It deletes
    # them itself: deleted here as well, they ended the program.
    return [one for one in QApplication.topLevelWidgets() if Shiboken.createdByPython(one)]


def _delete_what_was_closed() -> None:
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

    if QCoreApplication.instance() is not None:
        QThreadPool.globalInstance().waitForDone(2000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
