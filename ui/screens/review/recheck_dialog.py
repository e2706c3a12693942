"""What the paper says otherwise: in which module, how many marks, and which."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.ids import ModuleId
from app.domain.scheme import Event
from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.drop_down import DropDown
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row


class RecheckDialog(QDialog):
    """Stays open, with the sentence at the top, until what was found is recorded."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        event: Event,
        number: str,
        apply: Callable[[ModuleId | None, str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say = words.say
        self._apply = apply
        title = say("recheck.wrong-title", number=number)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self.module = DropDown()
        for one in event.modules:
            self.module.addItem(f"{one.id}  {words.pick(one.name, one.name_en)}", one.id)
        self.count, self.note = QLineEdit("1"), QLineEdit()
        hint = say("recheck.wrong-note-hint")
        self.go = primary_button(theme, say("recheck.wrong-go"), self._on_go, key="Ctrl+Return")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE, wraps=True),
            self.banner,
            FormField(theme, say("recheck.wrong-module"), self.module),
            FormField(theme, say("recheck.wrong-count"), self.count),
            FormField(theme, say("recheck.wrong-note"), self.note, hint),
            foot=row(theme, STRETCH, stay, self.go),
            width=64,
        )
        self.note.returnPressed.connect(self._on_go)
        self.note.setFocus()

    def _on_go(self) -> None:
        refusal = self._apply(self.module.currentData(), self.count.text(), self.note.text())
        if refusal:
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.accept()
