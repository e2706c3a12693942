"""Garbage is looked for on the window's thread alone.

What Python finds in a circle it deletes on whichever thread made it look. Widgets lie in circles,
and one deleted by a worker ends the program sooner or later. So while workers run, nobody looks of
himself: the window does it from time to time.
"""

from __future__ import annotations

import gc

PAUSE_MS = 1_000

_workers: set[object] = set()


def worker_starts(worker: object) -> None:
    """Called on the window's thread, as are the others."""
    _workers.add(worker)
    gc.disable()


def worker_ended(worker: object) -> None:
    _workers.discard(worker)
    if not _workers:
        gc.enable()


def collect() -> None:
    """Look as far back as Python would have looked by now."""
    due = [
        generation
        for generation, (made, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if made > most
    ]
    if due:
        gc.collect(due[-1])
