"""How far every team is, in words and on paper (产量进度表): shares, what is missing, the pace."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from app.domain.ids import EventCode
from app.domain.output import Pace, plain_quantity
from app.domain.output_rules import OutputPeriod
from app.domain.points import RoundingMode, divide
from app.domain.scheme import Event
from app.reports.output_progress import (
    TEAMS_A_CHART,
    Curve,
    PeriodTable,
    ProgressPaper,
    TeamGroup,
)
from app.services import paper_heads
from app.services.counting import OutputProgress, TeamProgress, output_progress
from app.services.mark_words import aspect_name
from app.services.station import Station
from app.sheets.list_table import ListTable
from app.words import Words


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A team in a period: every value is the text that is shown."""

    number: str
    team: str
    unit: str
    done: str
    target: str
    share: str
    missing: str
    per_day: str


def unit_text(progress: OutputProgress, words: Words) -> str:
    """What is counted, in the language of the reader."""
    text: str = words.pick(progress.rules.unit, progress.rules.unit_en)
    return text


def period_text(event: Event, period: OutputPeriod, words: Words) -> str:
    """A period by the aspect it feeds and its days."""
    name = aspect_name(words, event.aspect(period.feeds))
    days = words.say("output.paper_period", first=period.first, last=period.last)
    return f"{name} · {days}"


def per_day_text(pace: Pace, words: Words) -> str:
    """What every day left has to bring, rounded up so that it suffices; or why there is none."""
    if not pace.missing:
        return str(words.say("output.reached"))
    if pace.per_day is None:
        return str(words.say("output.over"))
    tenths = divide(pace.per_day * 10, 1, RoundingMode.CEIL)
    return f"{tenths // 10}.{tenths % 10}"


def share_text(done: Decimal, target: Decimal) -> str:
    """What is done, of the target, in per cent to one decimal."""
    tenths = divide(Fraction(done) * 1000 / Fraction(target), 1, RoundingMode.HALF_UP)
    return f"{tenths // 10}.{tenths % 10} %"


def progress_rows(progress: OutputProgress, place: int, words: Words) -> tuple[ProgressRow, ...]:
    """The teams in the period at ``place``."""
    return tuple(
        ProgressRow(
            team.entry.number,
            team.name,
            team.entry.unit,
            plain_quantity(team.paces[place].done),
            plain_quantity(team.paces[place].target),
            share_text(team.paces[place].done, team.paces[place].target),
            plain_quantity(team.paces[place].missing),
            per_day_text(team.paces[place], words),
        )
        for team in progress.teams
    )


def figures(progress: OutputProgress, words: Words) -> tuple[tuple[str, str], ...]:
    """All teams together, label and value: what is done, the target, and up to when."""
    say = words.say
    done = sum((pace.done for team in progress.teams for pace in team.paces), Decimal(0))
    target = sum((pace.target for team in progress.teams for pace in team.paces), Decimal(0))
    unit = unit_text(progress, words)
    found = (
        (say("output.figure_done"), f"{plain_quantity(done)} {unit}".strip()),
        (say("output.figure_target"), f"{plain_quantity(target)} {unit}".strip()),
    )
    share = (say("output.paper_share"), share_text(done, target)) if target else None
    counted = (say("output.figure_day"), progress.counted_to or "–")
    return (*found, share, counted) if share else (*found, counted)


def headings(words: Words) -> tuple[tuple[str, bool], ...]:
    """The columns of a period's table, and whether they hold numbers."""
    named = ("number", "team", "team_unit")
    figured = ("paper_done", "target", "paper_share", "missing", "per_day")
    return (
        *((words.say(f"output.{name}"), False) for name in named),
        *((words.say(f"output.{name}"), True) for name in figured),
    )


def row_texts(row: ProgressRow) -> tuple[str, ...]:
    """A team's line in the order of the headings."""
    return astuple(row)


