"""What stands above every screen while nothing can be saved, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.problems import Problem
from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Action, Banner

DAMAGED = "file-damaged"


class TroubleBanner(Banner):
    """Goes away by itself once the file takes records again, and never before."""

    copy_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, flat=True, stays=True)
        self._words = words

    def show_trouble(self, trouble: Problem | None) -> None:
        said = self._words.explain(trouble) if trouble else ""
        if said == self.text:
            return
        if trouble is None:
            self.clear()
            return
        say = self._words.say
        offered: list[Action] = [(say("frame.save_copy"), self.copy_wanted.emit)]
        if trouble.code == DAMAGED:
            offered.insert(0, (say("frame.restore"), self.restore_wanted.emit))
        self.say(Tone.BLOCKED, said, offered)
