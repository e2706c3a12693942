"""A view that remembers what it was shown."""

from __future__ import annotations

from dataclasses import dataclass

from ui.screens.checkin.presenter import Shown


@dataclass
class SampleView:
    shown: Shown | None = None
    emptied: int = 0

    def show_state(self, shown: Shown) -> None:
        self.shown = shown

    def empty_field(self) -> None:
        self.emptied += 1

    @property
    def last(self) -> Shown:
        assert self.shown is not None
        return self.shown
