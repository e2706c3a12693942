"""A sample month of output, in its middle: six crews counted day by day against a target.

Kept in memory, like the sample programme: for pictures and for trying things out.
"""

from __future__ import annotations

from app.bootstrap import create_competition
from app.demo.sample_people import UNITS
from app.demo.sample_time import SampleTime
from app.domain.ids import EntryId
from app.paths import resource
from app.services import entrants, setup
from app.services.counting import count_output
from app.services.station import Station
from app.sheets.scheme_files import read_scheme
from app.storage.people import Person
from app.words import Language

_SEP_15_MS = 1_789_434_000_000
_NAMES: dict[Language, str] = {"zh": "样例班组{:02d}", "en": "Sample Crew {:02d}"}
_REASONS: dict[Language, str] = {"zh": "检验剔除不合格品", "en": "One rejected at inspection"}
_COUNTED = (
    (2, 2, 2, 3, 2, 1, 2, 2, 3, 1, 2, 3, 2, 2),
    (3, 2, 2, 2, 3, 3, 2, 2, 2, 3, 3, 2, 3, 2),
    (1, 0, 2, 1, 1, 2, 1, 1, 0, 1, 2, 2, 2, 1),
    (2, 2, 1, 2, 2, 2, 1, 2, 2, 3, 1, 2, 2, 2),
    (1, 2, 2, 2, 1, 2, 2, 1, 2, 2, 2, 2, 1, 2),
    (2, 1, 2, 1, 2, 2, 2, 2, 1, 2, 2, 1, 2, 3),
)
"""What each crew put out on each day of September, up to the day before the picture."""


def sample_campaign(language: Language) -> Station:
    """The shipped contest of crews, counted up to its fourteenth day and into its fifteenth."""
    scheme = read_scheme(resource("schemes", "team-output.toml")).scheme
    station = create_competition(None, scheme, time=SampleTime(_SEP_15_MS))
    event, units = scheme.events[0].code, UNITS[language]
    setup.freeze(station, event)
    crews: list[EntryId] = []
    for place in range(len(_COUNTED)):
        person = Person(name=_NAMES[language].format(place + 1))
        crew = entrants.Entrant(event, person, unit=units[place % len(units)], members=3)
        crews.append(entrants.register(station, crew))
    for day, counted in enumerate(zip(*_COUNTED, strict=True), start=1):
        table = {
            (crew, f"2026-09-{day:02d}"): str(count)
            for crew, count in zip(crews, counted, strict=True)
        }
        count_output(station, event, table)
    count_output(station, event, {(crews[0], "2026-09-15"): "3", (crews[1], "2026-09-15"): "2"})
    corrected = {(crews[0], "2026-09-14"): "1"}
    count_output(station, event, corrected, reason=_REASONS[language])
    return station
