"""Work on the competition's file beside the window, on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.services.exchange import beside
from app.services.station import Station
from ui.context import ScreenContext
from ui.tasks import Cancelled, Progress, Task

T = TypeVar("T")


def run_beside(
    context: ScreenContext,
    work: Callable[[Station, Progress, Cancelled], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None],
) -> Task | None:
    """Start the work; exactly one of the two endings gets what comes of it.

    A competition in memory has one connection, which stays on this thread: there it is done at
    once, and there is no task to follow.
    """
    station = context.station
    if station.path is None:
        try:
            result = work(station, lambda _done, _total: None, lambda: False)
        except Exception as failure:  # noqa: BLE001 - handed to the window as it is
            failed(failure)
        else:
            done(result)
        return None

    def job(progress: Progress, cancelled: Cancelled) -> T:
        with beside(station) as own:
            return work(own, progress, cancelled)

    return context.tasks.run(job, done, failed)
