"""Work on the competition's file beside the window, on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.domain.errors import RuleBroken
from app.problems import Problem
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
    """Start the work; one of the two endings gets what comes of it.

    A competition in memory has one connection, which stays on this thread: there it is done at
    once, there is no task to follow, and a bug goes where the bugs of the window go.
    """
    station = context.station
    if station.path is None:
        try:
            result = work(station, lambda _done, _total: None, lambda: False)
        except (RuleBroken, Problem) as refused:
            failed(refused)
        else:
            done(result)
        return None

    def job(progress: Progress, cancelled: Cancelled) -> T:
        with beside(station) as own:
            return work(own, progress, cancelled)

    return context.tasks.run(job, done, failed)
