"""The building blocks by keyboard: reasons, confirmations, tables, clocks."""

from __future__ import annotations

import wave

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import RuleBroken
from app.paths import resource
from app.words import Words
from tests.ui.showing import bring_up
from ui.dialogs import ChosenReason, Confirmation, Reason
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.tokens import Theme, Tone
from ui.widgets import layout
from ui.widgets.banner import Banner
from ui.widgets.buttons import KeyButton, primary_button
from ui.widgets.confirm import ConfirmDialog
from ui.widgets.countdown import Countdown, CountdownFace
from ui.widgets.cue import Cue, Flash
from ui.widgets.form_field import FormField
from ui.widgets.labels import ElidedLabel
from ui.widgets.reason_picker import ReasonPicker
from ui.widgets.state_chip import StateChip
from ui.widgets.table import NUMBER, TONE, Table
from ui.widgets.tabs import tab_row


def test_a_destructive_question_has_to_be_armed(qtbot: QtBot, theme: Theme, words: Words) -> None:
    asked = Confirmation("Void", "Certificate 7 is voided.", "Void it", lost=("the number",))
    dialog = ConfirmDialog(theme, words, asked)
    qtbot.addWidget(dialog)
    assert not dialog.go.isEnabled()
    assert dialog.armed is not None
    dialog.armed.click()
    assert dialog.go.isEnabled()


