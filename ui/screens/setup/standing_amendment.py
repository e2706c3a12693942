"""What the draft would change in settled standings: recorded with a reason, or given up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from app.services.standing_changes import (
    amend_standings,
    proposed_standings,
    settled_standings,
)
from ui.context import ScreenContext
from ui.dialogs import asked_why
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rule_words import change_rows
from ui.theme.styling import mark
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.state_chip import StateChip

_REASONS = ("decided", "slip", "other")


def proposed_changes(presenter: SetupPresenter) -> list[str]:
    """What the draft would change in settled standings and does not yet, a line each."""
    found = proposed_standings(presenter.station, presenter.competition.standings)
    return [
        f"{where} ▸ {what}: {old} → {new}"
        for where, what, old, new in change_rows(presenter.words, found)
    ]


class StandingAmendment(QFrame):
    """Hidden while the draft proposes nothing."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context, self._words = context, context.words
        self._presenter, self._on_change = presenter, on_change
        theme, say = context.theme, context.words.say
        mark(self, kind="sunken")
        self.state = StateChip(theme, Tone.ATTENTION, say("setup.proposed"))
        self.drop = plain_button(theme, say("setup.drop_proposal"), self._on_drop)
        self.amend = plain_button(theme, say("setup.amend"), self._on_amend)
        self.banner = Banner(theme, context.words)
        inside = row(theme, self.state, STRETCH, self.drop, self.amend)
        self.setLayout(column(theme, inside, self.banner, margin=1))
        self.show_state()

    @property
    def proposed(self) -> list[str]:
        """What would change, a line each."""
        return proposed_changes(self._presenter)

    def show_state(self) -> None:
        """Whether anything is proposed now."""
        count = len(self.proposed)
        self.setVisible(bool(count))
        self.state.show_state(Tone.ATTENTION, self._words.say("setup.proposal_title", count=count))
        for button in (self.drop, self.amend):
            button.setEnabled(self._presenter.may_edit)

    def _on_amend(self) -> None:
        say, presenter = self._words.say, self._presenter
        labels = {code: say(f"setup.standing_reason_{code}") for code in _REASONS}
        title, what = say("setup.standing_reason"), "\n".join(self.proposed)
        reason = asked_why(self._context.ask, title, what, labels)
        if reason is None:
            return
        drafted = presenter.competition.standings
        if self.banner.attempt(
            lambda: amend_standings(presenter.station, drafted, reason, origin=presenter)
        ):
            self._on_change()

    def _on_drop(self) -> None:
        settled = settled_standings(self._presenter.station)
        drafted = self._presenter.competition.standings
        self._presenter.set_standings([settled.get(it.id, it) for it in drafted])
        self.banner.clear()
        self._on_change()
