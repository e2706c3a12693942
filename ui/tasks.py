"""Long reads, exports and printing beside the window, on worker threads.

A worker opens its own read-only connection; nothing of the window is touched outside ``on_done``,
``on_failed`` and ``on_progress``, which always run on the window's thread. The frame closes its
``Tasks`` before it closes, so no result arrives at a screen that is gone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from ui import garbage

Progress: TypeAlias = Callable[[int, int], None]
"""Called by the work with ``(done, total)``; total 0 means nobody knows."""

Cancelled: TypeAlias = Callable[[], bool]
"""Asked by the work between steps; once it says yes the work should return soon."""

T = TypeVar("T")


class Task(QObject):
    """One piece of work under way. Keep it to cancel it; dropping it changes nothing."""

    progressed = Signal(object, object)
    ended = Signal()

    def __init__(self, *, only_looks: bool = False) -> None:
        super().__init__()
        self.only_looks = only_looks
        self._stop = threading.Event()
        self.running = True

    def cancel(self) -> None:
        """Ask the work to stop; neither ``on_done`` nor ``on_failed`` is called afterwards."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()


class _Post(QObject):
    """Carries a call from the worker to the thread this object lives in."""

    called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.called.connect(self._on_called, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_called(self, call: Callable[[], None]) -> None:
        call()


class _Job(QRunnable):
    def __init__(self, job: Callable[[], None]) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job()


class Tasks:
    """Runs work on a few threads of its own."""

    def __init__(self, *, threads: int = 2) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._post = _Post()
        self._under_way: list[Task] = []
        self._garbage_timer = QTimer(interval=garbage.PAUSE_MS)
        self._garbage_timer.timeout.connect(garbage.collect)
        self._closed = False

    def run(
        self,
        work: Callable[[Progress, Cancelled], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
        on_progress: Callable[[int, int], None] | None = None,
        *,
        only_looks: bool = False,
    ) -> Task:
        """Start ``work(progress, cancelled)``; exactly one of the two endings follows.

        ``on_failed`` gets the exception as raised; ``context.fail`` is a fine one. A cancelled
        task gets neither ending, only its ``ended`` signal. What ``only_looks`` is missed by nobody
        when the window closes.
        """
        task = Task(only_looks=only_looks)
        if on_progress is not None:
            task.progressed.connect(on_progress)
        self._under_way.append(task)

        def tell(done: int, total: int) -> None:
            self._post.called.emit(lambda: self._progress(task, done, total))

        def job() -> None:
            ending: Callable[[], Any]
            try:
                result = work(tell, lambda: task.cancelled)
            except Exception as failure:  # noqa: BLE001 - handed to the window as it is
                failed = failure
                ending = lambda: on_failed(failed)  # noqa: E731
            else:
                ending = lambda: on_done(result)  # noqa: E731
            self._post.called.emit(lambda: self._end(task, ending))

        garbage.worker_starts(task)
        if not self._garbage_timer.isActive():
            self._garbage_timer.start()
        self._pool.start(_Job(job))
        return task

    @property
    def busy(self) -> bool:
        """Is any work still under way, cancelled or not?"""
        return bool(self._under_way)

    @property
    def making(self) -> bool:
        """Is work under way whose outcome somebody waits for, such as an export?"""
        return any(not task.only_looks for task in self._under_way)

    def close(self) -> None:
        """Cancel everything and wait until no thread runs; later endings are dropped."""
        self._closed = True
        for task in self._under_way:
            task.cancel()
        self._pool.waitForDone()
        while self._under_way:
            self._over(self._under_way[0])

    def _progress(self, task: Task, done: int, total: int) -> None:
        if not (self._closed or task.cancelled):
            task.progressed.emit(done, total)

    def _end(self, task: Task, ending: Callable[[], Any]) -> None:
        if task.running:
            self._over(task)
        try:
            if not (self._closed or task.cancelled):
                ending()
        finally:
            task.ended.emit()

    def _over(self, task: Task) -> None:
        self._under_way.remove(task)
        task.running = False
        garbage.worker_ended(task)
        if not self._under_way:
            self._garbage_timer.stop()
