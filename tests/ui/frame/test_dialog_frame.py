"""A dialog on the smallest laptop with type of twice the size: all of it in reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.styling import apply_theme
from ui.theme.tokens import Mode, Theme, theme_of
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.labels import text_label
from ui.widgets.layout import STRETCH, row

WINDOW = QSize(1366, 768)


@pytest.fixture
def large(qapp: QApplication) -> Iterator[Theme]:
    theme = theme_of(Mode.LIGHT, zoom=200)
    apply_theme(qapp, theme)
    yield theme
    apply_theme(qapp, theme_of(Mode.LIGHT))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(WINDOW)
    return made


def made_with(theme: Theme, window: QWidget, *parts: QWidget) -> tuple[QDialog, QPushButton]:
    dialog, go = QDialog(window), QPushButton("Record")
    frame_dialog(dialog, theme, *parts, foot=row(theme, STRETCH, go), width=120)
    dialog.show()
    return dialog, go


def test_a_dialog_of_many_fields_scrolls_above_its_button(large: Theme, window: QWidget) -> None:
    fields = [QLineEdit() for _ in range(20)]
    dialog, go = made_with(large, window, *fields)
    assert dialog.width() <= WINDOW.width()
    assert dialog.height() <= WINDOW.height()
    assert go.visibleRegion().boundingRect().size() == go.size()
    assert fields[-1].visibleRegion().isEmpty()


def test_a_dialog_of_few_fields_is_as_high_as_they_are(large: Theme, window: QWidget) -> None:
    field = QLineEdit()
    dialog, _go = made_with(large, window, field)
    assert dialog.height() < WINDOW.height() // 2
    assert field.visibleRegion().boundingRect().size() == field.size()


def test_a_dialog_grows_with_a_sentence_that_comes_later(
    qtbot: QtBot, large: Theme, window: QWidget
) -> None:
    refusal = text_label("", wraps=True)
    refusal.hide()
    dialog, _go = made_with(large, window, refusal, QLineEdit())
    before = dialog.height()
    refusal.setText("The bonus is at most 5 points, and the reason has to be said. " * 4)
    refusal.show()
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert refusal.height() >= refusal.heightForWidth(refusal.width())
