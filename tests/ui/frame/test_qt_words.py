"""Windows that are Qt's own speak the language of ours, and only while they are open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.words import Words
from ui.dialogs import FileKind, WindowQuestions
from ui.qt_words import qt_speaking
from ui.theme.tokens import Theme


def said() -> str:
    return QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_qt_speaks_chinese_for_so_long_and_no_longer(qapp: QApplication) -> None:
    with qt_speaking("zh"):
        assert said() == "取消"
    assert said() == "Cancel"
    assert QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText) == (
        "Ctrl+Return"
    )


def test_qt_speaks_english_by_itself(qapp: QApplication) -> None:
    with qt_speaking("en"):
        assert said() == "Cancel"


def test_the_chooser_of_a_chinese_window_is_chinese(
    qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    window = QPushButton()
    qtbot.addWidget(window)
    seen: list[str] = []

    def look() -> None:
        chooser = QApplication.activeModalWidget()
        assert isinstance(chooser, QFileDialog)
        buttons = chooser.findChild(QDialogButtonBox)
        assert buttons is not None
        seen.extend(button.text().partition("(")[0] for button in buttons.buttons())
        chooser.reject()

    QTimer.singleShot(0, window, look)
    ask = WindowQuestions(window, Words.load("zh"), theme, tmp_path)
    assert ask.save_file("另存", "day.plumb", [FileKind("赛事文件", ("*.plumb",))]) is None
    assert sorted(seen) == ["保存", "取消"]
