"""What a scheme is refused for and warned about; every finding has words in both languages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import msgspec
import pytest

from app.domain.ids import AspectId, ComponentId, EventCode, ModuleId, SubcriterionId, WorkplaceId
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
from app.domain.points import Rounding
from app.domain.scheme import (
    Aspect,
    Awards,
    Competition,
    Component,
    Event,
    Module,
    PenaltyEffect,
    PenaltyReason,
    Quota,
    Scheme,
    Section,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scheme_check import check_event, check_scheme, scheme_warnings
from app.words import LANGUAGES, Words

FOUR = ("not met", "met", "met well", "excellent")


def aspect(name: str, method: Method | None = None, maximum: str = "2", **more: object) -> Aspect:
    made = Aspect(id=AspectId(name), name=name, max=Decimal(maximum), method=method or Binary())
    return msgspec.structs.replace(made, **more)


def module(name: str, *aspects: Aspect, **more: object) -> Module:
    part = Subcriterion(id=SubcriterionId(f"{name}1"), name=name, aspects=aspects)
    made = Module(id=ModuleId(name), name=name, limit_minutes=60, subcriteria=(part,))
    return msgspec.structs.replace(made, **more)


def event(*modules: Module, **more: object) -> Event:
    made = Event(
        code=EventCode("ROBOT"), name="robots", modules=modules or (module("A", aspect("A1.1")),)
    )
    return msgspec.structs.replace(made, **more)


def found(event: Event) -> list[str]:
    """The codes of the findings, once it is sure that both languages have words for each."""
    findings = check_event(event)
    for language in LANGUAGES:
        words = Words.load(language)
        assert all(words.explain(finding) for finding in findings)
    return sorted(finding.code for finding in findings)


def test_a_sound_event_has_no_findings() -> None:
    assert found(event()) == []


PANEL = Panel(judges=5, highest=Decimal(10), step=Decimal("0.5"))
CHANGED = msgspec.structs.replace


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (Direct(step=Decimal(0)), "direct-step-uneven"),
        (Direct(step=Decimal("0.3")), "direct-step-uneven"),
        (Direct(step=Decimal("0.00001")), "aspect-number-too-fine"),
        (Deduct(per=Decimal(0)), "per-item-mark-outside"),
        (Deduct(per=Decimal("2.5")), "per-item-mark-outside"),
        (Count(per=Decimal(-1)), "per-item-mark-outside"),
        (Count(per=Decimal("NaN")), "aspect-number-too-fine"),
        (Ladder(()), "ladder-empty"),
        (Ladder((Decimal(0), Decimal(3))), "ladder-outside-max"),
        (Ladder((Decimal(-1), Decimal(2))), "ladder-outside-max"),
        (Ladder((Decimal(0), Decimal(1))), "ladder-misses-max"),
        (Ladder((Decimal(2), Decimal(2))), "ladder-repeats"),
        (Tolerance(Decimal(5), ()), "bands-empty"),
        (Tolerance(Decimal("Infinity"), ()), "bands-unreadable"),
        (Tolerance(Decimal(5), (Band(Decimal(-1), Decimal(2)),)), "bands-overlap"),
        (
            Tolerance(Decimal(5), (Band(Decimal(1), Decimal(2)), Band(Decimal(1), Decimal(1)))),
            "bands-overlap",
        ),
        (Tolerance(Decimal(5), (Band(Decimal(1), Decimal(3)),)), "bands-outside-max"),
        (Tolerance(Decimal(5), (Band(Decimal(1), Decimal(1)),)), "bands-miss-max"),
        (
            Tolerance(Decimal(5), (Band(Decimal(1), Decimal(1)), Band(Decimal(2), Decimal(2)))),
            "bands-reward-deviation",
        ),
        (Judgement(judges=0), "panel-without-judges"),
        (Judgement(judges=16), "panel-too-large"),
        (Judgement(scale=0), "judgement-scale-empty"),
        (Judgement(spread=4), "spread-outside-scale"),
        (CHANGED(PANEL, judges=0), "panel-without-judges"),
        (CHANGED(PANEL, drop_lowest=-1), "panel-drop-negative"),
        (CHANGED(PANEL, drop_lowest=3, drop_highest=2), "panel-drops-everyone"),
        (CHANGED(PANEL, lowest=Decimal(10)), "panel-range-empty"),
        (CHANGED(PANEL, lowest=Decimal(-5), highest=Decimal(0)), "panel-range-empty"),
        (CHANGED(PANEL, step=Decimal("0.3")), "panel-step-uneven"),
        (CHANGED(PANEL, spread=Decimal(11)), "spread-outside-scale"),
    ],
)
def test_a_method_with_impossible_parameters_is_refused(method: Method, code: str) -> None:
    assert code in found(event(module("A", aspect("A1.1", method))))


def test_four_scores_dropped_of_five_leave_one_and_that_is_enough() -> None:
    method = CHANGED(PANEL, drop_lowest=2, drop_highest=2)
    assert found(event(module("A", aspect("A1.1", method)))) == []


def test_a_judged_aspect_needs_a_descriptor_for_each_score_or_none() -> None:
    def judged(*descriptors: str) -> Event:
        return event(module("A", aspect("A1.1", Judgement(), descriptors=descriptors)))

    assert found(judged(*FOUR)) == []
    assert found(judged()) == []
    assert found(judged(*FOUR[:3])) == ["descriptors-count"]
    assert found(judged("", *FOUR[1:])) == ["descriptors-count"]


def with_tie(by: str, places: int = 2) -> Event:
    return event(tie_keys=(TieKey(by=by, places=places),))


def with_quota(**quota: object) -> Event:
    return event(awards=Awards(quotas=(CHANGED(Quota(award="一等奖"), **quota),)))


def with_penalty(points: str, effect: PenaltyEffect = PenaltyEffect.DEDUCT) -> Event:
    reason = PenaltyReason(code="P1", name="late", points=Decimal(points), effect=effect)
    return event(penalties=(reason,))


@pytest.mark.parametrize(
    "quotas",
    [
        (Quota(award="一等奖", number=1),),
        (Quota(award="一等奖", percent=Decimal(100)),),
        (Quota(award="一等奖", percent=Decimal("0.01")),),
        (
            Quota(award="一等奖", percent=Decimal("33.3")),
            Quota(award="二等奖", percent=Decimal("66.7")),
        ),
    ],
)
def test_quotas_may_take_the_whole_field_or_one_place(quotas: tuple[Quota, ...]) -> None:
    assert found(event(awards=Awards(quotas=quotas))) == []


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: event(modules=()), "event-without-modules"),
        (lambda: event(late_minutes=-1), "late-limit-negative"),
        (lambda: event(code=EventCode("ROBOT 1")), "id-unusable"),
        (lambda: event(module("A", aspect("A1:1"))), "id-unusable"),
        (lambda: event(module("A")), "module-without-aspects"),
        (lambda: event(module("A", aspect("A1"), aspect("A1"))), "aspect-repeated"),
        (lambda: event(module("A", aspect("A1")), module("A", aspect("A2"))), "module-repeated"),
        (lambda: event(module("A", aspect("A1"), weight=Decimal(0))), "module-weight-not-positive"),
        (lambda: event(module("A", aspect("A1"), limit_minutes=-5)), "module-time-negative"),
        (
            lambda: event(module("A", aspect("A1"), limit_minutes=10**22)),
            "module-time-too-long",
        ),
        (
            lambda: event(module("A", aspect("A1"), stated_max=Decimal("1.00001"))),
            "module-number-too-fine",
        ),
        (
            lambda: event(module("A", aspect("A1"), workplaces=(WorkplaceId("1"),) * 2)),
            "workplace-repeated",
        ),
        (lambda: event(module("A", aspect("A1", maximum="0"))), "aspect-max-not-positive"),
        (lambda: event(module("A", aspect("A1", maximum="1.23456"))), "aspect-number-too-fine"),
        (lambda: event(module("A", aspect("A1", section="9"))), "section-unknown"),
        (
            lambda: event(sections=(Section(id="1", name="safety", mark=Decimal(-1)),)),
            "section-mark",
        ),
        (
            lambda: event(sections=(Section(id="1", name="safety", mark=Decimal(2)),) * 2),
            "section-repeated",
        ),
        (
            lambda: event(module("A", aspect("A1"), component=ComponentId("theory"))),
            "component-unknown",
        ),
        (
            lambda: event(components=(Component(), Component(id=ComponentId("theory")))),
            "component-unused",
        ),
        (lambda: event(components=(Component(weight=Decimal("0.7")),)), "component-weights-sum"),
        (
            lambda: event(components=(Component(weight=Decimal(0)),)),
            "component-weight-not-positive",
        ),
        (lambda: event(rounding=Stages(module=Rounding(5))), "rounding-places"),
        (lambda: with_tie("module:B"), "tie-key-unknown"),
        (lambda: with_tie("aspect:A1.2"), "tie-key-unknown"),
        (lambda: with_tie("colour:red"), "tie-key-unknown"),
        (lambda: with_tie("time:B"), "tie-key-no-clock"),
        (lambda: with_tie("module:A", places=5), "tie-key-places"),
        (lambda: event(tie_keys=(TieKey(by="time"),) * 2), "tie-key-repeated"),
        (with_quota, "quota-percent-or-number"),
        (lambda: with_quota(percent=Decimal(10), number=1), "quota-percent-or-number"),
        (lambda: with_quota(percent=Decimal(0)), "quota-percent"),
        (lambda: with_quota(percent=Decimal(101)), "quota-percent"),
        (lambda: with_quota(number=0), "quota-number"),
        (lambda: with_quota(number=1, minimum=Decimal("60.00001")), "quota-minimum"),
        (lambda: with_quota(number=1, award=" "), "award-without-name"),
        (
            lambda: event(awards=Awards(quotas=(Quota(award="一等奖", percent=Decimal(60)),) * 2)),
            "quota-percents-sum",
        ),
        (lambda: with_penalty("-1"), "penalty-points"),
        (lambda: with_penalty("0.00001"), "penalty-points"),
        (lambda: with_penalty("5", PenaltyEffect.DISQUALIFY), "penalty-points-unused"),
    ],
)
def test_rules_that_cannot_be_run_are_refused(made: Callable[[], Event], code: str) -> None:
    assert code in found(made())


@pytest.mark.parametrize(
    "by", ["component:practice", "module:A", "subcriterion:A1", "aspect:A1.1", "time:A", "time"]
)
def test_a_tie_key_may_name_anything_there_is(by: str) -> None:
    assert found(with_tie(by)) == []


def test_a_finding_says_where_it_is() -> None:
    (finding,) = check_event(event(module("A", aspect("A1.1", section="9"))))
    assert finding.details == {"event": "ROBOT", "aspect": "A1.1", "section": "9"}


def test_a_scheme_needs_events_and_each_a_code_of_its_own() -> None:
    competition = Competition(code="C", title="样例竞赛")
    assert [one.code for one in check_scheme(Scheme(competition=competition, events=()))] == [
        "scheme-without-events"
    ]
    twice = Scheme(competition=competition, events=(event(), event()))
    assert [one.code for one in check_scheme(twice)] == ["event-repeated"]


def warned(event: Event) -> list[str]:
    findings = scheme_warnings(event)
    for language in LANGUAGES:
        words = Words.load(language)
        assert all(words.explain(finding) for finding in findings)
    return sorted(finding.code for finding in findings)


def hundred(**more: object) -> Event:
    aspects = [aspect(f"A1.{number}") for number in range(1, 51)]
    return event(module("A", *aspects, **more))


def test_a_hundred_marks_in_small_measured_aspects_give_no_warning() -> None:
    assert warned(hundred()) == []


def test_unusual_rules_are_warned_about_but_not_refused() -> None:
    assert warned(event()) == ["total-unusual"]
    assert warned(hundred(stated_max=Decimal(99))) == ["stated-max-differs"]
    sections = (Section(id="1", name="safety", mark=Decimal(98)),)
    shared = CHANGED(hundred(), sections=sections)
    assert warned(shared)[:2] == ["section-missing", "section-missing"]
    assert "section-variation" in warned(shared)
    large = event(module("A", aspect("A1.1", maximum="2.5"), aspect("A1.2")))
    assert warned(large) == ["aspect-max-unusual", "total-unusual"]
    judged = event(module("A", aspect("A1.1", Judgement(), "1"), aspect("A1.2", maximum="1")))
    assert warned(judged) == ["descriptors-missing", "judged-share-unusual", "total-unusual"]


def test_a_scheme_whose_aspects_are_large_throughout_is_not_warned_of_each() -> None:
    aspects = [aspect(f"A1.{number}", maximum="10") for number in range(1, 11)]
    assert warned(event(module("A", *aspects))) == []


def test_a_section_that_gets_other_marks_than_foreseen_is_named_with_both() -> None:
    given = aspect("A1.1", maximum="2", section="1")
    rules = event(
        module("A", given), sections=(Section(id="1", name="safety", mark=Decimal("3.50")),)
    )
    (finding,) = [one for one in scheme_warnings(rules) if one.code == "section-variation"]
    assert finding.details == {
        "event": "ROBOT",
        "section": "1",
        "stated": "3.5",
        "given": "2",
        "variation": "1.5",
    }
