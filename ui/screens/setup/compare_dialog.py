"""Two versions of an event's rules side by side: the draft, every version in force, a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.scheme import Event, Scheme
from app.services.rule_changes import rules_difference
from app.sheets.scheme_files import read_scheme
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.screens.setup.rule_words import Version, change_rows
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.drop_down import DropDown
from ui.widgets.flow import flow
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel

_PATTERNS = ("*.toml", "*.xlsx", "*.xlsm", "*.xls", "*.ods")


class CompareDialog(QDialog):
    """Opens on what the draft changes; a file joins the versions to choose from."""

    def __init__(
        self, context: ScreenContext, versions: Sequence[Version], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._versions: list[Version] = []
        theme, say = context.theme, context.words.say
        title = say("setup.compare_title", event=versions[-1].rules.code)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.old, self.new = DropDown(), DropDown()
        for combo in (self.old, self.new):
            combo.setMinimumWidth(theme.px(38))
            combo.activated.connect(self._show)
        self.found = text_label("", Kind.STRONG)
        self.changes = TextModel(
            [Heading(say(f"setup.diff_{name}")) for name in ("where", "what", "old", "new")]
        )
        self.table = Table(theme, name=say("setup.diff"))
        self.table.setModel(self.changes)
        self.table.lay_out(widths={1: 16}, stretched=(0, 2, 3))
        self.file = plain_button(theme, say("setup.compare_file"), self._on_file)
        close = primary_button(theme, say("frame.close"), self.accept)
        chosen = flow(
            theme,
            FormField(theme, say("setup.compare_from"), self.old),
            FormField(theme, say("setup.compare_to"), self.new),
            STRETCH,
            self.file,
            gap=2,
        )
        heading = text_label(title, Kind.TITLE, wraps=True)
        frame_dialog(
            self,
            theme,
            heading,
            chosen,
            self.found,
            (self.table, 1),
            foot=row(theme, STRETCH, close),
            width=120,
            height=68,
        )
        for version in versions:
            self._add(version)
        self.new.setCurrentIndex(len(versions) - 1)
        self.old.setCurrentIndex(max(0, len(versions) - 2))
        self._show()

    def compare_with(self, version: Version) -> None:
        """Compare the draft with one more version."""
        self._add(version)
        self.old.setCurrentIndex(self.old.count() - 1)
        self._show()

    def _add(self, version: Version) -> None:
        self._versions.append(version)
        self.old.addItem(version.name)
        self.new.addItem(version.name)

    def _show(self, _row: int = 0) -> None:
        words = self._context.words
        old, new = (self._versions[combo.currentIndex()] for combo in (self.old, self.new))
        changes = rules_difference(old.rules, new.rules)
        self.changes.show_rows(change_rows(words, changes))
        said = words.say("setup.compare_found", count=len(changes))
        self.found.setText(said if changes else words.say("setup.compare_same"))

    def _on_file(self) -> None:
        say = self._context.words.say
        kinds = [FileKind(say("setup.kind_toml"), _PATTERNS)]
        path = self._context.ask.open_file(say("setup.compare_file"), kinds)
        if path is not None:
            self._context.attempt(
                lambda: self.compare_with(
                    Version(path.name, self._same_event(read_scheme(path).scheme))
                )
            )

    def _same_event(self, scheme: Scheme) -> Event:
        """The event with the same code, or the only one there is: a workbook has its own code."""
        wanted = self._versions[0].rules.code
        return scheme.events[0] if len(scheme.events) == 1 else scheme.event(wanted)
