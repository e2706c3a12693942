"""The frame's view of a real station: the ``Desk`` and ``Opener`` of the running program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import create_station, open_station
from app.changes import ChangeFeed
from app.domain.ids import JudgeId
from app.domain.roles import Actor
from app.problems import Problem
from app.services import rules
from app.services.station import Station
from app.storage import oplog
from app.words import Words
from ui.context import Place
from ui.desk import Desk, Found, Status


@dataclass(frozen=True, slots=True)
class StationDesk:
    """Reads through services; nothing is kept, so nothing can be stale."""

    station: Station

    @property
    def path(self) -> Path | None:
        return self.station.path

    @property
    def changes(self) -> ChangeFeed:
        return self.station.changes

    def title(self, words: Words) -> str:
        competition = rules.competition(self.station)
        return words.pick(competition.title, competition.title_en)

    def status(self, words: Words) -> Status:
        head = oplog.head(self.station.connection, self.station.station_id)
        return Status(str(head.seq), None, 0)

    def judges(self) -> Sequence[JudgeId]:
        return [
            j.judge
            for event in rules.events(self.station)
            for j in rules.judges(self.station, event.code)
        ]

    def acting(self) -> Actor:
        return self.station.actor

    def act_as(self, who: Actor) -> None:
        self.station.actor = who

    def waiting(self) -> Mapping[Place, int]:
        return {}

    def find(self, text: str, words: Words) -> Sequence[Found]:
        return []

    def undoable(self, words: Words) -> str:
        return ""

    def undo(self) -> None:
        return None

    def close(self) -> None:
        self.station.close()


@dataclass(frozen=True, slots=True)
class StationOpener:
    """Opens files through the bootstrap."""

    home: Path

    def open(self, path: Path) -> Desk:
        if not path.exists():
            raise Problem("file-not-found", file=path.name)
        return StationDesk(open_station(path, home=self.home))

    def create(self, path: Path) -> Desk:
        return StationDesk(create_station(path, home=self.home))

    def sample(self) -> Desk:
        raise Problem("sample-missing")
