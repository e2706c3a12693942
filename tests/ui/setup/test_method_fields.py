"""Every method can be chosen and its parameters written, catalogues and bands as rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.errors import RuleBroken
from app.domain.method_check import check_method
from app.domain.methods import (
    BenefitBand,
    BenefitKind,
    Fault,
    Faults,
    Gate,
    GateEffect,
    Median,
    Method,
    Overtime,
    RankPoints,
    TimeBand,
    TimeBands,
)
from app.domain.points import Rounding, RoundingMode
from app.domain.scheme import Attempts, Component, Module, RecheckRule, Section
from app.words import LANGUAGES, Language, Words
from tests.services import method_samples
from ui.screens.setup.field_specs import Kind
from ui.screens.setup.fields import with_field
from ui.screens.setup.method_fields import (
    METHODS,
    method_fields,
    method_tag,
    started,
)
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.struct_fields import rows_of, rows_text, with_text

SAMPLES = [aspect.method for aspect in method_samples.EVENT.aspects()]


@pytest.mark.parametrize("tag", METHODS)
def test_what_a_method_starts_from_is_in_order(presenter: SetupPresenter, tag: str) -> None:
    event, aspect = presenter.event, presenter.node((0, 1, 0, 0))
    assert event is not None
    chosen = with_field(aspect, "method", tag)
    presenter.set_field((0, 1, 0, 0), "method", tag)
    assert presenter.node((0, 1, 0, 0)) == chosen
    assert presenter.faults_at((0, 1, 0, 0)) == []
    assert with_field(chosen, "method", tag) is chosen


def test_every_method_there_is_can_be_chosen() -> None:
    assert {method_tag(one) for one in SAMPLES} <= set(METHODS)
    assert len(METHODS) == 25


@pytest.mark.parametrize("method", SAMPLES, ids=method_tag)
def test_parameters_of_a_full_scheme_are_read_back_unchanged(method: Method) -> None:
    for spec in method_fields(method):
        name = spec.name.removeprefix("method.")
        assert with_text(method, name, spec.value) == method, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_and_column_has_its_word(language: Language) -> None:
    texts = Words.load(language).texts
    missing = []
    for tag in METHODS:
        assert f"setup.method_{tag}" in texts
        for spec in method_fields(started(tag, Decimal(1))):
            keys = [spec.label, *(f"column_{one.name}" for one in spec.columns)]
            missing += [f"{tag} {key}" for key in keys if f"setup.{key}" not in texts]
    assert missing == []


def test_a_catalogue_is_rows_of_typed_cells() -> None:
    method = started("faults", Decimal(10))
    rows = [("F1", "外观划伤", "0.5", "4", "no", ""), ("F2", "带电作业", "0", "", "yes", "")]
    assert with_text(method, "faults", rows_text(rows)) == Faults(
        (Fault("F1", "外观划伤", Decimal("0.5"), 4), Fault("F2", "带电作业", fatal=True))
    )


def test_bands_of_one_kind_of_benefit_are_rows_with_the_same_code() -> None:
    method = started("benefit", Decimal(30))
    rows = [
        ("money", "节约金额", "", "元", "100000", "20", "10"),
        ("money", "节约金额", "", "元", "500000", "30", ""),
        ("hours", "节约工时", "", "h", "40", "5", ""),
    ]
    changed = with_text(method, "kinds", rows_text(rows))
    assert getattr(changed, "kinds", None) == (
        BenefitKind(
            "money",
            "节约金额",
            (
                BenefitBand(Decimal(100_000), Decimal(20), Decimal(10)),
                BenefitBand(Decimal(500_000), Decimal(30)),
            ),
            "元",
        ),
        BenefitKind("hours", "节约工时", (BenefitBand(Decimal(40), Decimal(5)),), "h"),
    )


def test_a_time_is_typed_and_shown_as_minutes_and_seconds() -> None:
    method = with_text(started("overtime", Decimal(5)), "limit", "10:30")
    assert method == Overtime(limit=Decimal(630), per=Decimal(1))
    assert method_fields(method)[0].value == "10:30"
    bands = with_text(started("time-bands", Decimal(5)), "bands", rows_text([("9:05", "5")]))
    assert bands == TimeBands((TimeBand(Decimal(545), Decimal(5)),))


def test_a_row_that_cannot_be_read_is_named() -> None:
    method = started("tally", Decimal(10))
    with pytest.raises(RuleBroken) as refused:
        with_text(method, "items", rows_text([("R", "正确", "many", "", "")]))
    assert refused.value == RuleBroken("cell-unreadable", row=1, column="points", value="many")


def test_an_optional_parameter_is_left_empty() -> None:
    panel = with_text(started("median", Decimal(10)), "spread", "2")
    assert panel == Median(judges=5, highest=Decimal(10), spread=Decimal(2))
    assert with_text(panel, "spread", " ") == Median(judges=5, highest=Decimal(10))


def test_flags_choices_and_lists_of_marks() -> None:
    rank = with_text(started("rank-points", Decimal(10)), "points", "10， 8、6")
    assert rank == RankPoints((Decimal(10), Decimal(8), Decimal(6)))
    assert with_text(rank, "lower_wins", "yes") == RankPoints(rank.points, lower_wins=True)
    gate = with_text(started("gate", Decimal(0)), "effect", "event-zero")
    assert gate == Gate(GateEffect.EVENT_ZERO)
    assert [spec.kind for spec in method_fields(gate)] == [Kind.CHOICE, Kind.TEXT, Kind.TEXT]


def test_what_would_be_wrong_is_said_before_it_is_taken(presenter: SetupPresenter) -> None:
    place = (0, 1, 0, 0)
    presenter.set_field(place, "method", "weighted")
    rows = [("A", "方案", "0.5", "100", "1", ""), ("B", "实施", "0.6", "100", "1", "")]
    before = presenter.scheme
    assert "1" in presenter.fault_of(place, "method.parts", rows_text(rows))
    assert presenter.fault_of(place, "max", "much") != ""
    assert presenter.fault_of(place, "name", "方案与实施") == ""
    assert presenter.scheme is before
    event = presenter.event
    assert event is not None
    presenter.set_field(place, "method.parts", rows_text(rows))
    aspect = presenter.node(place)
    assert [one.code for one in check_method(event, aspect)] == ["weighted-parts-sum"]  # type: ignore[arg-type]
    assert len(presenter.faults_at(place)) == 1


def test_a_module_has_attempts_and_an_event_a_highest_total(presenter: SetupPresenter) -> None:
    presenter.set_field((0, 0), "attempts", "best")
    presenter.set_field((0,), "most", "120")
    module, event = presenter.node((0, 0)), presenter.event
    assert isinstance(module, Module)
    assert event is not None
    assert (module.attempts, event.most) == (Attempts.BEST, Decimal(120))
    presenter.set_field((0, 0), "attempts", "")
    presenter.set_field((0,), "most", "")
    presenter.set_field((0,), "recheck", "yes")
    module, event = presenter.node((0, 0)), presenter.event
    assert isinstance(module, Module)
    assert event is not None
    assert (module.attempts, event.most, event.recheck) == (None, None, RecheckRule())
    presenter.set_field((0, 0), "rounding", "1 half-even")
    module = presenter.node((0, 0))
    assert isinstance(module, Module)
    assert module.rounding == Rounding(1, RoundingMode.HALF_EVEN)


def test_a_component_on_top_stays_on_top(presenter: SetupPresenter) -> None:
    rows = [
        ("practice", "实操", "Practice", "1", "no", "3 truncate"),
        ("bonus", "附加分", "", "1", "yes", ""),
    ]
    presenter.set_rows("components", rows)
    assert presenter.event is not None
    assert presenter.event.components == (
        Component(rounding=Rounding(3, RoundingMode.TRUNCATE)),
        Component(id=rows[1][0], name="附加分", name_en="", added=True),  # type: ignore[arg-type]
    )


def test_sections_of_the_standard_are_a_table(presenter: SetupPresenter) -> None:
    presenter.set_rows("sections", [("1", "工艺准备", "40"), ("2", "加工", "60")])
    assert presenter.event is not None
    assert presenter.event.sections == (
        Section(id="1", name="工艺准备", mark=Decimal(40)),
        Section(id="2", name="加工", mark=Decimal(60)),
    )


def test_rows_survive_being_written_as_text() -> None:
    assert rows_of(rows_text([("a;b", "c|d", "")])) == [("a;b", "c|d", "")]
