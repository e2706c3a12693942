"""Opens competition files for the window: the ``Opener`` of the running program.

The station and everything below it is imported when the first file is opened, so that the welcome
page stands as soon as Qt does.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

from app.problems import Problem
from ui.desk import Desk

SAMPLE = Path("demo-out")
"""Where ``dev.py demo`` leaves the competition it ran."""


@dataclass(frozen=True, slots=True)
class StationOpener:
    """``home`` is this laptop's folder of keys and settings."""

    home: Path

    def open(self, path: Path) -> Desk:
        """Raises ``Problem`` when there is no such file or it is none of ours."""
        if not path.exists():
            raise Problem("file-not-found", file=path.name)
        from app.bootstrap import open_station
        from app.services.heartbeat import reopen_clocks
        from ui.station_desk import StationDesk

        _keep_what_is_loaded()
        station = open_station(path, home=self.home)
        reopen_clocks(station)
        return StationDesk(station)

    def create(self, path: Path, scheme: Path | None = None) -> Desk:
        from app.bootstrap import create_station
        from app.services.setup import start_competition
        from app.sheets.scheme_files import read_scheme
        from ui.station_desk import StationDesk

        _keep_what_is_loaded()
        chosen = read_scheme(scheme).scheme if scheme else None
        station = create_station(path, home=self.home)
        if chosen is not None:
            start_competition(station, chosen)
        return StationDesk(station)

    def sample(self) -> Desk:
        """The competition of the demo, if it has been run here."""
        found = sorted(SAMPLE.glob("*.plumb"))
        if not found:
            raise Problem("sample-not-made")
        return self.open(found[0])


def _keep_what_is_loaded() -> None:
    """Spare the search for garbage the modules, which stay to the end.

    Going through all of them takes 50 ms, and it would come in the middle of marks. Only once:
    what a file leaves behind must be found when the next one is opened.
    """
    if not gc.get_freeze_count():
        gc.freeze()
