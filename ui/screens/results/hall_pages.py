"""Which page the hall sees: whole rows of one division, at most twelve, turning by themselves."""

from __future__ import annotations

from itertools import groupby

from app.services.hall import HallRow, HallView

ROWS_A_PAGE = 12
PAGE_MS = 12_000
"""How long a page stays before the next one comes."""


class HallPages:
    """The pages of one view. ``passed`` is told how much time went by and says what changed."""

    def __init__(self, view: HallView) -> None:
        self.view = view
        self.page = 0
        self.playing = True
        self._shown_ms = 0
        self._pages = _pages(view)

    @property
    def pages(self) -> int:
        return max(1, len(self._pages))

    @property
    def shown(self) -> tuple[HallRow, ...]:
        """The rows of the page in front."""
        return self._pages[self.page] if self._pages else ()

    @property
    def division(self) -> str:
        """What the rows in front are a division of the event; empty in one that is not divided."""
        return self.shown[0].division if self.shown else ""

    @property
    def room_for(self) -> int:
        """How many rows a page is divided into: the same on all, so that none jumps."""
        return max((len(page) for page in self._pages), default=1)

    def take(self, view: HallView) -> None:
        """Show another state of the record; the page stays where there still is one."""
        if view != self.view:
            self.view = view
            self._pages = _pages(view)
            self.page = min(self.page, self.pages - 1)

    def turn(self, steps: int) -> None:
        """Go so many pages on or back, around the end."""
        self.page = (self.page + steps) % self.pages
        self._shown_ms = 0

    def passed(self, milliseconds: int) -> bool:
        """Time went by; says whether another page has come."""
        self._shown_ms += milliseconds
        if not self.playing or self.pages == 1 or self._shown_ms < PAGE_MS:
            return False
        self.turn(1)
        return True


def _pages(view: HallView) -> list[tuple[HallRow, ...]]:
    """Every division begins on a page of its own."""
    rows = view.snapshot.rows if view.snapshot else ()
    pages = []
    for _, group in groupby(rows, key=lambda row: row.division):
        own = tuple(group)
        pages += [own[start : start + ROWS_A_PAGE] for start in range(0, len(own), ROWS_A_PAGE)]
    return pages
