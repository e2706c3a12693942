"""Combined standings written at set-up: every field there is, checked as it is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.award_rules import Quota, StarBand
from app.domain.ids import EventCode
from app.domain.standing_rules import (
    QUOTA_RULES,
    CombinedStanding,
    EventWeight,
    OverallBy,
    OverallRule,
    SeasonRule,
    TeamKind,
    TeamRule,
)
from app.services import rules, setup
from app.services.standing_changes import standing_amendments
from app.services.station import Station
from tests.ui.around import FIRST_OFFERED, Around
from ui.context import ScreenContext
from ui.dialogs import ChosenReason
from ui.screens.setup.competition_page import CompetitionPage
from ui.screens.setup.presenter import SetupPresenter, Step
from ui.screens.setup.screen import SetupScreen
from ui.screens.setup.standing_fields import RULES, standing_fields
from ui.screens.setup.standings_dialog import StandingsDialog
from ui.screens.setup.struct_fields import rows_text


@pytest.fixture
def dialog(qtbot: QtBot, context: ScreenContext, presenter: SetupPresenter) -> StandingsDialog:
    shown = StandingsDialog(context, presenter, lambda: None)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def kept(station: Station) -> tuple[CombinedStanding, ...]:
    return rules.competition(station).standings


def line(dialog: StandingsDialog, name: str) -> QLineEdit:
    editor = dialog.form.fields[name].editor
    assert isinstance(editor, QLineEdit)
    return editor


def write(dialog: StandingsDialog, name: str, text: str) -> None:
    editor = line(dialog, name)
    editor.setText(text)
    editor.editingFinished.emit()


def test_a_change_of_a_settled_standing_is_told_on_the_page_too(
    dialog: StandingsDialog, screen: SetupScreen, presenter: SetupPresenter, station: Station
) -> None:
    dialog.adds["season"].click()
    setup.freeze(station, presenter.code)
    write(dialog, "rule.best", "4")
    screen.presenter.reload()
    page = screen.page(Step.COMPETITION)
    assert isinstance(page, CompetitionPage)
    page.show_state()
    assert page.proposed.isVisibleTo(page)
    assert page.proposed.word == "Unrecorded changes: 1 (they do not count yet)"
    dialog.amendment.drop.click()
    screen.presenter.reload()
    page.show_state()
    assert not page.proposed.isVisibleTo(page)


@pytest.mark.parametrize("kind", RULES)
def test_every_field_of_a_standing_has_a_place_in_the_form(kind: str) -> None:
    standing = CombinedStanding(id="S", name="S", rule=RULES[kind])
    names = {spec.name for spec in standing_fields(standing)}
    own = set(CombinedStanding.__struct_fields__) - {"rule", "awards"}
    own |= {f"awards.{name}" for name in QUOTA_RULES}
    assert names == own | {f"rule.{name}" for name in RULES[kind].__struct_fields__}


def test_a_season_is_added_filled_in_and_kept_at_once(
    dialog: StandingsDialog, station: Station
) -> None:
    dialog.adds["season"].click()
    write(dialog, "name", "赛季积分")
    write(dialog, "rule.points", "10，8，6.5")
    write(dialog, "rule.best", "3")
    dialog._take("stars", rows_text([("五星", "18", "", "500", "12")]))
    assert kept(station) == (
        CombinedStanding(
            id="season1",
            name="赛季积分",
            rule=SeasonRule(best=3, points=(Decimal(10), Decimal(8), Decimal("6.5"))),
            stars=(
                StarBand(grade="五星", at_least=Decimal(18), allowance=Decimal(500), months=12),
            ),
        ),
    )


def test_awards_and_weights_are_kept_as_typed(dialog: StandingsDialog, station: Station) -> None:
    dialog.adds["overall"].click()
    dialog._take("rule.by", "totals")
    dialog._take("rule.weights", rows_text([("ROBOT", "0.4")]))
    dialog._take("awards.quotas", rows_text([("优胜单位", "", "", "1", "", "20")]))
    (one,) = kept(station)
    weights = (EventWeight(event=EventCode("ROBOT"), weight=Decimal("0.4")),)
    assert one.rule == OverallRule(by=OverallBy.TOTALS, weights=weights)
    assert one.awards.quotas == (Quota(award="优胜单位", number=1, minimum=Decimal(20)),)


def test_what_cannot_stand_is_said_while_it_is_typed(dialog: StandingsDialog) -> None:
    dialog.adds["team"].click()
    assert "3x" in dialog._check("rule.members", "3x")
    assert "team1" in dialog._check("rule.members", "0")
    assert dialog._check("rule.members", "4") == ""
    assert "NOWHERE" in dialog._check("events", "NOWHERE")


def test_standings_are_chosen_and_taken_out_again(
    dialog: StandingsDialog, station: Station
) -> None:
    dialog.adds["team"].click()
    dialog.adds["overall"].click()
    dialog.adds["overall"].click()
    assert [one.id for one in kept(station)] == ["team1", "overall1", "overall2"]
    dialog.list.setCurrentRow(1)
    dialog.take_out.click()
    assert [(one.id, one.rule) for one in kept(station)] == [
        ("team1", TeamRule(kind=TeamKind.SUM, members=3, best=3)),
        ("overall2", OverallRule()),
    ]


def test_a_settled_standing_is_changed_with_a_reason_or_not_at_all(
    dialog: StandingsDialog, presenter: SetupPresenter, station: Station, around: Around
) -> None:
    dialog.adds["season"].click()
    write(dialog, "rule.best", "3")
    assert dialog.amendment.isHidden()
    setup.freeze(station, presenter.code)
    dialog.show_standings(0)
    assert not dialog.take_out.isEnabled()

    write(dialog, "rule.best", "4")
    assert dialog.amendment.isVisible()
    assert dialog.amendment.proposed == [
        "Combined standings ▸ season1 ▸ Rule ▸ How many of the best count (empty: all): 3 → 4"
    ]
    assert kept(station)[0].rule == SeasonRule(best=3)
    dialog.amendment.drop.click()
    assert dialog.amendment.isHidden()
    assert line(dialog, "rule.best").text() == "3"

    write(dialog, "rule.best", "4")
    around.person.agrees = False
    dialog.amendment.amend.click()
    assert kept(station)[0].rule == SeasonRule(best=3), "thought better of"
    around.person.agrees, around.person.picks = True, ChosenReason(FIRST_OFFERED, "for the season")
    dialog.amendment.amend.click()
    assert kept(station)[0].rule == SeasonRule(best=4)
    assert dialog.amendment.isHidden()
    (amended,) = standing_amendments(station, "season1")
    assert amended.reason == "Decided by the committee · for the season"
