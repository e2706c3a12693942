"""Sample results of a preliminary, judged for the finals of two trades but not yet enrolled.

Kept in memory: for pictures and for trying things out. Nobody in it exists.
"""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import create_competition
from app.demo.sample_people import UNITS
from app.paths import resource
from app.services.selecting import SelectionPlan, selection_plan
from app.services.station import Station
from app.sheets.roster import read_roster
from app.sheets.scheme_files import read_scheme
from app.words import Language

_ENTRANTS = 36
_EVENTS = ("ROBOT", "FIBRE")
_FILE: dict[Language, str] = {
    "zh": "初赛成绩（样例）.csv",
    "en": "Preliminary (sample).csv",
}
_HEADS: dict[Language, tuple[str, ...]] = {
    "zh": ("赛项", "姓名", "单位", "初赛成绩"),
    "en": ("Event", "Name", "Unit", "Preliminary total"),
}
_NAMES: dict[Language, str] = {"zh": "样例选手{:02d}", "en": "Sample Entrant {:02d}"}
_ABSENT: dict[Language, str] = {"zh": "缺考", "en": "absent"}


def sample_selection(language: Language) -> tuple[Station, SelectionPlan]:
    """The shipped finals and who would be enrolled in them; one row has no total."""
    scheme = read_scheme(resource("schemes", "provincial-finals.toml")).scheme
    station = create_competition(None, scheme)
    units = UNITS[language]
    with TemporaryDirectory() as folder:
        path = Path(folder) / _FILE[language]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADS[language])
            for event in _EVENTS:
                for place in range(1, _ENTRANTS + 1):
                    total = _ABSENT[language] if place == _ENTRANTS else f"{96 - place * 0.75:.2f}"
                    name = _NAMES[language].format(place)
                    writer.writerow((event, name, units[place % len(units)], total))
        sheet = read_roster(path)
    return station, selection_plan(station, sheet, sheet.mapping, sha256="")
