"""What the overview shows: every event's phases, its modules, and what blocks, in words.

Knows no Qt. Counting happens in ``app.services.overview``; here counts become cells and sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.errors import RuleBroken
from app.services.blocks import Block, Where, blocks
from app.services.progress import (
    OF_A_MODULE,
    EventProgress,
    ModuleProgress,
    Overview,
    Phase,
    Step,
    StepState,
    is_large,
)
from app.services.station import Station
from app.words import Words
from ui.context import Place
from ui.theme.tokens import Tone
from ui.widgets.phase_strip import PhaseCell

_TONES = {
    StepState.WAITING: Tone.IDLE,
    StepState.UNDER_WAY: Tone.RUNNING,
    StepState.ATTENTION: Tone.ATTENTION,
    StepState.DONE: Tone.DONE,
}
_PLACES = {
    Phase.RULES: Place.SETUP,
    Phase.CHECK_IN: Place.CHECKIN,
    Phase.DRAW: Place.DRAW,
    Phase.TIMING: Place.TIMING,
    Phase.MARKING: Place.MARKING,
    Phase.SIGNING: Place.REVIEW,
    Phase.LOCK: Place.REVIEW,
    Phase.PUBLISHING: Place.RESULTS,
    Phase.CERTIFICATES: Place.CERTIFICATES,
}
_ONE_THING = {Phase.RULES, Phase.LOCK, Phase.PUBLISHING}


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One thing that blocks: the sentence, the button that leads there, and where to."""

    sentence: str
    leads_to: str
    place: Place
    focus: dict[str, str]
    tone: Tone


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module of the matrix: its name and a cell for each of its phases."""

    module: str
    title: str
    cells: tuple[PhaseCell, ...]


@dataclass(frozen=True, slots=True)
class ChartBar:
    """How much of a module is marked: a caption, the shares in thousandths, and the numbers."""

    caption: str
    done: int
    tone: Tone
    numbers: str


class OverviewPresenter:
    """Holds the last count and the chosen event."""

    def __init__(self, station: Station, words: Words) -> None:
        self.station = station
        self.words = words
        self.seen: Overview | None = None
        self._event = 0

    def count(self) -> Callable[[], Overview]:
        """The work of counting, here or on another thread."""
        station = self.station

        def work() -> Overview:
            # Where it is needed: the window of a large file stands before this is loaded.
            from app.services.exchange import beside
            from app.services.overview import overview

            with beside(station) as own:
                return overview(own)

        return work

    def count_here(self) -> None:
        from app.services.overview import overview

        self.seen = overview(self.station)

    @property
    def is_large(self) -> bool:
        """Whether there is so much to count that it is done beside the window."""
        return self.station.path is not None and is_large(self.station)

    @property
    def events(self) -> tuple[EventProgress, ...]:
        return self.seen.events if self.seen else ()

    @property
    def event(self) -> EventProgress | None:
        return self.events[self._event] if self._event < len(self.events) else None

    @property
    def event_index(self) -> int:
        return self._event

    def choose_event(self, index: int) -> None:
        if 0 <= index < len(self.events):
            self._event = index

    def choose_event_code(self, code: str) -> None:
        for index, event in enumerate(self.events):
            if event.code == code:
                self._event = index

    def name_of(self, event: EventProgress) -> str:
        return self.words.pick(event.event.name, event.event.name_en)

    def phases(self, event: EventProgress) -> tuple[PhaseCell, ...]:
        """The row of an event: a cell for every phase of the day."""
        return tuple(self._cell(step) for step in event.steps)

    def modules(self, event: EventProgress) -> tuple[ModuleLine, ...]:
        """The matrix: modules by the phases that each goes through by itself."""
        return tuple(
            ModuleLine(
                module=module.module.id,
                title=self.words.pick(module.module.name, module.module.name_en),
                cells=tuple(self._cell(step) for step in module.steps),
            )
            for module in event.modules
        )

    def chart(self, event: EventProgress) -> tuple[ChartBar, ...]:
        """How much of each module is marked, and of the whole event."""
        bars = [self._bar(module.module.id, module.step(Phase.MARKING)) for module in event.modules]
        whole = self._bar(self.words.say("overview.all_modules"), event.step(Phase.MARKING))
        return (*bars, whole)

    def _bar(self, caption: str, step: Step) -> ChartBar:
        tone = Tone.DONE if step.state is StepState.DONE else Tone.RUNNING
        numbers = self.words.say("overview.of", done=step.done, total=step.total)
        return ChartBar(caption, _thousandths(step), tone, numbers)

    def place_of(self, phase: Phase) -> Place:
        return _PLACES[phase]

    def place_of_module_phase(self, number: int) -> Place:
        return _PLACES[OF_A_MODULE[number]]

    def focus_of(self, event: EventProgress, phase: Phase) -> dict[str, str]:
        focus = {"event": str(event.code)}
        return focus | {"step": "rules"} if phase is Phase.RULES else focus

    def lines(self, event: EventProgress) -> tuple[BlockLine, ...]:
        """What blocks the event: urgent things first, each in the order of the day."""
        found = sorted(blocks(event), key=lambda block: not block.urgent)
        return tuple(self._line(block) for block in found)

    def waiting(self) -> int:
        """Things that want a person now, in all events."""
        return sum(block.urgent for event in self.events for block in blocks(event))

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Which file, which station, who acts."""
        if self.seen is None:
            return ()
        say = self.words.say
        actor = self.seen.actor
        name = say(f"frame.role_{actor.role.value}", number="")
        if actor.judge is not None:
            name = say("frame.role_judge", number=actor.judge.removeprefix("J"))
        file = str(self.seen.path) if self.seen.path else say("overview.in_memory")
        return (
            (say("overview.file"), file),
            (say("overview.station"), self.seen.station),
            (say("overview.acting"), name),
        )

    def headline(self, event: EventProgress) -> str:
        """Entries as they stand, in one line."""
        entries = event.entries
        parts = [self.words.say("overview.entries", count=entries.total)]
        names = ("checked_in", "absent", "withdrawn", "disqualified")
        counted = {name: getattr(entries, name) for name in names}
        parts += [
            self.words.say(f"overview.entries_{name}", count=count)
            for name, count in counted.items()
            if count
        ]
        return " · ".join(parts)

    def running(self, module: ModuleProgress) -> str:
        """Clocks that run or stand still now."""
        parts = []
        if module.running:
            parts.append(self.words.say("overview.running", count=module.running))
        if module.paused:
            parts.append(self.words.say("overview.paused", count=module.paused))
        return " · ".join(parts)

    def _line(self, block: Block) -> BlockLine:
        place = Place(block.where.value)
        return BlockLine(
            sentence=self._explain(block.why),
            leads_to=self.words.say(f"frame.place_{place.value}"),
            place=place,
            focus=dict(block.focus),
            tone=Tone.ATTENTION if block.urgent else _WAITS.get(block.where, Tone.IDLE),
        )

    def _explain(self, why: RuleBroken) -> str:
        return self.words.explain(why)

    def _cell(self, step: Step) -> PhaseCell:
        name = self.words.say(f"overview.phase_{step.phase.value}")
        if step.state is StepState.NOT_NEEDED:
            return PhaseCell(name, self.words.say("overview.not_needed"), "", 0, None)
        word = self.words.say(f"overview.state_{step.state.value}")
        shows_count = step.total > 0 and step.phase not in _ONE_THING
        if step.phase is Phase.LOCK and step.total > 1:
            shows_count = True
        count = self.words.say("overview.of", done=step.done, total=step.total)
        return PhaseCell(
            name,
            word,
            count if shows_count else "",
            _thousandths(step),
            _TONES[step.state],
            # Never rounded up: only what is done is 100 %.
            short=f"{_thousandths(step) // 10}%" if shows_count else "",
        )


_WAITS = {Where.CERTIFICATES: Tone.RUNNING, Where.RESULTS: Tone.RUNNING}


def _thousandths(step: Step) -> int:
    return 1000 * step.done // step.total if step.total else 0
