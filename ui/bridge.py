"""From the station's change feed to the screens: on the window's thread, once a turn, not back.

Many commands within one turn of the event loop become one reload. The object that gave the command
is not told, so that a sheet never reloads itself under the person typing into it. A window outside
the frame (the hall screen) holds a ``Bridge`` of its own and closes it with itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.changes import ChangeFeed, Changes


class Bridge(QObject):
    """Delivers to ``deliver`` the list of changes of one turn; ``merged`` makes them one."""

    _arrived = Signal()

    def __init__(self, feed: ChangeFeed, deliver: Callable[[Sequence[Changes]], None]) -> None:
        super().__init__()
        self._deliver = deliver
        self._pending: list[Changes] = []
        # A bundle merged on a worker publishes from there.
        self._guard = threading.Lock()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._stop: Callable[[], None] | None = feed.listen(self._on_change)

    def close(self) -> None:
        """Hear nothing more; what is pending is dropped."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        with self._guard:
            self._pending = []

    def _on_change(self, changes: Changes) -> None:
        with self._guard:
            self._pending.append(changes)
            first = len(self._pending) == 1
        if first:
            self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        with self._guard:
            pending, self._pending = self._pending, []
        if pending:
            self._deliver(pending)


def merged(changes: Sequence[Changes], listener: object | None = None) -> Changes | None:
    """All changes that ``listener`` did not cause, as one; ``None`` when it caused them all.

    One change that names no entries may touch all of them, so then the whole names none.
    """
    foreign = [one for one in changes if listener is None or one.origin is not listener]
    if not foreign:
        return None
    topics = frozenset(topic for one in foreign for topic in one.topics)
    everything = any(not one.entries for one in foreign)
    entries = frozenset(entry for one in foreign for entry in one.entries)
    return Changes(topics, frozenset() if everything else entries)
