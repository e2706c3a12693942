"""The promotion list (晋级名单): who goes up and who stands by, who declines, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.context import ScreenContext
from ui.dialogs import FileKind, Reason
from ui.screens.certificates.promotion_presenter import PromotionPresenter
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel

_COLUMNS = ("division", "rank", "entry", "name", "unit", "total")
_OWN = ("standing", "note")
_NUMBERS = frozenset({"rank", "total"})
_DIVISION = 0


class PromotionDialog(QDialog):
    """``save`` writes the list beside the window and says so there."""

    def __init__(
        self,
        context: ScreenContext,
        presenter: PromotionPresenter,
        save: Callable[[Callable[[], int], Path], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self.presenter, self._save = context, presenter, save
        theme, say = context.theme, context.words.say
        title = say("promotion.dialog-title")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.summary = text_label("", Kind.MUTED, wraps=True)
        self.banner = Banner(theme, context.words)
        headings = [
            *(Heading(say(f"nominations.{name}"), name in _NUMBERS) for name in _COLUMNS),
            *(Heading(say(f"promotion.{name}")) for name in _OWN),
        ]
        self.model = TextModel(headings, self)
        self.table = Table(theme, name=title)
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 12, 1: 6, 2: 8, 3: 14, 5: 9, 6: 17}, stretched=(4, 7))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_action())
        self.decline = plain_button(theme, say("promotion.decline"), self._on_decline, key="Alt+D")
        close = plain_button(theme, say("frame.close"), self.accept)
        self.go = primary_button(theme, say("promotion.save"), self._on_save, key="Ctrl+S")
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE),
            self.summary,
            self.banner,
            (self.table, 1),
            foot=row(theme, self.decline, STRETCH, close, self.go),
            width=124,
            height=72,
        )
        self._show()

    def _show(self) -> None:
        rows = self.presenter.rows
        line = max(0, self.table.currentIndex().row())
        names = (*_COLUMNS, *_OWN)
        self.model.show_rows([[getattr(row, name) for name in names] for row in rows])
        self.table.setColumnHidden(_DIVISION, not any(row.division for row in rows))
        self.summary.setText(self.presenter.summary)
        self.go.setEnabled(bool(rows))
        if rows:
            self.table.selectRow(min(line, len(rows) - 1))
        self.table.setFocus()
        self._show_action()

    def _show_action(self) -> None:
        self.decline.setEnabled(self.presenter.may_decline(self.table.currentIndex().row()))

    def _on_decline(self) -> None:
        say, line = self._context.words.say, self.table.currentIndex().row()
        who = self.presenter.rows[line]
        what = say("promotion.decline-what", number=who.entry, name=who.name)
        asked = [Reason("declined", say("promotion.decline-reason"), needs_note=True)]
        why = self._context.ask.reason(say("promotion.decline-title"), what, asked)
        if why is None:
            return
        if self.banner.attempt(lambda: self.presenter.decline(line, why.note)):
            self.banner.say(Tone.DONE, say("promotion.done-declined", number=who.entry))
            self._show()

    def _on_save(self) -> None:
        say = self._context.words.say
        kinds = [
            FileKind(say("promotion.kind-paper"), ("*.pdf",)),
            FileKind(say("promotion.kind-roster"), ("*.xlsx", "*.csv")),
        ]
        target = self._context.ask.save_file(
            say("promotion.save-title"), self.presenter.file_name, kinds
        )
        if target is not None and self.banner.attempt(
            lambda: self._save(self.presenter.writer(target), target)
        ):
            self.accept()
