"""What the set-up screen decides: which event, which step, and what an edit does to the scheme.

Every edit is saved as a draft at once, so leaving the screen loses nothing. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet
from app.domain.ids import EventCode
from app.domain.methods import judges_needed
from app.domain.points import plain_points
from app.domain.roles import may_record
from app.domain.scheme import Aspect, Competition, Event, Scheme
from app.domain.scheme_check import check_event, scheme_warnings
from app.domain.scoring import event_maximum
from app.domain.standing_rules import CombinedStanding
from app.services import editing, enrolment, entrants, setup
from app.services.editing import Node, Place
from app.services.setup import RulesState
from app.services.station import Station
from app.sheets.scheme_files import read_scheme
from app.words import Words
from ui.screens.setup import fields, tables
from ui.screens.setup.finding_places import place_of
from ui.screens.setup.rule_words import explained
from ui.screens.setup.struct_fields import rows_text

_UNDO_STEPS = 50


class Step(StrEnum):
    """The steps of setting up, in order."""

    COMPETITION = "competition"
    MODULES = "modules"
    SCORING = "scoring"
    JUDGES = "judges"
    ENTRANTS = "entrants"
    RULES = "rules"


class StepState(StrEnum):
    """What a step's mark says."""

    DONE = "done"
    TODO = "todo"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Totals:
    """What the scheme of an event adds up to."""

    total: str
    modules: int
    aspects: int
    judged: int


