"""Booking a penalty: whose, which reason of the rules, in which module, and a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.ids import ModuleId
from app.domain.scheme import Event, PenaltyEffect, PenaltyReason
from app.words import Words
from ui.screens.review.tables import effect_text
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.drop_down import DropDown
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row


@dataclass(frozen=True, slots=True)
class Booking:
    """What was entered; ``points`` is text, empty where the rules fix the deduction."""

    number: str
    reason: str
    module: ModuleId | None
    points: str
    note: str


class PenaltyDialog(QDialog):
    """Stays open, with the sentence at the top, until the booking is accepted."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        event: Event,
        module: ModuleId | None,
        apply: Callable[[Booking], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say = words.say
        self._apply = apply
        self._reasons = event.penalties
        self.setWindowTitle(say("review.penalty-title"))
        self.setAccessibleName(say("review.penalty-title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self.number, self.points, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.reason, self.module = DropDown(), DropDown()
        for penalty in event.penalties:
            self.reason.addItem(_option(words, penalty), penalty.code)
        self.module.addItem(say("review.whole-event"), None)
        for one in event.modules:
            self.module.addItem(f"{one.id}  {words.pick(one.name, one.name_en)}", one.id)
        self.module.setCurrentIndex(max(0, self.module.findData(module)))
        self._points = FormField(
            theme, say("review.penalty-points"), self.points, say("review.penalty-points-hint")
        )
        self.reason.currentIndexChanged.connect(lambda _index: self._on_reason())
        self.go = primary_button(theme, say("review.penalty-go"), self._on_go, key="Ctrl+Return")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        frame_dialog(
            self,
            theme,
            text_label(say("review.penalty-title"), Kind.TITLE),
            self.banner,
            FormField(theme, say("review.penalty-entry"), self.number),
            FormField(theme, say("review.penalty-reason"), self.reason),
            FormField(theme, say("review.penalty-module"), self.module),
            self._points,
            FormField(theme, say("review.penalty-note"), self.note),
            foot=row(theme, STRETCH, stay, self.go),
            width=64,
        )
        self._on_reason()
        self.number.setFocus()

    def _on_reason(self) -> None:
        """Marks are asked for only where the rules leave them open."""
        place = self.reason.currentIndex()
        if place >= 0:
            chosen = self._reasons[place]
            is_open = chosen.effect is PenaltyEffect.DEDUCT and not chosen.points
            self._points.setVisible(is_open)
            if not is_open:
                self.points.clear()

    def _on_go(self) -> None:
        booking = Booking(
            self.number.text(),
            self.reason.currentData() or "",
            self.module.currentData(),
            self.points.text().strip(),
            self.note.text(),
        )
        if refusal := self._apply(booking):
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.accept()


def _option(words: Words, penalty: PenaltyReason) -> str:
    effect = (
        effect_text(words, penalty.effect, format(penalty.points, "f"))
        if penalty.points or penalty.effect is not PenaltyEffect.DEDUCT
        else words.say("review.effect-deduct")
    )
    name = words.pick(penalty.name, penalty.name_en)
    return words.say("review.penalty-option", name=name, effect=effect)
