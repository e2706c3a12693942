"""One shipped template run from the roster to the published result, on sample data worked out by
hand.

``data/KEY.toml`` holds the roster, the marks as judges key them, and the result as literals with
the working beside it; nothing of it comes from the program. Tables are written with ``|``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.bootstrap import create_competition
from app.domain.consequences import Candidate, Nomination, Setting, nominations
from app.domain.facts import PublishedRow, ResultStatus
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.points import Rounding, parse_points, round_exact
from app.services import (
    checkin,
    code_drawing,
    drawing,
    enrolment,
    entrants,
    live,
    penalties,
    results,
    roll,
    roster_import,
    roster_plan,
    rules,
    setup,
    signing_off,
    submitting,
    timing,
)
from app.services.station import Station
from app.services.submitting import FileRead
from app.services.timing import ClockId
from app.services.works import sheet_plan
from app.sheets.roster import match_columns, read_roster
from app.sheets.scheme_files import SchemeFile, read_scheme, templates
from tests.samples.floor import SampleTime
from tests.templates.keying import check_sheets, key, typed_marks
from tests.templates.records import answer_all, count_all, take_all

DATA = Path(__file__).parent / "data"

Row = dict[str, str]


@dataclass(frozen=True)
class WorkedEvent:
    """What is keyed in for one event, and what has to come out."""

    code: EventCode
    rules_hash: str
    absent: list[str]
    expected: list[Row]
    marks: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    proposals: list[Row] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)
    times: list[Row] = field(default_factory=list)
    submissions: list[Row] = field(default_factory=list)
    penalties: list[Row] = field(default_factory=list)
    nominations: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Worked:
    """One file of sample data."""

    key: str
    roster: str
    events: list[WorkedEvent]
    more: dict[str, Any]


def worked(key: str) -> Worked:
    """The sample data of a template."""
    read = tomllib.loads((DATA / f"{key}.toml").read_text(encoding="utf-8"))
    events = [_event(given) for given in read.pop("events")]
    return Worked(key, read.pop("roster"), events, read)


def _event(given: dict[str, Any]) -> WorkedEvent:
    tables = (
        *("marks", "answers", "proposals", "counts", "expected"),
        *("times", "submissions", "penalties", "nominations"),
    )
    read = {name: table(given[name]) for name in tables if name in given}
    if "aspect" in given.get("marks", "").split():
        read["marks"] = _turned(read["marks"])
    return WorkedEvent(
        code=EventCode(given["code"]),
        rules_hash=given["rules_hash"],
        absent=given.get("absent", []),
        **read,
    )


def _turned(marks: list[Row]) -> list[Row]:
    """A table with an aspect a row and an entry a column, the other way round."""
    entries = [heading for heading in marks[0] if heading != "aspect"]
    return [{"entry": entry, **{row["aspect"]: row[entry] for row in marks}} for entry in entries]


def table(text: str) -> list[Row]:
    """Rows of a table drawn with ``|``, by the headings of its first line."""
    heading, *rows = (
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    )
    return [dict(zip(heading, row, strict=True)) for row in rows]


def scheme_of(key: str) -> SchemeFile:
    """The shipped template."""
    return read_scheme(next(one.path for one in templates() if one.key == key))


def run(case: Worked, folder: Path) -> Station:
    """The competition file ``KEY.plumb`` with every event marked, locked and published."""
    scheme = scheme_of(case.key).scheme
    time = SampleTime()
    station = create_competition(folder / f"{case.key}.plumb", scheme, time=time, home=folder)
    _import_roster(station, case, folder)
    for event in case.events:
        _prepare(station, event)
        _use_times(station, time, event)
        _hand_in(station, time, event)
        if event.marks:
            typed = typed_marks(rules.rules(station, event.code), event.marks)
            key(station, event.code, typed, folder)
            check_sheets(station, event.code, typed)
        answer_all(station, event.code, event.answers)
        take_all(station, event.code, event.proposals)
        count_all(station, event.code, event.counts)
        for row in event.penalties:
            module = ModuleId(row["module"]) if row["module"] else None
            points = parse_points(row["points"]) if row["points"] else None
            penalties.give_penalty(
                station,
                event.code,
                entry_of(event, row["entry"]),
                row["reason"],
                module=module,
                points=points,
            )
        _close(station, event.code)
    return station


def entry_of(event: WorkedEvent, number: str) -> EntryId:
    return EntryId(f"{event.code}-{number}")


def as_table(rows: tuple[PublishedRow, ...], columns: list[str]) -> list[Row]:
    """Published rows in the columns of the literal table; any other column is a module."""
    found = []
    for row in rows:
        modules = {str(module): mark for module, mark in row.modules.items()}
        cells = {
            "rank": str(row.rank or row.state),
            "entry": row.entry.rpartition("-")[2],
            "total": row.total,
            "award": row.award,
            "division": row.division,
            "state": row.state,
            **modules,
        }
        found.append({column: cells.get(column, "") for column in columns})
    return found


def nominated(station: Station, event: EventCode) -> tuple[Nomination, ...]:
    """What the rules propose for the result as it stands."""
    board = live.board(station, event)
    awards = {row.entry: row.award for row in results.result_rows(board)}
    held = {entry: fact.grade for entry, fact in entrants.registrations(station, event).items()}
    entries = {entry.id: entry for entry in roll.roll(station, event)}
    candidates = [
        Candidate(
            entry=row.entry,
            rank=row.rank,
            total=row.total,
            award=awards[row.entry],
            group=entries[row.entry].group,
            held=held[row.entry],
            members=entries[row.entry].members,
            components={
                part.id: round_exact(part.mark, Rounding())
                for part in board.scores.score(row.entry).components
            },
        )
        for row in board.ranking.rows
    ]
    about = setup.scheme_in_hand(station)
    assert about is not None
    setting = Setting(about.competition.tier, about.competition.rank_class, len(candidates))
    return nominations(board.event.awards.consequences, setting, candidates)


def _import_roster(station: Station, case: Worked, folder: Path) -> None:
    path = folder / "roster.csv"
    path.write_text(case.roster, encoding="utf-8")
    sheet = read_roster(path)
    plan = roster_plan.plan_roster(
        station, sheet, match_columns(sheet.headers), sha256=roster_plan.file_digest(path)
    )
    assert plan.errors == 0, [row.problems for row in plan.rows if row.has_error]
    roster_import.import_roster(station, plan)


def _prepare(station: Station, event: WorkedEvent) -> None:
    """Judges and panels, the freeze, everybody checked in, places and work codes drawn."""
    in_hand = rules.event(station, event.code)
    needed = max(enrolment.needed_judges(module) for module in in_hand.modules)
    judges = [
        enrolment.enrol(station, event.code, f"样例裁判{number:02d}", "样例鉴定中心")
        for number in range(1, needed + 1)
    ]
    for module in in_hand.modules:
        if panel := judges[: enrolment.needed_judges(module)]:
            enrolment.set_panel(station, event.code, module.id, panel)
    setup.freeze(station, event.code)
    for entry in roll.roll(station, event.code):
        if entry.number in event.absent:
            checkin.mark_absent(station, entry.id)
        else:
            checkin.check_in(station, entry.id)
    for module in in_hand.modules:
        if module.workplaces:
            drawing.commit_draw(station, event.code, module.id)
            drawing.make_draw(station, event.code, module.id)
        if module.blind:
            code_drawing.draw_work_codes(station, event.code, module.id)


def _use_times(station: Station, time: SampleTime, event: WorkedEvent) -> None:
    """Run each clock for the minutes given, one after the other."""
    for row in event.times:
        entry = entry_of(event, row["entry"])
        for module, minutes in row.items():
            if module == "entry":
                continue
            clock = ClockId(event.code, ModuleId(module), entry)
            timing.start(station, clock)
            time.pass_ms(int(minutes) * 60_000)
            timing.stop(station, clock)


def _hand_in(station: Station, time: SampleTime, event: WorkedEvent) -> None:
    """Each entry hands its file in so many minutes after its own start."""
    for row in event.submissions:
        clock = ClockId(event.code, ModuleId(row["module"]), entry_of(event, row["entry"]))
        timing.start(station, clock)
        time.pass_ms(int(row["minutes"]) * 60_000)
        file = FileRead(row["sha256"], int(row["size"]))
        submitting.receive(station, submitting.hand_over(station, clock), file)
        timing.stop(station, clock)


def _close(station: Station, event: EventCode) -> None:
    """Every judge signs, every module is locked, and the result is published."""
    for module in rules.rules(station, event).modules:
        for judge in sheet_plan(station, event, module.id).sheets:
            signing_off.sign_sheets(station, event, module.id, judge)
        signing_off.lock_module(station, event, module.id)
    shown = results.leaderboard(station, event).result_hash
    results.publish(station, event, ResultStatus.PROVISIONAL, expected_hash=shown)
