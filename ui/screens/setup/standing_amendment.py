"""What the draft would change in settled standings: recorded with a reason, or given up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.services.standing_changes import (
    amend_standings,
    proposed_standings,
    settled_standings,
)
from ui.context import ScreenContext
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rule_words import change_rows
from ui.widgets.buttons import plain_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel


class StandingAmendment(QWidget):
    """Hidden while the draft proposes nothing."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._words, self._presenter, self._on_change = context.words, presenter, on_change
        theme, say = context.theme, context.words.say
        self._title = text_label("", Kind.STRONG)
        self.changes = TextModel(
            [Heading(say(f"setup.diff_{name}")) for name in ("where", "what", "old", "new")]
        )
        table = Table(theme, name=say("setup.diff"))
        table.setModel(self.changes)
        table.lay_out(widths={1: 16}, stretched=(0, 2, 3))
        table.setFixedHeight(theme.px(14))
        self.reason = QLineEdit()
        self._field = FormField(
            theme, say("setup.amend_reason"), self.reason, say("setup.hint_amend_standing")
        )
        self.drop = plain_button(theme, say("setup.drop_proposal"), self._on_drop)
        self.amend = plain_button(theme, say("setup.amend"), self._on_amend)
        inner = card(
            theme,
            row(theme, self._title, STRETCH, self.drop),
            table,
            row(theme, (self._field, 1), self.amend, gap=2),
            gap=1,
        )
        self.setLayout(column(theme, inner))
        self.show_state()

    def show_state(self) -> None:
        """What is proposed now."""
        drafted = self._presenter.competition.standings
        found = proposed_standings(self._presenter.station, drafted)
        self.setVisible(bool(found))
        self._title.setText(self._words.say("setup.proposal_title", count=len(found)))
        self.changes.show_rows(change_rows(self._words, found))
        self.amend.setEnabled(self._presenter.may_edit)
        self.drop.setEnabled(self._presenter.may_edit)

    def _on_amend(self) -> None:
        presenter = self._presenter
        try:
            amend_standings(
                presenter.station,
                presenter.competition.standings,
                self.reason.text(),
                origin=presenter,
            )
        except (RuleBroken, Problem) as refused:
            self._field.show_error(self._words.explain(refused))
            return
        self._field.clear_error()
        self.reason.clear()
        self._on_change()

    def _on_drop(self) -> None:
        presenter = self._presenter
        settled = settled_standings(presenter.station)
        drafted = presenter.competition.standings
        presenter.set_standings([settled.get(it.id, it) for it in drafted])
        self._on_change()
