"""After a whole sample day: no name and no ID number outside the one table that may be purged.

The log is for ever and goes to everybody, so nobody's name may be in it; who marks a blind module
may not learn whose work it is.
"""

from __future__ import annotations

import csv
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import open_station
from app.demo.run import DemoFiles, run_demo
from app.demo.sample_people import UNITS, sample_judges
from app.domain.roles import Actor, Role
from app.services import exchange, marking, marking_queue, panel_rows, rules
from app.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.scheme import Event
    from app.services.station import Station


@dataclass(frozen=True)
class Day:
    """A finished sample day, what it told and logged, and what is secret about its people."""

    files: DemoFiles
    home: Path
    told: tuple[str, ...]
    secrets: tuple[str, ...]


class Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    folder = tmp_path_factory.mktemp("demo")
    home = tmp_path_factory.mktemp("home")
    told: list[str] = []
    listener = Listener()
    logging.getLogger().addHandler(listener)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PLUMBLINE_HOME", str(home))
        run_demo(folder, Words.load("zh"), tell=told.append)
    logging.getLogger().removeHandler(listener)
    files = DemoFiles(folder)
    with files.roster.open(encoding="utf-8-sig", newline="") as stream:
        people = list(csv.DictReader(stream))
    names = [row["姓名"] for row in people]
    judges = [name for name, _ in sample_judges("zh")]
    numbers = [row["身份证号"] for row in people]
    assert len(names) == len(numbers) == 28
    with closing(sqlite3.connect(files.competition)) as connection:
        salts = [row[0] for row in connection.execute("SELECT salt FROM people")]
    return Day(files, home, (*told, *listener.heard), (*names, *numbers, *judges, *salts))


def found_in(content: str | bytes, secrets: tuple[str, ...]) -> list[str]:
    if isinstance(content, str):
        return [secret for secret in secrets if secret in content]
    return [
        secret
        for secret in secrets
        if secret.encode() in content or secret.encode("utf-16-le") in content
    ]


def test_the_search_finds_what_there_is(day: Day) -> None:
    """They are in the file and in a bundle with people: finding none elsewhere means something."""
    assert found_in(day.files.competition.read_bytes(), day.secrets) == list(day.secrets)
    assert found_in(day.files.bundle.read_bytes(), day.secrets) == list(day.secrets)


@pytest.mark.parametrize("table", ["ops", "standing", "marks", "drafts", "file_facts"])
def test_no_table_but_that_of_people_holds_a_name_or_id_number(day: Day, table: str) -> None:
    with closing(sqlite3.connect(day.files.competition)) as connection:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    assert found_in(repr(rows), day.secrets) == []
    for row in rows:
        for value in row:
            if isinstance(value, bytes):
                assert found_in(value, day.secrets) == []


def test_there_is_no_table_nobody_thought_of(day: Day) -> None:
    with closing(sqlite3.connect(day.files.competition)) as connection:
        tables = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert tables - {"ops", "standing", "marks", "drafts", "file_facts"} == {
        "people",
        "photos",
        "_sqlite_migrations",
    }


def test_a_bundle_without_people_holds_none_of_them(day: Day, tmp_path: Path) -> None:
    path = tmp_path / "public.bundle"
    station = open_station(day.files.competition, home=day.home)
    exchange.export_bundle(station, path, with_people=False)
    station.close()
    assert found_in(path.read_bytes(), day.secrets) == []


def test_nothing_of_them_is_told_logged_or_kept_on_the_laptop(day: Day) -> None:
    assert found_in("\n".join(day.told), day.secrets) == []
    for path in day.home.rglob("*"):
        if path.is_file():
            assert found_in(path.read_bytes(), day.secrets) == []


def test_who_marks_a_blind_module_learns_no_name_unit_or_entry(day: Day) -> None:
    station = open_station(day.files.competition, home=day.home)
    (event,) = rules.events(station)
    hidden = (*day.secrets, *UNITS["zh"], f"{event.code}-")
    looked_at = 0
    for judge in [None, *(one.judge for one in rules.judges(station, event.code))]:
        station.actor = Actor(Role.JUDGE, judge) if judge else Actor(Role.SCOREKEEPER)
        for seen in seen_when_marking(station, event):
            looked_at += 1
            assert found_in(repr(seen), hidden) == []
    station.close()
    assert looked_at > 100


def seen_when_marking(station: Station, event: Event) -> Iterator[object]:
    """Everything the marking screen asks for, in every blind module."""
    for module in event.modules:
        if not module.blind:
            continue
        yield (queue := marking_queue.queue(station, event.code, module.id))
        if station.actor.role is not Role.JUDGE:
            yield panel_rows.spread_violations(station, event.code, module.id)
        for judge in marking_queue.sheets_for(station, event.code, module.id):
            yield marking_queue.queue(station, event.code, module.id, judge)
            for work in queue:
                sheet = marking.sheet(station, event.code, module.id, work.label, judge)
                yield work
                yield sheet
                yield marking.typed(station, sheet)
