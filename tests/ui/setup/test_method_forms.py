"""Methods, rounding and versions at the screen: by keyboard, with what is wrong as it is typed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.methods import Faults, Ladder
from app.domain.points import Rounding, RoundingMode
from app.domain.scheme import Aspect
from app.services import setup
from app.sheets.scheme_toml import format_scheme
from tests.ui.around import Around
from tests.ui.setup.sample_scheme import sample_scheme
from ui.screens.setup.compare_dialog import CompareDialog
from ui.screens.setup.modules_page import ModulesPage
from ui.screens.setup.presenter import Step
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
    assert page.sums.text() == "1: 60 of 40"


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
    around.answers.path = written
    qtbot.keyClick(dialog.file, Qt.Key.Key_Space)
    assert dialog.old.currentText() == "other.toml"
    assert dialog.found.text() == "Differences: 2"
    dialog.accept()
