"""What the draw screen shows, as values; no Qt in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.domain.draw import Placement
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.scheme import Event
from app.services.drawing import Stage
from app.services.roll import Registered
from app.words import Words
from ui.theme.tokens import Tone


class Act(Enum):
    """What the primary button does now."""

    COMMIT = "commit"
    DRAW = "draw"
    DRAW_CODES = "draw_codes"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module in the list at the left: its title over where draw and codes stand."""

    module: ModuleId
    title: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Options:
    """How it will be drawn; ``batches`` of 0 means as many as needed."""

    include_missing: bool = False
    not_adjacent: bool = True
    not_in_one_batch: bool = True
    batches: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """The result as a table: headings, and the texts of each row."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the screen shows of one module's draw."""

    events: tuple[Event, ...]
    event: EventCode
    lines: tuple[ModuleLine, ...]
    chosen: int
    stage: Stage
    pot: tuple[str, ...]
    options: Options
    summary: tuple[str, ...]
    hash: str
    hash_note: str
    seed: str
    seed_note: str
    grid: Grid
    constraints: tuple[tuple[Tone, str], ...]
    codes_note: str
    has_codes: bool
    act: Act


def grouped(hexadecimal: str, *, in_line: int) -> str:
    """A hash or seed to read out: groups of four, so many in a line."""
    groups = [hexadecimal[at : at + 4] for at in range(0, len(hexadecimal), 4)]
    lines = [" ".join(groups[at : at + in_line]) for at in range(0, len(groups), in_line)]
    return "\n".join(lines)


def grid_of(
    placements: Sequence[Placement], known: Mapping[EntryId, Registered], words: Words
) -> Grid:
    """Workplaces down, batches across; an order is a plain list."""
    say = words.say
    if not any(placed.workplace for placed in placements):
        headings = tuple(say(f"draw.{name}") for name in ("order", "number", "name", "unit"))
        return Grid(headings, tuple(_line(placed, known) for placed in placements))
    batches = sorted({placed.batch for placed in placements})
    places = {placed.workplace or "" for placed in placements}
    at = {(placed.workplace or "", placed.batch): placed.entry for placed in placements}
    headings = (say("draw.workplace"), *(say("draw.batch", number=one) for one in batches))
    rows = [
        (place, *(_cell(at.get((place, batch)), known) for batch in batches))
        for place in sorted(places, key=lambda place: (len(place), place))
    ]
    return Grid(headings, tuple(rows))


def _line(placed: Placement, known: Mapping[EntryId, Registered]) -> tuple[str, ...]:
    one = known.get(placed.entry)
    if one is None:
        return str(placed.order), placed.entry, "", ""
    return str(placed.order), one.entry.number, one.name, one.entry.unit


def _cell(entry: str | None, known: Mapping[EntryId, Registered]) -> str:
    if entry is None:
        return ""
    one = known.get(EntryId(entry))
    return f"{one.entry.number}  {one.name}\n{one.entry.unit}" if one else entry
