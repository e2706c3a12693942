"""What the output screen does, without Qt: the day, the count being typed, the progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.domain.errors import RuleBroken
from app.domain.facts import OutputCounted
from app.domain.ids import EntryId, EventCode
from app.domain.output import days_of, last_counted
from app.domain.roles import may_record
from app.services import fed_marks
from app.services.counting import (
    OutputDay,
    OutputProgress,
    TeamDay,
    corrections,
    count_history,
    count_output,
    output_day,
    output_progress,
    output_rules,
)
from app.services.counts_import import CountsFile, counts_of, import_counts
from app.services.paper_heads import local_minute
from app.services.quizzing import carry_scores
from app.services.station import Station
from app.storage.queries import Recorded

_LONGEST = 16


class OutputView(Protocol):
    """What the presenter asks of the screen: read me again and show it."""

    def show_output(self) -> None: ...

    def show_typing(self) -> None: ...


class OutputPresenter:
    """Holds the table of a day, the team the cursor is on, and what is typed for it.

    ``typing`` is ``None`` while nothing is typed: the count that stands is then shown.
    """

    def __init__(self, station: Station, view: OutputView, event: EventCode) -> None:
        self._station = station
        self._view = view
        self.event_code = event
        self.obstacle: RuleBroken | None = None
        self.day = ""
        self.table: OutputDay | None = None
        self.place = 0
        self.typing: str | None = None
        self.period = 0
        self._days: tuple[str, ...] = ()

    def read_again(self) -> None:
        """Read everything; the day and the team stay chosen."""
        try:
            _, own = output_rules(self._station, self.event_code)
            self._days = tuple(day for day in days_of(own) if own.period_of(day) is not None)
            if self.day not in self._days:
                self.day = self._first_day()
                self.period = own.periods.index(own.period_of(self.day) or own.periods[0])
            self.table = output_day(self._station, self.event_code, self.day)
            self.obstacle = None
        except RuleBroken as refused:
            self.obstacle, self.table = refused, None
        self.place = max(0, min(self.place, len(self.teams) - 1))
        self._view.show_output()

    @property
    def teams(self) -> tuple[TeamDay, ...]:
        return self.table.teams if self.table else ()

    @property
    def team(self) -> TeamDay | None:
        """The team the cursor is on."""
        return self.teams[self.place] if self.teams else None

    @property
    def differing(self) -> int:
        return len(self.table.differing) if self.table else 0

    @property
    def may_count(self) -> bool:
        return may_record(self._station.actor, OutputCounted)

    def day_number(self) -> tuple[int, int]:
        """Which day of its period this is, and how many there are."""
        assert self.table is not None, "asked only of a table that is shown"
        period = self.table.period
        days = [day for day in self._days if period.first <= day <= period.last]
        return days.index(self.day) + 1, len(days)

    def history(self) -> Sequence[Recorded[OutputCounted]]:
        """The counts of the team the cursor is on, latest first."""
        if self.team is None:
            return ()
        return count_history(self._station, self.event_code, self.team.entry.id)[::-1]

    # The day and the team

    def choose_day(self, day: str) -> None:
        """Another day; a day outside every period is refused and the table stays."""
        output_day(self._station, self.event_code, day.strip())
        self.day, self.typing = day.strip(), None
        self.read_again()

    def step_day(self, by: int) -> None:
        """The next or the former day that lies in a period."""
        here = self._days.index(self.day) + by
        if 0 <= here < len(self._days):
            self.choose_day(self._days[here])

    def choose_team(self, place: int) -> None:
        if 0 <= place < len(self.teams) and place != self.place:
            self.place, self.typing = place, None
            self._view.show_typing()

    # Typing

    def press(self, key: str) -> None:
        """A digit or the point; everything else is no part of a count."""
        if self.may_count and key in "0123456789." and len(self.typing or "") < _LONGEST:
            self.typing = (self.typing or "") + key
            self._view.show_typing()

    def rub_out(self) -> None:
        if self.typing is not None:
            self.typing = self.typing[:-1] or None
            self._view.show_typing()

    def give_up(self) -> None:
        self.typing = None
        self._view.show_typing()

    def typed(self) -> dict[EntryId, str]:
        """What Enter would record."""
        return {} if self.team is None or not self.typing else {self.team.entry.id: self.typing}

    def pasted(self, text: str) -> dict[EntryId, str]:
        """A column from a spreadsheet laid over the teams from the cursor on; an empty cell
        leaves its team alone. Raises ``RuleBroken``."""
        lines = text.rstrip("\r\n").splitlines()
        room = self.teams[self.place :]
        if len(lines) > len(room):
            raise RuleBroken("output-paste-long", lines=len(lines), teams=len(room))
        for number, line in enumerate(lines, start=1):
            if "\t" in line:
                raise RuleBroken("paste-too-wide", row=number, most=1)
        cells = zip(room, lines, strict=False)
        return {team.entry.id: line.strip() for team, line in cells if line.strip()}

    def corrections(self, counts: Mapping[EntryId, str]) -> int:
        """How many counts that stand would change, which needs a reason. Raises ``RuleBroken``."""
        typed = {(entry, self.day): text for entry, text in counts.items()}
        return corrections(self._station, self.event_code, typed)

    def record(self, counts: Mapping[EntryId, str], *, reason: str = "") -> int:
        """Record counts of the day; returns how many. Raises ``RuleBroken``."""
        given = count_output(
            self._station,
            self.event_code,
            {(entry, self.day): text for entry, text in counts.items()},
            reason=reason,
            origin=self,
        )
        self.typing = None
        self.read_again()
        return given

    def corrections_in(self, file: CountsFile) -> int:
        """The same for a file of many days. Raises ``RuleBroken``."""
        typed = counts_of(self._station, self.event_code, file)
        return corrections(self._station, self.event_code, typed)

    def take_in(self, file: CountsFile, *, reason: str = "") -> int:
        """Record the counts of a file; returns how many were new. Raises ``RuleBroken``."""
        given = import_counts(self._station, self.event_code, file, reason=reason, origin=self)
        self.typing = None
        self.read_again()
        return given

    def carry(self) -> int:
        """Bring the marks up to the counts; returns how many were given."""
        given = carry_scores(self._station, self.event_code, origin=self)
        self.read_again()
        return given

    # Progress

    def choose_period(self, place: int) -> None:
        self.period = place
        self._view.show_output()

    def progress(self) -> OutputProgress:
        return output_progress(self._station, self.event_code)

    def _first_day(self) -> str:
        """Today where it is counted, else the last day with a count, else the first of all."""
        today = local_minute(self._station.now_ms())[:10]
        last = last_counted(fed_marks.counts(self._station, self.event_code))
        return next((day for day in (today, last) if day in self._days), self._days[0])
