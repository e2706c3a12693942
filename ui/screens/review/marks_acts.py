"""Marks in and out as a table: a file taken in after a look at its rows, a table to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.marks_files import MarksFile, read_marks_file
from app.services.marks_import import ExaminedRow, MarksImport
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.screens.review.marks_dialog import MarksDialog
from ui.theme.tokens import Tone
from ui.words import refusal

if TYPE_CHECKING:
    from ui.screens.review.screen import ReviewScreen


class MarksActs:
    """Files of marks, for whoever may record them."""

    def __init__(self, context: ScreenContext, screen: ReviewScreen) -> None:
        self._context, self._words = context, context.words
        self._screen, self._presenter = screen, screen.presenter

    def take_in(self) -> None:
        """Choose a file of marks, look at what would become of its rows, take them in at once."""
        say = self._words.say
        kinds = [FileKind(say("import_marks.kind"), ("*.csv", "*.xlsx", "*.xls", "*.ods"))]
        path = self._context.ask.open_file(say("import_marks.title"), kinds)
        if path is None:
            return
        attempt = self._screen.banner.attempt
        read: list[MarksFile] = []
        if not attempt(lambda: read.append(read_marks_file(path))):
            return
        file = read[0]

        def apply(reason: str) -> str:
            done: list[MarksImport] = []
            refused = refusal(
                self._words, lambda: done.append(self._presenter.import_marks(file, reason))
            )
            if done:
                self._screen.show_reading()
                given, unchanged = done[0].given, done[0].unchanged
                self._tell(say("import_marks.done", count=given, unchanged=unchanged))
            return refused

        found: list[ExaminedRow] = []
        if attempt(lambda: found.extend(self._presenter.examine(file.rows))):
            theme = self._context.theme
            dialog = MarksDialog(theme, self._words, file.name, found, apply, self._screen)
            self._screen.open_dialog(dialog)

    def save_form(self) -> None:
        """A table with a row for each work of the module, to be filled in and taken in again."""
        say, event, module = self._words.say, self._presenter.event, self._presenter.module
        if event is None or module is None:
            return
        kinds = [FileKind(say("import_marks.form-kind"), ("*.xlsx", "*.csv"))]
        suggested = f"{event.code}-{module.id}-{say('import_marks.form-file')}.xlsx"
        target = self._context.ask.save_file(say("import_marks.form-title"), suggested, kinds)
        if target is None:
            return
        written: list[int] = []
        if self._screen.banner.attempt(
            lambda: written.append(self._presenter.write_marks_form(self._words, target))
        ):
            self._tell(say("import_marks.form-saved", count=written[0], file=target.name))

    def _tell(self, said: str) -> None:
        self._context.announce(said)
        self._screen.banner.say(Tone.DONE, said)
