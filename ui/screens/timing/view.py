"""The timing screen as its presenter sees it; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ui.screens.timing.arrangement import Bar, Group
from ui.screens.timing.cues import Reached
from ui.screens.timing.doubts import Doubts
from ui.widgets.countdown import CountdownFace


class TimingView(Protocol):
    """The screen as its presenter sees it."""

    def show_groups(self, groups: tuple[Group, ...]) -> None: ...

    def show_faces(self, faces: Sequence[CountdownFace]) -> None: ...

    def show_bar(self, bar: Bar) -> None: ...

    def show_doubts(self, doubts: Doubts) -> None: ...

    def cue(self, reached: tuple[Reached, ...], text: str) -> None: ...

    def start_signal(self) -> None: ...

    def refuse(self, sentence: str) -> None:
        """Say above the wall why not; empty takes the last refusal away."""