def test_a_question_is_as_wide_as_what_its_button_says(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    action = "Publish revision 12 · Provisional, with all that follows from it"
    dialog = ConfirmDialog(theme, words, Confirmation("Publish", "", action))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert dialog.go.width() >= dialog.go.sizeHint().width()


def test_enter_alone_is_no_where_care_is_asked_for(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    dialog = ConfirmDialog(theme, words, Confirmation("Commit", "2 → 3", "Commit", careful=True))
    qtbot.addWidget(dialog)
    assert dialog.focusWidget() is dialog.stay
    assert not dialog.go.isDefault()
    assert dialog.go.isEnabled()


def test_a_plain_question_repeats_what_happens(qtbot: QtBot, theme: Theme, words: Words) -> None:
    asked = Confirmation(
        "Commit", "Module B", "Commit sheet", shown_large="B07", rows=(("A1", "2.50"),)
    )
    dialog = ConfirmDialog(theme, words, asked)
    qtbot.addWidget(dialog)
    shown = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    assert {"B07", "Module B", "A1", "2.50", "Commit sheet"} <= set(shown)
    assert dialog.go.isEnabled()


def test_a_reason_is_picked_by_its_key(qtbot: QtBot, theme: Theme, words: Words) -> None:
    reasons = [Reason("fault", "Fault"), Reason("power", "Power cut")]
    dialog = ReasonPicker(theme, words, "Pause", "Place 3", reasons)
    bring_up(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    assert dialog.buttons[1].isChecked()
    qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    assert dialog.chosen == ChosenReason("power", "")


def test_a_reason_that_needs_a_note_waits_for_it(qtbot: QtBot, theme: Theme, words: Words) -> None:
    dialog = ReasonPicker(theme, words, "Pause", "", [Reason("other", "Other", needs_note=True)])
    qtbot.addWidget(dialog)
    dialog.pick(0)
    dialog.go.click()
    assert dialog.chosen is None
    assert dialog.note.error == "This reason needs a note: write in a few words what happened."
    assert isinstance(dialog.note.editor, QLineEdit)
    dialog.note.editor.setText("smoke")
    dialog.go.click()
    assert dialog.chosen == ChosenReason("other", "smoke")


def table_of(qtbot: QtBot, theme: Theme) -> Table:
    model = QStandardItemModel(2, 2)
    for row, (name, mark) in enumerate([("样例选手01", "92.50"), ("样例选手02", "7.00")]):
        model.setItem(row, 0, QStandardItem(name))
        cell = QStandardItem(mark)
        cell.setTextAlignment(NUMBER)
        cell.setData(Tone.DONE, TONE)
        model.setItem(row, 1, cell)
    table = Table(theme, name="Results")
    qtbot.addWidget(table)
    model.setParent(table)
    table.setModel(model)
    table.lay_out(widths={1: 8}, stretched=[0])
    table.resize(400, 200)
    table.show()
    return table


def test_a_row_is_copied_as_it_is_shown(qtbot: QtBot, theme: Theme) -> None:
    table = table_of(qtbot, theme)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "样例选手02\t7.00"


def test_enter_chooses_the_row(qtbot: QtBot, theme: Theme) -> None:
    table = table_of(qtbot, theme)
    table.setCurrentIndex(table.model().index(1, 0, QModelIndex()))
    with qtbot.waitSignal(table.row_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_text_that_is_cut_is_whole_in_the_tooltip(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel("样例选手01样例选手01样例选手01")
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() == "样例选手01样例选手01样例选手01"
    label.resize(2000, 20)
    assert label.toolTip() == ""


@pytest.mark.parametrize(("width", "height"), [(160, 110), (400, 300), (1920, 1080)])
def test_the_time_fills_its_tile_and_never_leaves_it(
    qtbot: QtBot, theme: Theme, width: int, height: int
) -> None:
    face = CountdownFace("01", "B07", "71:59:59", 500, Tone.RUNNING, "Running")
    tile = Countdown(theme, face)
    qtbot.addWidget(tile)
    tile.resize(width, height)
    image = tile.grab().toImage()
    ratio = image.devicePixelRatio()
    ink = image.pixelColor(0, 0)
    # The column of pixels just inside the border holds ground only: no numeral reaches it.
    inside = {
        image.pixelColor(int(4 * ratio), y).name() for y in range(height // 3, height * 2 // 3)
    }
    assert len(inside) == 1
    assert ink.isValid()
    assert tile.accessibleName() == "01 B07 Running"


def test_a_state_is_said_in_words_and_not_by_colour_alone(qtbot: QtBot, theme: Theme) -> None:
    chip = StateChip(theme, Tone.DONE, "Checked in")
    qtbot.addWidget(chip)
    chip.show_state(Tone.BLOCKED, "Over time")
    assert (chip.word, chip.accessibleName()) == ("Over time", "Over time")


def test_a_field_says_its_error_below_itself(qtbot: QtBot, theme: Theme) -> None:
    field = FormField(theme, "Venue", QLineEdit(), "Hall and room")
    qtbot.addWidget(field)
    field.show_error("Name the venue.")
    assert field.error == "Name the venue."
    assert field.editor.accessibleName() == "Venue"
    field.clear_error()
    assert field.error == ""


def test_a_banner_offers_what_can_be_done(qtbot: QtBot, theme: Theme, words: Words) -> None:
    banner = Banner(theme, words)
    qtbot.addWidget(banner)
    done: list[int] = []
    banner.say(Tone.BLOCKED, "The disk is full.", [("Try again", lambda: done.append(1))])
    banner.findChildren(KeyButton)[0].click()
    assert done == [1]
    banner.clear()
    assert (banner.text, banner.isHidden()) == ("", True)


def test_a_banner_says_what_refuses_an_act_until_one_is_done(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    banner = Banner(theme, words)
    qtbot.addWidget(banner)
    done: list[int] = []

    def refuse() -> None:
        raise RuleBroken("nothing-to-commit")

    banner.say(Tone.DONE, "Saved.")
    assert not banner.attempt(refuse)
    assert banner.text == "Everything on this sheet is already recorded."
    assert banner.attempt(lambda: done.append(1))
    assert (done, banner.text, banner.isHidden()) == ([1], "", True)


def test_a_button_shows_and_knows_its_key(qtbot: QtBot, theme: Theme) -> None:
    clicked: list[int] = []
    button = primary_button(theme, "Mark absent", lambda: clicked.append(1), key="F8")
    bring_up(qtbot, button)
    button.setText("Mark them absent")
    qtbot.keyClick(button, Qt.Key.Key_F8)
    assert (clicked, button.accessibleName()) == ([1], "Mark them absent")


@pytest.mark.parametrize("name", [*TONE_ICONS.values(), "paused", "lock", "print"])
def test_icons_draw_something_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = pixmap(name, "#ff0000", 24).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert "#ff0000" in colours


@pytest.mark.parametrize("cue", list(Cue))
def test_every_cue_has_a_short_sound(cue: Cue) -> None:
    with wave.open(str(resource("sounds", f"{cue.value}.wav"))) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    assert 0.2 < seconds < 2


def test_a_flash_ends_by_itself(qtbot: QtBot, theme: Theme) -> None:
    wall = QWidget()
    qtbot.addWidget(wall)
    flash = Flash(wall)
    wall.show()
    flash.flash(times=1)
    assert flash.isVisible()
    qtbot.waitUntil(flash.isHidden)


def test_a_row_of_tabs_has_room_for_the_bold_name_of_the_chosen_one(
    qtbot: QtBot, theme: Theme
) -> None:
    tabs = tab_row("Pages")
    tabs.addTab("List")
    tabs.addTab("A name that is much longer")
    holder = QWidget()
    holder.setStyleSheet("QTabBar::tab:selected { font-weight: 900; letter-spacing: 4px; }")
    holder.setLayout(layout.row(theme, layout.STRETCH, tabs))
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    holder.resize(900, 60)
    before = tabs.width()
    tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: tabs.width() > before)
    assert tabs.width() == tabs.sizeHint().width()
