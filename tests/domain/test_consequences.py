"""What is proposed for whom: the tables of the regulations, and stars by score."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.domain.award_rules import (
    Awards,
    ComponentMinimum,
    ConsequenceRule,
    MedalRule,
    Outcome,
    OutcomeKind,
    Quota,
    ScaleRule,
    StarBand,
)
from app.domain.consequences import (
    Candidate,
    Setting,
    check_consequences,
    last_rank,
    nominations,
    star_of,
)
from app.domain.ids import ComponentId, EntryId, EventCode
from app.domain.points import parse_points
from app.domain.scheme import Event
from app.words import LANGUAGES, Words

TECHNICIAN, SENIOR = "技师", "高级技师"
WORKER = "高级工"
EXPERT = "全国技术能手"


def level(name: str) -> tuple[Outcome, ...]:
    return (Outcome(kind=OutcomeKind.LEVEL, name=name),)


def title(name: str) -> tuple[Outcome, ...]:
    return (Outcome(kind=OutcomeKind.TITLE, name=name),)


def yuan(amount: int) -> tuple[Outcome, ...]:
    return (Outcome(kind=OutcomeKind.MONEY, yuan=Decimal(amount)),)


def candidate(rank: int, total: str = "80", **more: object) -> Candidate:
    return Candidate(EntryId(f"X-{rank:02d}"), rank, parse_points(total), **more)  # type: ignore[arg-type]


def given(
    rules: tuple[ConsequenceRule, ...], setting: Setting, *candidates: Candidate
) -> list[str]:
    """``rank:rule`` of every nomination."""
    return [f"{one.entry[2:]}:{one.rule}" for one in nominations(rules, setting, candidates)]


# National class 1: top 5 are experts and technicians, senior ones if technicians already; 6-20.
NATIONAL = (
    ConsequenceRule(
        id="expert", line="title", outcomes=title(EXPERT), classes=("一类",), rank_to=5
    ),
    ConsequenceRule(
        id="senior", line="level", outcomes=level(SENIOR), rank_to=5, held=(TECHNICIAN, SENIOR)
    ),
    ConsequenceRule(id="technician", line="level", outcomes=level(TECHNICIAN), rank_to=5),
    ConsequenceRule(id="worker", line="level", outcomes=level(WORKER), rank_from=6, rank_to=20),
)


def test_the_national_table_asks_for_the_level_held_today() -> None:
    setting = Setting("国家级", "一类", 40)
    assert given(
        NATIONAL,
        setting,
        candidate(6),
        candidate(1, held=WORKER),
        candidate(5, held=TECHNICIAN),
        candidate(21),
    ) == ["01:expert", "01:technician", "05:expert", "05:senior", "06:worker"]
    assert given(NATIONAL, Setting("国家级", "二类", 40), candidate(1)) == ["01:technician"]


def heilongjiang(rank_class: str, first: int, second: int) -> tuple[ConsequenceRule, ...]:
    return (
        ConsequenceRule(
            id=f"{rank_class}-senior",
            line="level",
            outcomes=level(SENIOR),
            classes=(rank_class,),
            rank_to=first,
        ),
        ConsequenceRule(
            id=f"{rank_class}-technician",
            line="level",
            outcomes=level(TECHNICIAN),
            classes=(rank_class,),
            rank_to=second,
        ),
        ConsequenceRule(
            id=f"{rank_class}-worker",
            line="level",
            outcomes=level(WORKER),
            classes=(rank_class,),
            minima=(
                ComponentMinimum("theory", Decimal(60)),
                ComponentMinimum("practice", Decimal(60)),
            ),
        ),
    )


PROVINCE = (*heilongjiang("一类", 3, 10), *heilongjiang("二类", 1, 5))
PASSED = {
    ComponentId("theory"): parse_points("60"),
    ComponentId("practice"): parse_points("71.5"),
}
FAILED = PASSED | {ComponentId("theory"): parse_points("59.99")}


@pytest.mark.parametrize(
    ("rank_class", "expected"),
    [
        ("一类", ["03:一类-senior", "04:一类-technician", "10:一类-technician", "11:一类-worker"]),
        ("二类", ["03:二类-technician", "04:二类-technician", "10:二类-worker", "11:二类-worker"]),
    ],
)
def test_the_provincial_tables_of_both_classes(rank_class: str, expected: list[str]) -> None:
    candidates = [candidate(rank, components=PASSED) for rank in (3, 4, 10, 11)]
    failed = candidate(12, components=FAILED)
    assert given(PROVINCE, Setting("省级", rank_class, 30), *candidates, failed) == expected


# Zhejiang: provincial expert for the top 5 of class 1 and the top 3 of class 2; a level up for the
# top 8 and the top 5.
ZHEJIANG = tuple(
    ConsequenceRule(
        id=f"{rank_class}-{line}", line=line, outcomes=outcomes, classes=(rank_class,), rank_to=last
    )
    for rank_class, line, outcomes, last in (
        ("一类", "title", title("省技术能手"), 5),
        ("二类", "title", title("省技术能手"), 3),
        ("一类", "level", level("晋升一级"), 8),
        ("二类", "level", level("晋升一级"), 5),
    )
)


@pytest.mark.parametrize(
    ("rank_class", "expected"),
    [
        (
            "一类",
            ["03:一类-title", "03:一类-level", "05:一类-title", "05:一类-level", "08:一类-level"],
        ),
        ("二类", ["03:二类-title", "03:二类-level", "05:二类-level"]),
    ],
)
def test_the_table_of_zhejiang_ends_earlier_in_class_two(
    rank_class: str, expected: list[str]
) -> None:
    candidates = [candidate(rank) for rank in (3, 5, 8, 9)]
    assert given(ZHEJIANG, Setting("省级", rank_class, 30), *candidates) == expected


def test_the_size_of_a_team_moves_the_last_rank() -> None:
    # First national competition: top 5 single, 3 of two-person, 2 of three-person events.
    rules = tuple(
        ConsequenceRule(
            id=f"of-{members}",
            line="title",
            outcomes=title(EXPERT),
            members_from=members,
            members_to=members,
            rank_to=last,
        )
        for members, last in ((1, 5), (2, 3), (3, 2))
    )
    setting = Setting("国家级", "", 30)
    for members, last in ((1, 5), (2, 3), (3, 2)):
        ranks = [candidate(rank, members=members) for rank in range(1, 8)]
        assert given(rules, setting, *ranks) == [
            f"{rank:02d}:of-{members}" for rank in range(1, last + 1)
        ]


def test_money_by_rank_and_a_share_of_the_field() -> None:
    # Fujian: 1-3 10k, 4-5 8k, 6-10 5k; Lüliang: 4th to half become 高级工.
    rules = (
        ConsequenceRule(id="10k", line="money", outcomes=yuan(10_000), rank_to=3),
        ConsequenceRule(id="8k", line="money", outcomes=yuan(8_000), rank_to=5),
        ConsequenceRule(id="5k", line="money", outcomes=yuan(5_000), rank_to=10),
        ConsequenceRule(
            id="half",
            line="level",
            outcomes=level(WORKER),
            rank_from=4,
            within_percent=Decimal(50),
        ),
    )
    ranks = [candidate(rank) for rank in (3, 4, 6, 11, 12)]
    assert given(rules, Setting("市级", "", 23), *ranks) == [
        "03:10k",
        "04:8k",
        "04:half",
        "06:5k",
        "06:half",
        "11:half",
    ]


@pytest.mark.parametrize(
    ("rank_to", "percent", "ranked", "last"),
    [
        (None, None, 40, None),
        (5, None, 40, 5),
        (None, "100", 101, 101),
        (None, "33.3", 10, 3),
        (None, "50", 23, 11),
        (5, "10", 40, 4),
        (3, "10", 40, 3),
    ],
)
def test_the_last_rank_is_the_nearer_of_two_limits_and_a_share_is_rounded_down(
    rank_to: int | None, percent: str | None, ranked: int, last: int | None
) -> None:
    within = None if percent is None else Decimal(percent)
    rule = ConsequenceRule(
        id="r", line="l", outcomes=title(EXPERT), rank_to=rank_to, within_percent=within
    )
    assert last_rank(rule, ranked) == last


def test_a_minimum_of_nothing_still_asks_for_a_mark_of_that_component() -> None:
    oral = ComponentMinimum("oral", Decimal(0))
    rule = ConsequenceRule(id="r", line="l", outcomes=title(EXPERT), minima=(oral,))
    without = Candidate(EntryId("01"), 1, parse_points("90"))
    with_zero = Candidate(
        EntryId("02"), 2, parse_points("80"), components={ComponentId("oral"): parse_points("0")}
    )
    found_for = nominations((rule,), Setting("", "", 2), (without, with_zero))
    assert [one.entry for one in found_for] == ["02"]


def test_a_rule_can_ask_for_award_group_tier_and_total() -> None:
    rule = ConsequenceRule(
        id="r",
        line="l",
        outcomes=title("t"),
        tiers=("省级",),
        groups=("职工组",),
        awards=("一等奖",),
        minimum=Decimal(85),
    )
    right = candidate(1, "85", group="职工组", award="一等奖")
    assert given((rule,), Setting("省级", "", 9), right) == ["01:r"]
    assert given((rule,), Setting("市级", "", 9), right) == []
    for wrong in (
        candidate(1, "84.99", group="职工组", award="一等奖"),
        candidate(1, "85", group="学生组", award="一等奖"),
        candidate(1, "85", group="职工组", award="二等奖"),
    ):
        assert given((rule,), Setting("省级", "", 9), wrong) == []


STARS = (
    StarBand(grade="五星", at_least=Decimal(95), allowance=Decimal(500), months=12),
    StarBand(grade="四星", at_least=Decimal(90), allowance=Decimal(300), months=12),
    StarBand(grade="三星", at_least=Decimal(85), allowance=Decimal(200), months=12),
)


@pytest.mark.parametrize(
    ("total", "grade"),
    [("95", "五星"), ("94.99", "四星"), ("90", "四星"), ("85", "三星"), ("84.9999", None)],
)
def test_a_star_is_given_by_the_band_of_the_score(total: str, grade: str | None) -> None:
    band = star_of(STARS, parse_points(total))
    assert (band and band.grade) == grade


def found(awards: Awards) -> list[str]:
    event = Event(code=EventCode("X"), name="x", awards=awards)
    findings = list(check_consequences(event))
    for language in LANGUAGES:
        assert all(Words.load(language).explain(finding) for finding in findings)
    return [finding.code for finding in findings]


FIRST = ConsequenceRule(id="r", line="l", outcomes=title("t"))
changed = msgspec.structs.replace


def test_sound_rules_have_no_findings() -> None:
    awards = Awards(
        quotas=(Quota(award="一等奖", number=1),),
        scale=ScaleRule(),
        medals=MedalRule(),
        stars=STARS,
        consequences=(changed(FIRST, awards=("一等奖",)),),
    )
    assert found(awards) == []


@pytest.mark.parametrize(
    "awards",
    [
        Awards(consequences=(changed(FIRST, rank_from=5, rank_to=5, members_to=1),)),
        Awards(consequences=(changed(FIRST, within_percent=Decimal(100)),)),
        Awards(scale=ScaleRule(low=700, centre=700, high=700)),
        Awards(scale=ScaleRule(), medals=MedalRule(tie_distance=0)),
    ],
)
def test_rules_may_go_to_the_edge_of_what_makes_sense(awards: Awards) -> None:
    assert found(awards) == []


@pytest.mark.parametrize(
    ("awards", "code"),
    [
        (Awards(consequences=(changed(FIRST, rank_from=0),)), "consequence-range"),
        (
            Awards(consequences=(changed(FIRST, within_percent=Decimal(0)),)),
            "consequence-number",
        ),
        (Awards(scale=ScaleRule(centre=1001)), "scale-unfit"),
        (Awards(scale=ScaleRule(centre=-1)), "scale-unfit"),
        (
            Awards(scale=ScaleRule(), medals=MedalRule(tie_distance=-1)),
            "medals-need-scale",
        ),
        (Awards(stars=(STARS[0], changed(STARS[0], grade="四星"))), "star-bands-overlap"),
        (Awards(consequences=(FIRST, FIRST)), "consequence-repeated"),
        (Awards(consequences=(changed(FIRST, outcomes=()),)), "consequence-without-outcome"),
        (Awards(consequences=(changed(FIRST, rank_from=5, rank_to=4),)), "consequence-range"),
        (Awards(consequences=(changed(FIRST, members_from=0),)), "consequence-range"),
        (
            Awards(consequences=(changed(FIRST, within_percent=Decimal(101)),)),
            "consequence-number",
        ),
        (Awards(consequences=(changed(FIRST, minimum=Decimal("NaN")),)), "consequence-number"),
        (
            Awards(consequences=(changed(FIRST, minima=(ComponentMinimum("oral", Decimal(1)),)),)),
            "consequence-unknown",
        ),
        (Awards(consequences=(changed(FIRST, awards=("九等奖",)),)), "consequence-unknown"),
        (Awards(scale=ScaleRule(per=Decimal(0))), "scale-unfit"),
        (Awards(medals=MedalRule()), "medals-need-scale"),
        (Awards(stars=(changed(STARS[0], grade=" "),)), "star-band-unfit"),
        (Awards(stars=STARS[::-1]), "star-bands-overlap"),
    ],
)
def test_a_rule_that_makes_no_sense_is_named(awards: Awards, code: str) -> None:
    assert found(awards) == [code]
