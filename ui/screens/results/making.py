"""Makes the papers of a result beside the window: list to be signed, workbook, star allowances."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.reports.results_list import write_results_list
from app.sheets.result_tables import write_results_xlsx
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.screens.results.presenter import ResultsPresenter
from ui.widgets.progress_strip import ProgressStrip
from ui.writing import write_beside


class PaperMaker:
    """Asks where a paper goes, fills it in here and writes it on a worker."""

    def __init__(
        self, context: ScreenContext, presenter: ResultsPresenter, progress: ProgressStrip
    ) -> None:
        self._context, self._presenter, self._progress = context, presenter, progress

    def print_list(self) -> None:
        """The signed-result list as a PDF; a draft where nothing of this is published."""
        words = self._context.words
        target = self._target(words.say("results.print"), ".pdf", words.say("results.kind_pdf"))
        if target is not None:
            content = self._presenter.results_list()
            self._make(lambda: write_results_list(content, words, target), target, "printing")

    def export(self) -> None:
        """The result as a workbook."""
        words = self._context.words
        target = self._target(words.say("results.export"), ".xlsx", words.say("results.kind_xlsx"))
        if target is not None:
            content = self._presenter.results_table()
            self._make(lambda: write_results_xlsx(content, target, words), target, "exporting")

    def allowances(self) -> None:
        """The sheet by which the star allowances of the published result are paid out."""
        # The printing engine takes a third of a second to load: only when paper is wanted.
        from app.services.allowances import allowance_writer, event_allowances

        context, event = self._context, self._presenter.shown.event
        assert event is not None
        words = context.words
        kinds = [
            FileKind(words.say("results.kind_pdf"), ("*.pdf",)),
            FileKind(words.say("results.kind_xlsx"), ("*.xlsx",)),
        ]
        name = f"{event}-{words.say('allowances.file')}.pdf"
        target = context.ask.save_file(words.say("allowances.make"), name, kinds)
        if target is None:
            return

        def make() -> None:
            sheet = event_allowances(context.station, event, words)
            write = allowance_writer(context.station, sheet, words, target)
            self._make(write, target, "printing")

        context.attempt(make)

    def _target(self, title: str, ending: str, kind: str) -> Path | None:
        kinds = [FileKind(kind, (f"*{ending}",))]
        return self._context.ask.save_file(title, self._presenter.file_name(ending), kinds)

    def _make(self, work: Callable[[], object], target: Path, doing: str) -> None:
        say = self._context.words.say
        task = write_beside(self._context, work, say("results.saved", file=target.name))
        self._progress.follow(task, say(f"results.{doing}"))
