"""A batch on its way to a printer: page by page, with pause, resume and stop.

It goes out in small jobs, because a printer has taken a job only when the job has ended: what is
said to be printed is then true to within a few sheets, also after a paper jam at midnight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.domain.ids import CertificateNumber
from app.problems import Problem
from ui.pdf_pages import PdfPages

PAGES_A_JOB = 8
_DOTS_PER_INCH = 300
"""Certificates are lettering and rules; more dots only make the spool file larger."""


class PrintJob(QObject):
    """``page_taken(done, all)`` after each page, ``job_taken(numbers)`` after each small job."""

    page_taken = Signal(int, int)
    job_taken = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        pdf: bytes,
        numbers: Sequence[CertificateNumber],
        printer: Callable[[], QPrinter],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbers = tuple(numbers)
        self._make_printer = printer
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._done = 0
        self._begun = 0
        self._document = PdfPages(pdf)
        # One page a turn of the event loop keeps the window alive meanwhile.
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    @property
    def paused(self) -> bool:
        return not self._turn.isActive()

    @property
    def pages(self) -> int:
        return len(self._numbers)

    @property
    def done(self) -> int:
        """Pages handed to the printer so far."""
        return self._done

    def start(self) -> None:
        self._turn.start()

    def pause(self) -> None:
        """Stop after this page; what is begun goes out to the printer."""
        self._turn.stop()
        self._end_job()

    def resume(self) -> None:
        self._turn.start()

    def stop(self) -> None:
        """Print no more; the pages that went out stay remembered as printed."""
        self.pause()
        self._document.close()
        self.ended.emit()

    def _on_turn(self) -> None:
        if self._done == self.pages:
            self.stop()
            return
        try:
            self._print_page(self._done)
        except Problem as problem:
            self._turn.stop()
            self._painter = None
            self._document.close()
            self.failed.emit(problem)
            self.ended.emit()
            return
        self._done += 1
        self.page_taken.emit(self._done, self.pages)
        if self._done - self._begun == PAGES_A_JOB:
            self._end_job()

    def _print_page(self, number: int) -> None:
        if self._painter is None or self._printer is None:
            self._begin_job()
        elif not self._printer.newPage():
            raise Problem("printer-refused", printer=self._printer.printerName())
        assert self._painter is not None
        assert self._printer is not None
        sheet = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        page = self._document.picture(number, sheet.size())
        self._painter.drawImage(QRect(sheet.topLeft(), sheet.size()), page)

    def _begin_job(self) -> None:
        printer = self._make_printer()
        printer.setResolution(_DOTS_PER_INCH)
        printer.setFullPage(True)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        painter = QPainter()
        if not painter.begin(printer):
            raise Problem("printer-refused", printer=printer.printerName())
        self._printer, self._painter = printer, painter
        self._begun = self._done

    def _end_job(self) -> None:
        if self._painter is None:
            return
        self._painter.end()
        self._painter = self._printer = None
        self.job_taken.emit(self._numbers[self._begun : self._done])
        self._begun = self._done
