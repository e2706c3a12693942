"""When the event starts, as the late rule needs it until the first clock has started."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime
from PySide6.QtWidgets import QDialog, QTimeEdit, QWidget

from app.words import Words
from ui.theme.tokens import Theme
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row


class StartDialog(QDialog):
    """Accepted with ``start_ms``: today at the time chosen, or ``None`` for no start at all."""

    def __init__(
        self, theme: Theme, words: Words, start_ms: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.start_ms = start_ms
        say = words.say
        self.setWindowTitle(say("checkin.start_title"))
        self.setAccessibleName(say("checkin.start_title"))
        self.setMinimumWidth(theme.px(56))
        shown = QDateTime.currentDateTime()
        if start_ms is not None:
            shown = QDateTime.fromMSecsSinceEpoch(start_ms)
        self.time = QTimeEdit(shown.time())
        self.time.setDisplayFormat("HH:mm")
        self.go = primary_button(theme, say("checkin.start_action"), self._on_go, key="Ctrl+Return")
        self.none = plain_button(theme, say("checkin.start_none"), self._on_none)
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        self.setLayout(
            column(
                theme,
                text_label(say("checkin.start_title"), Kind.TITLE),
                text_label(say("checkin.start_what"), wraps=True),
                FormField(theme, say("checkin.start_time"), self.time),
                row(theme, self.none, STRETCH, stay, self.go),
                gap=2,
                margin=3,
            )
        )
        self.time.setFocus()

    def _on_go(self) -> None:
        chosen = self.time.time()
        to_the_minute = chosen.addSecs(-chosen.second()).addMSecs(-chosen.msec())
        self.start_ms = QDateTime(QDate.currentDate(), to_the_minute).toMSecsSinceEpoch()
        self.accept()

    def _on_none(self) -> None:
        self.start_ms = None
        self.accept()
