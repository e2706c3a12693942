"""What follows from a published result, worked out by hand on the sample event.

Totals 17 (02), 17 (01), 14 (03), 11.5 (04). Median 15.5, absolute deviations 1.5 1.5 1.5 4, so MAD
1.5 and a spread of 1.4826 * 1.5 = 2.2239: 700 + 30 * 1.5 / 2.2239 = 720.2, 679.8 and 646.04.
Two golds, hence no silver, and one bronze.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from app.cli.program import main
from app.domain.award_rules import (
    ComponentMinimum,
    ConsequenceRule,
    MedalRule,
    Outcome,
    OutcomeKind,
    ScaleRule,
    StarBand,
)
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet, EntryRegistered, RulesFrozen
from app.domain.ids import EntryId
from app.domain.medals import Medal
from app.domain.scheme import rules_hash
from app.reports.nominations import write_nominations
from app.services.nomination_papers import nominations_list, write_nominations_file
from app.services.nominations import nominees
from app.services.station import Station, recording
from app.storage import people
from app.words import Words
from tests.reports.reading import whole_text
from tests.samples.results import (
    COMPETITION,
    E1,
    E2,
    E3,
    EVENT,
    PEOPLE,
    WELD,
    lock,
    mark,
    marked_event,
    publish,
    published_event,
    unlock,
)

if TYPE_CHECKING:
    from pathlib import Path

RULES = (
    ConsequenceRule(
        id="L1",
        line="level",
        held=("中级工",),
        rank_to=2,
        outcomes=(Outcome(kind=OutcomeKind.LEVEL, name="高级工", name_en="Senior worker"),),
    ),
    ConsequenceRule(
        id="M1",
        line="money",
        tiers=("省级",),
        rank_to=1,
        outcomes=(Outcome(kind=OutcomeKind.MONEY, yuan=Decimal(3000)),),
    ),
    ConsequenceRule(
        id="T1",
        line="title",
        minima=(ComponentMinimum("practice", Decimal("17.01")),),
        outcomes=(Outcome(kind=OutcomeKind.TITLE, name="样例能手"),),
    ),
)
AWARDS = msgspec.structs.replace(
    EVENT.awards,
    scale=ScaleRule(),
    medals=MedalRule(),
    stars=(
        StarBand(grade="三星", grade_en="Three stars", at_least=Decimal(14)),
        StarBand(
            grade="五星",
            grade_en="Five stars",
            at_least=Decimal(17),
            allowance=Decimal(300),
            months=12,
        ),
    ),
    consequences=RULES,
)


def nominated_event(path: Path | None = None) -> Station:
    """The sample event of a provincial competition; 01 and 02 hold 中级工 and 高级工."""
    station = marked_event(path)
    publish_with_consequences(station)
    return station


def publish_with_consequences(station: Station) -> None:
    rules = msgspec.structs.replace(EVENT, awards=AWARDS)
    with recording(station) as log:
        provincial = msgspec.structs.replace(COMPETITION, tier="省级")
        log.add(CompetitionSet(competition=provincial), reason="样例")
        fact = RulesFrozen(event=WELD, rules=rules, rules_hash=rules_hash(rules))
        log.add(fact, reason="样例：评用规则")
        for entry, grade in ((E1, "中级工"), (E2, "高级工")):
            log.add(registration(log.connection, entry, grade), reason="样例：现有等级")
    publish(station, reason="样例：评用规则")


def registration(connection: object, entry: EntryId, grade: str) -> EntryRegistered:
    digest = people.put(connection, entry, PEOPLE[entry], f"salt-{entry}")  # type: ignore[arg-type]
    return EntryRegistered(
        event=WELD,
        entry=entry,
        number=entry[-2:],
        unit="样例一厂",
        person_digest=digest,
        grade=grade,
    )


def test_scale_medals_stars_and_proposals_follow_from_the_snapshot() -> None:
    found = nominees(nominated_event(), WELD).found
    assert [
        (one.row.entry, one.row.rank, one.scaled, one.medal, one.star.grade if one.star else "")
        for one in found
    ] == [
        (E2, 1, 720, Medal.GOLD, "五星"),
        (E1, 2, 720, Medal.GOLD, "五星"),
        (E3, 3, 680, Medal.BRONZE, "三星"),
    ]
    assert [(one.held, [it.rule for it in one.proposed]) for one in found] == [
        ("高级工", ["M1"]),
        ("中级工", ["L1"]),
        ("", []),
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            [
                ("五星（每月 300 元，12 个月）", "奖金：3000 元"),
                ("五星（每月 300 元，12 个月）", "职业技能等级：高级工"),
                ("三星", ""),
            ],
        ),
        (
            "en",
            [
                ("Five stars (300 yuan a month for 12 months)", "Money: 3000 yuan"),
                ("Five stars (300 yuan a month for 12 months)", "Skill level: Senior worker"),
                ("Three stars", ""),
            ],
        ),
    ],
)
def test_the_list_reads_in_both_languages(language: str, expected: list[tuple[str, str]]) -> None:
    words = Words.load("zh" if language == "zh" else "en")
    content = nominations_list(nominated_event(), WELD, words)
    assert [(row.star, row.proposed) for row in content.rows] == expected
    assert [row.scaled for row in content.rows] == ["720", "720", "680"]
    paper = io.BytesIO()
    assert write_nominations(content, words, paper) == 1
    printed = whole_text(paper.getvalue())
    for text in (words.say("nominations.scaled"), words.say("awards.medal-gold"), "L1", "M1"):
        assert text.replace(" ", "") in "".join(printed.split())


def test_the_workbook_holds_the_same(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    words = Words.load("zh")
    assert write_nominations_file(nominated_event(), WELD, words, target) == 3
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    top = next(place for place, row in enumerate(rows) if row[0] == "名次")
    assert rows[top][7] == "近似标准分"
    assert rows[top + 1] == [
        *(1, "02", "单样", "样例一厂", "高级工", 17, "一等奖", 720, "金牌"),
        *("五星（每月 300 元，12 个月）", "奖金：3000 元", "M1"),
    ]
    assert any("近似" in str(row[1]) for row in rows[:top])


def test_a_component_is_asked_of_the_marks_that_still_give_the_published_result() -> None:
    station = nominated_event()
    unlock(station)
    mark(station, E1, "A1.1", "9")
    with pytest.raises(RuleBroken, match="nominations-result-changed"):
        nominees(station, WELD)
    lock(station)
    publish(station, reason="样例更正")
    assert [
        (one.row.entry, [it.rule for it in one.proposed]) for one in nominees(station, WELD).found
    ] == [
        (E1, ["L1", "M1", "T1"]),
        (E2, []),
        (E3, []),
    ]


def test_without_rules_or_without_a_result_there_is_no_list() -> None:
    with pytest.raises(RuleBroken, match="nothing-published"):
        nominees(marked_event(), WELD)
    with pytest.raises(RuleBroken, match="nobody-nominated"):
        nominees(published_event(), WELD)


def test_the_command_line_writes_either_form_and_refuses_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    file = tmp_path / "event.plumb"
    nominated_event(file).close()
    for name in ("list.pdf", "list.xlsx"):
        assert main(["nominations", str(file), "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert "list.pdf" in capsys.readouterr().out
    assert main(["nominations", str(file), "-o", str(tmp_path / "list.doc")]) == 2
    assert not (tmp_path / "list.doc").exists()
