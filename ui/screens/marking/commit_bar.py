"""What ends the work on a sheet: committing it, whole or as far as it is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.entries import Cell
from app.services.mark_words import aspect_name, cell_text, full_text, judge_name
from app.words import Words
from ui.context import ScreenContext
from ui.dialogs import Confirmation
from ui.screens.marking.sheet_editor import SheetEditor
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.flow import flow
from ui.widgets.layout import STRETCH, column

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
        line = flow(theme, STRETCH, self.partial, self.commit, gap=1.5)
        self.setLayout(column(theme, line))

    def show_state(self) -> None:
        editor = self._presenter.editor
        can_mark = editor is not None and not editor.sheet.is_locked
        self.commit.setEnabled(can_mark)
        self.partial.setEnabled(can_mark and editor is not None and bool(editor.unset))


def confirmation(words: Words, editor: SheetEditor, *, partial: bool) -> Confirmation:
    """The work code large and every mark once more, as it will stand and what it replaces."""
    rows: list[tuple[str, str]] = []
    changed = 0
    for place, row in enumerate(editor.sheet.rows):
        mark = full_text(words, row.aspect, editor.cell(place))
        if row.aspect.id in editor.typed and isinstance(row.held, Cell):
            mark = f"{cell_text(words, row.aspect, row.held)} → {mark}"
            changed += 1
        rows.append((f"{row.aspect.id}  {aspect_name(words, row.aspect)}", mark))
    say, unset = words.say, len(editor.unset)
    name = judge_name(words, editor.sheet.judge)
    partly = say("marking.confirm-partial", judge=name, unset=unset)
    whole = say("marking.confirm-what", judge=name, count=len(editor.typed) - changed)
    replaced = say("marking.confirm-replaced", count=changed) if changed else ""
    what = partly if unset else whole
    return Confirmation(
        title=say("marking.confirm-title"),
        what=f"{what}\n{replaced}".rstrip(),
        action=say("marking.commit-partial" if partial else "marking.commit"),
        shown_large=editor.sheet.work,
        rows=tuple(rows),
        tone=Tone.ATTENTION if changed else Tone.RUNNING,
        careful=changed > 0,
    )
