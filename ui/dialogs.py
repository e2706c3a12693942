"""The questions a screen may ask: confirm, give a reason, choose a file.

Screens ask through ``context.ask``, a ``Questions``; the window answers with real dialogs
(``WindowQuestions``), a test with prepared answers. Every confirmation repeats what is about to
happen, and one that destroys names what is lost and must be armed first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.words import Words
from ui.qt_words import qt_speaking
from ui.theme.tokens import Theme, Tone


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is about to happen, said once more before it does.

    ``action`` is what the button says ("Commit sheet"). ``shown_large`` is the work code or number
    that identity hangs on. ``rows`` are repeated as a two-column list, e.g. aspect and mark. With
    ``lost`` the question is destructive: the losses are listed and the button stays disarmed until
    the person ticks that they have read them. With ``careful`` Enter alone means no.
    """

    title: str
    what: str
    action: str
    shown_large: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
    tone: Tone = Tone.RUNNING
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that can be picked by a key: ``code`` is recorded, ``label`` is read."""

    code: str
    label: str
    needs_note: bool = False


@dataclass(frozen=True, slots=True)
class ChosenReason:
    """What was picked, with the note that was typed, if any."""

    code: str
    note: str


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file to choose: what it is called and its patterns, e.g. ``("*.plumb",)``."""

    label: str
    patterns: tuple[str, ...]

    @property
    def suffix(self) -> str:
        """The ending a saved file gets when the person types none."""
        return Path(self.patterns[0]).suffix


class Questions(Protocol):
    """Asks the person something and waits; ``None`` and ``False`` mean they thought better."""

    def confirm(self, confirmation: Confirmation, /) -> bool: ...

    def reason(self, title: str, what: str, reasons: Sequence[Reason]) -> ChosenReason | None: ...

    def tell(self, title: str, text: str) -> None: ...

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None: ...

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind]) -> Path | None: ...

    def folder(self, title: str) -> Path | None: ...


def asked_why(ask: Questions, title: str, what: str, labels: Mapping[str, str]) -> str | None:
    """A reason in words, as it is recorded; ``other`` is said in the person's own words alone."""
    offered = [Reason(code, label, needs_note=code == "other") for code, label in labels.items()]
    chosen = ask.reason(title, what, offered)
    if chosen is None:
        return None
    label = "" if chosen.code == "other" else labels[chosen.code]
    return " · ".join(part for part in (label, chosen.note) if part)


class WindowQuestions:
    """Real dialogs in front of ``window``; file choosers start where the last one ended."""

    def __init__(self, window: QWidget, words: Words, theme: Theme, start: Path) -> None:
        self._window = window
        self._words = words
        self._theme = theme
        self._folder = start

    def confirm(self, confirmation: Confirmation, /) -> bool:
        from ui.widgets.confirm import ConfirmDialog

        dialog = ConfirmDialog(self._theme, self._words, confirmation, self._window)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def reason(self, title: str, what: str, reasons: Sequence[Reason]) -> ChosenReason | None:
        from ui.widgets.reason_picker import ReasonPicker

        dialog = ReasonPicker(self._theme, self._words, title, what, reasons, self._window)
        dialog.exec()
        return dialog.chosen

    def tell(self, title: str, text: str) -> None:
        from ui.widgets.confirm import TellDialog

        TellDialog(self._theme, self._words, title, text, self._window).exec()

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        with qt_speaking(self._words.language):
            chooser = self._chooser(title, kinds)
            chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
            return self._chosen(chooser)

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind]) -> Path | None:
        with qt_speaking(self._words.language):
            chooser = self._chooser(title, kinds)
            chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # Added afterwards by us, the chooser would have asked about overwriting another file.
            chooser.setDefaultSuffix(kinds[0].suffix)
            chooser.selectFile(suggested)
            return self._chosen(chooser)

    def folder(self, title: str) -> Path | None:
        with qt_speaking(self._words.language):
            chooser = self._chooser(title, ())
            chooser.setFileMode(QFileDialog.FileMode.Directory)
            chooser.setOption(QFileDialog.Option.ShowDirsOnly)
            return self._chosen(chooser)

    def _chooser(self, title: str, kinds: Sequence[FileKind]) -> QFileDialog:
        chooser = QFileDialog(self._window, title, str(self._folder), _filters(kinds))
        # Qt's Chinese leaves these two out.
        chooser.setLabelText(QFileDialog.DialogLabel.LookIn, self._words.say("frame.chooser_in"))
        chooser.setLabelText(
            QFileDialog.DialogLabel.FileType, self._words.say("frame.chooser_type")
        )
        return chooser

    def _chosen(self, chooser: QFileDialog) -> Path | None:
        is_taken = chooser.exec() == QDialog.DialogCode.Accepted
        # Its parent would keep it until the window is closed.
        chooser.deleteLater()
        if not is_taken:
            return None
        path = Path(chooser.selectedFiles()[0])
        is_folder = chooser.fileMode() is QFileDialog.FileMode.Directory
        self._folder = path if is_folder else path.parent
        return path


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(f"{kind.label} ({' '.join(kind.patterns)})" for kind in kinds)
