"""A sample quiz with twelve teams in the middle of its rounds, beside a programme of proposals.

Kept in memory: for pictures and for trying things out. Nobody in it exists.
"""

from __future__ import annotations

from itertools import cycle

from msgspec.structs import replace

from app.bootstrap import create_competition
from app.demo.sample_people import UNITS
from app.demo.sample_time import SampleTime
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points
from app.domain.proposal_rules import ProposalState
from app.domain.quiz_rules import QuizOutcome
from app.paths import resource
from app.services import entrants, setup
from app.services.proposing import Step, move, submit
from app.services.quizzing import Answer, give_answer
from app.services.station import Station
from app.sheets.scheme_files import read_scheme
from app.storage.people import Person
from app.words import Language

_SEP_15_MS = 1_789_434_000_000
_TEAMS, _PROPOSERS = 12, 4
_NAMES: dict[Language, tuple[str, str]] = {
    "zh": ("样例代表队{:02d}", "样例班组{:02d}"),
    "en": ("Sample {:02d}", "Sample Crew {:02d}"),
}
_TITLES: dict[Language, tuple[str, ...]] = {
    "zh": ("优化焊接夹具定位", "改进设备点检表", "更换车间照明", "减少换模时间", "加装防护罩"),
    "en": (
        "Better stops on the welding jig",
        "A shorter list of daily checks",
        "Other lamps in the workshop",
        "Less time to change a die",
        "A guard for the saw",
    ),
}
_REACHED = (7, 4, 3, 2, 1)
"""How many of the steps each of the proposals has come through."""
_STEPS = (
    ProposalState.SUBMITTED,
    ProposalState.ACCEPTED,
    ProposalState.ADOPTED,
    ProposalState.IMPLEMENTED,
    ProposalState.VERIFIED,
    ProposalState.REVIEWED,
    ProposalState.REWARDED,
)


def sample_programme(language: Language) -> Station:
    """Both events in one competition, their rules in force."""
    schemes = [
        read_scheme(resource("schemes", f"{name}.toml")).scheme for name in ("quiz", "proposals")
    ]
    both = replace(schemes[0], events=tuple(one.events[0] for one in schemes))
    time = SampleTime(_SEP_15_MS)
    station = create_competition(None, both, time=time)
    units = UNITS[language]
    for event, name, number in zip(
        both.events, _NAMES[language], (_TEAMS, _PROPOSERS), strict=True
    ):
        setup.freeze(station, event.code)
        for place in range(number):
            person = Person(name=name.format(place + 1))
            entrants.register(
                station,
                entrants.Entrant(event.code, person, unit=units[place % len(units)], members=3),
            )
    _ask(station, both.events[0].code, time)
    _propose(station, both.events[1].code, _TITLES[language])
    return station


def _ask(station: Station, event: EventCode, time: SampleTime) -> None:
    """Both questions of the must-answer round, and three for whoever buzzed first."""
    right, wrong, early = QuizOutcome.RIGHT, QuizOutcome.WRONG, QuizOutcome.EARLY
    outcomes = cycle((right, right, wrong, right, right))
    given = [
        (place, Answer("MUST", question, next(outcomes), after_ms=9_300 + 700 * place))
        for question in (1, 2)
        for place in range(1, _TEAMS + 1)
    ]
    given += [
        (4, Answer("BUZZ", 1, right, after_ms=2_400)),
        (9, Answer("BUZZ", 2, early)),
        (11, Answer("BUZZ", 2, right, after_ms=5_100)),
        (2, Answer("BUZZ", 3, wrong, after_ms=7_800)),
    ]
    for place, answer in given:
        time.pass_minutes(0.5)
        give_answer(station, event, EntryId(f"{event}-{place:02d}"), answer)


def _propose(station: Station, event: EventCode, titles: tuple[str, ...]) -> None:
    """Five proposals, each further on than the next; the first one is rewarded."""
    benefit = {"money": "120000", "hours": "24"}
    for number, (title, reached) in enumerate(zip(titles, _REACHED, strict=True)):
        entry = EntryId(f"{event}-{number % _PROPOSERS + 1:02d}")
        known = submit(station, event, entry, title, on=f"2026-09-{number + 1:02d}", stated=benefit)
        for state in _STEPS[1:reached]:
            step = Step(
                state,
                f"2026-09-{number + 10}",
                mark=Points(325_000) if state is ProposalState.REVIEWED else None,
                money="1000" if state is ProposalState.REWARDED else "",
                verified=benefit if state is ProposalState.VERIFIED else None,
            )
            move(station, event, known, step)
