"""What two people typed differently, side by side, to be settled at the paper (核对差异)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from app.domain.ids import AspectId
from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row, scrolling

_VALUES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One mark in words: the aspect, what was entered first, and what was typed again."""

    aspect: AspectId
    name: str
    first: str
    second: str


Apply = Callable[[Mapping[AspectId, str] | None, str], str]
"""Takes what was typed by aspect, or ``None`` to leave it to the chief, and the reason; returns the
refusal, empty when accepted."""


class DifferenceDialog(QDialog):
    """Enter goes from field to field, Ctrl+Enter records."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        work: str,
        lines: Sequence[DifferenceLine],
        apply: Apply,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say = words.say
        self._apply = apply
        title = say("checking.differs-title", work=work, count=len(lines))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self.paper = {one.aspect: self._edit(theme, one.name) for one in lines}
        self.reason = QLineEdit()
        self.go = primary_button(theme, say("checking.differs-go"), self._on_go, key="Ctrl+Return")
        self.leave = plain_button(theme, say("checking.differs-leave"), self._on_leave, key="F9")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        grid = self._grid(theme, words, lines)
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE, wraps=True),
            self.banner,
            text_label(say("checking.differs-text"), Kind.MUTED, wraps=True),
            (scrolling(theme, grid, STRETCH), 1),
            FormField(theme, say("checking.differs-reason"), self.reason),
            foot=row(theme, self.leave, STRETCH, stay, self.go),
            width=96,
            height=56,
        )
        order = [*self.paper.values(), self.reason]
        for edit, following in zip(order, [*order[1:], None], strict=True):
            edit.returnPressed.connect(following.setFocus if following else self._on_go)
        order[0].setFocus()

    def _edit(self, theme: Theme, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        edit.setFixedWidth(theme.px(14))
        return edit

    def _grid(self, theme: Theme, words: Words, lines: Sequence[DifferenceLine]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(3))
        grid.setVerticalSpacing(theme.px(1))
        grid.setColumnStretch(0, 1)
        for place, heading in enumerate(("first", "second", "paper"), start=1):
            label = text_label(words.say(f"checking.differs-{heading}"), Kind.LABEL)
            grid.addWidget(label, 0, place, _VALUES)
        for line, one in enumerate(lines, start=1):
            grid.addWidget(text_label(one.name, wraps=True), line, 0)
            grid.addWidget(text_label(one.first, Kind.STRONG), line, 1, _VALUES)
            grid.addWidget(text_label(one.second, Kind.STRONG), line, 2, _VALUES)
            grid.addWidget(self.paper[one.aspect], line, 3, _VALUES)
        return grid

    def _on_go(self) -> None:
        typed = {aspect: edit.text().strip() for aspect, edit in self.paper.items()}
        self._take(self._apply(typed, self.reason.text()))

    def _on_leave(self) -> None:
        self._take(self._apply(None, ""))

    def _take(self, refusal: str) -> None:
        if refusal:
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.accept()
