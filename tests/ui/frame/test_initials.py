"""Initials tell two people in one office apart: chosen in the menu of roles or at the lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.domain.ids import JudgeId
from app.domain.roles import CHIEF, Actor, Role
from app.services.mark_words import giver_name
from app.words import Words
from ui.desk import actor_word
from ui.frame.context_bar import ContextBar
from ui.frame.initials_dialog import InitialsDialog
from ui.frame.lock_view import LockView
from ui.theme.tokens import Mode, Theme, theme_of

J1 = JudgeId("J1")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return theme_of(Mode.LIGHT)


@pytest.fixture
def words() -> Words:
    return Words.load("en")


def test_the_dialog_takes_letters_and_says_what_it_does_not_take(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    dialog = InitialsDialog(theme, words, "")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.edit.setText("王小")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.field.error == "Initials are one to four Latin letters or digits."
    dialog.edit.setText("ab")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.initials == "AB"
    assert not dialog.isVisible()


def test_whoever_unlocks_says_who_they_are(qtbot: QtBot, theme: Theme, words: Words) -> None:
    view = LockView(theme, words, Actor(Role.SCOREKEEPER, initials="AB"), [J1])
    qtbot.addWidget(view)
    told: list[Actor] = []
    view.unlocked.connect(told.append)
    view.initials.setText("?")
    view.go.click()
    assert told == []
    view.initials.setText("cd")
    view.go.click()
    assert told == [Actor(Role.SCOREKEEPER, initials="CD")]


def test_the_bar_shows_the_initials_and_asks_for_them(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    bar = ContextBar(theme, words)
    qtbot.addWidget(bar)
    bar.show_acting(Actor(Role.SCOREKEEPER, initials="AB"), [J1])
    assert bar.role.text() == "Scorekeeper · AB"
    menu = bar.role.menu()
    assert isinstance(menu, QMenu)
    (chosen,) = [action.text() for action in menu.actions() if action.isChecked()]
    assert chosen == "Scorekeeper"
    asked = [action for action in menu.actions() if action.text() == "Initials…"]
    with qtbot.waitSignal(bar.initials_wanted):
        asked[0].trigger()


def test_who_recorded_something_is_read_with_the_initials(words: Words) -> None:
    assert giver_name(words, "scorekeeper/AB") == "Scorekeeper AB"
    assert giver_name(words, "judge:J2/X1") == "Judge 2 X1"
    assert giver_name(words, "chief") == "Chief judge"
    assert actor_word(words, CHIEF) == "Chief judge"
