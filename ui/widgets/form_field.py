"""A labelled field whose error stands right below it, in a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme.styling import mark, mark_wrong
from ui.theme.tokens import Theme, Tone
from ui.widgets.labels import Kind, text_label


class FormField(QWidget):
    """Wraps any editor with a label, a hint, and room for one error."""

    def __init__(self, theme: Theme, label: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.label = label
        self._hint = hint
        title = text_label(label, Kind.LABEL)
        title.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        self._below = text_label(hint, Kind.LABEL, wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(0.5))
        for part in (title, editor, self._below):
            layout.addWidget(part)
        # Only now: shown while it has no parent, it would flash up as a window of its own.
        self._below.setVisible(bool(hint))

    @property
    def text(self) -> str:
        """What stands in a field that is typed into; empty for any other editor."""
        match self.editor:
            case QLineEdit() as line:
                return line.text()
            case QPlainTextEdit() as lines:
                return lines.toPlainText()
            case _:
                return ""

    def show_text(self, text: str) -> None:
        """Put a text into a field that is typed into, as one that is kept."""
        match self.editor:
            case QLineEdit() as line:
                line.setText(text)
            case QPlainTextEdit() as lines:
                lines.setPlainText(text)

    @property
    def unsaved(self) -> str:
        """What a person typed here and nobody took; empty when there is nothing to lose."""
        match self.editor:
            case QLineEdit() as line if line.isModified():
                return self.text.strip()
            case QPlainTextEdit() as lines if lines.document().isModified():
                return self.text.strip()
            case _:
                return ""

    def take(self) -> None:
        """What stands here has been kept, as it was typed."""
        match self.editor:
            case QLineEdit() as line:
                line.setModified(False)
            case QPlainTextEdit() as lines:
                lines.document().setModified(False)

    @property
    def error(self) -> str:
        return self._below.text() if self.editor.property("wrong") == "true" else ""

    def show_error(self, sentence: str) -> None:
        """Say at the field what is wrong and what to do."""
        self._show(sentence, tone=Tone.BLOCKED)

    def clear_error(self) -> None:
        """Back to the hint."""
        self._show(self._hint, tone=None)

    def _show(self, text: str, tone: Tone | None) -> None:
        mark(self._below, kind=Kind.LABEL.value, tone=tone)
        self._below.setText(text)
        self._below.setVisible(bool(text))
        mark_wrong(self.editor, tone is not None)
        self.editor.setAccessibleDescription(text)
