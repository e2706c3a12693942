"""What stands on a page, as values: laid out first, drawn afterwards.

Keeping the two apart lets a page know how many follow it, and lets every character be checked
before a byte is written. Lengths are points; ``y`` runs down from the top edge, as people read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue from 0 to 1, for the printer."""

INK: Colour = (0.08, 0.09, 0.11)
GREY: Colour = (0.40, 0.42, 0.45)
HAIRLINE: Colour = (0.76, 0.78, 0.80)
BAND: Colour = (0.935, 0.942, 0.95)
WATERMARK: Colour = (0.955, 0.865, 0.855)
ALERT: Colour = (0.70, 0.10, 0.10)

MM = 72 / 25.4
A4_WIDTH = 210 * MM
A4_HEIGHT = 297 * MM


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is its baseline and ``about`` names the item it belongs to."""

    x: float
    y: float
    text: str
    size: float
    colour: Colour = INK
    bold: bool = False
    angle: float = 0.0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    colour: Colour = HAIRLINE


@dataclass(frozen=True, slots=True)
class Band:
    """A filled rectangle; ``y`` is its top."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour = BAND


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code; ``y`` is its top, ``size`` its side without the quiet zone."""

    x: float
    y: float
    size: float
    payload: str


Mark: TypeAlias = Text | Rule | Band | Code


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to draw."""

    width: float
    height: float
    marks: tuple[Mark, ...]
