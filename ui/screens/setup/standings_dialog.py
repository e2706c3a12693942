"""The combined standings of a competition: a list, and a form beside it (综合排名设置)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode
from app.domain.standing_rules import CombinedStanding
from app.services.standing_changes import settled_standings
from ui.context import ScreenContext
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.node_form import NodeForm
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rows_dialog import RowsDialog
from ui.screens.setup.rule_words import explained
from ui.screens.setup.standing_amendment import StandingAmendment
from ui.screens.setup.standing_fields import (
    RULES,
    added,
    faults_of,
    put,
    standing_fields,
    with_standing_text,
)
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling


class StandingsDialog(QDialog):
    """Every edit is kept at once, as everywhere in Set up; Ctrl+Z there takes it back."""

    def __init__(
        self,
        context: ScreenContext,
        presenter: SetupPresenter,
        on_change: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter, self._on_change = context, presenter, on_change
        theme, words = context.theme, context.words
        title = words.say("standings.title")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.currentRowChanged.connect(self._show)
        self.form = NodeForm(theme, words, self._take, self._check, self._edit_rows)
        self.adds = {
            kind: plain_button(
                theme,
                words.say(f"setup.standing_kind_{kind}"),
                partial(self._add, kind),
                icon_name="add",
            )
            for kind in RULES
        }
        self.take_out = plain_button(theme, words.say("setup.remove"), self._remove)
        close = primary_button(theme, words.say("frame.close"), self.accept)
        left = column(theme, (self.list, 1), *self.adds.values(), self.take_out, gap=1)
        about = text_label(words.say("setup.about_standings"), Kind.MUTED, wraps=True)
        right = card(theme, about, (scrolling(theme, self.form), 1))
        self.amendment = StandingAmendment(context, presenter, self._amended)
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE),
            (row(theme, (left, 2), (right, 3), gap=2), 1),
            foot=column(theme, self.amendment, row(theme, STRETCH, close), gap=2),
            width=124,
            height=80,
        )
        self.show_standings(0)

    def show_standings(self, place: int) -> None:
        """The list as it stands, with one chosen."""
        standings = self._standings
        self.list.blockSignals(True)
        self.list.clear()
        for one in standings:
            self.list.addItem(self._context.words.pick(one.name, one.name_en) or one.id)
        self.list.setCurrentRow(min(place, len(standings) - 1))
        self.list.blockSignals(False)
        self._show(self.list.currentRow())
        self.amendment.show_state()

    @property
    def _standings(self) -> list[CombinedStanding]:
        return list(self._presenter.competition.standings)

    def _show(self, place: int) -> None:
        locked = not self._presenter.may_edit
        self.form.setVisible(place >= 0)
        standings = self._standings
        is_settled = place >= 0 and standings[place].id in self._settled
        self.take_out.setEnabled(place >= 0 and not locked and not is_settled)
        for button in self.adds.values():
            button.setEnabled(not locked)
        if place < 0:
            return
        one = standings[place]
        faults = [
            self._context.words.explain(it) for it in faults_of(standings, place, self._events)
        ]
        kind = self._context.words.say(f"setup.standing_kind_{one.rule.__struct_config__.tag}")
        self.form.show_fields(kind, standing_fields(one), locked=locked, faults=faults)

    @property
    def _settled(self) -> Collection[str]:
        return settled_standings(self._presenter.station).keys()

    @property
    def _events(self) -> list[EventCode]:
        scheme = self._presenter.scheme
        return [event.code for event in scheme.events] if scheme is not None else []

    def _take(self, name: str, text: str) -> None:
        place = self.list.currentRow()
        standings = self._standings
        changed = put(standings, place, with_standing_text(standings[place], name, text))
        if changed != standings:
            self._keep(changed, place)

    def _check(self, name: str, text: str) -> str:
        place = self.list.currentRow()
        standings = self._standings
        words = self._context.words
        try:
            changed = put(standings, place, with_standing_text(standings[place], name, text))
        except RuleBroken as refused:
            return explained(words, refused)
        before = faults_of(standings, place, self._events)
        found = [it for it in faults_of(changed, place, self._events) if it not in before]
        return "\n".join(words.explain(it) for it in found)

    def _edit_rows(self, spec: FieldSpec) -> None:
        words = self._context.words
        RowsDialog(
            self._context.theme,
            words,
            words.texts[f"setup.{spec.label}"],
            spec,
            take=self._take,
            check=self._check,
            parent=self,
        ).open()

    def _add(self, kind: str) -> None:
        name = self._context.words.say(f"setup.standing_kind_{kind}")
        standings = added(self._standings, kind, name)
        self._keep(standings, len(standings) - 1)

    def _remove(self) -> None:
        place = self.list.currentRow()
        self._keep([it for n, it in enumerate(self._standings) if n != place], max(place - 1, 0))

    def _amended(self) -> None:
        """A proposal went into force or was given up."""
        self.show_standings(self.list.currentRow())
        self._on_change()

    def _keep(self, standings: list[CombinedStanding], place: int) -> None:
        self._presenter.set_standings(standings)
        self.show_standings(place)
        self._on_change()
