"""What an edit does to the scheme, and what the steps say, without a window."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import create_station
from app.domain.errors import RuleBroken
from app.domain.methods import Band, Deduct, Judgement, Ladder, Tolerance
from app.domain.roles import Actor, Role
from app.domain.scheme import Aspect, Module
from app.services import enrolment, setup
from app.services.station import Station
from app.sheets.scheme_files import templates
from app.words import Words
from ui.screens.setup.fields import fields_of, with_field
from ui.screens.setup.method_fields import METHODS
from ui.screens.setup.presenter import SetupPresenter, Step, StepState
from ui.screens.setup.struct_fields import rows_of, rows_text
from ui.screens.setup.tables import TABLES, table_of


def test_an_edit_is_saved_at_once(station: Station, presenter: SetupPresenter) -> None:
    presenter.set_field((0, 0), "limit_minutes", "90")
    assert SetupPresenter(station, presenter.words).scheme == presenter.scheme
    saved = setup.scheme_in_hand(station)
    assert saved is not None
    assert saved.events[0].modules[0].limit_minutes == 90


def test_an_edit_can_be_taken_back(presenter: SetupPresenter) -> None:
    before = presenter.scheme
    presenter.set_field((0, 0), "name", "别的名称")
    presenter.undo_edit()
    assert presenter.scheme == before
    assert not presenter.can_undo_edit


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("cue_minutes", "10，5、1", (10, 5, 1)),
        ("workplaces", "3", ("01", "02", "03")),
        ("workplaces", "A1, A2", ("A1", "A2")),
        ("weight", "1.50", Decimal("1.5")),
        ("blind", "no", False),
    ],
)
def test_a_field_of_a_module_is_read_as_people_write_it(
    presenter: SetupPresenter, name: str, typed: str, kept: object
) -> None:
    module = with_field(presenter.node((0, 0)), name, typed)
    assert isinstance(module, Module)
    assert getattr(module, name) == kept


def test_the_parameters_of_a_method_are_fields_of_their_own(presenter: SetupPresenter) -> None:
    measured = presenter.node((0, 1, 0, 0))
    with_tolerance = with_field(measured, "method", "tolerance")
    typed = with_field(with_tolerance, "method.bands", rows_text([("0.05", "60"), ("0.1", "30")]))
    assert isinstance(typed, Aspect)
    assert typed.method == Tolerance(
        nominal=Decimal(0),
        bands=(Band(Decimal("0.05"), Decimal(60)), Band(Decimal("0.1"), Decimal(30))),
    )
    laddered = with_field(with_field(measured, "method", "ladder"), "method.marks", "0, 30, 60")
    assert isinstance(laddered, Aspect)
    assert laddered.method == Ladder(marks=(Decimal(0), Decimal(30), Decimal(60)))
    deducted = with_field(with_field(measured, "method", "deduct"), "method.per", "2.5")
    assert isinstance(deducted, Aspect)
    assert deducted.method == Deduct(per=Decimal("2.5"))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_shown_and_read_back_unchanged(
    presenter: SetupPresenter, method: str
) -> None:
    node = with_field(presenter.node((0, 1, 0, 0)), "method", method)
    event = presenter.event
    assert event is not None
    for spec in fields_of(event, node):
        assert with_field(node, spec.name, spec.value) == node, spec.name


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("limit_minutes", "an hour", "whole-number-needed"),
        ("limit_minutes", "-5", "whole-number-needed"),
        ("weight", "much", "number-unreadable"),
        ("cue_minutes", "5, x", "whole-number-needed"),
    ],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    presenter: SetupPresenter, name: str, typed: str, code: str
) -> None:
    before = presenter.scheme
    with pytest.raises(RuleBroken, match=code):
        presenter.set_field((0, 0), name, typed)
    assert presenter.scheme is before


def test_the_lists_of_an_event_are_shown_and_read_back_unchanged(
    presenter: SetupPresenter,
) -> None:
    presenter.set_rows(
        "awards", [("一等奖", "", "10", "", "", ""), ("二等奖", "", "", "3", "", "60")]
    )
    presenter.set_rows("tie_keys", [("module:B", "higher", "2"), ("time", "lower", "0")])
    presenter.set_rows("penalties", [("SAFETY", "样例违规", "", "module-zero", "0", "", "1")])
    event = presenter.event
    assert event is not None
    for name in TABLES:
        presenter.set_rows(name, rows_of(table_of(event, name).value))
    assert presenter.event == event


def test_a_new_aspect_is_named_and_placed_below_its_sub_criterion(
    presenter: SetupPresenter,
) -> None:
    place = presenter.add_child((0, 1, 0))
    added = presenter.node(place)
    assert (place, added.name) == ((0, 1, 0, 1), "New aspect")
    assert isinstance(added, Aspect)
    assert added.id == "B1.2"


def test_the_totals_follow_an_edit(presenter: SetupPresenter) -> None:
    event = presenter.event
    assert event is not None
    assert presenter.totals(event).total == "100"
    presenter.set_field((0, 1, 0, 0), "max", "70")
    event = presenter.event
    assert event is not None
    assert presenter.totals(event).total == "110"


def test_a_step_is_done_when_what_it_asks_for_is_there(
    station: Station, presenter: SetupPresenter
) -> None:
    assert presenter.step_state(Step.COMPETITION) is StepState.TODO
    presenter.set_competition("starts", "2026-11-14")
    assert presenter.step_state(Step.COMPETITION) is StepState.DONE
    assert presenter.step_state(Step.JUDGES) is StepState.TODO
    for number in (1, 2, 3):
        enrolment.enrol(station, presenter.code, f"样例裁判{number}")
    assert presenter.step_state(Step.JUDGES) is StepState.DONE
    assert presenter.step_state(Step.RULES) is StepState.TODO
    setup.freeze(station, presenter.code)
    assert presenter.step_state(Step.RULES) is StepState.DONE
    presenter.remove((0, 1, 0, 0))
    assert presenter.step_state(Step.MODULES) is StepState.FAULTY
    assert presenter.step_state(Step.RULES) is StepState.TODO


def test_an_empty_file_starts_from_every_shipped_template() -> None:
    assert len(templates()) == 18
    for template in templates():
        station = create_station(None)
        presenter = SetupPresenter(station, Words.load("zh"))
        presenter.start_from(template.path)
        assert presenter.faults() == [], template.key
        station.close()


def test_a_file_that_is_no_scheme_leaves_the_competition_unset(tmp_path: Path) -> None:
    station = create_station(None)
    presenter = SetupPresenter(station, Words.load("en"))
    wrong = tmp_path / "scheme.toml"
    wrong.write_text("[[events", encoding="utf-8")
    with pytest.raises(RuleBroken, match="scheme-not-toml"):
        presenter.start_from(wrong)
    assert presenter.scheme is None
    station.close()


def test_whoever_is_not_the_chief_judge_may_look_only(station: Station) -> None:
    station.actor = Actor(Role.CHECK_IN)
    assert not SetupPresenter(station, Words.load("en")).may_edit


def test_judgement_needs_its_descriptors(presenter: SetupPresenter) -> None:
    node = presenter.node((0, 0, 0, 0))
    changed = with_field(node, "descriptors", "差\n合格\n\n良\n优")
    assert isinstance(changed, Aspect)
    assert changed.method == Judgement()
    assert changed.descriptors == ("差", "合格", "良", "优")
