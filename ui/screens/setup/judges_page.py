"""Judges and panels: who judges, and who marks which module."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.domain.ids import JudgeId
from app.problems import Problem
from app.services import enrolment
from app.services.enrolment import Judge
from ui.context import ScreenContext
from ui.dialogs import asked_why
from ui.screens.setup.panel_model import PanelMatrix
from ui.screens.setup.presenter import SetupPresenter
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.table import Table
from ui.widgets.tabs import tab_pages
from ui.widgets.text_model import Cell, Heading, TextModel, Toned


class JudgesPage(QWidget):
    """The judges above with a line to add one, the panels below as a matrix to be ticked."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        self._judges: tuple[Judge, ...] = ()
        self._editing: JudgeId | None = None
        theme, words = context.theme, context.words
        say = words.say
        self.model = TextModel(
            [
                Heading(say(f"setup.judge_{name}"))
                for name in ("id", "name", "unit", "marks", "state")
            ]
        )
        self.table = Table(theme, name=say("setup.judges"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 5}, stretched=(1, 2))
        self.table.row_chosen.connect(self._on_edit)
        self.table.selectionModel().currentRowChanged.connect(self._show_buttons)
        self.name = FormField(theme, say("setup.judge_name"), QLineEdit())
        self.unit = FormField(theme, say("setup.judge_unit"), QLineEdit(), "")
        self.enrol = primary_button(theme, say("setup.enrol"), self._on_enrol)
        self.off = plain_button(theme, say("setup.stand_down"), self._on_duty)
        for line in (self.name.editor, self.unit.editor):
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(self._on_enrol)
        self.matrix = PanelMatrix(words, self._on_panel)
        self.panels = Table(theme, name=say("setup.panels"))
        self.panels.setModel(self.matrix)
        # The arrow keys go from cell to cell here, so it must be seen which one has the cursor.
        self.panels.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.conflicts = Banner(theme, words)
        form = row(theme, (self.name, 2), (self.unit, 3), self.enrol, gap=2)
        for button in (self.enrol,):
            form.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        self.tabs = tab_pages(say("setup.step_judges"))
        about = text_label(say("setup.panels_about"), Kind.MUTED, wraps=True)
        listed = column(theme, (self.table, 1), row(theme, self.off, STRETCH), form, gap=1.5)
        panels = column(theme, about, (self.panels, 1), gap=1.5)
        for layout, key in ((listed, "judges"), (panels, "panels")):
            layout.setContentsMargins(0, theme.px(2), 0, 0)
            tab = QWidget()
            tab.setLayout(layout)
            self.tabs.addTab(tab, say(f"setup.{key}"))
        self.setLayout(column(theme, self.conflicts, (self.tabs, 1), gap=2))
        self.setFocusProxy(self.name.editor)

    def show_state(self) -> None:
        station, code = self._presenter.station, self._presenter.code
        self._judges = enrolment.judges(station, code)
        chosen = self.table.currentIndex().row()
        self.model.show_rows([self._row(judge) for judge in self._judges])
        if 0 <= chosen < len(self._judges):
            self.table.selectRow(chosen)
        event = self._presenter.event
        modules = event.modules if event else ()
        self.matrix.show_panels(
            modules, self._judges, enrolment.panel_states(station, code), self._presenter.may_edit
        )
        fitting = {0: 26} | dict.fromkeys(range(1, len(self._judges) + 1), 5)
        self.panels.lay_out(widths=fitting, stretched=(len(self._judges) + 1,))
        self._show_conflicts()
        self._show_buttons()

    def _row(self, judge: Judge) -> tuple[Cell, ...]:
        say = self._context.words.say
        state = (
            Toned(say("setup.judge_off"), Tone.ATTENTION)
            if judge.standing_down
            else Toned(say("setup.judge_on"), Tone.DONE)
        )
        return (judge.id, judge.name or "–", judge.unit or "–", ", ".join(judge.modules), state)

    def _show_conflicts(self) -> None:
        station, code = self._presenter.station, self._presenter.code
        say = self._context.words.say
        lines = [
            say(
                "setup.conflict",
                judge=found.judge,
                unit=found.unit,
                count=len(found.entries),
                modules=", ".join(found.modules),
            )
            for found in enrolment.conflicts(station, code)
        ]
        if lines:
            self.conflicts.say(Tone.ATTENTION, "\n".join(lines))
        else:
            self.conflicts.clear()

    def _chosen(self) -> Judge | None:
        number = self.table.currentIndex().row()
        return self._judges[number] if 0 <= number < len(self._judges) else None

    def _show_buttons(self) -> None:
        judge = self._chosen()
        may = self._presenter.may_edit
        say = self._context.words.say
        self.off.setEnabled(judge is not None and may)
        off = judge is not None and judge.standing_down
        self.off.setText(say("setup.stand_up") if off else say("setup.stand_down"))
        self.enrol.setEnabled(may)
        key = "setup.correct_judge" if self._editing else "setup.enrol"
        self.enrol.setText(say(key))

    def _on_edit(self, number: int) -> None:
        """Enter on a judge brings name and unit into the line below, to be put right."""
        judge = self._judges[number]
        self._editing = judge.id
        for field, text in ((self.name, judge.name), (self.unit, judge.unit)):
            field.show_text(text)
        self._show_buttons()
        self.name.editor.setFocus()

    def _on_enrol(self) -> None:
        try:
            enrolment.enrol(
                self._presenter.station,
                self._presenter.code,
                self.name.text,
                self.unit.text,
                judge=self._editing,
                origin=self._presenter,
            )
        except (RuleBroken, Problem) as refused:
            self.name.show_error(self._context.words.explain(refused))
            self.name.editor.setFocus()
            return
        self._editing = None
        self.name.clear_error()
        for field in (self.name, self.unit):
            field.show_text("")
        self._on_change()
        self.name.editor.setFocus()

    def _on_duty(self) -> None:
        judge = self._chosen()
        if judge is None:
            return
        station, code = self._presenter.station, self._presenter.code
        say = self._context.words.say
        if judge.standing_down:
            self._run(lambda: enrolment.stand_up(station, code, judge.id, origin=self._presenter))
            return
        codes = ("own-unit", "ill", "duty", "other")
        labels = {one: say(f"setup.off_{one}") for one in codes}
        title = say("setup.stand_down_title", judge=judge.id)
        why = asked_why(self._context.ask, title, say("setup.stand_down_text"), labels)
        if why is not None:
            self._run(
                lambda: enrolment.stand_down(station, code, judge.id, why, origin=self._presenter)
            )

    def _on_panel(self, module: str, judges: tuple[JudgeId, ...]) -> None:
        """A tick in the matrix; once marking has begun a reason is asked for."""
        event = self._presenter.event
        if event is None:
            return
        station, code = self._presenter.station, self._presenter.code
        say = self._context.words.say
        found = next(one for one in event.modules if one.id == module)
        try:
            enrolment.set_panel(station, code, found.id, judges, origin=self._presenter)
        except RuleBroken as refused:
            if refused.code != "panel-change-without-reason":
                self._context.fail(refused)
                return
            labels = {one: say(f"setup.panel_{one}") for one in ("replaced", "own-unit", "other")}
            title = say("setup.panel_title", module=module)
            what = self._context.words.explain(refused)
            why = asked_why(self._context.ask, title, what, labels)
            if why is not None:
                self._run(
                    lambda: enrolment.set_panel(
                        station, code, found.id, judges, reason=why, origin=self._presenter
                    )
                )
            return
        self._on_change()

    def _run(self, act: Callable[[], object]) -> None:
        if self._context.attempt(act):
            self._on_change()
