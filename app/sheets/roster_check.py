"""Checks a roster row by row and says what would be registered, before anything is.

Problems carry codes, rows and columns but never the name or number they are about: the screen shows
the row itself. A row with an error is not registered; a warning asks for a look.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.domain.errors import Detail, RuleBroken
from app.domain.ids import EventCode
from app.domain.method_check import is_too_fine
from app.domain.methods import Carried
from app.domain.qualifying import carried_aspect
from app.domain.scheme import Event
from app.sheets.cells import Row, column_letter, loosely, may_be_thousands, number_of
from app.sheets.id_numbers import read_id_number
from app.sheets.roster import Field, Mapping, RosterSheet
from app.sheets.roster_values import cleaned, cleaned_name, is_outside_awards, looks_odd

LONGEST_TEXT = 120
# One tall cell may mean several rows.
_SHARED = {Field.UNIT, Field.EVENT, Field.GROUP, Field.TEAM, Field.DELEGATION}
LONGEST_NUMBER = 20
_NUMBER = re.compile(rf"[^\W_](?:[^\W_]|-){{0,{LONGEST_NUMBER - 1}}}")
_CODE_IN_BRACKETS = re.compile(r"[(（](.+?)[)）]")


class Severity(StrEnum):
    """Whether a problem keeps its row from being registered."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Something about one row; ``column`` is a letter, empty when it is about the whole row."""

    code: str
    severity: Severity
    row: int
    column: str = ""
    details: tuple[tuple[str, Detail], ...] = ()

    @property
    def refusal(self) -> RuleBroken:
        """The same as a refusal, for ``Words.explain``."""
        placed: dict[str, Detail] = {"row": self.row, "column": self.column}
        return RuleBroken(self.code, **(placed | dict(self.details)))


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row as it was understood. ``values`` are cleaned texts and stay out of the ``repr``."""

    row: int
    values: AnyMapping[Field, str] = field(repr=False)
    event: EventCode | None
    competing: bool
    problems: tuple[RosterProblem, ...] = ()

    @property
    def has_error(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class _Check:
    """One pass over a sheet: what is needed to judge a row, and the rows met so far."""

    sheet: RosterSheet
    mapping: Mapping
    events: Sequence[Event]
    taken: AnyMapping[EventCode, Collection[str]]
    by_name: dict[str, EventCode]
    earlier_most: dict[EventCode, Decimal]
    ids: dict[str, tuple[int, EventCode | None]] = field(default_factory=dict)
    people: dict[tuple[str, str, EventCode | None], int] = field(default_factory=dict)
    numbers: dict[tuple[EventCode, str], tuple[int, str]] = field(default_factory=dict)


def check_rows(
    sheet: RosterSheet,
    mapping: Mapping,
    events: Sequence[Event],
    *,
    taken: AnyMapping[EventCode, Collection[str]],
) -> tuple[RosterRow, ...]:
    """Every row that fills a mapped column, with its problems. See ``check_roster``."""
    for wanted, code in (
        (Field.NAME, "roster-name-column-missing"),
        (Field.UNIT, "roster-unit-column-missing"),
        (Field.EVENT, "roster-event-column-missing"),
    ):
        needless = wanted is Field.EVENT and len(events) == 1
        if wanted not in mapping and not needless:
            raise RuleBroken(code, file=sheet.file)
    check = _Check(sheet, mapping, events, taken, _names_of(events), _earlier_most(events))
    return tuple(_check_row(check, row) for row in sheet.rows if _is_filled(row, mapping))


def _names_of(events: Iterable[Event]) -> dict[str, EventCode]:
    named: dict[str, EventCode] = {}
    for event in events:
        for name in (event.name, event.name_en):
            if name:
                named.setdefault(loosely(name), event.code)
    # A code wins over another event's name.
    return named | {loosely(event.code): event.code for event in events}


def _earlier_most(events: Iterable[Event]) -> dict[EventCode, Decimal]:
    """What the total of an earlier round is out of, in the events that carry one."""
    carried = ((event.code, carried_aspect(event)) for event in events)
    return {
        code: aspect.method.maximum
        for code, aspect in carried
        if aspect is not None and isinstance(aspect.method, Carried)
    }


def _is_filled(row: Row, mapping: Mapping) -> bool:
    """Rows such as 填表人 or a sum fill no column that matters."""
    return any(row.text(column) for column in mapping.values())


@dataclass(slots=True)
class _Found:
    """The problems of one row while it is being read."""

    row: int
    mapping: Mapping
    problems: list[RosterProblem] = field(default_factory=list)

    def error(self, code: str, about: Field | None = None, **details: Detail) -> None:
        self._add(code, Severity.ERROR, about, details)

    def warning(self, code: str, about: Field | None = None, **details: Detail) -> None:
        self._add(code, Severity.WARNING, about, details)

    def _add(
        self, code: str, severity: Severity, about: Field | None, details: dict[str, Detail]
    ) -> None:
        column = column_letter(self.mapping[about]) if about in self.mapping else ""
        self.problems.append(
            RosterProblem(code, severity, self.row, column, tuple(details.items()))
        )


def _check_row(check: _Check, row: Row) -> RosterRow:
    found = _Found(row.number, check.mapping)
    values = {wanted: _text(check, found, row, wanted) for wanted in check.mapping}
    _check_name(found, values)
    if not values.get(Field.UNIT):
        found.error("roster-unit-missing", Field.UNIT)
    event = _event_of(check, found, values.get(Field.EVENT, ""))
    _check_id(check, found, row, values, event)
    _check_number(check, found, values, event)
    _check_person(check, found, values, event)
    _check_earlier(check, found, row, values, event)
    outside = is_outside_awards(values.get(Field.COMPETING, ""))
    if outside is None:
        found.warning(
            "roster-competing-unclear", Field.COMPETING, value=values[Field.COMPETING][:20]
        )
    return RosterRow(row.number, values, event, not outside, tuple(found.problems))


def _text(check: _Check, found: _Found, row: Row, wanted: Field) -> str:
    column = check.mapping[wanted]
    written = row.text(column)
    if not written and wanted in _SHARED:
        written = check.sheet.merged.get((row.number, column), "")
    text, hidden = cleaned(written)
    if hidden and wanted in (Field.NAME, Field.UNIT):
        found.warning("roster-name-invisible", wanted)
    if len(text) > LONGEST_TEXT:
        found.error("roster-text-too-long", wanted, limit=LONGEST_TEXT)
    if f"{column_letter(column)}{row.number}" in check.sheet.unfilled:
        found.error("roster-cell-without-result", wanted)
    if isinstance(row.at(column), dt.date | dt.time) and wanted is not Field.NOTE:
        found.error("roster-cell-is-date", wanted)
    return text


def _check_name(found: _Found, values: dict[Field, str]) -> None:
    name, spaced = cleaned_name(values[Field.NAME])
    values[Field.NAME] = name
    if not name:
        found.error("roster-name-missing", Field.NAME)
    elif looks_odd(name):
        found.warning("roster-name-odd", Field.NAME)
    if spaced:
        found.warning("roster-name-spaced", Field.NAME)


def _event_of(check: _Check, found: _Found, written: str) -> EventCode | None:
    if not written and len(check.events) == 1:
        return check.events[0].code
    if not written:
        found.error("roster-event-missing", Field.EVENT)
        return None
    bracketed = _CODE_IN_BRACKETS.search(written)
    for name in (written, _CODE_IN_BRACKETS.sub("", written), bracketed and bracketed.group(1)):
        if name and (event := check.by_name.get(loosely(name))):
            return event
    found.error("roster-event-unknown", Field.EVENT, event=written[:40])
    return None


def _check_id(
    check: _Check,
    found: _Found,
    row: Row,
    values: dict[Field, str],
    event: EventCode | None,
) -> None:
    if Field.ID_NUMBER not in check.mapping:
        return
    cell = row.at(check.mapping[Field.ID_NUMBER])
    reading = read_id_number(cell, values.get(Field.ID_KIND, ""))
    values[Field.ID_NUMBER] = reading.number
    if reading.fault:
        found.error(reading.fault, Field.ID_NUMBER, length=reading.length)
    elif reading.remark:
        found.warning(reading.remark, Field.ID_NUMBER)
    if reading.fault or not reading.number:
        return
    other, other_event = check.ids.setdefault(reading.number, (row.number, event))
    if other == row.number:
        return
    if other_event == event:
        found.error("roster-id-repeated", Field.ID_NUMBER, other=other)
    else:
        found.warning("roster-id-other-event", Field.ID_NUMBER, other=other)


def _check_number(
    check: _Check, found: _Found, values: dict[Field, str], event: EventCode | None
) -> None:
    written = values.get(Field.ENTRY, "")
    if not written or event is None:
        return
    number = written.upper().removeprefix(f"{event.upper()}-")
    number = number.zfill(2) if number.isdecimal() else number
    values[Field.ENTRY] = number
    if not _NUMBER.fullmatch(number):
        found.error("roster-number-unusable", Field.ENTRY, limit=LONGEST_NUMBER)
    elif number in check.taken.get(event, ()):
        found.error("roster-number-taken", Field.ENTRY, entry=f"{event}-{number}")
    else:
        team = values.get(Field.TEAM, "")
        first, first_team = check.numbers.setdefault((event, number), (found.row, team))
        if first != found.row and (not team or team != first_team):
            found.error("roster-number-repeated", Field.ENTRY, other=first)


def _check_person(
    check: _Check, found: _Found, values: dict[Field, str], event: EventCode | None
) -> None:
    name, unit = values[Field.NAME], values.get(Field.UNIT, "")
    if not name or event is None:
        return
    first = check.people.setdefault((name, unit, event), found.row)
    if first != found.row:
        found.warning("roster-person-repeated", Field.NAME, other=first)


def _check_earlier(
    check: _Check,
    found: _Found,
    row: Row,
    values: dict[Field, str],
    event: EventCode | None,
) -> None:
    """A total of an earlier round is a number, and none beyond what the rules say it is out of."""
    written = values.get(Field.EARLIER, "")
    if not written:
        return
    if may_be_thousands(written):
        found.error("roster-earlier-comma", Field.EARLIER, value=written[:20])
        return
    total = number_of(row.at(check.mapping[Field.EARLIER]))
    if total is None or total < 0 or is_too_fine(total):
        found.error("roster-earlier-unreadable", Field.EARLIER, value=written[:20])
        return
    values[Field.EARLIER] = f"{total:f}"
    if event is None:
        return
    most = check.earlier_most.get(event)
    if most is not None and total > most:
        found.error("roster-earlier-outside", Field.EARLIER, value=written[:20], most=f"{most:f}")
