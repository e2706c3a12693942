"""Answers kept in memory until anything but a mark is recorded.

Rules, panels, the roll and draws change a few times a day, marks every second. What follows from
the former alone is asked for with every mark and need not be read from the file each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from app.storage import queries

T = TypeVar("T")


class Remembered:
    """Answers by question, all forgotten once the file says that another fact arrived.

    The file is asked every time, inside the caller's transaction if there is one, so that a merge
    or another program cannot leave an old answer behind.
    """

    __slots__ = ("_answers", "_seen")

    def __init__(self) -> None:
        self._seen: tuple[int, bytes] | None = None
        self._answers: dict[Hashable, Any] = {}

    def ask(self, connection: sqlite3.Connection, question: Hashable, find: Callable[[], T]) -> T:
        """The answer to a question about facts other than marks; it must be a frozen value."""
        seen = queries.last_but_marks(connection)
        if seen != self._seen:
            self._seen, self._answers = seen, {}
        if question not in self._answers:
            self._answers[question] = find()
        answer: T = self._answers[question]
        return answer
