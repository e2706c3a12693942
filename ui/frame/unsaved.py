"""What stands typed in the forms of a screen and was taken by nobody (未保存的录入)."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.words import Words
from ui.dialogs import Confirmation, Questions
from ui.widgets.form_field import FormField
from ui.widgets.rows_editor import RowsEditor


def unsaved(screen: QWidget) -> Iterator[str]:
    """A line for every field and list that would be lost with the screen, seen or not."""
    for field in screen.findChildren(FormField):
        if field.unsaved:
            yield f"{field.label}: {field.unsaved}"
    for rows in screen.findChildren(RowsEditor):
        if rows.unsaved:
            yield rows.unsaved


def may_forget(lost: tuple[str, ...], words: Words, ask: Questions) -> bool:
    """Ask before what was typed goes; at once when there is nothing."""
    say = words.say
    return not lost or ask.confirm(
        Confirmation(
            title=say("frame.unsaved_title"),
            what=say("frame.unsaved_text"),
            action=say("frame.unsaved_anyway"),
            lost=lost,
        )
    )
