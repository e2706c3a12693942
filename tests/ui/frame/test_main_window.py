"""The window by keyboard: opening files, moving between places, locking, undoing, failing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.errors import RuleBroken
from app.domain.ids import JudgeId
from app.domain.roles import CHIEF, Actor, Role
from app.problems import Problem
from app.settings import Settings, load_settings
from tests.ui.around import Person
from tests.ui.frame.sample_desk import (
    SampleDesk,
    SampleOpener,
    SampleScreens,
)
from ui.context import Place
from ui.desk import Status
from ui.frame.desk_view import DeskView
from ui.frame.find_dialog import FindDialog
from ui.frame.welcome_view import WelcomeView
from ui.main_window import MainWindow

Make = Callable[[Settings], MainWindow]


def opened(window: MainWindow) -> DeskView:
    window.open_sample()
    assert isinstance(window.view, DeskView)
    return window.view


def desk_of(window: MainWindow) -> SampleDesk:
    assert isinstance(window.desk, SampleDesk)
    return window.desk


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *, ctrl: bool = True) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def test_without_a_file_the_window_offers_what_comes_first(window: MainWindow) -> None:
    assert isinstance(window.view, WelcomeView)
    assert [offer.accessibleName() for offer in window.view.welcome.offers] == [
        "New competition…",
        "Open…",
        "Open the sample",
    ]
    assert window.view.welcome.offers[0].hasFocus()


def test_space_on_the_first_offer_makes_a_new_file_and_goes_to_set_up(
    qtbot: QtBot, window: MainWindow, answers: Person, tmp_path: Path
) -> None:
    answers.path = tmp_path / "new.plumb"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert isinstance(window.view, DeskView)
    assert window.view.here is Place.SETUP


def test_a_template_on_the_first_page_begins_a_new_file_with_its_rules(
    qtbot: QtBot, window: MainWindow, opener: SampleOpener, answers: Person, tmp_path: Path
) -> None:
    assert isinstance(window.view, WelcomeView)
    welcome = window.view.welcome
    qtbot.waitUntil(lambda: bool(welcome.templates))
    assert len(welcome.templates) == 18
    quiz = next(one for one in welcome.templates if one.accessibleName().startswith("Quiz"))
    assert quiz.accessibleDescription() == (
        "Teams begin with 100 points; must-answer, buzzer and risk rounds scored by key, "
        "sudden death for ties."
    )
    answers.path = tmp_path / "new.plumb"
    quiz.setFocus()
    qtbot.keyClick(quiz, Qt.Key.Key_Space)
    assert isinstance(window.view, DeskView)
    assert window.view.here is Place.SETUP
    assert opener.begun_with == ["quiz"]


def test_an_opened_file_is_remembered_first_among_the_recent(
    window: MainWindow, station_home: Path, tmp_path: Path
) -> None:
    window.open_path(tmp_path / "one.plumb")
    window.open_path(tmp_path / "two.plumb")
    assert load_settings(station_home).recent == (
        str(tmp_path / "two.plumb"),
        str(tmp_path / "one.plumb"),
    )


def test_a_file_that_does_not_open_is_explained_and_nothing_changes(window: MainWindow) -> None:
    window.open_path(Path("broken.plumb"))
    assert isinstance(window.view, WelcomeView)
    assert window.view.banner.text == (
        "There is no file broken.plumb any more. It may have been moved or the USB stick taken out."
    )


def test_opening_another_file_closes_the_first(window: MainWindow, opener: SampleOpener) -> None:
    window.open_path(Path("one.plumb"))
    window.open_path(Path("two.plumb"))
    assert [desk.closed for desk in opener.opened] == [True, False]


@pytest.mark.parametrize(("key", "place"), [("1", Place.OVERVIEW), ("3", Place.CHECKIN)])
def test_control_and_a_digit_jumps_to_a_place(
    qtbot: QtBot, window: MainWindow, key: str, place: Place
) -> None:
    view = opened(window)
    view.go_to(Place.DRAW)
    press(qtbot, window, Qt.Key(ord(key)))
    assert view.here is place
    assert view.rail.buttons[place].isChecked()


def test_control_zero_is_the_tenth_place(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(window)
    press(qtbot, window, Qt.Key.Key_0)
    assert view.here is Place.EXCHANGE


def test_a_screen_is_opened_once_and_gets_the_focus(
    window: MainWindow, screens: SampleScreens
) -> None:
    view = opened(window)
    view.go_to(Place.CHECKIN)
    view.go_to(Place.DRAW)
    view.go_to(Place.CHECKIN)
    assert [screen.place for screen in screens.made] == [
        Place.OVERVIEW,
        Place.CHECKIN,
        Place.DRAW,
    ]
    assert screens.made[1].field.hasFocus()


def test_going_with_a_focus_tells_the_screen_what_to_show(
    window: MainWindow, screens: SampleScreens
) -> None:
    screens_seen = opened(window)
    screens_seen.go_to(Place.CHECKIN, entry="ROBOT-01")
    assert screens.made[-1].focuses == [{"entry": "ROBOT-01"}]


def test_a_screen_with_unsaved_typing_is_not_left(
    window: MainWindow, screens: SampleScreens
) -> None:
    view = opened(window)
    screens.made[0].may_go = False
    view.go_to(Place.DRAW)
    assert view.here is Place.OVERVIEW
    assert view.rail.buttons[Place.OVERVIEW].isChecked()
    assert not view.rail.buttons[Place.DRAW].isChecked()


def test_badges_come_from_open_screens_and_from_the_desk(window: MainWindow) -> None:
    view = opened(window)
    desk_of(window).counts = {Place.REVIEW: 12, Place.CHECKIN: 99}
    view.go_to(Place.CHECKIN)
    buttons = view.rail.buttons
    assert (buttons[Place.REVIEW].waiting, buttons[Place.CHECKIN].waiting) == (12, 3)
    assert buttons[Place.REVIEW].accessibleName() == "Review: 12 waiting"


def test_the_context_bar_says_where_and_who(window: MainWindow) -> None:
    view = opened(window)
    assert view.bar.where == "第四届样例职业技能大赛  ▸  ROBOT  ▸  B"
    assert view.bar.role.text() == "Chief judge"


def test_another_role_opens_the_screen_anew(window: MainWindow, screens: SampleScreens) -> None:
    view = opened(window)
    view.bar.role_chosen.emit(Actor(Role.JUDGE, JudgeId("J2")))
    assert desk_of(window).actor == Actor(Role.JUDGE, JudgeId("J2"))
    assert view.bar.role.text() == "Judge 2"
    assert len(screens.made) == 2


def test_the_status_line_is_honest(window: MainWindow) -> None:
    view = opened(window)
    assert view.status.texts[:3] == (
        "Saved · record S7K2-001234",
        "Backup 2 min ago",
        "17 records not yet shared",
    )
    desk_of(window).state = Status("S7K2-001234", None, 0, Problem("disk-full", file="day.plumb"))
    view.refresh()
    assert view.status.texts[:3] == (
        "Not saved",
        "No backup yet",
        "All records shared",
    )


def test_many_changes_in_one_turn_reload_the_screen_once(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    opened(window)
    feed = desk_of(window).changes
    feed.publish(Changes.to(Topic.MARKS))
    feed.publish(Changes.to(Topic.CLOCKS))
    qtbot.waitUntil(lambda: bool(screens.made[0].reloads))
    assert [one.topics for one in screens.made[0].reloads] == [
        frozenset({Topic.MARKS, Topic.CLOCKS})
    ]


def test_a_screen_is_not_told_of_its_own_change(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    opened(window)
    feed = desk_of(window).changes
    feed.publish(Changes(frozenset({Topic.MARKS}), origin=screens.made[0]))
    feed.publish(Changes(frozenset({Topic.RULES}), origin=object()))
    qtbot.waitUntil(lambda: bool(screens.made[0].reloads))
    assert [one.topics for one in screens.made[0].reloads] == [frozenset({Topic.RULES})]


def test_a_screen_behind_reloads_when_it_comes_to_the_front(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    view = opened(window)
    view.go_to(Place.DRAW)
    desk_of(window).changes.publish(Changes.to(Topic.ENTRIES))
    qtbot.waitUntil(lambda: bool(screens.made[1].reloads))
    assert screens.made[0].reloads == []
    view.go_to(Place.OVERVIEW)
    assert len(screens.made[0].reloads) == 1


def test_control_z_undoes_although_an_empty_field_has_the_focus(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    view = opened(window)
    desk = desk_of(window)
    desk.undo_label = "mark 2.50 for B07"
    screens.made[0].field.setFocus()
    press(qtbot, window, Qt.Key.Key_Z)
    assert desk.undone == 1
    assert view.status.texts[3] == "Undone: mark 2.50 for B07"


def test_control_z_first_undoes_what_is_being_typed(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    opened(window)
    desk = desk_of(window)
    desk.undo_label = "mark 2.50 for B07"
    field = screens.made[0].field
    field.setFocus()
    qtbot.keyClicks(field, "12")
    press(qtbot, window, Qt.Key.Key_Z)
    assert (field.text(), desk.undone) == ("", 0)


def test_the_lock_covers_the_work_until_somebody_says_who_acts(
    qtbot: QtBot, window: MainWindow
) -> None:
    view = opened(window)
    press(qtbot, window, Qt.Key.Key_L)
    assert view.is_locked
    press(qtbot, window, Qt.Key.Key_3)
    assert view.here is Place.OVERVIEW
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert not view.is_locked
    assert desk_of(window).actor == CHIEF


def test_unlocking_gives_the_keys_back_to_what_had_them(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    opened(window)
    sheet = QLineEdit(screens.made[0])
    sheet.show()
    sheet.setFocus()
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.focusWidget() is sheet


def test_f1_explains_the_screen(qtbot: QtBot, window: MainWindow, answers: Person) -> None:
    opened(window)
    press(qtbot, window, Qt.Key.Key_F1, ctrl=False)
    assert len(answers.asked) == 1
    assert "Ctrl+F" in answers.asked[0]


def test_a_refusal_is_shown_as_a_sentence(window: MainWindow) -> None:
    view = opened(window)
    view.fail(RuleBroken("number-too-fine", value="1.00005", places=4))
    assert view.banner.text == "1.00005 has more than 4 decimal places."


def test_a_bug_is_reported_and_calms(
    window: MainWindow, station_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    view = opened(window)
    with caplog.at_level(logging.ERROR):
        window.show_bug(ZeroDivisionError("division by zero"))
    reports = list((station_home / "logs").glob("report-*.txt"))
    assert len(reports) == 1
    assert "ZeroDivisionError" in reports[0].read_text(encoding="utf-8")
    assert "Everything entered so far is saved" in view.banner.text
    assert str(reports[0]) in view.banner.text


def test_a_screen_that_fails_to_open_leaves_the_others_working(
    window: MainWindow, screens: SampleScreens, caplog: pytest.LogCaptureFixture
) -> None:
    screens.broken = {Place.TIMING}
    view = opened(window)
    with caplog.at_level(logging.ERROR):
        view.go_to(Place.TIMING)
    assert view.here is Place.TIMING
    view.go_to(Place.MARKING)
    assert screens.made[-1].place is Place.MARKING
    screens.broken = set()
    view.reopen(Place.TIMING)
    assert screens.made[-1].place is Place.TIMING


def test_switching_language_opens_the_same_place_anew(
    window: MainWindow, screens: SampleScreens, station_home: Path
) -> None:
    opened(window).go_to(Place.REVIEW)
    window.switch_language()
    assert isinstance(window.view, DeskView)
    assert window.view.here is Place.REVIEW
    assert screens.made[-1].context.words.language == "zh"
    assert window.windowTitle() == "第四届样例职业技能大赛 – 准绳"
    assert load_settings(station_home).language == "zh"


def test_switching_colours_and_zoom_keeps_the_place(
    window: MainWindow, screens: SampleScreens
) -> None:
    opened(window).go_to(Place.REVIEW)
    window.switch_shade()
    window.zoom(1)
    theme = screens.made[-1].context.theme
    assert (theme.mode.value, theme.zoom) == ("dark", 115)
    assert isinstance(window.view, DeskView)
    assert window.view.here is Place.REVIEW


def test_a_chinese_setting_starts_in_chinese(make_window: Make) -> None:
    assert make_window(Settings(language="zh")).windowTitle() == "准绳"


def test_closing_asks_the_screen_first(window: MainWindow, screens: SampleScreens) -> None:
    opened(window)
    screens.made[0].may_go = False
    assert not window.close()
    screens.made[0].may_go = True
    assert window.close()


def test_find_goes_to_what_was_found(qtbot: QtBot, window: MainWindow) -> None:
    opened(window)
    dialog = FindDialog(
        window.view._theme, window.view._words, lambda text: desk_of(window).find(text, None)
    )
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.field, "B0")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chosen is not None
    assert (dialog.chosen.place, dialog.chosen.focus) == (Place.MARKING, {"work": "B07"})


def test_every_control_of_the_frame_has_an_accessible_name(window: MainWindow) -> None:
    for view in (window.view, opened(window)):
        nameless = [
            type(control).__name__
            for kind in (QAbstractButton, QLineEdit)
            for control in view.findChildren(kind)
            if not control.accessibleName() and not _is_inner(control)
        ]
        assert nameless == []


def _is_inner(control: QWidget) -> bool:
    """Parts that Qt puts inside its own widgets, such as a scroll bar's."""
    return control.objectName().startswith("qt_")


