"""The promotion list from the certificates screen by keyboard: look, let decline, save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.round_rules import Qualification
from app.services.station import Station
from tests.reports.reading import whole_text
from tests.samples.results import EVENT, marked_event, publish
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.dialogs import ChosenReason
from ui.screens.certificates.promotion_dialog import PromotionDialog
from ui.screens.certificates.screen import CertificatesScreen

RULES = msgspec.structs.replace(EVENT, promotes=Qualification(number=2, reserves=1))
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marked_event(rules=RULES)
    publish(opened)
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> Iterator[CertificatesScreen]:
    made = CertificatesScreen(around.context())
    bring_up(qtbot, made, (1366, 768))
    yield made
    made.close()
    qtbot.waitUntil(lambda: not around.tasks.busy)


def opened(qtbot: QtBot, screen: CertificatesScreen) -> PromotionDialog:
    qtbot.keyClick(screen, Qt.Key.Key_G, ALT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PromotionDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def shown(dialog: PromotionDialog) -> list[tuple[str, str]]:
    model = dialog.model
    return [
        (model.index(line, 2).data(), model.index(line, 6).data())
        for line in range(model.rowCount())
    ]


def test_somebody_declines_and_the_list_is_saved_to_be_signed(
    qtbot: QtBot, around: Around, screen: CertificatesScreen, tmp_path: Path
) -> None:
    dialog = opened(qtbot, screen)
    assert shown(dialog) == [("02", "goes up"), ("01", "goes up"), ("03", "reserve 1")]
    around.person.picks = ChosenReason("declined", "样例：单位安排")
    qtbot.keyClick(dialog, Qt.Key.Key_D, ALT)
    assert shown(dialog) == [
        ("01", "goes up"),
        ("03", "stepped up for 02"),
        ("02", "declined"),
    ]
    assert dialog.banner.text == "02 declined"
    dialog.table.selectRow(2)
    assert not dialog.decline.isEnabled()
    around.person.path = tmp_path / "up.pdf"
    qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(around.announced))
    assert around.announced == ["Promotion list saved: up.pdf (3 entries)"]
    assert "stepped up for 02" in whole_text((tmp_path / "up.pdf").read_bytes())


def test_a_reason_not_given_changes_nothing(
    qtbot: QtBot, around: Around, screen: CertificatesScreen
) -> None:
    dialog = opened(qtbot, screen)
    around.person.picks = None
    qtbot.keyClick(dialog, Qt.Key.Key_D, ALT)
    assert shown(dialog) == [("02", "goes up"), ("01", "goes up"), ("03", "reserve 1")]
