"""The technical review on paper, put together from its figures."""

from __future__ import annotations

from app.domain.ids import EventCode
from app.reports.technical_review import ReviewBar, ReviewTable, TechnicalReport
from app.services.paper_heads import heading, imprint
from app.services.station import Station
from app.services.technical_review import technical_review
from app.services.technical_sections import section
from app.services.technical_wording import fact_lines
from app.words import Words


def technical_report(station: Station, event: EventCode, words: Words) -> TechnicalReport:
    """The review as it stands now."""
    review = technical_review(station, event)
    totals = section(words, review, "totals")
    most = max((bar.height for bar in totals.bars), default=0.0) or 1.0
    tables = []
    for name in ("modules", "aspects", "judges", "times"):
        one = section(words, review, name)
        title = words.say(f"technical.section-{name}")
        tables.append(ReviewTable(title, one.hint, one.columns, one.rows))
    return TechnicalReport(
        heading=heading(station, event, words),
        imprint=imprint(station),
        facts=tuple(fact_lines(review, words)),
        bands=tuple(ReviewBar(bar.label, bar.height / most, bar.text) for bar in totals.bars),
        tables=tuple(tables),
    )