class SetupPresenter:
    """Holds the scheme in hand and the chosen event; the screen shows what it says."""

    def __init__(self, station: Station, words: Words) -> None:
        self.station = station
        self.words = words
        self.scheme: Scheme | None = None
        self.step = Step.COMPETITION
        self._event = 0
        self._former: list[Scheme] = []
        self.reload()

    def reload(self) -> None:
        """Read the scheme again, e.g. after a merge."""
        self.scheme = setup.scheme_in_hand(self.station)
        if self.scheme is not None:
            self._event = min(self._event, max(0, len(self.scheme.events) - 1))

    # ------------------------------------------------------------------------------- beginning

    def start_from(self, path: Path) -> list[str]:
        """Fill the file from a template, a CIS workbook or TOML; what it warned of, in words."""
        found = read_scheme(path)
        setup.start_competition(self.station, found.scheme, origin=self)
        self.reload()
        return [self.words.explain(warning) for warning in found.warnings]

    # ------------------------------------------------------------------------------- what is chosen

    @property
    def may_edit(self) -> bool:
        return may_record(self.station.actor, CompetitionSet)

    @property
    def events(self) -> tuple[Event, ...]:
        return self.scheme.events if self.scheme else ()

    @property
    def event_index(self) -> int:
        return self._event

    @property
    def event(self) -> Event | None:
        """The event the judge, entrant and rules pages are about."""
        return self.events[self._event] if self.events else None

    @property
    def code(self) -> EventCode:
        if self.event is None:
            raise RuleBroken("competition-not-set-up")
        return self.event.code

    def choose_event(self, index: int) -> None:
        if 0 <= index < len(self.events):
            self._event = index

    def choose_event_code(self, code: str) -> None:
        for index, event in enumerate(self.events):
            if event.code == code:
                self._event = index

    def event_name(self, event: Event) -> str:
        return f"{event.code}  {self.words.pick(event.name, event.name_en)}"

    # ------------------------------------------------------------------------------- editing

    def save(self, scheme: Scheme) -> None:
        """Keep the scheme; what was there before can be had back with ``undo_edit``."""
        if scheme == self.scheme:
            return
        setup.save_scheme(self.station, scheme, origin=self)
        if self.scheme is not None:
            self._former = [*self._former, self.scheme][-_UNDO_STEPS:]
        self.scheme = scheme

    @property
    def can_undo_edit(self) -> bool:
        return bool(self._former)

    def undo_edit(self) -> None:
        """Back to the scheme before the last edit at this screen."""
        if self._former:
            before = self._former.pop()
            setup.save_scheme(self.station, before, origin=self)
            self.scheme = before
            self._event = min(self._event, max(0, len(before.events) - 1))

    def set_competition(self, name: str, text: str) -> None:
        """One field of the heading as typed; raises ``RuleBroken`` for the field."""
        scheme = self._scheme()
        value: object = text.strip()
        if name == "organisers":
            value = tuple(line.strip() for line in text.splitlines() if line.strip())
        heading = msgspec.structs.replace(scheme.competition, **{name: value})
        self.save(editing.with_competition(scheme, heading))

    def set_standings(self, standings: Sequence[CombinedStanding]) -> None:
        """The combined standings of the competition, all of them."""
        scheme = self._scheme()
        heading = msgspec.structs.replace(scheme.competition, standings=tuple(standings))
        self.save(editing.with_competition(scheme, heading))

    @property
    def competition(self) -> Competition:
        return self._scheme().competition

    def set_field(self, place: Place, name: str, text: str) -> None:
        """One field of a node as typed."""
        scheme = self._scheme()
        changed = fields.with_field(editing.node(scheme, place), name, text)
        self.save(editing.with_node(scheme, place, changed))

    def fault_of(self, place: Place, name: str, text: str) -> str:
        """What would be wrong with a node if a field had this text, in words; empty for nothing."""
        found = fields.faults_after(self._scheme(), place, name, text)
        return "\n".join(explained(self.words, one) for one in found)

    def faults_at(self, place: Place) -> list[str]:
        """What is wrong with a node by itself, in words."""
        event = editing.node(self._scheme(), place[:1])
        found = fields.faults_of(event, self.node(place)) if isinstance(event, Event) else ()
        return [self.words.explain(one) for one in found]

    def set_rows(self, table: str, rows: Sequence[Sequence[str]]) -> None:
        """The rows of one of the event's lists as typed."""
        self.set_rule(tables.TABLES[table], rows_text(rows))

    def set_rule(self, path: str, text: str) -> None:
        """One of the rules of the chosen event as typed."""
        self.set_field((self._event,), path, text)

    def change_event(self, change: Callable[[Event], Event]) -> None:
        """Another form of the chosen event."""
        event = self.event
        if event is not None:
            self.save(editing.with_node(self._scheme(), (self._event,), change(event)))

    def add_child(self, parent: Place) -> Place:
        """A new node below ``parent``; where it is."""
        scheme = self._scheme()
        kind = ("event", "module", "subcriterion", "aspect")[len(parent)]
        name = self.words.say(f"setup.new_{kind}")
        siblings = editing.children(editing.node(scheme, parent) if parent else scheme)
        child = editing.new_child(scheme, parent, name)
        self.save(editing.with_added(scheme, parent, child))
        return (*parent, len(siblings))

    def copy_event(self) -> Place:
        """The chosen event once more behind the others, to be held again; where it is."""
        self.save(editing.with_event_copied(self._scheme(), self._event))
        return (len(self.events) - 1,)

    def remove(self, place: Place) -> None:
        self.save(editing.without(self._scheme(), place))
        self._event = min(self._event, max(0, len(self.events) - 1))

    def move(self, place: Place, by: int) -> Place:
        scheme, moved = editing.with_moved(self._scheme(), place, by)
        self.save(scheme)
        return moved

    def node(self, place: Place) -> Node:
        return editing.node(self._scheme(), place)

    def below(self, place: Place) -> int:
        """How many aspects hang below a node, itself not counted."""
        return _aspects_below(self.node(place))

    def _scheme(self) -> Scheme:
        if self.scheme is None:
            raise RuleBroken("competition-not-set-up")
        return self.scheme

    # ------------------------------------------------------------------------------- what is shown

    def rules_state(self) -> RulesState | None:
        return setup.rules_state(self.station, self.code) if self.event else None

    def findings(self) -> list[RuleBroken]:
        """What keeps the event from being frozen; without that, what is worth a look."""
        if self.event is None:
            return []
        return check_event(self.event) or scheme_warnings(self.event)

    def faults(self, step: Step | None = None) -> list[str]:
        """What keeps the event from being frozen, in words: all, of the tree, or of the rules."""
        event = self.event
        found = check_event(event) if event else []
        if event and step:
            in_tree = step is Step.MODULES
            found = [one for one in found if (place_of(event, one) is not None) is in_tree]
        return [self.words.explain(fault) for fault in found]

    def totals(self, event: Event) -> Totals:
        try:
            total = plain_points(event_maximum(event))
        except (RuleBroken, ArithmeticError, ValueError):
            total = "–"
        aspects = list(event.aspects())
        judged = sum(judges_needed(aspect.method) > 0 for aspect in aspects)
        return Totals(total, len(event.modules), len(aspects), judged)

    def step_state(self, step: Step) -> StepState:
        """The mark beside a step."""
        event = self.event
        if event is None:
            return StepState.TODO
        match step:
            case Step.COMPETITION:
                done = bool(self.competition.starts and self.competition.venue)
                return StepState.DONE if done else StepState.TODO
            case Step.MODULES | Step.SCORING:
                return StepState.FAULTY if self.faults(step) else StepState.DONE
            case Step.JUDGES:
                states = enrolment.panel_states(self.station, event.code)
                ready = all(len(state.judges) >= state.needed for state in states)
                enrolled = bool(enrolment.judges(self.station, event.code))
                return StepState.DONE if ready and enrolled else StepState.TODO
            case Step.ENTRANTS:
                some = entrants.count_entries(self.station, event.code)
                return StepState.DONE if some else StepState.TODO
            case Step.RULES:
                state = self.rules_state()
                frozen = state is not None and state.frozen and not state.proposed
                return StepState.DONE if frozen else StepState.TODO


def _aspects_below(node: Node) -> int:
    children = editing.children(node)
    return sum(isinstance(child, Aspect) + _aspects_below(child) for child in children)
