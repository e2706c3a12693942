"""The ties that wait to be parted, below the strip: one line and one button each."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout

from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import OnRemaining
from app.services import ties
from app.services.ties import OpenTie
from ui.context import ScreenContext
from ui.screens.results.lot_dialog import LotDialog
from ui.screens.results.presenter import ResultsPresenter
from ui.screens.results.tie_dialog import TieDialog
from ui.screens.results.tie_lines import TieLine, ignored_lines, tie_lines
from ui.theme.styling import mark
from ui.theme.tokens import Tone
from ui.widgets.buttons import KeyButton, plain_button
from ui.widgets.labels import ElidedLabel, Kind, text_label
from ui.widgets.layout import column, empty_layout, row
from ui.widgets.state_chip import StateChip
from ui.widgets.tab_turn import take_turn
from ui.words import refusal

_MOST = 3


class TieControl(QFrame):
    """Hidden while nothing waits; the presenter knows the event and how its entries are called."""

    def __init__(self, context: ScreenContext, presenter: ResultsPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        self.buttons: list[KeyButton] = []
        self.lines: tuple[TieLine, ...] = ()
        self.notes: tuple[str, ...] = ()
        mark(self, kind="card")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(context.theme.px(0.5))
        self.setLayout(column(context.theme, self._rows, gap=0, margin=1.5))
        self.hide()

    def update_state(self) -> None:
        """Look again which ties wait, and which decisions do not hold."""
        event, context = self._presenter.shown.event, self._context
        of = (context.station, event, context.words, self._label) if event is not None else None
        lines = tie_lines(*of) if of else ()
        notes = ignored_lines(*of) if of else ()
        if (lines, notes) != (self.lines, self.notes):
            self.lines, self.notes = lines, notes
            self._build()
        self.setVisible(bool(lines or notes))

    def opened_for(self, why: RuleBroken) -> bool:
        """Open the first tie that waits where that is what blocks; says whether it was."""
        if why.code != "ties-open" or not self.lines:
            return False
        self._open(self.lines[0])
        return True

    def _build(self) -> None:
        theme, say = self._context.theme, self._context.words.say
        empty_layout(self._rows)
        self.buttons = []
        for line in self.lines[:_MOST]:
            button = plain_button(theme, line.action, partial(self._open, line))
            button.setAccessibleName(f"{line.action} {line.text}")
            self.buttons.append(button)
            chip = StateChip(theme, Tone.ATTENTION, say("ties.open"))
            text = ElidedLabel(line.text, Kind.BODY)
            self._rows.addLayout(row(theme, chip, (text, 1), button, gap=1.5))
        take_turn(self, self.buttons)
        if len(self.lines) > _MOST:
            more = say("ties.more", count=len(self.lines) - _MOST)
            self._rows.addWidget(text_label(more, Kind.MUTED))
        for note in self.notes[:_MOST]:
            self._rows.addWidget(ElidedLabel(note, Kind.MUTED))

    def _open(self, line: TieLine) -> None:
        self.dialog(line).open()

    def dialog(self, line: TieLine) -> QDialog:
        """The dialog that parts this tie."""
        theme, words = self._context.theme, self._context.words
        if line.tie.kind is not OnRemaining.LOT:
            return TieDialog(
                theme,
                words,
                line,
                self._label,
                lambda order, reason: refusal(
                    words,
                    lambda: ties.decide(self._context.station, self._code, order, reason=reason),
                ),
                self,
            )
        tied = line.tie.entries
        return LotDialog(
            theme,
            words,
            words.say("ties.title", rank=line.tie.rank),
            words.say("ties.between").join(self._label(entry) for entry in tied),
            lambda: self._announced(tied),
            lambda reason: refusal(
                words,
                lambda: ties.announce_lot(
                    self._context.station,
                    self._code,
                    tied,
                    reason=reason if self._is_elsewhere(tied) else "",
                ),
            ),
            lambda reason: refusal(
                words, lambda: ties.draw_lot(self._context.station, self._code, tied, reason=reason)
            ),
            self,
        )

    @property
    def _code(self) -> EventCode:
        event = self._presenter.shown.event
        assert event is not None
        return event

    def _label(self, entry: EntryId) -> str:
        return self._presenter.lines.label(entry)

    def _announced(self, tied: tuple[EntryId, ...]) -> str:
        """The hash announced here, so that it can be drawn."""
        tie = self._tie(tied)
        if tie is None or tie.announced is None or not tie.is_here:
            return ""
        return tie.announced.fact.recipe.commitment

    def _is_elsewhere(self, tied: tuple[EntryId, ...]) -> bool:
        tie = self._tie(tied)
        return tie is not None and tie.announced is not None and not tie.is_here

    def _tie(self, tied: tuple[EntryId, ...]) -> OpenTie | None:
        waiting = ties.open_ties(self._context.station, self._code)
        return next((tie for tie in waiting if tie.entries == tied), None)
