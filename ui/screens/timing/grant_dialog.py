"""Granting time: when the loss began and ended, why, and what happened."""

from __future__ import annotations

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QDateTimeEdit, QDialog, QLineEdit, QWidget

from app.domain.countdown import MINUTE_MS, format_duration
from app.services.timing import Loss, LossReason
from app.words import Words
from ui.screens.timing.grants import GrantAnswer, GrantQuestion
from ui.theme.tokens import Theme
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.drop_down import DropDown
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row

_DAY_MS = 24 * 60 * MINUTE_MS
_GUESS_MS = 5 * MINUTE_MS


class GrantDialog(QDialog):
    """``answer`` is the loss to give back, or ``None``."""

    def __init__(
        self, theme: Theme, words: Words, asked: GrantQuestion, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.answer: GrantAnswer | None = None
        self._words, say = words, words.say
        self.setWindowTitle(say("timing.grant_title"))
        self.setAccessibleName(say("timing.grant_title"))
        self.setMinimumWidth(theme.px(72))
        by_day = asked.now_ms - asked.started_ms > _DAY_MS // 2
        self._shape = "MM-dd HH:mm:ss" if by_day else "HH:mm:ss"
        self.since = self._moment(max(asked.started_ms, asked.now_ms - _GUESS_MS))
        self.until = self._moment(asked.now_ms)
        self.reason = DropDown()
        for one in LossReason:
            self.reason.addItem(say(f"timing.reason_{one.value}"), one)
        self.note = QLineEdit()
        self._length = text_label("", Kind.BIG)
        self.go = primary_button(theme, say("timing.grant_action"), self._on_go, key="Ctrl+Return")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        times = row(
            theme,
            (FormField(theme, say("timing.grant_from"), self.since), 1),
            (FormField(theme, say("timing.grant_to"), self.until), 1),
            gap=2,
        )
        self.setLayout(
            column(
                theme,
                text_label(say("timing.grant_title"), Kind.TITLE),
                text_label(say("timing.grant_what", place=asked.place), wraps=True),
                times,
                FormField(theme, say("timing.grant_reason"), self.reason),
                FormField(theme, say("timing.grant_note"), self.note),
                row(theme, self._length, STRETCH, stay, self.go),
                gap=2,
                margin=3,
            )
        )
        for moment in (self.since, self.until):
            moment.dateTimeChanged.connect(self._on_moved)
        self._on_moved()
        self.since.setFocus()

    def _moment(self, at_ms: int) -> QDateTimeEdit:
        moment = QDateTimeEdit(QDateTime.fromMSecsSinceEpoch(at_ms))
        moment.setDisplayFormat(self._shape)
        return moment

    def _loss(self) -> Loss:
        since, until = (edit.dateTime().toMSecsSinceEpoch() for edit in (self.since, self.until))
        return Loss(since, until, LossReason(self.reason.currentData()))

    def _on_moved(self) -> None:
        length_ms = self._loss().length_ms
        self.go.setEnabled(length_ms > 0)
        shown = format_duration(length_ms) if length_ms > 0 else "–"
        self._length.setText(self._words.say("timing.grant_length", length=shown))

    def _on_go(self) -> None:
        self.answer = GrantAnswer(self._loss(), self.note.text().strip())
        self.accept()
