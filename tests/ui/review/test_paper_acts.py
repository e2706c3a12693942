"""Every paper of marking is chosen, saved and named from the review screen, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.domain.roles import Actor, Role
from app.services.station import Station
from tests.reports.reading import page_texts
from tests.services.marking_samples import J1, complete_module_a, marking_station
from tests.ui.around import Around, around_of
from tests.ui.showing import bring_up
from ui.screens.review.screen import ReviewScreen
from ui.widgets.form_dialog import FormDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    complete_module_a(opened)
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> ReviewScreen:
    shown = ReviewScreen(around.context())
    bring_up(qtbot, shown)
    return shown


def asked(qtbot: QtBot, screen: ReviewScreen) -> FormDialog:
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FormDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def choice(dialog: FormDialog, name: str) -> QComboBox:
    editor = dialog.editors[name]
    assert isinstance(editor, QComboBox)
    return editor


def test_the_blank_sheets_of_the_module_are_saved_by_keys_alone(
    qtbot: QtBot, screen: ReviewScreen, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "sheets.pdf"
    dialog = asked(qtbot, screen)
    assert choice(dialog, "paper").currentText() == "Mark sheets, blank"
    assert choice(dialog, "module").currentText().startswith("A ")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    # Three works, a page each: the judges have columns beside each other.
    said = "Mark sheets, blank, 3 pages, saved as sheets.pdf"
    qtbot.waitUntil(lambda: around.announced == [said])
    assert len(page_texts((tmp_path / "sheets.pdf").read_bytes())) == 3
    assert screen.banner.text == said
    assert not screen.strip.isVisible()


def test_another_paper_is_chosen_with_the_arrow_keys(
    qtbot: QtBot, screen: ReviewScreen, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "missing.pdf"
    dialog = asked(qtbot, screen)
    paper, module = choice(dialog, "paper"), choice(dialog, "module")
    qtbot.keyClick(paper, Qt.Key.Key_Up)
    assert paper.currentText() == "Marking scheme"
    assert not module.isEnabled(), "the scheme is of the whole event"
    for _ in range(3):
        qtbot.keyClick(paper, Qt.Key.Key_Down)
    assert paper.currentText() == "Missing marks"
    assert module.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: around.announced == ["Missing marks, 1 page, saved as missing.pdf"])


def test_stop_keeps_a_paper_from_being_written(
    qtbot: QtBot, around: Around, tmp_path: Path
) -> None:
    """Every thread is taken until Stop was pressed, so that it is never too late."""
    around.person.path = target = tmp_path / "sheets.pdf"
    target.write_bytes(b"the sheets of yesterday")
    go_on = Event()
    context = around.context()
    shown = ReviewScreen(context)
    qtbot.addWidget(shown)
    for _thread in range(2):
        context.tasks.run(
            lambda _progress, _cancelled: go_on.wait(10), lambda _done: None, context.fail
        )
    shown.papers.make_dialog().go.click()
    shown.strip.stop.click()
    go_on.set()
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert around.announced == []
    assert around.failed == []
    assert target.read_bytes() == b"the sheets of yesterday"


def test_what_a_judge_may_not_see_is_refused_in_the_dialog(
    qtbot: QtBot, screen: ReviewScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    station.actor = Actor(Role.JUDGE, J1)
    around.person.path = tmp_path / "filled.pdf"
    dialog = asked(qtbot, screen)
    paper = choice(dialog, "paper")
    paper.setCurrentIndex(paper.findData("filled"))
    dialog.go.click()
    assert dialog.isVisible()
    assert "scores of other" in dialog.banner.text.lower()
    assert not (tmp_path / "filled.pdf").exists()
    dialog.reject()


def test_nothing_is_written_when_no_file_is_chosen(
    qtbot: QtBot, screen: ReviewScreen, around: Around
) -> None:
    around.person.path = None
    asked(qtbot, screen).go.click()
    assert around.announced == []


def test_there_is_nothing_to_print_before_there_are_rules(qtbot: QtBot) -> None:
    empty = create_station(None)
    with around_of(empty) as around:
        shown = ReviewScreen(around.context())
        qtbot.addWidget(shown)
        assert not shown.print.isEnabled()
    empty.close()
