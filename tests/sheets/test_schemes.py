"""Schemes as TOML: what is written reads back equal, and what is wrong is named by its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Band,
    Binary,
    Count,
    Deduct,
    Direct,
    Judgement,
    Ladder,
    Method,
    Panel,
    Tolerance,
)
from app.domain.points import Rounding, RoundingMode
from app.domain.scheme import Aspect, Module, Quota, Scheme, Stages, rules_hash
from app.sheets.scheme_files import read_scheme, templates
from app.sheets.scheme_toml import format_scheme, parse_scheme
from tests.sheets.books import BLOCKS, LEAST, REAL_CIS, cis_book


def template(key: str) -> Path:
    return next(template.path for template in templates() if template.key == key)


def test_a_mark_is_the_decimal_that_was_written() -> None:
    aspect = parse_scheme(LEAST, "x.toml").event("E").aspect("A1.1")
    assert aspect.max == Decimal("2.50")
    assert aspect.maximum == 25_000
    assert aspect.method == Binary()


@pytest.mark.parametrize("key", [template.key for template in templates()])
def test_a_shipped_template_has_no_fault_and_no_warning(key: str) -> None:
    found = read_scheme(template(key))
    assert found.faults == ()
    assert found.warnings == ()


@pytest.mark.parametrize("key", [template.key for template in templates()])
def test_a_shipped_template_reads_back_as_it_was_written(key: str) -> None:
    scheme = read_scheme(template(key)).scheme
    again = parse_scheme(format_scheme(scheme), "again.toml")
    assert again == scheme
    assert [rules_hash(e) for e in again.events] == [rules_hash(e) for e in scheme.events]


def test_templates_describe_themselves_in_both_languages() -> None:
    known = {t.key: (t.title, t.title_en) for t in templates()}
    assert known["blank"] == ("空白方案", "Blank scheme")
    assert known["fibre-line"] == (
        "信息通信线务（光纤熔接）",
        "Information and communication line (fibre splicing)",
    )
    assert len(set(known.values())) == len(known)
    assert all(t.sentence and t.sentence_en for t in templates())


def test_the_robot_template_uses_every_method_and_comes_to_a_hundred() -> None:
    event = read_scheme(template("robot-operation")).scheme.event("ROBOT")
    assert {type(aspect.method) for aspect in event.aspects()} == {
        Binary,
        Count,
        Deduct,
        Direct,
        Judgement,
        Ladder,
        Panel,
        Tolerance,
    }
    weighted = {str(m.id): m.weight * sum(a.max for a in m.aspects()) for m in event.modules}
    assert weighted == {"A": 20, "B": 30, "C": 30, "D": 20, "T": 100}
    assert [(c.id, c.weight) for c in event.components] == [
        ("theory", Decimal("0.3")),
        ("practice", Decimal("0.7")),
    ]
    assert [m.limit_minutes for m in event.modules] == [60, 90, 90, 60, 0]
    assert len(list(event.aspects())) == 52
    assert len(event.module("A").workplaces) == 7
    assert event.late_minutes == 15
    assert [key.by for key in event.tie_keys] == ["component:practice", "module:C", "time"]
    assert {str(reason.effect) for reason in event.penalties} == {
        "deduct",
        "module-zero",
        "event-zero",
        "disqualify",
    }


def test_a_cis_workbook_becomes_a_competition_of_one_event(tmp_path: Path) -> None:
    found = read_scheme(cis_book(tmp_path / "scheme.bin", BLOCKS))
    assert found.scheme.competition.code == "09"
    assert found.scheme.competition.title == "09 Sample Skill"
    assert [event.code for event in found.scheme.events] == ["09"]
    assert found.faults == ()
    assert "total-unusual" in [warning.code for warning in found.warnings]


@pytest.mark.skipif(not REAL_CIS.exists(), reason="the real CIS scheme is not beside the project")
def test_the_real_cis_scheme_survives_as_toml() -> None:
    scheme = read_scheme(REAL_CIS).scheme
    again = parse_scheme(format_scheme(scheme), "again.toml")
    assert again == scheme
    assert rules_hash(again.events[0]) == rules_hash(scheme.events[0])


def test_stages_that_do_not_round_are_written_too() -> None:
    event = parse_scheme(LEAST, "x").events[0]
    exact = Stages(aspect=None, total=Rounding(3, RoundingMode.TRUNCATE))
    scheme = Scheme(
        competition=parse_scheme(LEAST, "x").competition,
        events=(type(event)(code=event.code, name=event.name, rounding=exact),),
    )
    text = format_scheme(scheme)
    assert 'aspect = "exact"' in text
    assert parse_scheme(text, "x") == scheme


decimals = st.decimals(min_value=-999, max_value=999, places=4)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
methods: st.SearchStrategy[Method] = st.one_of(
    st.just(Binary()),
    st.builds(Direct, step=decimals),
    st.builds(Deduct, per=decimals),
    st.builds(Ladder, marks=st.lists(decimals, max_size=4).map(tuple)),
    st.builds(
        Tolerance,
        nominal=decimals,
        bands=st.lists(st.builds(Band, within=decimals, mark=decimals), max_size=3).map(tuple),
        unit=texts,
    ),
    st.builds(Judgement, judges=st.integers(1, 9)),
    st.builds(Panel, judges=st.integers(1, 9), highest=decimals, spread=st.none() | decimals),
)
aspects = st.builds(
    Aspect,
    id=texts,
    name=texts,
    max=decimals,
    method=methods,
    requirement=texts,
    descriptors=st.lists(texts, max_size=4).map(tuple),
)


@given(st.lists(aspects, max_size=3), texts, decimals, st.none() | decimals)
def test_any_scheme_reads_back_equal(
    made: list[Aspect], name: str, weight: Decimal, stated: Decimal | None
) -> None:
    base = parse_scheme(LEAST, "x")
    event = base.events[0]
    subcriterion = event.modules[0].subcriteria[0]
    module = Module(
        id=event.modules[0].id,
        name=name,
        weight=weight,
        stated_max=stated,
        subcriteria=(type(subcriterion)(id="A1", name=name, aspects=tuple(made)),),
    )
    scheme = Scheme(
        competition=base.competition,
        events=(type(event)(code="E", name=name, modules=(module,)),),
    )
    again = parse_scheme(format_scheme(scheme), "x")
    assert again == scheme
    assert rules_hash(again.events[0]) == rules_hash(scheme.events[0])


def test_awards_read_back() -> None:
    text = LEAST + '[events.awards]\nquotas = [{ award = "一等奖", percent = 12.5 }]\n'
    # A table after the aspects still belongs to the event.
    assert parse_scheme(text, "x").events[0].awards.quotas == (
        Quota(award="一等奖", percent=Decimal("12.5")),
    )


@pytest.mark.parametrize("number", ["inf", "nan", "1e400", "1e-5", '"NaN"', '"1e9"'])
def test_numbers_that_are_no_plain_decimals_are_refused(number: str) -> None:
    with pytest.raises(RuleBroken, match="scheme-number-odd"):
        parse_scheme(LEAST.replace("2.50", number), "x")


@pytest.mark.parametrize("text", ["a = " + "9" * 5000, "a = '", "\x00"])
def test_hostile_text_is_refused_like_any_other(text: str) -> None:
    with pytest.raises(RuleBroken, match="scheme-not-toml"):
        parse_scheme(text, "x")


def test_medals_without_a_medallion_are_written_too() -> None:
    text = LEAST.replace(
        'code = "E"', 'code = "E"\nawards = { medals = { medallion_at = "none" } }'
    )
    scheme = parse_scheme(text, "x")
    medals = scheme.events[0].awards.medals
    assert medals is not None
    assert medals.medallion_at is None
    assert parse_scheme(format_scheme(scheme), "x") == scheme
