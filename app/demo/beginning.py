"""How every sample competition begins: the shipped template, and the roster from its file."""

from __future__ import annotations

from pathlib import Path
from random import Random

from msgspec.structs import replace

from app.bootstrap import create_competition
from app.demo.sample_time import SampleTime
from app.demo.story import SampleDay
from app.paths import resource
from app.services import roster_import, roster_plan
from app.sheets.roster import match_columns, read_roster
from app.sheets.scheme_files import read_scheme
from app.words import Language


def begin(
    competition: Path | None,
    roster: Path,
    time: SampleTime,
    *,
    seed: int,
    language: Language,
    home: Path | None = None,
) -> SampleDay:
    """A new competition with everybody in the roster registered; in memory without a path."""
    scheme = read_scheme(resource("schemes", "robot-operation.toml")).scheme
    day = replace(scheme.competition, starts="2026-11-14", ends="2026-11-14")
    scheme = replace(scheme, competition=day)
    station = create_competition(competition, scheme, time=time, home=home)
    sheet = read_roster(roster)
    columns = match_columns(sheet.headers)
    digest = roster_plan.file_digest(roster)
    plan = roster_plan.plan_roster(station, sheet, columns, sha256=digest)
    roster_import.import_roster(station, plan)
    return SampleDay(station, scheme.events[0], time, Random(seed), language)  # noqa: S311
