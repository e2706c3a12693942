"""Where certificates go: into one PDF, or to a printer, both beside the window."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.reports.paper import Watched
from app.services.certificate_printing import Batch, print_batch
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.qt_words import qt_speaking
from ui.screens.certificates.presenter import CertificatesPresenter
from ui.screens.certificates.print_job import PrintJob
from ui.screens.certificates.print_strip import PrintStrip
from ui.screens.certificates.promotion_dialog import PromotionDialog
from ui.tasks import Cancelled, Progress
from ui.widgets.progress_strip import ProgressStrip

MakePrinter = Callable[[], QPrinter]


class Output:
    """Issues and prints what the presenter says; ``fail`` gets what goes wrong."""

    def __init__(
        self,
        context: ScreenContext,
        presenter: CertificatesPresenter,
        progress: ProgressStrip,
        strip: PrintStrip,
        window: QWidget,
    ) -> None:
        self._context, self._presenter = context, presenter
        self._progress, self._strip, self._window = progress, strip, window
        self.choose_printer: Callable[[], MakePrinter | None] = self._ask_printer
        self.fail: Callable[[Exception], None] = context.fail

    @property
    def busy(self) -> bool:
        """Is anything being printed?"""
        return self._strip.busy or self._progress.isVisible()

    def into_pdf(self) -> None:
        """Ask for a file, issue, and write all pages into it."""
        title = self._context.words.say("certificates.save_title")
        target = self._target(title, self._presenter.file_name())
        if target is None or not self._presenter.confirm_work():
            return
        batch = self._issued()
        if batch is None:
            return
        self._run(
            batch,
            lambda progress, cancelled: print_batch(batch, Watched(target, progress, cancelled)),
            lambda _pages: self._saved(batch, target),
        )

    def to_printer(self) -> None:
        """Ask for a printer, issue, and send the pages in small jobs."""
        make_printer = self.choose_printer()
        if make_printer is None or not self._presenter.confirm_work():
            return
        batch = self._issued()
        if batch is None:
            return
        pages = io.BytesIO()
        self._run(
            batch,
            lambda progress, cancelled: print_batch(batch, Watched(pages, progress, cancelled)),
            lambda _pages: self._send(batch, pages.getvalue(), make_printer),
        )

    def ledger(self) -> None:
        """The ledger of every number, as a PDF to sign or a workbook."""
        say = self._context.words.say
        suggested = say("certificates.ledger_file") + ".pdf"
        target = self._target(say("certificates.save_ledger"), suggested, workbook=True)
        if target is None:
            return
        try:
            write = self._presenter.ledger_writer(target)
        except (RuleBroken, Problem) as refusal:
            self.fail(refusal)
            return
        self._write(write, target, "certificates.ledger_saved", "certificates.ledger_writing")

    def nominations(self) -> None:
        """The list of nominations that follows from the result, as a PDF to sign or a workbook."""
        say = self._context.words.say
        suggested = f"{self._presenter.event}-{say('nominations.file')}.pdf"
        target = self._target(say("nominations.save-title"), suggested, workbook=True)
        if target is None:
            return
        try:
            write = self._presenter.nominations_writer(target)
        except (RuleBroken, Problem) as refusal:
            self.fail(refusal)
            return
        self._write(write, target, "nominations.saved", "nominations.making")

    def promotion(self) -> None:
        """Who goes up to the next round, who declines, and the list as a paper or a roster."""
        dialog = PromotionDialog(
            self._context,
            self._presenter.promotion(),
            lambda write, target: self._write(write, target, "promotion.saved", "promotion.making"),
            self._window,
        )
        dialog.open()

    def _write(self, write: Callable[[], int], target: Path, saved: str, making: str) -> None:
        task = self._context.tasks.run(
            lambda _progress, _cancelled: write(),
            lambda count: self._announce(saved, count=count, file=target.name),
            self.fail,
        )
        self._progress.follow(task, self._context.words.say(making))

    def _issued(self) -> Batch | None:
        try:
            return self._presenter.issue()
        except (RuleBroken, Problem) as refusal:
            self.fail(refusal)
            return None

    def _run(
        self,
        batch: Batch,
        work: Callable[[Progress, Cancelled], int],
        done: Callable[[int], None],
    ) -> None:
        task = self._context.tasks.run(work, done, self.fail)
        count = len(batch.numbers)
        self._progress.follow(task, self._context.words.say("certificates.making", count=count))

    def _saved(self, batch: Batch, target: Path) -> None:
        self._presenter.printed(batch.numbers)
        self._announce("certificates.saved", count=len(batch.numbers), file=target.name)

    def _send(self, batch: Batch, pdf: bytes, make_printer: MakePrinter) -> None:
        job = PrintJob(pdf, batch.numbers, make_printer, self._window)
        job.job_taken.connect(self._presenter.printed)
        job.failed.connect(self.fail)
        job.ended.connect(lambda: self._ended(job))
        self._strip.follow(job)
        job.start()

    def _ended(self, job: PrintJob) -> None:
        self._announce("certificates.sent", done=job.done, pages=job.pages)
        job.deleteLater()

    def _announce(self, key: str, **details: str | int) -> None:
        self._context.announce(self._context.words.say(key, **details))

    def _target(self, title: str, suggested: str, *, workbook: bool = False) -> Path | None:
        say = self._context.words.say
        kinds = [FileKind(say("results.kind_pdf"), ("*.pdf",))]
        if workbook:
            kinds.append(FileKind(say("results.kind_xlsx"), ("*.xlsx",)))
        return self._context.ask.save_file(title, suggested, kinds)

    def _ask_printer(self) -> MakePrinter | None:
        """The system's own dialog, once; every small job goes to the printer chosen there."""
        chosen = QPrinter(QPrinter.PrinterMode.HighResolution)
        with qt_speaking(self._context.words.language):
            dialog = QPrintDialog(chosen, self._window)
            if dialog.exec() != QDialog.DialogCode.Accepted:
                return None

        def again() -> QPrinter:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setPrinterName(chosen.printerName())
            if chosen.outputFormat() is QPrinter.OutputFormat.PdfFormat:
                printer.setOutputFileName(chosen.outputFileName())
            printer.setPageLayout(chosen.pageLayout())
            printer.setDuplex(chosen.duplex())
            printer.setPaperSource(chosen.paperSource())
            printer.setCopyCount(chosen.copyCount())
            return printer

        return again
