"""Colours and sizes by meaning, light and dark; pure values, no Qt.

``PAIRS`` lists every combination of colours in use with the contrast it needs; a test computes them
all. A new combination belongs into that list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

GRID = 8
"""Pixels of one grid step at 100 %; groups are two steps apart."""

ZOOMS = (90, 100, 115, 130, 150, 175, 200)
"""Percentages the window can be set to, on top of what the system scales."""


def zoomed(zoom: int, steps: int) -> int:
    """The zoom so many sizes larger or smaller, as far as there is one."""
    nearest = min(ZOOMS, key=lambda known: abs(known - zoom))
    return ZOOMS[max(0, min(len(ZOOMS) - 1, ZOOMS.index(nearest) + steps))]


class Mode(Enum):
    LIGHT = "light"
    DARK = "dark"


class Tone(Enum):
    """What a state means to the person looking; it always comes with a word and an icon."""

    DONE = "done"
    RUNNING = "running"
    ATTENTION = "attention"
    BLOCKED = "blocked"
    IDLE = "idle"


class TextSize(Enum):
    """Type sizes in points at 100 %."""

    LABEL = 10
    BASE = 11
    STRONG = 13
    TITLE = 18
    BIG = 28
    NAME = 40
    HUGE = 72


@dataclass(frozen=True, slots=True)
class ToneColours:
    """``ink`` is read on the surfaces and on ``soft``; ``on_strong`` is read on ``strong``."""

    ink: str
    soft: str
    strong: str
    on_strong: str


@dataclass(frozen=True, slots=True)
class HallColours:
    """The hall screen, always dark and read from 20 m."""

    surface: str = "#0b1118"
    raised: str = "#141d28"
    line: str = "#2c3a4a"
    text: str = "#ffffff"
    muted: str = "#b4c0cd"
    accent: str = "#ffd166"


@dataclass(frozen=True, slots=True)
class Colours:
    """One mode. ``line`` only separates; ``control_line`` bounds what can be operated."""

    surface: str
    raised: str
    sunken: str
    text: str
    muted: str
    line: str
    control_line: str
    primary: str
    primary_hover: str
    on_primary: str
    focus: str
    selection: str
    on_selection: str
    hover: str
    rail: str
    rail_text: str
    rail_here: str
    rail_here_text: str
    rail_accent: str
    tones: dict[Tone, ToneColours]
    hall: HallColours


@dataclass(frozen=True, slots=True)
class Theme:
    """Mode, zoom in percent and font families; every screen gets one and keeps none of its own."""

    mode: Mode
    zoom: int
    colours: Colours
    families: tuple[str, ...]

    def px(self, steps: float = 1) -> int:
        """Pixels of so many grid steps (8 at 100 %); halves are allowed."""
        return round(GRID * steps * self.zoom / 100)

    def pt(self, size: TextSize) -> float:
        """Points of a type size at this zoom."""
        return round(size.value * self.zoom / 100, 1)

    def tone(self, tone: Tone) -> ToneColours:
        return self.colours.tones[tone]


LIGHT = Colours(
    surface="#f4f6f8",
    raised="#ffffff",
    sunken="#e9edf1",
    text="#18222d",
    muted="#515d6a",
    line="#d6dce3",
    control_line="#76828f",
    primary="#12588f",
    primary_hover="#0d4773",
    on_primary="#ffffff",
    focus="#1673c4",
    selection="#d3e6f7",
    on_selection="#10283d",
    hover="#edf3f9",
    rail="#14273a",
    rail_text="#c9d6e2",
    rail_here="#24435f",
    rail_here_text="#ffffff",
    rail_accent="#ffc44d",
    tones={
        Tone.DONE: ToneColours("#17693a", "#e2f3e8", "#17693a", "#ffffff"),
        Tone.RUNNING: ToneColours("#12588f", "#e1eefa", "#12588f", "#ffffff"),
        Tone.ATTENTION: ToneColours("#7d4f00", "#fff1d1", "#ffc044", "#2a1c00"),
        Tone.BLOCKED: ToneColours("#a8231c", "#fde8e6", "#b3261e", "#ffffff"),
        Tone.IDLE: ToneColours("#515d6a", "#e9edf1", "#5b6775", "#ffffff"),
    },
    hall=HallColours(),
)

DARK = Colours(
    surface="#151a20",
    raised="#1e252d",
    sunken="#10141a",
    text="#e9edf2",
    muted="#a8b3bf",
    line="#333d48",
    control_line="#7b8794",
    primary="#78b9f2",
    primary_hover="#9accf7",
    on_primary="#0a1c2c",
    focus="#8cc6f7",
    selection="#23486a",
    on_selection="#ffffff",
    hover="#262f39",
    rail="#0d1319",
    rail_text="#b7c3cf",
    rail_here="#22384d",
    rail_here_text="#ffffff",
    rail_accent="#ffc44d",
    tones={
        Tone.DONE: ToneColours("#74d394", "#17331f", "#3fae68", "#04150a"),
        Tone.RUNNING: ToneColours("#86c0f5", "#152f47", "#78b9f2", "#0a1c2c"),
        Tone.ATTENTION: ToneColours("#f3c262", "#3a2c0c", "#ffc044", "#2a1c00"),
        Tone.BLOCKED: ToneColours("#ff9f95", "#431c19", "#c93a30", "#ffffff"),
        Tone.IDLE: ToneColours("#a8b3bf", "#2a323b", "#5b6775", "#ffffff"),
    },
    hall=HallColours(),
)


def theme_of(mode: Mode, *, zoom: int = 100, families: tuple[str, ...] = ()) -> Theme:
    """The theme of a mode; without families Qt's default font is used."""
    return Theme(mode, zoom, DARK if mode is Mode.DARK else LIGHT, families)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet on screen: ``front`` on ``back``, and the contrast they must keep."""

    name: str
    front: str
    back: str
    least: float


TEXT, CONTROL = 4.5, 3.0


def pairs(colours: Colours) -> list[Pair]:
    """Every pair of colours in use. Text needs 4.5:1, the bounds of controls and icons 3:1."""
    c, hall = colours, colours.hall
    grounds = {"surface": c.surface, "raised": c.raised}
    found = [
        Pair("primary button", c.on_primary, c.primary, TEXT),
        Pair("primary button hovered", c.on_primary, c.primary_hover, TEXT),
        Pair("selection", c.on_selection, c.selection, TEXT),
        Pair("text hovered", c.text, c.hover, TEXT),
        Pair("text on sunken", c.text, c.sunken, TEXT),
        Pair("muted on sunken", c.muted, c.sunken, TEXT),
        Pair("rail", c.rail_text, c.rail, TEXT),
        Pair("rail here", c.rail_here_text, c.rail_here, TEXT),
        Pair("rail badge", c.rail, c.rail_accent, TEXT),
        Pair("rail accent", c.rail_accent, c.rail_here, CONTROL),
        Pair("hall text", hall.text, hall.surface, TEXT),
        Pair("hall text raised", hall.text, hall.raised, TEXT),
        Pair("hall muted", hall.muted, hall.surface, TEXT),
        Pair("hall muted raised", hall.muted, hall.raised, TEXT),
        Pair("hall accent", hall.accent, hall.surface, TEXT),
    ]
    for name, ground in grounds.items():
        found += [
            Pair(f"text on {name}", c.text, ground, TEXT),
            Pair(f"muted on {name}", c.muted, ground, TEXT),
            Pair(f"primary on {name}", c.primary, ground, TEXT),
            Pair(f"control on {name}", c.control_line, ground, CONTROL),
            Pair(f"focus on {name}", c.focus, ground, CONTROL),
        ]
    for tone, colour in c.tones.items():
        found += [
            Pair(f"{tone.value} strong", colour.on_strong, colour.strong, TEXT),
            Pair(f"{tone.value} soft", colour.ink, colour.soft, TEXT),
            Pair(f"text on {tone.value} soft", c.text, colour.soft, TEXT),
        ]
        found += [
            Pair(f"{tone.value} on {name}", colour.ink, ground, TEXT)
            for name, ground in grounds.items()
        ]
    return found
