"""Work beside the window: endings arrive on the window's thread, and none after closing."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.problems import Problem
from app.words import Words
from ui.tasks import Cancelled, Progress, Tasks
from ui.theme.tokens import Theme
from ui.widgets.progress_strip import ProgressStrip


class Circle(QObject):
    """What only the search for garbage finds."""

    itself: Circle


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_a_result_arrives_on_the_thread_of_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, bool]] = []
    here = threading.get_ident()

    def done(result: int) -> None:
        seen.append((result, threading.get_ident() == here))

    tasks.run(lambda _progress, _cancelled: 42, done, _never)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(42, True)]
    assert not tasks.busy


def test_progress_is_told_in_order(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, int]] = []
    ended: list[None] = []

    def work(progress: Progress, cancelled: Cancelled) -> None:
        progress(1, 2)
        progress(2, 2)

    tasks.run(work, ended.append, _never, lambda done, total: seen.append((done, total)))
    qtbot.waitUntil(lambda: bool(ended))
    assert seen == [(1, 2), (2, 2)]


def test_a_failure_is_handed_on_as_it_was_raised(qtbot: QtBot, tasks: Tasks) -> None:
    failures: list[Exception] = []

    def work(progress: Progress, cancelled: Cancelled) -> None:
        raise Problem("file-not-found", file="x.pdf")

    tasks.run(work, _never, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert str(failures[0]) == "file-not-found(file=x.pdf)"


def test_a_cancelled_task_ends_without_an_ending(qtbot: QtBot, tasks: Tasks) -> None:
    begun = threading.Event()

    def work(progress: Progress, cancelled: Cancelled) -> None:
        begun.set()
        while not cancelled():
            threading.Event().wait(0.001)

    task = tasks.run(work, _never, _never)
    assert begun.wait(5)
    with qtbot.waitSignal(task.ended):
        task.cancel()
    assert not task.running


def test_closing_stops_what_is_under_way_and_drops_its_ending(qtbot: QtBot, tasks: Tasks) -> None:
    stopped = threading.Event()

    def work(progress: Progress, cancelled: Cancelled) -> None:
        while not cancelled():
            threading.Event().wait(0.001)
        stopped.set()

    tasks.run(work, _never, _never)
    tasks.close()
    assert stopped.is_set()


def test_the_strip_shows_progress_and_stops_the_work(
    qtbot: QtBot, tasks: Tasks, theme: Theme, words: Words
) -> None:
    strip = ProgressStrip(theme, words)
    qtbot.addWidget(strip)

    def work(progress: Progress, cancelled: Cancelled) -> None:
        progress(3, 84)
        while not cancelled():
            threading.Event().wait(0.001)

    task = tasks.run(work, _never, _never)
    strip.follow(task, "Printing 84 certificates")
    assert not strip.isHidden()
    qtbot.waitUntil(lambda: strip.counted == "3 / 84")
    with qtbot.waitSignal(task.ended):
        strip.stop.click()
    assert strip.isHidden()


def _never(_what: object) -> None:
    raise AssertionError("this ending should not have come")


def test_a_preview_under_way_is_nothing_to_wait_for_and_an_export_is(
    qtbot: QtBot, tasks: Tasks
) -> None:
    gate = threading.Event()

    def work(_progress: Progress, _cancelled: Cancelled) -> bool:
        return gate.wait(10)

    tasks.run(work, lambda _done: None, _never, only_looks=True)
    assert tasks.busy
    assert not tasks.making
    tasks.run(work, lambda _done: None, _never)
    assert tasks.making
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)


def test_garbage_is_deleted_on_the_thread_of_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    deleted_on: list[int] = []
    ended: list[int] = []
    circle = Circle()
    circle.itself = circle
    circle.destroyed.connect(
        lambda: deleted_on.append(threading.get_ident()), Qt.ConnectionType.DirectConnection
    )
    del circle

    def work(_progress: Progress, _cancelled: Cancelled) -> int:
        return len([[number] for number in range(100_000)])

    tasks.run(work, ended.append, _never)
    qtbot.waitUntil(lambda: bool(ended))
    gc.collect()
    assert ended == [100_000]
    assert deleted_on == [threading.get_ident()]


def test_python_looks_for_garbage_itself_once_nothing_runs(qtbot: QtBot, tasks: Tasks) -> None:
    ended: list[bool] = []
    tasks.run(lambda _progress, _cancelled: gc.isenabled(), ended.append, _never)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [False]
    assert gc.isenabled()
    tasks.run(lambda _progress, _cancelled: gc.isenabled(), ended.append, _never)
    tasks.close()
    assert gc.isenabled()
