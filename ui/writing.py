"""Papers and tables written on a worker: the window goes on, and a line tells where the file is."""

from __future__ import annotations

from collections.abc import Callable

from ui.context import ScreenContext
from ui.tasks import Task


def write_beside(context: ScreenContext, write: Callable[[], object], said: str) -> Task:
    """Write a file beside the window and announce it; the task is for a strip to follow."""
    return context.tasks.run(
        lambda _progress, _cancelled: write(),
        lambda _made: context.announce(said),
        context.fail,
    )