def progress_paper(station: Station, event: EventCode, words: Words) -> ProgressPaper:
    """The progress up to now as a paper to sign."""
    progress = output_progress(station, event)
    say, days = words.say, progress.days
    teams = progress.teams
    groups = [teams[n : n + TEAMS_A_CHART] for n in range(0, len(teams), TEAMS_A_CHART)]
    done = [float(team.done[-1]) for team in teams if team.done]
    targets = [float(team.target[-1]) for team in teams]
    highest = max([float(progress.target[-1]), *targets, *done])
    return ProgressPaper(
        heading=paper_heads.heading(station, event, words),
        imprint=paper_heads.imprint(station),
        period=say("output.paper_period", first=days[0], last=days[-1]),
        figures=figures(progress, words),
        headings=headings(words),
        periods=tuple(
            PeriodTable(
                _title(progress, period, words),
                tuple(row_texts(row) for row in progress_rows(progress, place, words)),
            )
            for place, period in enumerate(progress.rules.periods)
        ),
        note=say("output.paper_note", day=progress.counted_to or "–"),
        days=days,
        ticks=ticks(highest),
        target=tuple(float(one) for one in progress.target),
        groups=tuple(_group(progress, group, words) for group in groups),
        signatures=paper_heads.signatures(words, "output.sign_counter", "output.sign_chief"),
    )


def ticks(highest: float) -> tuple[int, ...]:
    """Four to ten round levels from 0 up to the first that is not below the highest value."""
    step, leading = 1, 0
    while step * 10 < highest:
        step = step * 5 // 2 if leading % 3 == 1 else step * 2
        leading += 1
    return tuple(range(0, int(-(-highest // step)) * step + 1, step))


def progress_table(station: Station, event: EventCode, words: Words) -> ListTable:
    """The counts by day as a workbook: a day a row, a team a column, the whole at the end."""
    progress = output_progress(station, event)
    names = tuple(f"{team.entry.number} {team.name}" for team in progress.teams)
    return ListTable(
        title=words.say("output.paper_title"),
        facts=figures(progress, words),
        made=datetime.fromtimestamp(station.now_ms() / 1000, UTC),
        headings=(words.say("output.day"), *names),
        numbers=frozenset(range(1, len(names) + 1)),
        lines=_day_rows(progress, progress.teams, words),
    )


def _title(progress: OutputProgress, period: OutputPeriod, words: Words) -> str:
    title = period_text(progress.event, period, words)
    if any(one.feeds == period.feeds for one in progress.rules.targets):
        # Each team's own stands in its row.
        return title
    target = words.say(
        "output.period_target",
        target=plain_quantity(period.target),
        unit=unit_text(progress, words),
    )
    return f"{title} · {target.strip()}"


def _group(progress: OutputProgress, teams: tuple[TeamProgress, ...], words: Words) -> TeamGroup:
    curves = tuple(
        Curve(
            _label(team),
            tuple(float(done) for done in team.done),
            tuple(float(one) for one in team.target) if team.target != progress.target else (),
        )
        for team in teams
    )
    names = tuple(f"{team.entry.number} {team.name}" for team in teams)
    return TeamGroup(curves, names, _day_rows(progress, teams, words))


def _label(team: TeamProgress) -> str:
    done = plain_quantity(team.done[-1]) if team.done else "0"
    return f"{team.entry.number}: {done}"


def _day_rows(
    progress: OutputProgress, teams: tuple[TeamProgress, ...], words: Words
) -> tuple[tuple[str, ...], ...]:
    """A row for each day that has a count, a dash where a team has none, and the whole below."""
    by_day = progress.counts.by_day
    counted = [day for day in progress.days if any(which == day for _, which in by_day)]
    rows = [
        (
            day,
            *(
                plain_quantity(by_day[team.entry.id, day])
                if (team.entry.id, day) in by_day
                else "—"
                for team in teams
            ),
        )
        for day in counted
    ]
    whole = (plain_quantity(team.done[-1]) if team.done else "0" for team in teams)
    return (*rows, (words.say("output.whole"), *whole)) if rows else ()