@pytest.mark.parametrize(
    ("lang", "title", "first"),
    [("zh_CN.UTF-8", "准绳", "新建赛事…"), ("fr_FR.UTF-8", "Plumbline", "New competition…")],
)
def test_the_first_start_speaks_the_language_of_the_laptop(
    make_window: Callable[[Settings], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    title: str,
    first: str,
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", lang)
    window = make_window(Settings())
    assert isinstance(window.view, WelcomeView)
    assert window.windowTitle() == title
    assert window.view.welcome.offers[0].accessibleName() == first


def test_enter_presses_the_button_in_focus(
    qtbot: QtBot, window: MainWindow, answers: Person, tmp_path: Path
) -> None:
    answers.path = tmp_path / "new.plumb"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(window.view, DeskView)


def test_the_window_is_called_as_the_competition_is_named_anew(
    qtbot: QtBot, window: MainWindow
) -> None:
    opened(window)
    desk = desk_of(window)
    desk.name = "Spring games"
    desk.changes.publish(Changes.to(Topic.COMPETITION))
    qtbot.waitUntil(lambda: window.windowTitle() == "Spring games – Plumbline")


def test_tab_goes_round_the_rail_the_bar_and_the_screen(
    qtbot: QtBot, window: MainWindow, screens: SampleScreens
) -> None:
    opened(window)
    passed = []
    for _ in range(40):
        press(qtbot, window, Qt.Key.Key_Tab, ctrl=False)
        passed.append(window.focusWidget())
        if window.focusWidget() is screens.made[0].field:
            break
    named = [one.accessibleName() for one in passed]
    assert named[:2] == ["Overview", "Set up"]
    assert "Lock the station" in named
    press(qtbot, window, Qt.Key.Key_Backtab, ctrl=False)
    assert window.focusWidget().accessibleName() == "Lock the station"
