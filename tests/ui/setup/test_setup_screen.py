"""The set-up screen by keyboard, and its models under Qt's own tester."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.changes import Changes, Topic
from app.domain.ids import EventCode
from app.services import enrolment, entrants, roll, rules, setup
from app.services.entrants import Entrant
from app.services.station import Station
from app.storage.people import Person
from app.words import Words
from tests.ui.around import Around
from tests.ui.setup.sample_scheme import sample_scheme
from ui.context import ScreenContext
from ui.screens.setup import shots
from ui.screens.setup.competition_page import CompetitionPage
from ui.screens.setup.entrants_page import EntrantsPage
from ui.screens.setup.judges_page import JudgesPage
from ui.screens.setup.model import KIND, MARKS, NAME, SchemeTree
from ui.screens.setup.modules_page import ModulesPage
from ui.screens.setup.presenter import Step
from ui.screens.setup.rules_page import RulesPage
from ui.screens.setup.scoring_page import ScoringPage
from ui.screens.setup.screen import SetupScreen
from ui.theme.tokens import Tone
from ui.widgets.rows_editor import EditColumn, RowsModel
from ui.widgets.text_model import Heading, TextModel, Toned

CHECKED = Qt.CheckState.Checked.value


def show(screen: SetupScreen, step: Step) -> object:
    screen.focus_on({"event": "ROBOT", "step": step.value})
    return screen.page(step)


def line(field: object) -> QLineEdit:
    editor = getattr(field, "editor", field)
    assert isinstance(editor, QLineEdit)
    return editor


@pytest.fixture
def competition(screen: SetupScreen) -> CompetitionPage:
    page = show(screen, Step.COMPETITION)
    assert isinstance(page, CompetitionPage)
    return page


@pytest.fixture
def modules(screen: SetupScreen) -> ModulesPage:
    page = show(screen, Step.MODULES)
    assert isinstance(page, ModulesPage)
    return page


@pytest.fixture
def judges(screen: SetupScreen) -> JudgesPage:
    page = show(screen, Step.JUDGES)
    assert isinstance(page, JudgesPage)
    return page


@pytest.fixture
def people(screen: SetupScreen) -> EntrantsPage:
    page = show(screen, Step.ENTRANTS)
    assert isinstance(page, EntrantsPage)
    return page


@pytest.fixture
def freezing(screen: SetupScreen) -> RulesPage:
    page = show(screen, Step.RULES)
    assert isinstance(page, RulesPage)
    return page


@pytest.fixture
def empty(qtbot: QtBot, around: Around) -> Iterator[SetupScreen]:
    around.station = create_station(None)
    screen = SetupScreen(around.context())
    qtbot.addWidget(screen)
    yield screen
    around.station.close()


def test_an_empty_file_offers_templates_and_files_and_begins(
    qtbot: QtBot, empty: SetupScreen, around: Around
) -> None:
    qtbot.keyClick(empty.start.offers[0], Qt.Key.Key_Space)
    assert empty.presenter.scheme is not None
    assert around.failed == []
    assert around.announced != []


def test_a_broken_scheme_file_is_told_and_nothing_begins(
    qtbot: QtBot, empty: SetupScreen, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "wrong.toml"
    around.person.path.write_text("[[events", encoding="utf-8")
    qtbot.keyClick(empty.start.from_toml, Qt.Key.Key_Space)
    assert [getattr(failed, "code", "") for failed in around.failed] == ["scheme-not-toml"]
    assert empty.presenter.scheme is None


def test_a_field_is_saved_when_it_is_left(
    qtbot: QtBot, competition: CompetitionPage, station: Station
) -> None:
    venue = line(competition.fields["venue"])
    venue.setFocus()
    venue.selectAll()
    qtbot.keyClicks(venue, "Sample Hall")
    qtbot.keyClick(venue, Qt.Key.Key_Return)
    assert rules.competition(station).venue == "Sample Hall"


def test_keys_lead_through_the_steps_and_take_what_was_typed_first(
    qtbot: QtBot, screen: SetupScreen, competition: CompetitionPage, station: Station
) -> None:
    venue = line(competition.fields["venue"])
    venue.setFocus()
    venue.selectAll()
    qtbot.keyClicks(venue, "Sample Hall")
    control = Qt.KeyboardModifier.ControlModifier
    passed = []
    for key in [Qt.Key.Key_PageUp] + [Qt.Key.Key_PageDown] * 6 + [Qt.Key.Key_PageUp]:
        qtbot.keyClick(screen.focusWidget(), key, control)
        passed.append(screen.presenter.step)
        assert screen.page(screen.presenter.step).isAncestorOf(screen.focusWidget())
    assert [step.value for step in passed] == (
        ["competition", "modules", "scoring", "judges", "entrants", "rules", "rules", "entrants"]
    )
    assert rules.competition(station).venue == "Sample Hall"


def test_where_nobody_is_registered_the_import_has_the_focus(screen: SetupScreen) -> None:
    page = show(screen, Step.ENTRANTS)
    screen.setFocus()
    assert isinstance(page, EntrantsPage)
    assert screen.focusWidget() is page.empty.button


def test_a_date_before_the_first_day_is_refused_at_its_field(
    qtbot: QtBot, competition: CompetitionPage, station: Station
) -> None:
    for name, day in (("starts", "2026-11-14"), ("ends", "2026-11-13")):
        field = line(competition.fields[name])
        qtbot.keyClicks(field, day)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "2026-11-13" in competition.fields["ends"].error
    assert rules.competition(station).ends == ""


def test_the_tree_shows_what_everything_adds_up_to(modules: ModulesPage) -> None:
    tree = modules.model
    event = tree.index_of((0,))
    assert tree.index(0, MARKS).data() == "100"
    assert [tree.index(row, MARKS, event).data() for row in (0, 1)] == ["40", "60"]


def test_a_mark_typed_into_the_tree_changes_the_totals(modules: ModulesPage) -> None:
    place = modules.model.index_of((0, 1, 0, 0))
    modules.model.setData(place.siblingAtColumn(MARKS), "70")
    assert modules.model.index(0, MARKS).data() == "110"
    modules.undo.click()
    assert modules.model.index(0, MARKS).data() == "100"


def test_a_mark_that_is_no_number_is_told_and_changes_nothing(
    modules: ModulesPage, around: Around
) -> None:
    place = modules.model.index_of((0, 1, 0, 0))
    modules.model.setData(place.siblingAtColumn(MARKS), "many")
    assert [getattr(failed, "code", "") for failed in around.failed] == ["number-unreadable"]
    assert modules.model.index(0, MARKS).data() == "100"


def test_the_form_follows_the_tree_and_refuses_at_the_field(
    qtbot: QtBot, modules: ModulesPage
) -> None:
    modules.tree.setFocus()
    modules.tree.setCurrentIndex(modules.model.index_of((0, 0)))
    limit = line(modules.form.fields["limit_minutes"])
    limit.setFocus()
    limit.selectAll()
    qtbot.keyClicks(limit, "soon")
    qtbot.keyClick(limit, Qt.Key.Key_Return)
    assert "whole number" in modules.form.fields["limit_minutes"].error


def test_an_event_is_copied_to_be_held_again_and_the_steps_speak_of_the_copy(
    modules: ModulesPage, screen: SetupScreen
) -> None:
    modules.copy_event.click()
    assert screen.presenter.event_index == 1
    assert modules.model.index(1, MARKS).data() == "100"
    modules.add_event.click()
    assert screen.presenter.event_index == 2
    assert screen.steps.item(1).toolTip() == "Events & modules: Has faults"


def test_an_aspect_is_added_renamed_and_removed_by_the_buttons(
    modules: ModulesPage, screen: SetupScreen
) -> None:
    modules.tree.setCurrentIndex(modules.model.index_of((0, 1, 0)))
    modules.add_child.click()
    added = modules.model.index_of((0, 1, 0, 1))
    modules.model.setData(added.siblingAtColumn(NAME), "样例加项")
    assert screen.presenter.node((0, 1, 0, 1)).name == "样例加项"
    modules.take_out.click()
    assert modules.model.rowCount(modules.model.index_of((0, 1, 0))) == 1


def test_a_scheme_is_written_in_the_tree_by_keys(
    qtbot: QtBot, modules: ModulesPage, screen: SetupScreen
) -> None:
    modules.tree.setFocus()
    modules.tree.setCurrentIndex(modules.model.index_of((0, 1, 0, 0)))
    qtbot.keyClick(modules.tree, Qt.Key.Key_Insert)
    assert modules.model.place(modules.tree.currentIndex()) == (0, 1, 0, 1)
    qtbot.keyClick(modules.tree, Qt.Key.Key_Return)
    assert screen.focusWidget() is modules.form.fields["id"].editor
    qtbot.keyClicks(screen.focusWidget(), "B1.9")
    modules.tree.setFocus()
    assert modules.model.index_of((0, 1, 0, 1)).data() == "B1.9"
    qtbot.keyClick(modules.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert modules.model.index_of((0, 1, 0, 0)).data() == "B1.9"
    qtbot.keyClick(modules.tree, Qt.Key.Key_Delete)
    assert modules.model.index_of((0, 1, 0, 0)).data() != "B1.9"
    screen.steps.setFocus()
    qtbot.keyClick(screen.steps, Qt.Key.Key_Return)
    qtbot.keyClick(screen.steps, Qt.Key.Key_Insert)
    assert screen.focusWidget() is screen.steps
    assert modules.model.rowCount(modules.model.index_of((0, 1, 0))) == 1


def test_a_method_is_chosen_by_typing_the_beginning_of_its_name(
    qtbot: QtBot, modules: ModulesPage, screen: SetupScreen
) -> None:
    modules.tree.setFocus()
    modules.tree.setCurrentIndex(modules.model.index_of((0, 1, 0, 0)))
    method = modules.form.fields["method"].editor
    method.setFocus()
    # “C” alone is another method already, whose form replaces the one before.
    qtbot.keyClicks(screen.focusWidget(), "Cat")
    assert screen.focusWidget() is method
    assert modules.model.index_of((0, 1, 0, 0)).siblingAtColumn(KIND).data() == (
        "Catalogue of faults"
    )
    below = [modules.form.fields[name].editor for name in ("method.faults", "note")]
    places = [one.mapTo(modules.form, one.rect().topLeft()).y() for one in (method, *below)]
    assert places == sorted(places)
    passed = []
    for _press in range(12):
        qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
        passed.append(screen.focusWidget())
    assert passed.index(below[0]) < passed.index(below[1])


def test_removing_a_module_says_what_is_lost_and_can_be_refused(
    modules: ModulesPage, around: Around
) -> None:
    around.person.agrees = False
    modules.tree.setCurrentIndex(modules.model.index_of((0, 1)))
    modules.take_out.click()
    assert [asked.lost for asked in around.person.confirmed] == [("The aspects below it (1)",)]
    assert modules.model.rowCount(modules.model.index_of((0,))) == 2


def test_a_row_that_cannot_be_read_is_told_above_its_table(screen: SetupScreen) -> None:
    page = show(screen, Step.SCORING)
    assert isinstance(page, ScoringPage)
    awards = page.editors["awards"]
    awards.add()
    awards.model.setData(awards.model.index(0, 2), "many")
    assert not awards.error.isHidden()
    awards.model.setData(awards.model.index(0, 0), "一等奖")
    awards.model.setData(awards.model.index(0, 2), "10")
    event = screen.presenter.event
    assert event is not None
    assert [quota.award for quota in event.awards.quotas] == ["一等奖"]


def test_what_parts_a_tie_that_every_key_leaves_is_chosen_beside_the_keys(
    screen: SetupScreen,
) -> None:
    page = show(screen, Step.SCORING)
    assert isinstance(page, ScoringPage)
    assert page.on_remaining.currentText() == "Shared rank"
    page.on_remaining.setCurrentIndex(page.on_remaining.findText("Play-off"))
    page.on_remaining.activated.emit(page.on_remaining.currentIndex())
    event = screen.presenter.event
    assert event is not None
    assert event.on_remaining.value == "playoff"


def test_judges_are_enrolled_one_after_the_other_by_enter(
    qtbot: QtBot, judges: JudgesPage, station: Station
) -> None:
    name = line(judges.name)
    for number in (1, 2, 3):
        qtbot.keyClicks(name, f"Sample Judge {number}")
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert [judge.id for judge in enrolment.judges(station, judges_event())] == ["J1", "J2", "J3"]
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert judges.name.error != ""


def judges_event() -> EventCode:
    return sample_scheme().events[0].code


def test_ticking_the_matrix_sets_the_panel_in_the_order_of_ticking(
    judges: JudgesPage, screen: SetupScreen, station: Station
) -> None:
    code = screen.presenter.code
    for number in (1, 2, 3):
        enrolment.enrol(station, code, f"样例裁判{number}")
    screen.refresh()
    role = Qt.ItemDataRole.CheckStateRole
    matrix = judges.matrix
    matrix.setData(matrix.index(0, 1), Qt.CheckState.Unchecked.value, role)
    assert enrolment.panel_states(station, code)[0].judges == ("J2", "J3")
    matrix.setData(matrix.index(0, 1), CHECKED, role)
    assert enrolment.panel_states(station, code)[0].judges == ("J2", "J3", "J1")
    assert matrix.index(0, 1).data() == "3"


def test_standing_down_asks_for_a_reason_and_shows_it(
    judges: JudgesPage, screen: SetupScreen, station: Station
) -> None:
    enrolment.enrol(station, screen.presenter.code, "样例裁判1")
    screen.refresh()
    judges.table.selectRow(0)
    judges.off.click()
    assert enrolment.judges(station, screen.presenter.code)[0].standing_down
    assert judges.model.index(0, 4).data() == "Stood down"


def test_a_walk_in_is_registered_by_keyboard(
    qtbot: QtBot, people: EntrantsPage, station: Station, screen: SetupScreen
) -> None:
    qtbot.keyClicks(line(people.fields["name"]), "Sample Entrant 01")
    qtbot.keyClicks(line(people.fields["unit"]), "Sample Works")
    people.save.click()
    (one,) = roll.registered(station, screen.presenter.code)
    assert (one.entry.id, one.name) == ("ROBOT-01", "Sample Entrant 01")


def test_a_name_is_corrected_with_a_reason_that_is_asked_for_at_its_field(
    qtbot: QtBot, people: EntrantsPage, station: Station, screen: SetupScreen
) -> None:
    code = screen.presenter.code
    entrants.register(
        station,
        Entrant(event=code, person=Person(name="样例选于01"), unit="样例一厂", grade="中级工"),
    )
    screen.refresh()
    people.table.selectRow(0)
    qtbot.keyClick(people.table, Qt.Key.Key_Return)
    assert line(people.fields["grade"]).text() == "中级工"
    line(people.fields["name"]).setText("样例选手01")
    line(people.fields["grade"]).setText("高级工")
    people.save.click()
    assert people.reason.error != ""
    line(people.reason).setText("样例理由")
    people.save.click()
    (one,) = roll.registered(station, code)
    assert (one.name, entrants.registration(station, one.entry.id).grade) == (
        "样例选手01",
        "高级工",
    )


def test_a_list_is_previewed_then_imported(
    qtbot: QtBot,
    people: EntrantsPage,
    station: Station,
    screen: SetupScreen,
    around: Around,
    tmp_path: Path,
) -> None:
    around.person.path = tmp_path / "list.csv"
    around.person.path.write_text(
        "姓名,单位,身份证号\n样例选手01,样例一厂,11010519491231002X\n样例选手02,,\n",
        encoding="utf-8",
    )
    people.empty.button.click() if people.empty.button else None
    roster = people.roster
    qtbot.waitUntil(lambda: roster.presenter.plan is not None)
    assert [roster.model.index(row, 1).data() for row in (0, 1)] == ["New", "Left out"]
    assert "002X" in str(roster.model.index(0, 6).data())
    assert "1101" not in str(roster.model.index(0, 6).data())
    assert roster.go.text() == "Import 1 entrant"
    assert roll.roll(station, screen.presenter.code) == []
    roster.go.click()
    qtbot.waitUntil(lambda: len(roll.roll(station, screen.presenter.code)) == 1)
    qtbot.waitUntil(lambda: around.announced != [])
    assert around.failed == []


def test_a_list_without_a_name_column_is_refused_until_one_is_chosen(
    qtbot: QtBot, people: EntrantsPage, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,单位\n样例选手01,样例一厂\n", encoding="utf-8")
    people.stack.setCurrentWidget(people.roster)
    people.roster.open(path)
    roster = people.roster
    qtbot.waitUntil(lambda: roster.presenter.plan is not None)
    unit = roster.columns[next(field for field in roster.columns if field.value == "unit")]
    unit.setCurrentIndex(0)
    unit.activated.emit(0)
    assert roster.banner.text != ""
    assert not roster.go.isEnabled()
    unit.setCurrentIndex(2)
    unit.activated.emit(2)
    assert roster.go.isEnabled()


def test_freezing_repeats_what_happens_and_shows_the_hash(
    freezing: RulesPage, station: Station, around: Around, screen: SetupScreen
) -> None:
    freezing.go.click()
    frozen = rules.frozen_rules(station, screen.presenter.code)
    assert frozen is not None
    assert freezing.hash.text().replace(" ", "") == frozen.rules_hash
    assert [asked.title for asked in around.person.confirmed] == ["Freeze the rules of ROBOT?"]
    assert not freezing.go.isVisible()


def test_nobody_freezes_by_thinking_better_of_it(
    freezing: RulesPage, station: Station, around: Around, screen: SetupScreen
) -> None:
    around.person.agrees = False
    freezing.go.click()
    assert rules.frozen_rules(station, screen.presenter.code) is None


def test_an_amendment_shows_before_and_after_and_asks_for_the_reason(
    freezing: RulesPage, station: Station, screen: SetupScreen
) -> None:
    code = screen.presenter.code
    setup.freeze(station, code)
    screen.presenter.set_field((0, 0), "limit_minutes", "75")
    screen.refresh()
    shown = [freezing.changes.index(0, column).data() for column in (0, 2, 3)]
    assert shown == ["Module ▸ A", "60", "75"]
    freezing.go.click()
    assert freezing.reason.error != ""
    line(freezing.reason).setText("样例理由")
    freezing.go.click()
    assert rules.rules(station, code).modules[0].limit_minutes == 75
    assert freezing.history.index(0, 2).data() == "样例理由"


def test_a_change_from_elsewhere_is_shown(screen: SetupScreen, station: Station) -> None:
    setup.freeze(station, screen.presenter.code)
    screen.reload(Changes.to(Topic.RULES))
    assert screen.steps.item(5).toolTip() == "Rules and freeze: Rules frozen"


def test_every_step_can_be_rendered(qtbot: QtBot, context: ScreenContext) -> None:
    views = shots(context)
    for _name, view in views:
        qtbot.addWidget(view)
    assert [name for name, _ in views] == [
        "modules",
        "scoring",
        "judges",
        "entrants",
        "rules",
        "further-rules",
        "selection",
    ]


def test_the_tree_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    tree = SchemeTree(Words.load("zh"), lambda _place, _name, _text: None)
    tree.show_scheme(sample_scheme())
    qtmodeltester.check(tree)


def test_the_tables_are_sound_models(qtmodeltester: ModelTester) -> None:
    shown = TextModel([Heading("a"), Heading("b", is_number=True)])
    shown.show_rows([("x", Toned("y", Tone.DONE))])
    qtmodeltester.check(shown)
    rows = RowsModel([EditColumn("a"), EditColumn("b", {"x": "word"})])
    rows.show_rows([("1", "x")])
    qtmodeltester.check(rows)
    assert rows.index(0, 1).data() == "word"
