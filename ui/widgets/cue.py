"""Time cues that are heard and seen. A missing sound player is never an error.

Qt's own sound is an add-on we do not ship, so the system's player is started and left alone.
"""

from __future__ import annotations

import shutil
import sys
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QProcess, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.paths import resource
from ui.theme.styling import mark

_PLAYERS = {"darwin": ("afplay",), "linux": ("paplay", "pw-play", "aplay")}

FLASH_MS = 220
FLASHES = 3


class Cue(Enum):
    """The cues by file name in ``resources/sounds``."""

    START = "start"
    WARNING = "warning"
    OVER = "over"


def play(cue: Cue) -> None:
    """Sound a cue without waiting for it; beeps when nothing can play it."""
    path = resource("sounds", f"{cue.value}.wav")
    if not _play_file(path):
        QApplication.beep()


def _play_file(path: Path) -> bool:
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        except RuntimeError:  # no sound device
            return False
        return True
    for player in _PLAYERS.get(sys.platform, ()):
        program = shutil.which(player)
        if program:
            started, _ = QProcess.startDetached(program, [str(path)])
            return started
    return False


class Flash(QLabel):
    """Lights up the rim of ``over`` a few times; it hides nothing and takes no click."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        mark(self, kind="flash")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FLASH_MS)
        self._timer.timeout.connect(self._on_turn)
        self.hide()

    def flash(self, times: int = FLASHES) -> None:
        """Light up so many times, beginning now."""
        self._left = times * 2 - 1
        self.resize(self._over.size())
        self.raise_()
        self.show()
        self._timer.start()

    def _on_turn(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
            self.hide()
        else:
            self.setVisible(self._left % 2 == 1)
