"""What a chart shows, as plain values, so that making them loads no chart library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label below and its parts from the bottom up, in marks."""

    label: str
    parts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its label at its end, and its values from the first place on."""

    label: str
    values: tuple[float, ...]
