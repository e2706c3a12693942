"""Whatever a scheme can hold can be written in Set up: no field of the format is left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec import Struct

from app.domain.award_rules import ComponentMinimum, Outcome, OutcomeKind, ScaleKind
from app.domain.ids import AspectId, EventCode, ModuleId, SubcriterionId
from app.domain.methods import Direct, Judgement
from app.domain.quiz_rules import QuizRound, RoundKind
from app.domain.scheme import Aspect, Event, Module, Section, Subcriterion
from app.words import LANGUAGES, Language, Words
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.fields import fields_of, with_field
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rule_groups import SWITCHES, Group, group_fields, groups_of, with_consequence
from ui.screens.setup.struct_fields import rows_text
from ui.screens.setup.tables import STAGES, TABLES, table_of

ELSEWHERE = {
    "modules": "the tree",
    "subcriteria": "the tree",
    "aspects": "the tree",
    "awards.base": "the choices above the table of awards",
    "awards.rounding": "the choices above the table of awards",
    "awards.boundary": "the choices above the table of awards",
    "awards.certificates": "the choices above the table of awards",
    "awards.cumulative": "the choices above the table of awards",
    "awards.at_least_one_first": "the choices above the table of awards",
    "awards.least_entries": "the choices above the table of awards",
    "on_remaining": "the choice above the tie keys",
    "stated_max": "what a workbook claims, kept to be compared and not to be edited",
}
"""Fields without a form of their own, and where they are instead."""


def full_event() -> Event:
    """An event with every rule turned on and one of everything."""
    theory = Aspect(id=AspectId("T1"), name="样例理论", max=Decimal(100), method=Direct())
    judged = Aspect(id=AspectId("T2"), name="样例评判", max=Decimal(3), method=Judgement())
    part = Subcriterion(id=SubcriterionId("T"), name="样例子项", aspects=(theory, judged))
    event = Event(
        code=EventCode("E"),
        name="样例赛项",
        sections=(Section(id="1", name="样例条目", mark=Decimal(100)),),
        modules=(Module(id=ModuleId("T"), name="样例模块", subcriteria=(part,)),),
    )
    for path in SWITCHES:
        event = with_field(event, path, "yes")  # type: ignore[assignment]
    return with_consequence(event, "样例名目")


def shown(event: Event) -> Iterator[FieldSpec]:
    for name in TABLES:
        yield table_of(event, name)
    for chosen in groups_of(event):
        yield from group_fields(event, chosen)


def held(owner: Struct, path: str = "") -> Iterator[str]:
    """The dotted path of every field below a rule; the rows of a list are columns of it."""
    for name in owner.__struct_fields__:
        value = getattr(owner, name)
        if isinstance(value, Struct):
            yield from held(value, f"{path}{name}.")
        elif name == "consequences":
            yield from held(value[0], f"{path}{name}.0.")
        else:
            yield f"{path}{name}"


def test_every_rule_of_an_event_can_be_written_in_a_form() -> None:
    event = full_event()
    paths = {spec.name for spec in shown(event)} | {spec.name for spec in fields_of(event, event)}
    stages = {f"rounding.{stage}" for stage in STAGES}
    wanted = {path for path in held(event) if not path.startswith("rounding.")}
    assert wanted - paths - set(ELSEWHERE) == set()
    assert {f"rounding.{name}" for name in event.rounding.__struct_fields__} == stages


@pytest.mark.parametrize("place", [(0,), (0, 0), (0, 0, 0)])
def test_every_field_of_a_module_and_below_can_be_written_in_a_form(place: tuple[int, ...]) -> None:
    event = full_event()
    module = event.modules[0]
    part = module.subcriteria[0]
    node = (module, part, part.aspects[1])[len(place) - 1]
    paths = {spec.name.partition(".")[0] for spec in fields_of(event, node)}
    assert set(node.__struct_fields__) - paths - set(ELSEWHERE) == set()


def test_what_the_forms_show_is_read_back_unchanged() -> None:
    event = full_event()
    for spec in shown(event):
        assert with_field(event, spec.name, spec.value) == event, spec.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_choice_and_column_of_the_rules_has_its_word(language: Language) -> None:
    texts = Words.load(language).texts
    event = full_event()
    keys = {f"group_{group.value}" for group in Group if group is not Group.CONSEQUENCE}
    keys |= {f"about_{group.value}" for group in Group}
    for spec in shown(event):
        keys.add(spec.label)
        if not spec.said:
            keys |= {f"choice_{choice}" for choice in spec.choices if choice}
        for column in spec.columns:
            keys.add(f"column_{column.name}")
            if column.name not in {"rounding", "by"}:
                keys |= {f"choice_{choice}" for choice in column.choices}
    assert {key for key in keys if f"setup.{key}" not in texts} == set()


def test_rules_are_turned_on_written_and_turned_off(presenter: SetupPresenter) -> None:
    presenter.set_rule("awards.scale", "yes")
    presenter.set_rule("awards.scale.kind", "mean-sd")
    presenter.set_rule("awards.scale.centre", "500")
    event = presenter.event
    assert event is not None
    assert event.awards.scale is not None
    assert (event.awards.scale.kind, event.awards.scale.centre) == (ScaleKind.MEAN_SD, 500)
    presenter.set_rule("awards.scale", "yes")
    assert presenter.event == event, "a rule that is on stays as it is"
    presenter.set_rule("awards.scale", "no")
    assert presenter.event is not None
    assert presenter.event.awards.scale is None


def test_a_rule_of_consequence_is_written_field_by_field(presenter: SetupPresenter) -> None:
    presenter.change_event(lambda event: with_consequence(event, "技能等级"))
    rule = "awards.consequences.0"
    presenter.set_rule(f"{rule}.tiers", "省级， 国家级")
    presenter.set_rule(f"{rule}.rank_to", "3")
    rows = [("level", "技师", "", "0", "0"), ("money", "", "", "2000", "12")]
    presenter.set_rule(f"{rule}.outcomes", rows_text(rows))
    presenter.set_rule(f"{rule}.minima", rows_text([("practice", "60")]))
    assert presenter.event is not None
    written = presenter.event.awards.consequences[0]
    assert (written.id, written.line, written.tiers) == ("C1", "技能等级", ("省级", "国家级"))
    assert written.rank_to == 3
    assert written.outcomes == (
        Outcome(kind=OutcomeKind.LEVEL, name="技师"),
        Outcome(kind=OutcomeKind.MONEY, yuan=Decimal(2000), months=12),
    )
    assert written.minima == (ComponentMinimum("practice", Decimal(60)),)


def test_the_rounds_of_a_quiz_are_rows(presenter: SetupPresenter) -> None:
    presenter.set_rule("quiz", "yes")
    row = ("R1", "risk", "风险题", "", "1", "10", "0", "0", "0", "10, 20", "30", "lowest")
    presenter.set_rule("quiz.rounds", rows_text([row]))
    assert presenter.event is not None
    assert presenter.event.quiz is not None
    written = presenter.event.quiz.rounds
    assert [(one.kind, one.stakes) for one in written] == [
        (RoundKind.RISK, (Decimal(10), Decimal(20)))
    ]
    assert isinstance(written[0], QuizRound)


def test_a_fault_of_a_rule_is_said_before_it_is_taken(presenter: SetupPresenter) -> None:
    presenter.set_rule("awards.scale", "yes")
    before = presenter.scheme
    assert presenter.fault_of((0,), "awards.scale.per", "0") != ""
    assert presenter.fault_of((0,), "awards.scale.per", "25") == ""
    assert presenter.scheme is before
