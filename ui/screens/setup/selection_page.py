"""Selecting finalists from preliminary results: every event on one line, then one press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.services import rules
from app.services.roster_import import Imported, import_roster
from app.services.roster_plan import Outcome
from app.services.selecting import SelectionPlan, reserves_writer, selection_plan
from app.services.station import Station
from app.sheets.roster_check import Severity
from ui.beside import run_beside
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.screens.setup.roster_presenter import read_file
from ui.tasks import Cancelled, Progress
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel

_COLUMNS = ("event", "rows", "refused", "outside", "going", "reserves", "sharing", "lowest")


class SelectionPage(QWidget):
    """``on_done(message)`` when the finalists are in, ``on_done("")`` when they thought better."""

    def __init__(
        self, context: ScreenContext, station: Station, on_done: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._station = station
        self._on_done = on_done
        self.plan: SelectionPlan | None = None
        theme, say = context.theme, context.words.say
        self._file = text_label("", Kind.STRONG)
        self.banner = Banner(theme, context.words)
        self.events = TextModel(
            [Heading(say(f"setup.selection_{name}"), name != "event") for name in _COLUMNS]
        )
        table = Table(theme, name=say("setup.selection_events"))
        table.setModel(self.events)
        table.lay_out(widths=dict.fromkeys(range(1, len(_COLUMNS)), 9), stretched=(0,))
        self.refused = TextModel(
            [Heading(say("setup.roster_row"), True), Heading(say("setup.roster_problems"))]
        )
        self._causes = Table(theme, name=say("setup.selection_causes"))
        self._causes.setModel(self.refused)
        self._causes.lay_out(widths={0: 6}, stretched=(1,))
        self._causes_title = text_label("", Kind.LABEL)
        self.reason = FormField(theme, say("setup.roster_reason"), QLineEdit())
        self.strip = ProgressStrip(theme, context.words)
        other = plain_button(theme, say("setup.roster_other"), self.choose, icon_name="open")
        stay = plain_button(theme, say("setup.selection_leave"), lambda: on_done(""))
        self.reserves = plain_button(theme, say("promotion.reserves-save"), self._on_reserves)
        self.go = primary_button(theme, "", self._on_go, key="Ctrl+Return")
        self.setLayout(
            column(
                theme,
                row(theme, (self._file, 1), other, gap=2),
                self.banner,
                (table, 2),
                self._causes_title,
                (self._causes, 1),
                self.reason,
                self.strip,
                row(theme, self.reserves, STRETCH, stay, self.go),
                gap=1.5,
            )
        )
        self.setFocusProxy(table)
        self.show_plan(None)

    def choose(self) -> None:
        """Ask for a file of results and open it."""
        say = self._context.words.say
        kinds = [FileKind(say("setup.kind_roster"), ("*.xlsx", "*.xls", "*.ods", "*.csv", "*.txt"))]
        path = self._context.ask.open_file(say("setup.select_finalists"), kinds)
        if path is not None:
            self.open(path)
        elif self.plan is None:
            self._on_done("")

    def open(self, path: Path) -> None:
        """Read and judge a file, beside the window where the competition is a file itself."""
        self.show_plan(None)
        self._file.setText(path.name)

        def work(station: Station, _progress: object, _cancelled: object) -> SelectionPlan:
            sheet, sha256 = read_file(path)
            return selection_plan(station, sheet, sheet.mapping, sha256=sha256)

        task = run_beside(self._context, work, self.show_plan, self._refuse)
        if task is not None:
            self.strip.follow(task, self._context.words.say("setup.selection_reading"))

    def show_plan(self, plan: SelectionPlan | None) -> None:
        """What the file comes to, event by event; ``None`` shows that there is none yet."""
        self.plan = plan
        self.banner.clear()
        say, words = self._context.words.say, self._context.words
        if plan is not None:
            self._file.setText(plan.roster.file)
        found = () if plan is None else plan.events
        known = rules.events(self._station) if found else []
        names = {one.code: words.pick(one.name, one.name_en) for one in known}
        self.events.show_rows(
            [
                (
                    f"{one.event}  {names[one.event]}",
                    *map(str, (one.rows, one.refused, one.outside, one.going)),
                    str(len(one.reserves)),
                    str(one.sharing or ""),
                    one.lowest,
                )
                for one in found
            ]
        )
        causes = [] if plan is None else list(plan.roster.rows)
        told = [
            (str(line.row), words.explain(problem.refusal))
            for line in causes
            for problem in line.problems
            if problem.severity is Severity.ERROR
        ]
        self.refused.show_rows(told)
        self._causes_title.setText(say("setup.selection_refused_rows", count=len(told)))
        self._causes_title.setVisible(bool(told))
        self._causes.setVisible(bool(told))
        self.reason.setVisible(plan is not None and plan.roster.count(Outcome.CHANGED) > 0)
        self.reserves.setEnabled(any(one.reserves for one in found))
        count = self._to_enrol()
        self.go.setText(say("setup.selection_go", count=count))
        self.go.setEnabled(count > 0)

    def _to_enrol(self) -> int:
        if self.plan is None:
            return 0
        roster = self.plan.roster
        return roster.count(Outcome.NEW) + roster.count(Outcome.CHANGED)

    def _refuse(self, raised: Exception) -> None:
        if not isinstance(raised, RuleBroken | Problem):
            self._context.fail(raised)
            return
        self.show_plan(self.plan)
        self.banner.say(Tone.BLOCKED, self._context.words.explain(raised))

    def _on_reserves(self) -> None:
        """Who stands by, as a list that is imported like a roster should a finalist decline."""
        plan, words = self.plan, self._context.words
        assert plan is not None
        say = words.say
        name = f"{say('promotion.reserves')}.xlsx"
        kinds = [FileKind(say("setup.kind_roster"), ("*.xlsx", "*.csv"))]
        target = self._context.ask.save_file(say("promotion.reserves-save"), name, kinds)
        if target is None:
            return
        try:
            count = reserves_writer(plan, words, target)()
        except (RuleBroken, Problem) as refused:
            self._refuse(refused)
            return
        self._context.announce(say("promotion.reserves-saved", file=target.name, count=count))

    def _on_go(self) -> None:
        plan, reason = self.plan, self.reason.text
        assert plan is not None

        def work(station: Station, progress: Progress, cancelled: Cancelled) -> Imported:
            return import_roster(
                station,
                plan.roster,
                reason=reason,
                on_progress=progress,
                is_cancelled=cancelled,
            )

        task = run_beside(self._context, work, self._enrolled, self._refuse)
        if task is not None:
            self.go.setEnabled(False)
            task.ended.connect(lambda: self.go.setEnabled(self._to_enrol() > 0))
            self.strip.follow(task, self._context.words.say("setup.roster_writing"))

    def _enrolled(self, done: Imported) -> None:
        self.show_plan(None)
        self.reason.show_text("")
        say = self._context.words.say
        self._on_done(say("setup.roster_done", new=done.new, changed=done.changed))
