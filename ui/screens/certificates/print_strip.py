"""A print job under way: how many pages the printer has taken, pause, go on, stop."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar

from app.words import Words
from ui.screens.certificates.print_job import PrintJob
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.buttons import plain_button
from ui.widgets.labels import text_label
from ui.widgets.layout import row


class PrintStrip(QFrame):
    """Hidden until it follows a job; hidden again when the job has ended."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self._job: PrintJob | None = None
        mark(self, kind="sunken")
        self._taken = text_label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.pause = plain_button(theme, words.say("certificates.pause"), self._on_pause)
        self.stop = plain_button(theme, words.say("frame.stop_task"), self._on_stop)
        self.setLayout(
            row(theme, self._taken, (self._bar, 1), self.pause, self.stop, gap=2, margin=1)
        )
        self.hide()

    @property
    def text(self) -> str:
        """What it says of the printer."""
        return self._taken.text()

    @property
    def busy(self) -> bool:
        """Is a job under way or held?"""
        return self._job is not None

    def follow(self, job: PrintJob) -> None:
        """Show this job until it ends."""
        self._job = job
        self._bar.setRange(0, job.pages)
        job.page_taken.connect(self._on_page)
        job.ended.connect(self._on_ended)
        self._on_page(job.done, job.pages)
        self.pause.setText(self._words.say("certificates.pause"))
        self.show()

    def _on_page(self, done: int, pages: int) -> None:
        self._bar.setValue(done)
        self._taken.setText(self._words.say("certificates.taken", done=done, pages=pages))

    def _on_pause(self) -> None:
        if self._job is None:
            return
        if self._job.paused:
            self._job.resume()
        else:
            self._job.pause()
        key = "resume" if self._job.paused else "pause"
        self.pause.setText(self._words.say(f"certificates.{key}"))

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _on_ended(self) -> None:
        self._job = None
        self.hide()
