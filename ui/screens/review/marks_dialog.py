"""What an import of keyed marks would come to, row by row, before anything is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from app.domain.entries import Cell as DomainCell
from app.domain.ids import JudgeId
from app.services.mark_words import cell_text, judge_name
from app.services.marks_import import ExaminedRow, RowState
from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.text_model import Cell, Heading, TextModel, Toned

_TONES = {
    RowState.NEW: Tone.DONE,
    RowState.SAME: Tone.IDLE,
    RowState.REPLACES: Tone.ATTENTION,
    RowState.PROBLEM: Tone.BLOCKED,
}
_COLUMNS = ("row", "entry", "aspect", "judge", "value", "state")


class MarksDialog(QDialog):
    """Either every row can be taken, or none is: problems are put right in the file."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        file: str,
        found: Sequence[ExaminedRow],
        apply: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say = words.say
        self._words, self._found, self._apply = words, found, apply
        counts = {state: sum(one.state is state for one in found) for state in RowState}
        title = say("import_marks.title")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        chips = [
            StateChip(theme, tone, say(f"import_marks.count-{state.value}", count=counts[state]))
            for state, tone in _TONES.items()
            if counts[state]
        ]
        self.only_problems = QCheckBox(say("import_marks.only-problems"))
        self.only_problems.setVisible(bool(counts[RowState.PROBLEM]))
        self.only_problems.toggled.connect(lambda _on: self._show_rows())
        headings = [Heading(say(f"import_marks.{name}"), name == "row") for name in _COLUMNS]
        self.model = TextModel(headings)
        self.table = Table(theme, name=say("import_marks.preview"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 5, 1: 12, 2: 8, 3: 12, 4: 8}, stretched=(5,))
        self.reason = QLineEdit()
        why = FormField(theme, say("import_marks.reason"), self.reason)
        why.setVisible(bool(counts[RowState.REPLACES]))
        given = counts[RowState.NEW] + counts[RowState.REPLACES]
        self.go = primary_button(
            theme, say("import_marks.go", count=given), self._on_go, key="Ctrl+Return"
        )
        self.go.setEnabled(given > 0 and not counts[RowState.PROBLEM])
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE),
            text_label(file, Kind.STRONG),
            self.banner,
            row(theme, *chips, STRETCH, self.only_problems),
            (self.table, 1),
            text_label(say("import_marks.states"), Kind.MUTED, wraps=True),
            why,
            foot=row(theme, STRETCH, stay, self.go),
            width=128,
            height=80,
        )
        if counts[RowState.PROBLEM]:
            self.only_problems.setChecked(True)
            self.banner.say(Tone.BLOCKED, say("import_marks.has-problems"))
        elif not given:
            self.banner.say(Tone.IDLE, say("import_marks.nothing-new"))
        self._show_rows()
        self.table.setFocus()

    def _show_rows(self) -> None:
        only = self.only_problems.isChecked()
        shown = [one for one in self._found if not only or one.state is RowState.PROBLEM]
        self.model.show_rows([self._row(one) for one in shown])

    def _row(self, one: ExaminedRow) -> Sequence[Cell]:
        words, row = self._words, one.row
        return (
            str(row.row),
            row.entry,
            row.aspect,
            judge_name(words, JudgeId(row.judge or "PANEL")),
            row.value,
            Toned(self._said(one), _TONES[one.state]),
        )

    def _said(self, one: ExaminedRow) -> str:
        """What becomes of a row; of a mark that is replaced, which one."""
        if one.refusal is not None:
            return self._words.explain(one.refusal)
        if one.aspect is None or not isinstance(one.before, DomainCell) or one.now is None:
            return self._words.say(f"import_marks.state-{one.state.value}")
        return self._words.say(
            f"import_marks.state-{one.state.value}",
            before=cell_text(self._words, one.aspect, one.before),
            now=cell_text(self._words, one.aspect, one.now),
        )

    def _on_go(self) -> None:
        if refusal := self._apply(self.reason.text()):
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.accept()
