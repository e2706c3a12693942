"""A catalogue, ladder or table of bands of one aspect, edited as rows with what is wrong below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.errors import RuleBroken
from app.words import Words
from ui.screens.setup.field_specs import Column, FieldSpec
from ui.screens.setup.rule_words import explained
from ui.screens.setup.struct_fields import rows_of, rows_text
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row
from ui.widgets.rows_editor import EditColumn, RowsEditor

_MANY_COLUMNS = 8


class RowsDialog(QDialog):
    """``take`` and ``check`` are those of the form; nothing is taken before the person says so."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        spec: FieldSpec,
        *,
        take: Callable[[str, str], None],
        check: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._spec = spec
        self._take = take
        self._check = check
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wide = 160 if len(spec.columns) > _MANY_COLUMNS else 124
        columns = [self._column(one) for one in spec.columns]
        self.editor = RowsEditor(theme, words, columns, spec.blank, name=title)
        self.editor.show_rows(rows_of(spec.value))
        self.editor.rows_edited.connect(self._on_edited)
        self.found = text_label(tone=Tone.ATTENTION, wraps=True)
        self.go = primary_button(
            theme, words.say("setup.rows_take"), self._on_go, key="Ctrl+Return"
        )
        stay = plain_button(theme, words.say("frame.cancel"), self.reject)
        hint = words.texts.get(f"setup.rows_hint_{spec.name.rpartition('.')[2]}", "")
        about = text_label(hint, Kind.MUTED, wraps=True)
        about.setVisible(bool(hint))
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE, wraps=True),
            about,
            (self.editor, 1),
            self.found,
            foot=row(theme, STRETCH, stay, self.go),
            width=wide,
            height=60,
        )
        self._on_edited(rows_of(spec.value))

    def _column(self, one: Column) -> EditColumn:
        say = self._words.say
        choices = {code: say(f"setup.choice_{code}") for code in one.choices} or None
        heading = say(f"setup.column_{one.name}")
        return EditColumn(heading, choices, one.is_number, one.stretches)

    def _on_edited(self, rows: list[tuple[str, ...]]) -> None:
        wrong = self._check(self._spec.name, rows_text(rows))
        self.found.setText(wrong)
        self.found.setVisible(bool(wrong))

    def _on_go(self) -> None:
        # A cell that is still being typed is taken when it loses the focus.
        self.go.setFocus()
        try:
            self._take(self._spec.name, rows_text(self.editor.model.rows))
        except RuleBroken as refused:
            self.editor.show_error(explained(self._words, refused))
            return
        self.accept()
