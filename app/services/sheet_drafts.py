"""Typing on a sheet that nobody has committed: on disk at once, so a crash costs nobody a sheet.

A typed cell remembers the record its judge saw, so that it never silently replaces a newer one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import msgspec
from msgspec import Struct

from app.domain.entries import Cell
from app.domain.ids import AspectId, EventCode, JudgeId, ModuleId, OpId
from app.services.station import Recording, Station
from app.storage import drafts
from app.storage.database import writing

SheetKey: TypeAlias = tuple[EventCode, ModuleId, str, JudgeId]
"""Event, module, label of the work, judge."""


class TypedCell(Struct, frozen=True):
    """What was typed, and the record that stood in the cell then."""

    cell: Cell
    seen: OpId | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """A draft against the sheet as it stands: ``overtaken`` cells were changed meanwhile."""

    cells: Mapping[AspectId, Cell]
    overtaken: Mapping[AspectId, Cell]


def keep(station: Station, sheet: SheetKey, cells: Mapping[AspectId, TypedCell]) -> None:
    """Store the typing of a sheet, replacing what was kept; nothing typed drops it."""
    with writing(station.database) as connection:
        if cells:
            body = msgspec.json.encode(cells).decode()
            drafts.keep(connection, _name(sheet), body, station.now_ms())
        else:
            drafts.drop(connection, _name(sheet))


def find(station: Station, sheet: SheetKey) -> Mapping[AspectId, TypedCell]:
    """What was typed on this laptop into a sheet and not recorded yet."""
    body = drafts.find(station.connection, _name(sheet))
    return msgspec.json.decode(body, type=dict[AspectId, TypedCell]) if body else {}


def drop(log: Recording, sheet: SheetKey) -> None:
    """Forget the typing in the transaction that records it."""
    drafts.drop(log.connection, _name(sheet))


def typed_sheets(
    station: Station, event: EventCode, module: ModuleId
) -> frozenset[tuple[str, JudgeId]]:
    """The sheets of a module that have typing: label of the work and judge."""
    prefix = f"sheet\n{event}\n{module}\n"
    found = drafts.names(station.connection, prefix)
    parts = (name.removeprefix(prefix).split("\n") for name in found)
    return frozenset((work, JudgeId(judge)) for work, judge in parts)


def _name(sheet: SheetKey) -> str:
    # Line feeds part the name: no id or label can hold one.
    return "\n".join(("sheet", *sheet))
