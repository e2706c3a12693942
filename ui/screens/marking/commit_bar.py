"""What ends the work on a sheet: committing it, whole or as far as it is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.layout import STRETCH, row

if TYPE_CHECKING:
    from ui.screens.marking.screen import MarkingScreen


class CommitBar(QWidget):
    """The one thing a sheet is for, always in sight at the lower right."""

    def __init__(self, context: ScreenContext, screen: MarkingScreen) -> None:
        super().__init__()
        self._presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.partial = plain_button(
            theme, say("marking.commit-partial"), lambda: screen.commit(partial=True), key="F9"
        )
        self.commit = primary_button(theme, say("marking.commit"), screen.commit, key="Ctrl+Return")
        self.setLayout(row(theme, STRETCH, self.partial, self.commit, gap=1.5))

    def show_state(self) -> None:
        editor = self._presenter.editor
        can_mark = editor is not None and not editor.sheet.is_locked
        self.commit.setEnabled(can_mark)
        self.partial.setEnabled(can_mark and editor is not None and bool(editor.unset))
