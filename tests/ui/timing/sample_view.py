"""A timing view that remembers what it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.screens.timing.arrangement import Bar, Group
from ui.screens.timing.cues import Reached
from ui.screens.timing.doubts import Doubts
from ui.widgets.countdown import CountdownFace


@dataclass
class SampleView:
    groups: tuple[Group, ...] = ()
    faces: list[CountdownFace] = field(default_factory=list)
    bar: Bar | None = None
    doubts: Doubts = field(default_factory=Doubts)
    cues: list[tuple[str, int]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    signals: int = 0

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        self.groups = groups

    def show_faces(self, faces: Sequence[CountdownFace]) -> None:
        self.faces = list(faces)

    def show_bar(self, bar: Bar) -> None:
        self.bar = bar

    def show_doubts(self, doubts: Doubts) -> None:
        self.doubts = doubts

    def cue(self, reached: tuple[Reached, ...], text: str) -> None:
        self.cues += [(one.module, one.minutes) for one in reached]
        self.said.append(text)

    def start_signal(self) -> None:
        self.signals += 1

    def refuse(self, sentence: str) -> None:
        if sentence:
            self.refusals.append(sentence)
