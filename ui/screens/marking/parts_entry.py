"""Several named values of one cell under somebody's fingers: counts, amounts, points with proof.

Plain Python without Qt. ``text`` is what the cell will hold; a part that was left empty is not in
it, and ``-`` in front of everything says that there is nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from app.domain.methods import (
    Benefit,
    Bonus,
    Faults,
    Method,
    Tally,
    TimeBands,
    TimeLinear,
    TimeRatio,
    WeightedSum,
    takes_parts,
)
from app.domain.methods.proposals import PROOF
from app.domain.methods.timed import QUALITY, TIME
from app.domain.points import plain_points, points_of
from app.domain.typed import NO_PARTS, format_parts, parse_parts

_MOST_TYPED = 76
_MOST_COUNT = 999
_RESERVED = "=;"


class PartKind(Enum):
    """What is typed into a part, as the characters that mean something there."""

    COUNT = "0123456789"
    VALUE = "0123456789."
    TIME = "0123456789.:/+"
    AMOUNT = "0123456789.@"
    PROOF = ""


@dataclass(frozen=True, slots=True)
class Part:
    """``prefix`` goes before what is typed: the fixed points that a document proves."""

    code: str
    kind: PartKind
    prefix: str = ""


class PartsEntry:
    """The parts of one cell with a cursor; what is typed over a part replaces what stood there."""

    def __init__(self, method: Method, held: str | None) -> None:
        self.parts = parts_asked(method)
        self.place = 0
        self.typed: dict[str, str] = {}
        self.is_none = held == NO_PARTS
        self._needs_all = isinstance(method, WeightedSum | TimeBands | TimeLinear | TimeRatio)
        if held is not None:
            prefixes = {part.code: part.prefix for part in self.parts}
            self.typed = {
                code: value.removeprefix(prefixes.get(code, ""))
                for code, value in parse_parts(held).items()
            }
        self._start = self._state()
        self._is_fresh = True

    @property
    def part(self) -> Part:
        return self.parts[self.place]

    @property
    def is_changed(self) -> bool:
        """Whether something else is typed than the cell held, and not all of it taken back."""
        return self._state() != self._start and (self.is_none or any(self.typed.values()))

    @property
    def takes_words(self) -> bool:
        """Whether letters belong into the part under the cursor."""
        return self.part.kind is PartKind.PROOF

    def step(self, by: int) -> bool:
        """Go to another part; ``False`` at either end."""
        if not 0 <= self.place + by < len(self.parts):
            return False
        self.go_to(self.place + by)
        return True

    def go_to(self, place: int) -> None:
        self.place, self._is_fresh = place, True

    def missing(self) -> int | None:
        """The first part without a value where every one but a count has to be given."""
        if not self._needs_all:
            return None
        asked = (n for n, part in enumerate(self.parts) if part.kind is not PartKind.COUNT)
        return next((n for n in asked if not self.typed.get(self.parts[n].code)), None)

    def press(self, key: str) -> bool:
        """One character; ``False`` when it means nothing in this part."""
        kind, code = self.part.kind, self.part.code
        now = "" if self._is_fresh and kind is not PartKind.PROOF else self.typed.get(code, "")
        match kind:
            case PartKind.COUNT if key in "+-":
                count = int(self.typed.get(code) or 0) + (1 if key == "+" else -1)
                self._put(str(min(max(count, 0), _MOST_COUNT)))
            case PartKind.COUNT if key in kind.value:
                self._put(str(int(now + key)) if len(now) < len(str(_MOST_COUNT)) else now)
            case PartKind.AMOUNT | PartKind.PROOF if key == "-" and not any(self.typed.values()):
                self.is_none = True
            case PartKind.PROOF if key.isprintable() and key not in _RESERVED:
                self._put((now + key)[:_MOST_TYPED].lstrip())
            case PartKind.TIME if key in kind.value:
                self._put((now + key.replace("/", ":"))[:_MOST_TYPED])
            case PartKind.VALUE | PartKind.AMOUNT if key in kind.value:
                self._put((now + key)[:_MOST_TYPED])
            case _:
                return False
        return True

    def rub_out(self) -> bool:
        """Backspace; ``False`` when the part is empty already. A count goes back to 0 first."""
        now = self.typed.get(self.part.code, "")
        if self.is_none:
            self.is_none = False
        elif not now:
            return False
        elif self.part.kind is PartKind.COUNT and len(now) == 1 and now != "0":
            self._put("0")
        else:
            self._put(now[:-1])
        return True

    def text(self) -> str:
        """The canonical text of the cell."""
        found = {}
        for part in self.parts:
            value = self.typed.get(part.code, "").strip()
            if value and not (part.kind is PartKind.COUNT and not int(value)):
                found[part.code] = part.prefix + value
        return format_parts(found)

    def _put(self, text: str) -> None:
        self.typed[self.part.code] = text
        self.is_none = False
        self._is_fresh = False

    def _state(self) -> tuple[bool, Mapping[str, str]]:
        return self.is_none, {code: value for code, value in self.typed.items() if value}


def parts_asked(method: Method) -> tuple[Part, ...]:
    """What one cell of this method is made of; nothing for a method with a single value."""
    match method:
        case Faults(faults=faults):
            return tuple(Part(fault.code, PartKind.COUNT) for fault in faults)
        case Tally(items=items):
            return tuple(Part(item.code, PartKind.COUNT) for item in items)
        case WeightedSum(parts=parts):
            return tuple(Part(part.code, PartKind.VALUE) for part in parts)
        case Benefit(kinds=kinds):
            return tuple(Part(kind.code, PartKind.AMOUNT) for kind in kinds)
        case Bonus(items=proven):
            return tuple(
                Part(item.code, PartKind.PROOF, _prefix(item.points) if not item.step else "")
                for item in proven
            )
        case TimeBands() | TimeLinear() | TimeRatio() if takes_parts(method):
            return tuple(_beside_time(method))
        case _:
            return ()


def _beside_time(method: TimeBands | TimeLinear | TimeRatio) -> Iterator[Part]:
    yield Part(TIME, PartKind.TIME)
    if not isinstance(method, TimeRatio) and method.quality is not None:
        yield Part(QUALITY, PartKind.VALUE)
    if not isinstance(method, TimeBands):
        yield from (Part(one.code, PartKind.COUNT) for one in method.adjustments)


def _prefix(points: Decimal) -> str:
    return f"{plain_points(points_of(points))}{PROOF}"
