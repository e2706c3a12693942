"""Freezing the rules of an event, and every change to them afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.domain.errors import RuleBroken
from app.domain.roles import Actor, Role, giver_of
from app.problems import Problem
from app.services import setup
from app.services.setup import RulesState
from ui.context import Place, ScreenContext
from ui.desk import actor_word
from ui.dialogs import Confirmation
from ui.screens.setup.compare_dialog import CompareDialog
from ui.screens.setup.finding_places import place_of
from ui.screens.setup.presenter import SetupPresenter, Step
from ui.screens.setup.rule_words import at_words, change_rows, grouped, versions
from ui.theme.icons import tone_icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel


class RulesPage(QWidget):
    """Above, the state and the hash; below, findings before the freeze, amendments after it."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        theme, say = context.theme, context.words.say
        self.chip = StateChip(theme, Tone.IDLE, "")
        self.hash = text_label("", Kind.STRONG, wraps=True, selectable=True)
        self._since = text_label("", Kind.MUTED, wraps=True)
        self._about = text_label(say("setup.hash_about"), Kind.MUTED, wraps=True)
        state = card(
            theme,
            row(theme, self.chip, (self._since, 1), gap=2),
            text_label(say("setup.hash"), Kind.LABEL),
            self.hash,
            self._about,
        )
        self.findings = QListWidget()
        self.findings.setAccessibleName(say("setup.findings"))
        self.findings.setWordWrap(True)
        self.findings.itemActivated.connect(self._on_finding)
        self._found: list[RuleBroken] = []
        self._findings_title = text_label("", Kind.STRONG)
        self._findings_go = text_label(say("setup.findings_go"), Kind.LABEL)
        self._findings = card(
            theme,
            row(theme, self._findings_title, STRETCH, self._findings_go),
            (self.findings, 1),
        )
        self.changes = TextModel(
            [Heading(say(f"setup.diff_{name}")) for name in ("where", "what", "old", "new")]
        )
        self._diff_title = text_label("", Kind.STRONG)
        self.diff = Table(theme, name=say("setup.diff"))
        self.diff.setModel(self.changes)
        self.diff.lay_out(widths={1: 16}, stretched=(0, 2, 3))
        self.reason = FormField(
            theme, say("setup.amend_reason"), QLineEdit(), say("setup.hint_amend_reason")
        )
        self.drop = plain_button(theme, say("setup.drop_proposal"), self._on_drop)
        self._proposal = card(
            theme,
            row(theme, self._diff_title, STRETCH, self.drop),
            (self.diff, 1),
            self.reason,
            gap=1.5,
        )
        self.history = TextModel(
            [Heading(say(f"setup.history_{name}")) for name in ("at", "by", "reason", "changes")]
        )
        self.past = Table(theme, name=say("setup.history"))
        self.past.setModel(self.history)
        self.past.lay_out(widths={0: 18, 1: 10}, stretched=(2, 3))
        self._history = card(theme, text_label(say("setup.history"), Kind.STRONG), (self.past, 1))
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.go = primary_button(theme, "", self._on_go, key="Ctrl+Return")
        self.compare = plain_button(theme, say("setup.compare"), self._on_compare)
        self.setLayout(
            column(
                theme,
                state,
                (self._proposal, 2),
                (self._history, 1),
                (self._findings, 1),
                (self._gap, 0),
                row(theme, self.compare, STRETCH, self.go),
                gap=2,
            )
        )
        self.setFocusProxy(self.go)

    def show_state(self) -> None:
        state = self._presenter.rules_state()
        if state is None:
            return
        say = self._context.words.say
        tone, word = Tone.IDLE, "setup.draft"
        if state.frozen:
            tone, word = Tone.DONE, "setup.frozen"
        if state.proposed:
            tone, word = Tone.ATTENTION, "setup.proposed"
        self.chip.show_state(tone, say(word), "lock" if tone is Tone.DONE else "")
        self.hash.setText(grouped(state.hash))
        self._since.setText(self._since_words(state))
        self._about.setVisible(not state.frozen)
        self._show_findings(state)
        self._show_proposal(state)
        self._show_history(state)
        may = self._presenter.may_edit
        if state.frozen:
            self.go.setText(say("setup.amend"))
            self.go.setVisible(bool(state.proposed))
            self.go.setEnabled(may)
        else:
            self.go.setText(say("setup.freeze"))
            self.go.setVisible(True)
            self.go.setEnabled(may and not self._presenter.faults())

    def _since_words(self, state: RulesState) -> str:
        if state.frozen_at is None:
            return self._context.words.say("setup.draft_about")
        return self._context.words.say(
            "setup.frozen_since",
            at=at_words(state.frozen_at),
            by=self._by(state.by),
            versions=state.versions,
        )

    def _by(self, recorded: str) -> str:
        giver = giver_of(recorded)
        known = giver.office in {one.value for one in Role}
        if not known:
            return recorded
        return actor_word(self._context.words, Actor(Role(giver.office), initials=giver.initials))

    def _show_findings(self, state: RulesState) -> None:
        words = self._context.words
        is_faulty = bool(self._presenter.faults())
        self._found = self._presenter.findings()
        shown = not state.frozen or is_faulty
        self._findings.setVisible(shown)
        title = "setup.findings_faults" if is_faulty else "setup.findings_warnings"
        if not self._found:
            title = "setup.findings_none"
        self._findings_title.setText(words.say(title, count=len(self._found)))
        self._findings_go.setVisible(bool(self._found))
        self.findings.clear()
        tone = Tone.BLOCKED if is_faulty else Tone.ATTENTION
        for found in self._found:
            line = words.explain(found)
            item = QListWidgetItem(tone_icon(self._context.theme, tone), line)
            item.setToolTip(line)
            self.findings.addItem(item)
        self.findings.setVisible(bool(self._found))
        shows_list = (shown and bool(self._found)) or state.versions > 1 or bool(state.proposed)
        self._gap.setVisible(not shows_list)
        room = QSizePolicy.Policy.Preferred if self._found else QSizePolicy.Policy.Maximum
        self._findings.setSizePolicy(QSizePolicy.Policy.Preferred, room)

    def _on_finding(self, item: QListWidgetItem) -> None:
        """To the node, or to the scoring rules, where a finding can be put right."""
        event = self._presenter.event
        if event is None:
            return
        place = place_of(event, self._found[self.findings.row(item)])
        if place is None:
            self._context.go_to(Place.SETUP, event=event.code, step=Step.SCORING.value)
            return
        node = ".".join(str(number) for number in (self._presenter.event_index, *place))
        self._context.go_to(Place.SETUP, event=event.code, step=Step.MODULES.value, node=node)

    def _show_proposal(self, state: RulesState) -> None:
        self._proposal.setVisible(bool(state.proposed))
        say = self._context.words.say
        self._diff_title.setText(say("setup.proposal_title", count=len(state.proposed)))
        self.changes.show_rows(change_rows(self._context.words, state.proposed))
        self.drop.setEnabled(self._presenter.may_edit)

    def _show_history(self, state: RulesState) -> None:
        self._history.setVisible(state.versions > 1 and not state.proposed)
        amendments = setup.amendments(self._presenter.station, state.event)
        self.history.show_rows(
            [
                (
                    at_words(one.at),
                    self._by(one.by),
                    one.reason,
                    "; ".join(
                        f"{where} {what}: {old} → {new}"
                        for where, what, old, new in change_rows(self._context.words, one.changes)
                    ),
                )
                for one in reversed(amendments)
            ]
        )

    def _on_go(self) -> None:
        state = self._presenter.rules_state()
        if state is None:
            return
        try:
            done = self._amend(state) if state.frozen else self._freeze(state)
        except RuleBroken as refused:
            if refused.code == "amendment-without-reason":
                self.reason.show_error(self._context.words.explain(refused))
                self.reason.editor.setFocus()
                return
            self._context.fail(refused)
            return
        except Problem as failed:
            self._context.fail(failed)
            return
        if done:
            self.reason.clear_error()
            self.reason.show_text("")
            self._on_change()
            if self.go.isHidden():
                self.compare.setFocus()
            self._context.announce(self._context.words.say(done))

    def _freeze(self, state: RulesState) -> str:
        event = self._presenter.event
        if event is None:
            return ""
        say = self._context.words.say
        totals = self._presenter.totals(event)
        asked = Confirmation(
            title=say("setup.freeze_title", event=event.code),
            what=say("setup.freeze_text"),
            action=say("setup.freeze"),
            rows=(
                (say("setup.kind_event"), self._presenter.event_name(event)),
                (say("setup.modules_aspects"), f"{totals.modules} / {totals.aspects}"),
                (say("setup.total"), totals.total),
                (say("setup.hash"), grouped(state.hash)[:19] + " …"),
                (say("setup.findings"), str(len(self._presenter.findings()))),
            ),
        )
        if not self._context.ask.confirm(asked):
            return ""
        setup.freeze(self._presenter.station, state.event, origin=self._presenter)
        return "setup.frozen_done"

    def _amend(self, state: RulesState) -> str:
        event = self._presenter.event
        reason = self.reason.text
        if event is None:
            return ""
        if not reason.strip():
            raise RuleBroken("amendment-without-reason")
        say = self._context.words.say
        touched = setup.marks_touched(self._presenter.station, state.event, event)
        rows = tuple(
            (f"{where}  {what}", f"{old} → {new}")
            for where, what, old, new in change_rows(self._context.words, state.proposed)
        )
        asked = Confirmation(
            title=say("setup.amend_title", event=state.event),
            what=say("setup.amend_text", reason=reason, count=len(state.proposed)),
            action=say("setup.amend"),
            rows=rows,
            lost=(say("setup.amend_marks", count=touched),) if touched else (),
            tone=Tone.ATTENTION,
        )
        if not self._context.ask.confirm(asked):
            return ""
        setup.amend(self._presenter.station, state.event, event, reason, origin=self._presenter)
        return "setup.amended_done"

    def _on_compare(self) -> None:
        event = self._presenter.event
        if event is not None:
            known = versions(self._presenter.station, self._context.words, event)
            CompareDialog(self._context, known, self).open()

    def _on_drop(self) -> None:
        state = self._presenter.rules_state()
        if state is not None:
            setup.drop_proposal(self._presenter.station, state.event, origin=self._presenter)
            self._presenter.reload()
            self._on_change()
