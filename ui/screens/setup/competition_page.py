"""What stands at the top of every paper: title, code, dates, venue, organisers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.domain.errors import RuleBroken
from app.services.rule_changes import written
from ui.context import ScreenContext
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.standing_amendment import proposed_changes
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import plain_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, card, column, row, scrolling
from ui.widgets.line_edit import LinesEdit
from ui.widgets.state_chip import StateChip

_TEXTS = ("title", "title_en", "code", "venue", "starts", "ends", "tier", "rank_class")


class CompetitionPage(QWidget):
    """Each field is saved when it is left; what cannot stand is said below it."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        theme, words = context.theme, context.words
        self.fields = {name: self._line(name) for name in _TEXTS}
        self.organisers = LinesEdit(theme)
        self.fields["organisers"] = FormField(
            theme,
            words.say("setup.field_organisers"),
            self.organisers,
            words.say("setup.hint_organisers"),
        )
        self.organisers.left.connect(partial(self._take, "organisers"))
        by = self.fields
        heading = card(
            theme,
            text_label(words.say("setup.competition_names"), Kind.STRONG),
            by["title"],
            by["title_en"],
            _beside(theme, (by["code"], 1), (by["tier"], 1), (by["rank_class"], 1)),
            gap=1.5,
        )
        place = card(
            theme,
            text_label(words.say("setup.competition_place"), Kind.STRONG),
            _beside(theme, (by["starts"], 1), (by["ends"], 1), (by["venue"], 3)),
            by["organisers"],
            gap=1.5,
        )
        self.standings = plain_button(theme, "", self._on_standings)
        self.proposed = StateChip(theme, Tone.ATTENTION, "")
        over_events = card(
            theme,
            text_label(words.say("standings.title"), Kind.STRONG),
            text_label(words.say("setup.about_standings"), Kind.MUTED, wraps=True),
            row(theme, self.standings, self.proposed, STRETCH),
            gap=1.5,
        )
        inner = QWidget()
        inner.setMaximumWidth(theme.px(112))
        inner.setLayout(column(theme, heading, place, over_events, STRETCH, gap=2))
        parts: list[Part] = [(inner, 10), STRETCH]
        holder = QWidget()
        holder.setLayout(row(theme, *parts))
        self.setLayout(column(theme, (scrolling(theme, holder), 1)))
        self.setFocusProxy(by["title"].editor)

    def show_state(self) -> None:
        competition, say = self._presenter.competition, self._context.words.say
        count = len(competition.standings)
        self.standings.setText(say("setup.standings_edit", count=count))
        proposed = proposed_changes(self._presenter)
        self.proposed.setVisible(bool(proposed))
        self.proposed.show_state(Tone.ATTENTION, say("setup.proposal_title", count=len(proposed)))
        for name in _TEXTS:
            self._show(name, written(getattr(competition, name)))
        self._show("organisers", "\n".join(competition.organisers))

    def _show(self, name: str, text: str) -> None:
        """The value of a field, unless something is typed there that was not taken yet."""
        field = self.fields[name]
        if isinstance(field.editor, QLineEdit | QPlainTextEdit):
            field.editor.setReadOnly(not self._presenter.may_edit)
        if not field.unsaved:
            field.show_text(text)
            field.clear_error()

    def _on_standings(self) -> None:
        from ui.screens.setup.standings_dialog import StandingsDialog

        StandingsDialog(self._context, self._presenter, self._changed, self).open()

    def _changed(self) -> None:
        self.show_state()
        self._on_change()

    def _line(self, name: str) -> FormField:
        editor = QLineEdit()
        words = self._context.words
        hint = ""
        if name in {"starts", "ends"}:
            editor.setPlaceholderText(words.say("setup.date_form"))
            editor.setValidator(
                QRegularExpressionValidator(
                    QRegularExpression(r"[0-9]{0,4}-?[0-9]{0,2}-?[0-9]{0,2}")
                )
            )
        if name == "code":
            hint = words.say("setup.hint_competition_code")
        editor.editingFinished.connect(partial(self._take, name))
        return FormField(self._context.theme, words.say(f"setup.field_{name}"), editor, hint)

    def _take(self, name: str) -> None:
        field = self.fields[name]
        try:
            self._presenter.set_competition(name, field.text)
        except RuleBroken as refused:
            field.show_error(self._context.words.explain(refused))
            return
        field.take()
        field.clear_error()
        self._on_change()


def _beside(theme: Theme, *fields: tuple[FormField, int]) -> QHBoxLayout:
    """Fields in one row whose labels stand level, whatever is said below one of them."""
    together = row(theme, *fields, gap=2)
    for field, _stretch in fields:
        together.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return together
