"""Work under way: what it is, how far it is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar

from app.words import Words
from ui.tasks import Task
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.buttons import plain_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import row


class ProgressStrip(QFrame):
    """Hidden until it follows a task; hidden again when the task has ended."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._task: Task | None = None
        self._words = words
        mark(self, kind="sunken")
        self._what = text_label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = text_label("", Kind.LABEL)
        self.stop = plain_button(theme, words.say("frame.stop_task"), self._on_stop)
        self.setLayout(
            row(theme, self._what, (self._bar, 1), self._count, self.stop, gap=2, margin=1)
        )
        self.hide()

    @property
    def counted(self) -> str:
        """How far it says it is, e.g. ``3 / 84``."""
        return self._count.text()

    def follow(self, task: Task, what: str) -> None:
        """Show this task until it ends."""
        self._task = task
        self._what.setText(what)
        self._bar.setAccessibleName(what)
        self._bar.setRange(0, 0)
        self._count.setText("")
        self.stop.setEnabled(True)
        task.progressed.connect(self._on_progress)
        task.ended.connect(self._on_ended)
        self.setVisible(task.running)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done} / {total}" if total else str(done))

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setEnabled(False)
            self._what.setText(self._words.say("frame.stopping"))

    def _on_ended(self) -> None:
        self._task = None
        self.hide()
