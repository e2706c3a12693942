"""What a second person has typed again and not compared yet: on disk, so a crash costs no sheet.

It belongs to whoever typed it and to the marks it is compared with: once these are others, it is
no longer offered.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from app.domain.entries import Cell
from app.domain.ids import AspectId
from app.domain.roles import giver_of
from app.services.marking import Sheet
from app.services.station import Recording, Station
from app.storage import drafts
from app.storage.database import writing


class _Draft(Struct, frozen=True):
    """``digest`` names the marks the sheet is compared with."""

    digest: str
    cells: dict[AspectId, Cell]


def keep(station: Station, sheet: Sheet, digest: str, cells: Mapping[AspectId, Cell]) -> None:
    """Store what was typed, replacing what was kept; nothing typed drops it."""
    with writing(station.database) as connection:
        if cells:
            body = msgspec.json.encode(_Draft(digest, dict(cells))).decode()
            drafts.keep(connection, _name(station, sheet), body, station.now_ms())
        else:
            drafts.drop(connection, _name(station, sheet))


def find(station: Station, sheet: Sheet, digest: str) -> Mapping[AspectId, Cell]:
    """What whoever acts typed against these very marks."""
    body = drafts.find(station.connection, _name(station, sheet))
    if body is None:
        return {}
    kept = msgspec.json.decode(body, type=_Draft)
    return kept.cells if kept.digest == digest else {}


def drop(log: Recording, station: Station, sheet: Sheet) -> None:
    """Forget what was typed, in the transaction that records the check."""
    drafts.drop(log.connection, _name(station, sheet))


def _name(station: Station, sheet: Sheet) -> str:
    # Line feeds part the name: no id, label or initials can hold one.
    person = giver_of(str(station.actor)).person
    return "\n".join(("check", sheet.event, sheet.module.id, sheet.work, sheet.judge, person))
