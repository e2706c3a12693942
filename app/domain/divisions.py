"""Which division of its event an entry belongs to, and the order divisions are printed in (组别).

Every event has at least one division; where its rules do not divide it, that one is ``""``. In an
event divided by group it is ``""`` as well that holds the entries without a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol, TypeVar

from app.domain.division_rules import DividedBy
from app.domain.errors import RuleBroken
from app.domain.scheme import Event

INDIVIDUAL: Final = "individual"
TEAM: Final = "team"


class Grouped(Protocol):
    """What tells the division of an entry, registered or only planned."""

    @property
    def group(self) -> str: ...

    @property
    def members(self) -> int: ...


class Divided(Protocol):
    """A row that says which division it stands in."""

    @property
    def division(self) -> str: ...


Row = TypeVar("Row", bound=Divided)


def division_of(event: Event, entry: Grouped) -> str:
    """The division an entry is ranked and awarded in."""
    match event.divided_by:
        case DividedBy.MEMBERS:
            return INDIVIDUAL if entry.members == 1 else TEAM
        case DividedBy.GROUP:
            return entry.group.strip()
        case None:
            return ""


def printed_order(event: Event, divisions: Iterable[str]) -> list[str]:
    """Individuals before teams; groups as the rules list them, then others, then no group."""
    listed = [INDIVIDUAL, TEAM, *(group.name for group in event.groups)]

    def place(division: str) -> tuple[int, bool, str]:
        known = listed.index(division) if division in listed else len(listed)
        return known, not division, division

    return sorted(set(divisions), key=place)


def is_unknown(event: Event, division: str) -> bool:
    """Whether a division is none that the rules name: no group, or one they do not list."""
    if event.divided_by is not DividedBy.GROUP:
        return False
    return not division or (bool(event.groups) and division not in {it.name for it in event.groups})


def by_division(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each division, all in the order given."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.division, []).append(row)
    return found


def check_divisions(event: Event) -> Iterator[RuleBroken]:
    """What is wrong with the groups an event lists."""
    names = [group.name for group in event.groups]
    if any(not name or name != name.strip() for name in names) or len(set(names)) < len(names):
        yield RuleBroken("groups-unfit", event=event.code)
