"""The papers of marking (评分用纸): chosen in a dialog, filled in here, printed on a worker."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode, ModuleId
from app.problems import Problem
from app.reports.paper import Watched
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.theme.tokens import Tone
from ui.widgets.form_dialog import Field, FormDialog, FormQuestion

if TYPE_CHECKING:
    from app.services.mark_papers import MarkPaper, Write
    from ui.screens.review.screen import ReviewScreen


class PaperActs:
    """One paper at a time, of the chosen event."""

    def __init__(self, context: ScreenContext, screen: ReviewScreen) -> None:
        self._context, self._words = context, context.words
        self._screen, self._presenter = screen, screen.presenter

    def choose(self) -> None:
        """Ask which paper, and of which module; the dialog stays open while it is refused."""
        if self._presenter.event is not None:
            self._screen.open_dialog(self.make_dialog())

    def make_dialog(self) -> FormDialog:
        """The question as it stands for the chosen event and module, not yet on any screen."""
        # The papers and what lays them out are loaded only when paper is wanted.
        from app.services.mark_papers import MarkPaper

        say, event, module = self._words.say, self._presenter.event, self._presenter.module
        assert event is not None, "there is nothing to print without an event"
        parts = [
            (one.id, f"{one.id}  {self._words.pick(one.name, one.name_en)}")
            for one in event.modules
        ]
        question = FormQuestion(
            title=say("mark_sheets.paper-title"),
            what=say("mark_sheets.paper-what"),
            action=say("mark_sheets.paper-save"),
            fields=(
                Field(
                    "paper",
                    say("mark_sheets.paper-kind"),
                    MarkPaper.BLANK,
                    tuple((one.value, say(f"mark_sheets.paper-{one}")) for one in MarkPaper),
                ),
                Field(
                    "module",
                    say("review.module"),
                    module.id if module else "",
                    (("", say("mark_sheets.paper-all")), *parts),
                ),
            ),
        )

        def apply(chosen: Mapping[str, str]) -> str:
            module = ModuleId(chosen["module"]) if chosen["module"] else None
            return self._print(event.code, MarkPaper(chosen["paper"]), module)

        dialog = FormDialog(self._context.theme, self._words, question, apply, self._screen)
        paper, which = dialog.editors["paper"], dialog.editors["module"]
        assert isinstance(paper, QComboBox), "a field with options is a list to choose from"
        paper.currentIndexChanged.connect(
            lambda _place: which.setEnabled(not MarkPaper(paper.currentData()).is_of_event)
        )
        return dialog

    def _print(self, event: EventCode, wanted: MarkPaper, module: ModuleId | None) -> str:
        """Fill the paper in and write it where the person says; returns the refusal, if any."""
        from app.services.mark_papers import fill_in

        say = self._words.say
        try:
            write = fill_in(self._context.station, event, wanted, self._words, module)
        except (RuleBroken, Problem) as refused:
            return self._words.explain(refused)
        title = say(f"mark_sheets.paper-{wanted}")
        of = "" if module is None or wanted.is_of_event else f" {module}"
        name = f"{event}{of} {title}.pdf"
        kinds = [FileKind(say("mark_sheets.paper-pdf"), ("*.pdf",))]
        target = self._context.ask.save_file(say("mark_sheets.paper-title"), name, kinds)
        if target is not None:
            self._write(write, target, title)
        return ""

    def _write(self, write: Write, target: Path, title: str) -> None:
        say = self._words.say

        def done(pages: int) -> None:
            said = say("mark_sheets.paper-saved", paper=title, count=pages, file=target.name)
            self._context.announce(said)
            self._screen.banner.say(Tone.DONE, said)

        task = self._context.tasks.run(
            lambda progress, cancelled: write(Watched(target, progress, cancelled)),
            done,
            self._context.fail,
        )
        self._screen.strip.follow(task, say("mark_sheets.paper-writing", paper=title))
