"""Tell the style sheet what a widget is, and apply a theme to the running application."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.fonts import font
from ui.theme.palette import palette_of
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import Theme, Tone


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole application one look: style, palette, font and style sheet."""
    application.setStyle("Fusion")
    application.setPalette(palette_of(theme))
    application.setFont(font(theme))
    application.setStyleSheet(stylesheet(theme))


def mark(widget: QWidget, *, kind: str = "", role: str = "", tone: Tone | None = None) -> None:
    """Set the properties the style sheet selects by, replacing the former ones."""
    _set(widget, {"kind": kind, "role": role, "tone": tone.value if tone else ""})


def mark_wrong(field: QWidget, wrong: bool) -> None:
    """Give a field the border that says its content cannot be accepted, or take it off."""
    _set(field, {"wrong": "true" if wrong else ""})


def _set(widget: QWidget, said: dict[str, str]) -> None:
    changed = [name for name, value in said.items() if (widget.property(name) or "") != value]
    for name in changed:
        widget.setProperty(name, said[name])
    # A style sheet looks at properties once; a widget that has been shown must be told again.
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
