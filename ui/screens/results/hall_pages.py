"""Which page the hall sees: whole rows, at most twelve, turning by themselves; no Qt."""

from __future__ import annotations

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

    @property
    def rows(self) -> tuple[HallRow, ...]:
        return self.view.snapshot.rows if self.view.snapshot else ()

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // ROWS_A_PAGE))

    @property
    def shown(self) -> tuple[HallRow, ...]:
        """The rows of the page in front."""
        return self.rows[self.page * ROWS_A_PAGE : (self.page + 1) * ROWS_A_PAGE]

    @property
    def room_for(self) -> int:
        """How many rows a page is divided into: the same on all, so that none jumps."""
        return max(1, min(ROWS_A_PAGE, len(self.rows)))

    def take(self, view: HallView) -> None:
        """Show another state of the record; the page stays where there still is one."""
        if view != self.view:
            self.view = view
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
