"""The foot and the note of papers: when they were printed, and which result or rules they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.bootstrap import create_station
from app.domain.award_rules import ConsequenceRule, Outcome, OutcomeKind, StarBand
from app.domain.round_rules import Qualification
from app.domain.scheme import Scheme, rules_hash
from app.reports.allowance_sheet import AllowanceSheet
from app.reports.nominations import NominationsList
from app.reports.promotion_list import PromotionList
from app.services import results
from app.services.allowances import event_allowances
from app.services.mark_summaries import mark_summaries
from app.services.nomination_papers import nominations_list
from app.services.papers import results_list, results_table
from app.services.promotion_papers import promotion_list
from app.services.scheme_papers import scheme_paper
from app.services.setup import start_competition
from app.services.station import Station
from app.words import Words
from tests.samples.floor import MINUTE, SampleTime
from tests.samples.results import COMPETITION, EVENT, WELD, marked_event, publish

ZH = Words.load("zh")
# By the clock on the wall wherever the test runs.
HALF_PAST_NINE = int(datetime(2026, 11, 14, 9, 30).astimezone().timestamp() * 1000)
RULES = replace(
    EVENT,
    promotes=Qualification(number=2),
    awards=replace(
        EVENT.awards,
        stars=(StarBand(grade="五星", at_least=Decimal(17), allowance=Decimal(500)),),
        consequences=(
            ConsequenceRule(
                id="M1",
                line="money",
                rank_to=1,
                outcomes=(Outcome(kind=OutcomeKind.MONEY, yuan=Decimal(3000)),),
            ),
        ),
    ),
)
PUBLISHED = "公示成绩，第 1 版，2026-11-14 09:30 公布；公示期内可能因申诉复核而变动。"


@pytest.fixture
def station() -> Iterator[Station]:
    """Published at half past nine, a quarter of an hour ago."""
    time = SampleTime(HALF_PAST_NINE)
    opened = marked_event(time=time, rules=RULES)
    publish(opened)
    time.pass_ms(15 * MINUTE)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("filled_in", "offices"),
    [
        (promotion_list, "裁判长 监督 主办单位"),
        (nominations_list, "裁判长 监督 主办单位"),
        (event_allowances, "制表 审核 批准"),
    ],
)
def test_a_list_to_be_signed_says_which_result_it_follows_from_and_who_signs(
    station: Station,
    filled_in: Callable[..., PromotionList | NominationsList | AllowanceSheet],
    offices: str,
) -> None:
    content = filled_in(station, WELD, ZH)
    assert " ".join(one.role for one in content.signatures) == offices
    assert content.imprint.printed_at == "2026-11-14 09:45"
    assert content.imprint.revision == 1
    assert content.imprint.result_hash == results.in_force(station, WELD).fact.result_hash
    assert PUBLISHED in content.notes


def test_the_result_says_when_it_was_published_and_a_draft_when_it_was_made(
    station: Station,
) -> None:
    listed = results_list(station, WELD, ZH)
    assert listed.note == PUBLISHED
    assert [one.role for one in listed.signatures] == ["裁判长", "监督", "仲裁"]
    table = results_table(station, WELD, ZH)
    assert (table.status, table.revision) == ("公示", "1")
    assert table.published == "2026-11-14 09:30"
    assert table.made == datetime.fromtimestamp(HALF_PAST_NINE / 1000, UTC)
    draft = results_table(station, WELD, ZH, draft=True)
    assert (draft.status, draft.revision, draft.published) == ("草稿", "", "")
    assert draft.made.timestamp() * 1000 == HALF_PAST_NINE + 15 * MINUTE


def test_a_summary_carries_the_hash_of_what_it_shows(station: Station) -> None:
    summary = mark_summaries(station, WELD, ZH)[0]
    imprint = summary.imprint
    assert imprint.result_hash == results.in_force(station, WELD).fact.result_hash
    assert (imprint.revision, imprint.provisional) == (1, False)
    assert [one.role for one in summary.signatures] == ["评分裁判 J1", "裁判长", "监督"]


def test_a_scheme_names_its_rules_and_is_a_draft_until_they_are_frozen(station: Station) -> None:
    paper = scheme_paper(station, WELD, ZH)
    assert paper.imprint.reference == f"评分规则 {rules_hash(RULES)[:16]}"
    assert not paper.imprint.provisional
    assert [one.role for one in paper.signatures] == ["裁判长", "监督"]
    other = create_station(None)
    start_competition(other, Scheme(competition=COMPETITION, events=(RULES,)))
    assert scheme_paper(other, WELD, ZH).imprint.provisional
    other.close()
