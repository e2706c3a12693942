"""What the import of a list shows and does, without a window.

Checking and writing are work for whoever has a connection, here or beside the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.roster_import import Imported, import_roster
from app.services.roster_plan import Outcome, RosterPlan, file_digest, plan_roster
from app.services.station import Station
from app.sheets.roster import Field, Mapping, RosterSheet, read_roster
from app.sheets.roster_check import RosterRow
from app.words import Words

if TYPE_CHECKING:
    from ui.tasks import Cancelled, Progress

SHOWN_FIELDS = (
    Field.NAME,
    Field.UNIT,
    Field.EVENT,
    Field.ID_NUMBER,
    Field.ENTRY,
    Field.GROUP,
    Field.GRADE,
    Field.TEAM,
    Field.COMPETING,
    Field.PHOTO,
    Field.ID_KIND,
    Field.NOTE,
    Field.EARLIER,
    Field.DELEGATION,
)
"""The fields in the order in which columns are asked for; the first two are always needed."""

_LEFT_OPEN = 4


@dataclass(frozen=True, slots=True)
class RosterRowText:
    """One row of the preview, ready to be shown."""

    number: int
    outcome: str
    state: str
    cells: tuple[str, ...]
    problems: str


class RosterPresenter:
    """Holds the opened list, the chosen columns and what they come to."""

    def __init__(self, station: Station, words: Words) -> None:
        self.station = station
        self.words = words
        self.path: Path | None = None
        self.sheet: RosterSheet | None = None
        self.columns: Mapping = {}
        self.plan: RosterPlan | None = None
        self._sha256 = ""

    def opened(self, path: Path, sheet: RosterSheet, sha256: str) -> None:
        """Take a list that was read; its own headings suggest the columns."""
        self.path, self.sheet, self._sha256 = path, sheet, sha256
        self.columns = dict(sheet.mapping)
        self.plan = None

    def choose_column(self, field: Field, column: int | None) -> None:
        """``None`` says that the list has no such column."""
        if column is None:
            self.columns.pop(field, None)
        else:
            self.columns[field] = column
        self.plan = None

    def check(self) -> Callable[[Station], RosterPlan]:
        """The work of checking, to be run here or on another thread."""
        sheet, columns, sha256 = self.sheet, dict(self.columns), self._sha256
        assert sheet is not None
        return lambda station: plan_roster(station, sheet, columns, sha256=sha256)

    def write(self, reason: str) -> Callable[[Station, Progress, Cancelled], Imported]:
        """The work of importing; takes progress and whether somebody pressed stop."""
        plan, path = self.plan, self.path
        assert plan is not None

        def work(station: Station, progress: Progress, cancelled: Cancelled) -> Imported:
            return import_roster(
                station,
                plan,
                reason=reason,
                photos=path.parent if path else None,
                on_progress=progress,
                is_cancelled=cancelled,
            )

        return work

    @property
    def to_import(self) -> int:
        """How many entries pressing the button writes."""
        if self.plan is None:
            return 0
        return self.plan.count(Outcome.NEW) + self.plan.count(Outcome.CHANGED)

    @property
    def needs_reason(self) -> bool:
        return self.plan is not None and self.plan.count(Outcome.CHANGED) > 0

    def rows(self, *, only_problems: bool) -> list[RosterRowText]:
        """The preview, whole or only what wants a look."""
        plan = self.plan
        if plan is None:
            return []
        return [
            self._row(plan, row)
            for row in plan.rows
            if not only_problems or row.problems or self._is_changed(plan, row)
        ]

    def _is_changed(self, plan: RosterPlan, row: RosterRow) -> bool:
        planned = plan.outcomes.get(row.row)
        return planned is not None and planned.outcome is Outcome.CHANGED

    def _row(self, plan: RosterPlan, row: RosterRow) -> RosterRowText:
        planned = plan.outcomes.get(row.row)
        told = [self.words.explain(problem.refusal) for problem in row.problems]
        outcome = "left-out"
        if planned is not None:
            outcome = planned.outcome.value
            if planned.differs:
                fields = ", ".join(
                    self.words.say(f"setup.roster_field_{name}") for name in planned.differs
                )
                told.insert(0, self.words.say("setup.roster_differs", fields=fields))
        state = "error" if planned is None else "warning" if row.problems else "sound"
        values = row.values
        return RosterRowText(
            number=row.row,
            outcome=outcome,
            state=state,
            cells=(
                planned.number if planned else values.get(Field.ENTRY, ""),
                values.get(Field.NAME, ""),
                values.get(Field.UNIT, ""),
                str(row.event or values.get(Field.EVENT, "")),
                masked(values.get(Field.ID_NUMBER, "")),
            ),
            problems="  ".join(told),
        )


def read_file(path: Path) -> tuple[RosterSheet, str]:
    """A list and its digest; raises ``RuleBroken`` or ``Problem`` for what cannot be read."""
    return read_roster(path), file_digest(path)


def masked(number: str) -> str:
    """A document's last characters only."""
    if len(number) <= _LEFT_OPEN:
        return number
    return f"****{number[-_LEFT_OPEN:]}"
