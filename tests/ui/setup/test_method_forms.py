"""Methods, rounding and versions at the screen: by keyboard, with what is wrong as it is typed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.methods import Faults, Ladder
from app.domain.points import Rounding, RoundingMode
from app.domain.scheme import Aspect
from app.services import setup
from app.sheets.scheme_toml import format_scheme
from tests.ui.around import Around
from tests.ui.setup.sample_scheme import sample_scheme
from ui.context import Place
from ui.screens.setup.compare_dialog import CompareDialog
from ui.screens.setup.finding_places import place_of
from ui.screens.setup.modules_page import ModulesPage
from ui.screens.setup.presenter import Step, StepState
from ui.screens.setup.rows_dialog import RowsDialog
from ui.screens.setup.rules_page import RulesPage
from ui.screens.setup.scoring_page import ScoringPage
from ui.screens.setup.screen import SetupScreen

ASPECT = (0, 1, 0, 0)


@pytest.fixture
def modules(screen: SetupScreen) -> ModulesPage:
    screen.focus_on({"event": "ROBOT", "step": Step.MODULES.value})
    page = screen.page(Step.MODULES)
    assert isinstance(page, ModulesPage)
    page.tree.setCurrentIndex(page.model.index_of(ASPECT))
    return page


def choose(page: ModulesPage, method: str) -> None:
    combo = page.form.fields["method"].editor
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData(method))
    combo.activated.emit(combo.currentIndex())


def rows_dialog() -> RowsDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, RowsDialog)
    return found


def chosen(screen: SetupScreen) -> Aspect:
    aspect = screen.presenter.node(ASPECT)
    assert isinstance(aspect, Aspect)
    return aspect


def test_a_fault_catalogue_is_written_by_keyboard(
    screen: SetupScreen, modules: ModulesPage, qtbot: QtBot
) -> None:
    choose(modules, "faults")
    button = modules.form.fields["method.faults"].editor
    assert isinstance(button, QPushButton)
    assert button.text() == "Edit rows (1)…"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    dialog = rows_dialog()
    table = dialog.editor.table
    table.setCurrentIndex(dialog.editor.model.index(0, 1))
    qtbot.keyClicks(table, "x")
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Tool dropped")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.editor.model.rows[0][1] == "Tool dropped")
    dialog.editor.add()
    dialog.editor.model.setData(dialog.editor.model.index(1, 0), "F1")
    assert "two items have the same code" in dialog.found.text()
    dialog.editor.model.setData(dialog.editor.model.index(1, 0), "F2")
    dialog.editor.model.setData(dialog.editor.model.index(1, 2), "1.5")
    assert dialog.found.text() == ""
    dialog.go.setFocus()
    qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    method = chosen(screen).method
    assert isinstance(method, Faults)
    assert [(one.code, one.name, one.points) for one in method.faults] == [
        ("F1", "Tool dropped", Decimal("0.5")),
        ("F2", "", Decimal("1.5")),
    ]


def test_rows_that_cannot_be_read_keep_the_dialog_open(
    screen: SetupScreen, modules: ModulesPage, qtbot: QtBot
) -> None:
    choose(modules, "tolerance")
    before = chosen(screen)
    modules.form.fields["method.bands"].editor.click()  # type: ignore[attr-defined]
    dialog = rows_dialog()
    dialog.editor.model.setData(dialog.editor.model.index(0, 0), "wide")
    dialog.go.click()
    assert dialog.isVisible()
    assert "wide" in dialog.editor.error.text()
    dialog.reject()
    assert chosen(screen) == before


def test_what_is_wrong_is_said_while_it_is_typed(
    screen: SetupScreen, modules: ModulesPage, qtbot: QtBot
) -> None:
    choose(modules, "ladder")
    field = modules.form.fields["method.marks"]
    assert isinstance(field.editor, QLineEdit)
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "0, x")
    assert "x" in field.error
    before = chosen(screen).method
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "0, 30")
    assert field.error != "", "the maximum is not among the marks"
    assert chosen(screen).method == before, "nothing is taken before the field is left"
    qtbot.keyClicks(field.editor, ", 60")
    assert field.error == ""
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert chosen(screen).method == Ladder((Decimal(0), Decimal(30), Decimal(60)))


def test_a_faulty_aspect_says_so_above_its_fields(
    screen: SetupScreen, modules: ModulesPage
) -> None:
    assert not modules.form.faults.isVisible()
    choose(modules, "ladder")
    screen.presenter.set_field(ASPECT, "method.marks", "0, 30")
    screen.refresh()
    assert modules.form.faults.isVisible()
    assert modules.form.faults.text() != ""


def test_a_stage_is_rounded_as_chosen(screen: SetupScreen, qtbot: QtBot) -> None:
    screen.focus_on({"event": "ROBOT", "step": Step.SCORING.value})
    page = screen.page(Step.SCORING)
    assert isinstance(page, ScoringPage)
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    places, modes = page.rounding.places["module"], page.rounding.modes["module"]
    assert not modes.isEnabled()
    places.setFocus()
    qtbot.keyClick(places, Qt.Key.Key_Down)
    qtbot.keyClick(places, Qt.Key.Key_Down)
    assert modes.isEnabled()
    modes.setFocus()
    qtbot.keyClick(modes, Qt.Key.Key_Down)
    assert screen.presenter.event is not None
    assert screen.presenter.event.rounding.module == Rounding(1, RoundingMode.HALF_EVEN)
    assert page.rounding.places["total"].findData("") == -1, "the total is always rounded"


def test_the_marks_of_each_section_are_compared(screen: SetupScreen) -> None:
    screen.presenter.set_rows("sections", [("1", "工艺准备", "40")])
    screen.presenter.set_field(ASPECT, "section", "1")
    screen.focus_on({"event": "ROBOT", "step": Step.SCORING.value})
    page = screen.page(Step.SCORING)
    assert isinstance(page, ScoringPage)
    assert page.sums.text() == "1: 60 of 40 (+20)"


def test_the_draft_is_compared_with_the_rules_in_force_and_with_a_file(
    screen: SetupScreen, around: Around, tmp_path: Path, qtbot: QtBot
) -> None:
    presenter = screen.presenter
    setup.freeze(presenter.station, presenter.code)
    presenter.set_field(ASPECT, "name", "样例新名称")
    screen.focus_on({"event": "ROBOT", "step": Step.RULES.value})
    page = screen.page(Step.RULES)
    assert isinstance(page, RulesPage)
    page.compare.setFocus()
    qtbot.keyClick(page.compare, Qt.Key.Key_Space)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CompareDialog)
    assert [dialog.new.itemText(n)[:8] for n in range(dialog.new.count())] == ["In force", "Draft"]
    assert dialog.found.text() == "Differences: 1"
    assert dialog.changes.index(0, 3).data() == "样例新名称"
    other = sample_scheme()
    event = msgspec.structs.replace(other.events[0], late_minutes=30)
    written = tmp_path / "other.toml"
    written.write_text(
        format_scheme(msgspec.structs.replace(other, events=(event,))), encoding="utf-8"
    )
    around.person.path = written
    qtbot.keyClick(dialog.file, Qt.Key.Key_Space)
    assert dialog.old.currentText() == "other.toml"
    assert dialog.found.text() == "Differences: 2"
    dialog.accept()


def test_a_catalogue_is_pasted_from_a_spreadsheet(
    screen: SetupScreen, modules: ModulesPage, qtbot: QtBot
) -> None:
    choose(modules, "faults")
    modules.form.fields["method.faults"].editor.click()  # type: ignore[attr-defined]
    dialog = rows_dialog()
    dialog.editor.table.setFocus()
    dialog.editor.table.setCurrentIndex(dialog.editor.model.index(0, 0))
    QApplication.clipboard().setText("F1\t划伤\t0.5\t\tno\nF2\t带电作业\t\t\tYES\n")
    qtbot.keyClick(dialog.editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [cells[:5] for cells in dialog.editor.model.rows] == [
        ("F1", "划伤", "0.5", "", "no"),
        ("F2", "带电作业", "", "", "yes"),
    ]
    QApplication.clipboard().setText("F3\t撞机\tmany")
    dialog.editor.paste()
    assert dialog.found.text() == "Row 1, Points: “many” cannot be read there."
    QApplication.clipboard().setText("F3\t撞机\t1\t\tperhaps")
    dialog.editor.paste()
    assert dialog.editor.error.text() == "Row 1, Leaves 0: “perhaps” cannot be read there."
    QApplication.clipboard().setText("\t".join("abcdefg"))
    dialog.editor.paste()
    assert "more cells" in dialog.editor.error.text()
    dialog.reject()


def test_a_finding_leads_to_the_aspect_it_is_about(
    screen: SetupScreen, around: Around, qtbot: QtBot
) -> None:
    screen.presenter.set_field(ASPECT, "method", "ladder")
    screen.presenter.set_field(ASPECT, "method.marks", "0, 30")
    screen.focus_on({"event": "ROBOT", "step": Step.RULES.value})
    page = screen.page(Step.RULES)
    assert isinstance(page, RulesPage)
    page.findings.setCurrentRow(0)
    qtbot.keyClick(page.findings, Qt.Key.Key_Return)
    place, wanted = around.went[-1]
    assert (place, wanted["node"]) == (Place.SETUP, "0.1.0.0")
    screen.focus_on(wanted)
    tree = screen.page(Step.MODULES)
    assert isinstance(tree, ModulesPage)
    assert tree.model.place(tree.tree.currentIndex()) == ASPECT


def test_a_fault_of_the_awards_leads_to_the_scoring_rules(screen: SetupScreen) -> None:
    screen.presenter.set_rows("awards", [("一等奖", "", "10", "3", "", "")])
    found = screen.presenter.findings()
    assert screen.presenter.event is not None
    assert [place_of(screen.presenter.event, one) for one in found] == [None]
    assert screen.presenter.step_state(Step.MODULES) is StepState.DONE
    assert screen.presenter.step_state(Step.SCORING) is StepState.FAULTY
    screen.focus_on({"step": "scoring"})
    page = screen.page(Step.SCORING)
    assert isinstance(page, ScoringPage)
    assert "give one of percentage, number" in page.faults.text()


def test_a_node_is_dragged_among_its_siblings_only(
    screen: SetupScreen, modules: ModulesPage, qtbot: QtBot
) -> None:
    model = modules.model
    event, first, second = (model.index_of(place) for place in ((0,), (0, 0), (0, 1)))
    move = Qt.DropAction.MoveAction
    dragged = model.mimeData([second])
    assert not model.canDropMimeData(dragged, move, 0, 0, first), "not below another module"
    assert not model.canDropMimeData(dragged, move, 0, 0, QModelIndex())
    with qtbot.waitSignal(model.dropped):
        model.dropMimeData(dragged, move, 0, 0, event)
    qtbot.waitUntil(lambda: screen.presenter.node((0, 0)).name == "样例模块B")
    dragged = model.mimeData([model.index_of((0, 0))])
    with qtbot.waitSignal(model.dropped) as told:
        model.dropMimeData(dragged, move, -1, -1, model.index_of((0, 1)))
    assert told.args == [(0, 0), 1]
    qtbot.waitUntil(lambda: screen.presenter.node((0, 0)).name == "样例模块A")


def test_control_z_takes_back_an_edit_before_it_reaches_the_record(screen: SetupScreen) -> None:
    assert not screen.undo_edit(), "nothing was edited yet"
    screen.presenter.set_field(ASPECT, "name", "样例新名称")
    assert screen.undo_edit()
    assert chosen(screen).name == "样例测量"


def test_further_rules_are_turned_on_and_rules_of_consequence_come_and_go(
    screen: SetupScreen, qtbot: QtBot
) -> None:
    screen.focus_on({"event": "ROBOT", "step": Step.SCORING.value})
    page = screen.page(Step.SCORING)
    assert isinstance(page, ScoringPage)
    further = page.further
    page.tabs.setCurrentWidget(further)
    further.list.setFocus()
    for _ in range(3):
        qtbot.keyClick(further.list, Qt.Key.Key_Down)
    box = further.form.flags["recheck"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert screen.presenter.event is not None
    assert screen.presenter.event.recheck is not None
    further.add.click()
    further.add.click()
    rules = screen.presenter.event.awards.consequences
    assert [rule.id for rule in rules] == ["C1", "C2"]
    further.up.click()
    assert [rule.id for rule in screen.presenter.event.awards.consequences] == ["C2", "C1"]
    further.take_out.click()
    further.take_out.click()
    assert screen.presenter.event.awards.consequences == ()
    assert not further.take_out.isEnabled()


def test_how_quotas_are_counted_is_ticked(screen: SetupScreen, qtbot: QtBot) -> None:
    screen.focus_on({"event": "ROBOT", "step": Step.SCORING.value})
    page = screen.page(Step.SCORING)
    assert isinstance(page, ScoringPage)
    page.tabs.setCurrentIndex(2)
    box = page.flags["cumulative"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert screen.presenter.event is not None
    assert not screen.presenter.event.awards.cumulative
