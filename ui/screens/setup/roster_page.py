"""Importing a list of entrants: columns, preview with every problem, then one press."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.services.roster_import import Imported
from app.services.roster_plan import Outcome, RosterPlan
from app.services.station import Station
from app.sheets.cells import column_letter
from app.sheets.roster import RosterSheet
from ui.beside import run_beside
from ui.context import ScreenContext
from ui.screens.setup.roster_presenter import SHOWN_FIELDS, RosterPresenter, read_file
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.drop_down import DropDown
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.text_model import Cell, Heading, TextModel, Toned

_TONES = {"error": Tone.BLOCKED, "warning": Tone.ATTENTION, "sound": Tone.DONE}
_COLUMNS = 7
_SMALL = 3_000


class RosterPage(QWidget):
    """``on_done(message)`` when the list is in, ``on_done("")`` when they thought better."""

    def __init__(
        self, context: ScreenContext, station: Station, on_done: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._on_done = on_done
        self.presenter = RosterPresenter(station, context.words)
        theme, say = context.theme, context.words.say
        self._file = text_label("", Kind.STRONG)
        self.banner = Banner(theme, context.words)
        self.chips = {
            name: StateChip(theme, tone, "")
            for name, tone in (
                ("new", Tone.DONE),
                ("changed", Tone.ATTENTION),
                ("unchanged", Tone.IDLE),
                ("warnings", Tone.ATTENTION),
                ("errors", Tone.BLOCKED),
            )
        }
        self.columns = {field: self._combo(field.value) for field in SHOWN_FIELDS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(1))
        grid.setVerticalSpacing(theme.px(1))
        for number, field in enumerate(SHOWN_FIELDS):
            label = say(f"setup.roster_field_{field.value}")
            needed = " *" if number < 2 else ""
            shown = FormField(theme, label + needed, self.columns[field])
            grid.addWidget(shown, number // _COLUMNS, number % _COLUMNS)
            self.columns[field].activated.connect(partial(self._on_column, field))
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        matching = card(
            theme, text_label(say("setup.roster_columns"), Kind.LABEL), grid, margin=1.5
        )
        self.only_problems = QCheckBox(say("setup.roster_only_problems"))
        self.only_problems.toggled.connect(lambda _on: self._show_rows())
        names = ("row", "state", "number", "name", "unit", "event", "id", "problems")
        self.model = TextModel(
            [Heading(say(f"setup.roster_{name}"), name == "row") for name in names]
        )
        self.table = Table(theme, name=say("setup.roster_preview"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 4, 1: 11, 2: 5, 3: 10, 4: 13, 5: 8, 6: 8}, stretched=(7,))
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self.detail = text_label("", wraps=True)
        self.reason = FormField(theme, say("setup.roster_reason"), QLineEdit())
        self.strip = ProgressStrip(theme, context.words)
        self.other = plain_button(theme, say("setup.roster_other"), self.choose, icon_name="open")
        self.stay = plain_button(theme, say("setup.roster_leave"), lambda: on_done(""))
        self.go = primary_button(theme, "", self._on_go, key="Ctrl+Return")
        self.setLayout(
            column(
                theme,
                row(theme, (self._file, 1), self.other, gap=2),
                matching,
                self.banner,
                row(theme, *self.chips.values(), STRETCH, self.only_problems),
                (self.table, 1),
                self.detail,
                self.reason,
                self.strip,
                row(theme, STRETCH, self.stay, self.go),
                gap=1.5,
            )
        )
        self.setFocusProxy(self.table)

    def choose(self) -> None:
        """Ask for a file and open it."""
        say = self._context.words.say
        from ui.dialogs import FileKind

        kinds = [FileKind(say("setup.kind_roster"), ("*.xlsx", "*.xls", "*.ods", "*.csv", "*.txt"))]
        path = self._context.ask.open_file(say("setup.import_list"), kinds)
        if path is None:
            if self.presenter.sheet is None:
                self._on_done("")
            return
        self.open(path)

    def open(self, path: Path) -> None:
        """Read a list beside the window, then check it."""
        self.banner.clear()
        self._file.setText(path.name)
        task = self._context.tasks.run(
            lambda _progress, _cancelled: read_file(path),
            lambda found: self.opened(path, *found),
            self._refused,
        )
        self.strip.follow(task, self._context.words.say("setup.roster_reading"))

    def opened(self, path: Path, sheet: RosterSheet, sha256: str) -> None:
        """Show the columns of a list that was read, and check its rows."""
        say = self._context.words.say
        self.presenter.opened(path, sheet, sha256)
        parts = (path.name, sheet.sheet, say("setup.roster_rows", rows=len(sheet.rows)))
        self._file.setText(" · ".join(part for part in parts if part))
        for field, combo in self.columns.items():
            combo.clear()
            combo.addItem(say("setup.roster_no_column"), None)
            for number, header in enumerate(sheet.headers):
                title = f"{column_letter(number)}  {header}" if header else column_letter(number)
                combo.addItem(title, number)
            combo.setCurrentIndex(combo.findData(self.presenter.columns.get(field)))
        self._check()
        if self.isVisible():
            self.table.setFocus()

    def _combo(self, name: str) -> QComboBox:
        combo = DropDown()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(4)
        combo.setObjectName(name)
        return combo

    def _on_column(self, field: object, _row: int) -> None:
        for known, combo in self.columns.items():
            if known is field:
                self.presenter.choose_column(known, combo.currentData())
        self._check()

    def _check(self) -> None:
        """Rows are checked at once when they are few, beside the window when they are many."""
        self.banner.clear()
        work = self.presenter.check()
        sheet = self.presenter.sheet
        if sheet is not None and len(sheet.rows) <= _SMALL:
            try:
                self._checked(work(self.presenter.station))
            except (RuleBroken, Problem) as refused:
                self._refused(refused)
            return
        task = run_beside(
            self._context,
            lambda station, _progress, _cancelled: work(station),
            self._checked,
            self._refused,
        )
        if task is not None:
            self.strip.follow(task, self._context.words.say("setup.roster_checking"))

    def _checked(self, plan: RosterPlan) -> None:
        self.presenter.plan = plan
        self.only_problems.setChecked(bool(plan.errors) and len(plan.rows) > 50)
        self._show_rows()

    def _show_rows(self) -> None:
        plan = self.presenter.plan
        say = self._context.words.say
        counts = {"new": 0, "changed": 0, "unchanged": 0, "warnings": 0, "errors": 0}
        if plan is not None:
            counts = {outcome.value: plan.count(outcome) for outcome in Outcome}
            counts |= {"warnings": plan.warnings, "errors": plan.errors}
        for name, chip in self.chips.items():
            chip.setVisible(bool(counts[name]) or name == "new")
            tone = Tone.IDLE if not counts[name] else _CHIP_TONES[name]
            chip.show_state(tone, say(f"setup.roster_count_{name}", count=counts[name]))
        rows: list[tuple[Cell, ...]] = []
        for shown in self.presenter.rows(only_problems=self.only_problems.isChecked()):
            word = say(f"setup.roster_outcome_{shown.outcome}")
            state = Toned(word, _TONES[shown.state])
            rows.append((str(shown.number), state, *shown.cells, shown.problems))
        self.model.show_rows(rows)
        self.table.setColumnHidden(5, len({row[5] for row in rows}) <= 1)
        self._show_detail()
        count = self.presenter.to_import
        self.go.setText(say("setup.roster_go", count=count))
        self.go.setEnabled(count > 0)
        self.reason.setVisible(self.presenter.needs_reason)

    def _show_detail(self) -> None:
        """All that is to be said about the chosen row; the table has room for one line."""
        here = self.table.currentIndex()
        told = self.model.index(here.row(), 7).data() if here.isValid() else ""
        self.detail.setText(str(told or ""))
        self.detail.setVisible(bool(told))

    def _refused(self, raised: Exception) -> None:
        """A file or a choice of columns that cannot be used is told above the table."""
        self.presenter.plan = None
        self._show_rows()
        if isinstance(raised, RuleBroken | Problem):
            self.banner.say(Tone.BLOCKED, self._context.words.explain(raised))
        else:
            self._context.fail(raised)

    def _on_go(self) -> None:
        reason = self.reason.text
        words = self._context.words
        if self.presenter.needs_reason and not reason.strip():
            changed = self.presenter.plan.count(Outcome.CHANGED) if self.presenter.plan else 0
            refused = RuleBroken("roster-changes-without-reason", count=changed)
            self.reason.show_error(words.explain(refused))
            self.reason.editor.setFocus()
            return
        work = self.presenter.write(reason)
        task = run_beside(self._context, work, self._imported, self._refused)
        if task is not None:
            self.go.setEnabled(False)
            task.ended.connect(lambda: self.go.setEnabled(self.presenter.to_import > 0))
            self.strip.follow(task, words.say("setup.roster_writing"))

    def _imported(self, done: Imported) -> None:
        self.presenter.plan = None
        self.reason.show_text("")
        say = self._context.words.say
        self._on_done(say("setup.roster_done", new=done.new, changed=done.changed))


_CHIP_TONES = {
    "new": Tone.DONE,
    "changed": Tone.ATTENTION,
    "unchanged": Tone.IDLE,
    "warnings": Tone.ATTENTION,
    "errors": Tone.BLOCKED,
}
