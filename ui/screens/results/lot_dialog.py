"""Parting a tie by lot: first the hash of the seed for everybody to write down, then the lot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row


class LotDialog(QDialog):
    """``announce`` and ``draw`` return the sentence of a refusal, or nothing; ``announced`` is the
    hash shown, empty before. Of a seed that waits elsewhere nothing can be drawn here."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        entries: str,
        announced: Callable[[], str],
        announce: Callable[[str], str],
        draw: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say = words.say
        self._announced, self._announce, self._draw = announced, announce, draw
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self._hash_name = text_label(say("ties.hash"), Kind.LABEL)
        self.hash = text_label("", Kind.STRONG, wraps=True, selectable=True)
        self.reason = QLineEdit(say("ties.lot-reason"))
        self.show_hash = plain_button(theme, say("ties.announce"), self._on_announce, key="Alt+A")
        self.go = primary_button(theme, say("ties.draw-now"), self._on_draw, key="Ctrl+Return")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE),
            text_label(entries, Kind.STRONG, wraps=True),
            text_label(say("ties.about-lot"), wraps=True),
            self.banner,
            self._hash_name,
            self.hash,
            FormField(theme, say("ties.reason"), self.reason),
            foot=row(theme, STRETCH, stay, self.show_hash, self.go),
            width=88,
        )
        self._show()

    def _show(self) -> None:
        found = self._announced()
        self._hash_name.setVisible(bool(found))
        self.hash.setVisible(bool(found))
        # Eight groups of eight: read aloud and compared.
        self.hash.setText(" ".join(found[at : at + 8] for at in range(0, len(found), 8)))
        self.show_hash.setEnabled(not found)
        self.go.setEnabled(bool(found))
        layout = self.layout()
        assert layout is not None
        # The hash takes two lines of its own, which a window already shown would not make room for.
        width = max(self.width(), self.minimumWidth())
        self.resize(width, layout.totalHeightForWidth(width))

    def _on_announce(self) -> None:
        self._say(self._announce(self.reason.text()))
        self._show()

    def _on_draw(self) -> None:
        refusal = self._draw(self.reason.text())
        if refusal:
            self._say(refusal)
        else:
            self.accept()

    def _say(self, refusal: str) -> None:
        if refusal:
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.banner.clear()
