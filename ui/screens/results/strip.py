"""The strip above the leaderboard: how the result stands, its hash, and what blocks publishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import Words
from ui.screens.results.rows import Blocker, Standings, short_hash
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import KeyButton, Role
from ui.widgets.flow import flow
from ui.widgets.labels import ElidedLabel, Kind, text_label
from ui.widgets.layout import STRETCH, column, empty_layout, row
from ui.widgets.state_chip import StateChip
from ui.widgets.tab_turn import take_turn

_MOST = 3


class StandingsStrip(QFrame):
    """``on_blocker`` is called with the blocker whose button was pressed."""

    def __init__(self, theme: Theme, words: Words, on_blocker: Callable[[Blocker], object]) -> None:
        super().__init__()
        self._theme, self._words, self._on_blocker = theme, words, on_blocker
        mark(self, kind="card")
        self._chip = StateChip(theme, Tone.IDLE, "–")
        self._text = ElidedLabel("", Kind.BODY)
        self._hash_name = text_label(words.say("results.hash"), Kind.LABEL)
        self._hash = text_label("", Kind.STRONG, selectable=True)
        self._blocked = QVBoxLayout()
        self._blocked.setSpacing(theme.px(0.25))
        self.buttons: list[KeyButton] = []
        self.setLayout(
            column(
                theme,
                flow(theme, self._chip, self._text, STRETCH, self._hash_name, self._hash, gap=1.5),
                self._blocked,
                gap=0.5,
                margin=1.5,
            )
        )

    def show_standings(self, standings: Standings) -> None:
        self._chip.show_state(standings.tone, standings.word)
        self._text.setText(standings.text)
        self._hash.setText(short_hash(standings.result_hash))
        self._hash.setToolTip(standings.result_hash)
        self._hash.setAccessibleName(f"{self._hash_name.text()}: {self._hash.text()}")

    def show_blockers(self, blockers: Sequence[Blocker]) -> None:
        """What stands in the way, each a button that goes where it is put right."""
        empty_layout(self._blocked)
        self.buttons = []
        for blocker in blockers[:_MOST]:
            button = KeyButton(
                self._theme,
                self._words.explain(blocker.why),
                lambda wanted=blocker: self._on_blocker(wanted),  # type: ignore[misc]
                role=Role.QUIET,
                icon_name="attention",
            )
            self.buttons.append(button)
            self._blocked.addWidget(_at_left(self._theme, button))
        take_turn(self, self.buttons)
        if len(blockers) > _MOST:
            more = self._words.say("results.more_blockers", count=len(blockers) - _MOST)
            self._blocked.addWidget(text_label(more, Kind.MUTED))


def _at_left(theme: Theme, button: KeyButton) -> QWidget:
    widget = QWidget()
    widget.setLayout(row(theme, button, STRETCH, gap=0))
    return widget
