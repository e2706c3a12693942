"""The ranking of proposals in a period, filled in for paper and workbook (合理化建议排名表)."""

from __future__ import annotations

from fractions import Fraction

from app.domain.ids import EventCode
from app.domain.points import RoundingMode, divide, format_points
from app.domain.proposal_report import Period, PeriodReport, event_in
from app.domain.proposal_rules import ProposalRules
from app.reports.proposals_ranking import (
    ProposalsRanking,
    ProposerRow,
    is_divided,
    ranking_columns,
    ranking_row,
)
from app.services import paper_heads
from app.services.proposing import PeriodRanking, period_ranking, proposal_rules
from app.services.result_words import award_text, division_text
from app.services.station import Station
from app.sheets.proposal_tables import RankingTable
from app.words import Words

_NUMBERS = frozenset({0, 4, 5, 6})
_NUMBERS_DIVIDED = frozenset({1, 5, 6, 7})


def period_text(period: Period | None, words: Words) -> str:
    """A period as people read it: a month, a quarter, a half-year, or everything."""
    if period is None:
        return words.say("proposals.period_all")
    key = f"proposals.period_{period.span.value}"
    return words.say(key, year=period.year, number=period.number)


def counted_text(own: ProposalRules, words: Words) -> str:
    """Which day puts a proposal into a period."""
    text: str = words.say(f"proposals.counted_by_{own.counted_by.value}")
    return text


def figures(report: PeriodReport, words: Words) -> tuple[tuple[str, str], ...]:
    """The figures of a period, label and value."""
    say = words.say
    return (
        (say("proposals.figure_count"), str(report.count)),
        (say("proposals.figure_per_head"), _decimal(report.per_head)),
        (say("proposals.figure_participation"), _percent(report.participation)),
        (say("proposals.figure_accepted"), str(report.accepted)),
        (say("proposals.figure_adoption"), _percent(report.adoption)),
        (say("proposals.figure_implementation"), _percent(report.implementation)),
    )


def benefit_rows(
    own: ProposalRules, report: PeriodReport, words: Words
) -> tuple[tuple[str, str, str], ...]:
    """What was saved of each kind: its name with the unit, as stated, as verified."""
    return tuple(
        (kind_text(own, line.code, words), f"{line.stated:,f}", f"{line.verified:,f}")
        for line in report.benefit
    )


def kind_text(own: ProposalRules, code: str, words: Words) -> str:
    """A kind of benefit with its unit."""
    kind = next(kind for kind in own.kinds if kind.code == code)
    name = words.pick(kind.name, kind.name_en)
    return f"{name} ({kind.unit})" if kind.unit else name


def ranking_rows(
    station: Station, event: EventCode, ranking: PeriodRanking, words: Words
) -> tuple[ProposerRow, ...]:
    """The lines of a ranking as they are printed."""
    in_force, own = proposal_rules(station, event)
    in_force = event_in(in_force, own, ranking.period)
    places = in_force.rounding.total.places
    return tuple(
        ProposerRow(
            rank=str(row.rank),
            entry=row.number,
            name=row.name,
            unit=row.unit,
            count=str(row.count),
            adopted=str(row.adopted),
            points=format_points(row.points, places),
            award=award_text(in_force, row.award, words) if row.award else "",
            division=division_text(in_force, row.division, words),
        )
        for row in ranking.rows
    )


def ranking_paper(
    station: Station, event: EventCode, period: Period | None, words: Words
) -> ProposalsRanking:
    """The ranking of a period as a paper to sign."""
    _, own = proposal_rules(station, event)
    ranking = period_ranking(station, event, period)
    return ProposalsRanking(
        heading=paper_heads.heading(station, event, words),
        imprint=paper_heads.imprint(station),
        period=f"{period_text(period, words)} · {counted_text(own, words)}",
        figures=figures(ranking.report, words),
        benefit=benefit_rows(own, ranking.report, words),
        rows=ranking_rows(station, event, ranking, words),
        signatures=paper_heads.signatures(
            words, "proposals.sign_committee", "proposals.sign_union"
        ),
    )


def ranking_table(
    station: Station, event: EventCode, period: Period | None, words: Words
) -> RankingTable:
    """The same as a workbook holds it."""
    paper = ranking_paper(station, event, period, words)
    divided = is_divided(paper.rows)
    saved = tuple(words.say(f"proposals.{name}") for name in ("benefit", "stated", "verified"))
    benefit = (saved, *paper.benefit) if paper.benefit else ()
    return RankingTable(
        title=f"{paper.heading.event} · {paper.period}",
        figures=(*paper.figures, *benefit),
        headings=tuple(column.title for column in ranking_columns(words, divided=divided)),
        lines=tuple(tuple(ranking_row(row, divided=divided)) for row in paper.rows),
        numbers=_NUMBERS_DIVIDED if divided else _NUMBERS,
    )


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else f"{_tenths(share * 1000)} %"


def _decimal(share: Fraction | None) -> str:
    if share is None:
        return "–"
    hundredths = divide(share * 100, 1, RoundingMode.HALF_UP)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _tenths(share: Fraction) -> str:
    tenths = divide(share, 1, RoundingMode.HALF_UP)
    return f"{tenths // 10}.{tenths % 10}"
