"""Scores side by side with a reason: a panel's new vote, or the correction of one mark.

The dialog stays open, with the sentence at the top, until what was entered is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, card, row


@dataclass(frozen=True, slots=True)
class ScoreField:
    """One score to enter: whose, what stands now, and how it is shown.

    ``text`` stands in the field at first; ``has_words`` gives it room and an input method.
    """

    key: str
    label: str
    held: str
    text: str = ""
    has_words: bool = False


@dataclass(frozen=True, slots=True)
class ScoreQuestion:
    """What the dialog is about. ``lines`` are read, e.g. descriptors; ``action`` names the key."""

    title: str
    large: str
    what: str
    fields: tuple[ScoreField, ...]
    reason: str
    now: str
    action: str
    lines: tuple[str, ...] = ()


Apply = Callable[[Mapping[str, str], str], str]
"""Takes the typed scores by key and the reason; returns the refusal, empty when accepted."""


class ScoreDialog(QDialog):
    """Enter goes from field to field, Ctrl+Enter records."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        question: ScoreQuestion,
        apply: Apply,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._apply = apply
        self.setWindowTitle(question.title)
        self.setAccessibleName(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self.scores = {one.key: self._score_edit(theme, one) for one in question.fields}
        self.reason = QLineEdit()
        self.go = primary_button(theme, question.action, self._on_go, key="Ctrl+Return")
        stay = plain_button(theme, words.say("frame.cancel"), self.reject)
        large = text_label(question.large, Kind.NAME)
        large.setAlignment(Qt.AlignmentFlag.AlignCenter)
        parts: list[Part] = [
            text_label(question.title, Kind.TITLE, wraps=True),
            self.banner,
            large,
            text_label(question.what, Kind.STRONG, wraps=True),
            *(text_label(line, Kind.MUTED, wraps=True) for line in question.lines),
            self._side_by_side(theme, question.fields, question.now),
            FormField(theme, question.reason, self.reason),
        ]
        frame_dialog(self, theme, *parts, foot=row(theme, STRETCH, stay, self.go), width=72)
        order: Sequence[QLineEdit] = [*self.scores.values(), self.reason]
        for edit, following in zip(order, [*order[1:], None], strict=True):
            edit.returnPressed.connect(following.setFocus if following else self._on_go)
        order[0].setFocus()

    def _score_edit(self, theme: Theme, field: ScoreField) -> QLineEdit:
        edit = QLineEdit(field.text)
        edit.setAccessibleName(field.label)
        edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if field.has_words:
            edit.setMinimumWidth(theme.px(54))
            return edit
        edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        edit.setMaximumWidth(theme.px(18))
        return edit

    def _side_by_side(self, theme: Theme, fields: Sequence[ScoreField], now: str) -> QWidget:
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(2))
        for one in fields:
            held = text_label(one.held, Kind.BIG)
            caption = text_label(now, Kind.LABEL)
            for label in (held, caption):
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            beside.addWidget(
                card(theme, text_label(one.label, Kind.STRONG), held, caption, self.scores[one.key])
            )
        beside.addStretch(1)
        holder = QWidget()
        beside.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(beside)
        return holder

    def _on_go(self) -> None:
        typed = {key: edit.text().strip() for key, edit in self.scores.items()}
        refusal = self._apply(typed, self.reason.text())
        if refusal:
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.accept()
