"""Which event, module and sheet is marked: the line above the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from app.services.mark_words import judge_name
from ui.context import ScreenContext
from ui.widgets.drop_down import DropDown
from ui.widgets.flow import flow
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ui.screens.marking.screen import MarkingScreen


class Choices(QWidget):
    """Which event, module and sheet; a single event is not offered as a choice."""

    def __init__(self, context: ScreenContext, screen: MarkingScreen) -> None:
        super().__init__()
        self._words = context.words
        self._presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.events = _combo(theme.px(38), say("marking.event"), screen.choose_event)
        self.modules = _combo(theme.px(38), say("marking.module"), screen.choose_module)
        self.sheets = _combo(theme.px(24), say("marking.sheet"), screen.choose_judge)
        self.modes = _combo(theme.px(16), say("checking.mode"), screen.choose_mode)
        for mode in ("enter", "check"):
            self.modes.addItem(say(f"checking.mode-{mode}"), mode)
        self._title = text_label(say("marking.title"), Kind.TITLE)
        chosen = (self.events, self.modules, self.sheets)
        line = flow(theme, self._title, self.modes, STRETCH, *chosen, gap=1.5)
        self.setLayout(column(theme, line))

    def show_choices(self) -> None:
        presenter, words = self._presenter, self._words
        event, module = presenter.event, presenter.module
        events = [(one.code, words.pick(one.name, one.name_en)) for one in presenter.events]
        _fill(self.events, events, event.code if event else None)
        self.events.setVisible(len(events) > 1)
        modules = [
            (one.id, f"{one.id}  {words.pick(one.name, one.name_en)}")
            for one in (event.modules if event else ())
        ]
        _fill(self.modules, modules, module.id if module else None)
        sheets = [(one, judge_name(words, one)) for one in presenter.judges]
        _fill(self.sheets, sheets, presenter.judge)

    def set_narrow(self, narrow: bool) -> None:
        """The choices alone say where one is when the height of a line matters."""
        self._title.setVisible(not narrow)

    def show_mode(self, *, offered: bool, checks: bool) -> None:
        """Checking is offered where the rules ask for it; a pile has sheets of every judge."""
        self.modes.setVisible(offered)
        self.modes.setCurrentIndex(1 if checks else 0)
        self.sheets.setVisible(not checks)


def _combo(width: int, name: str, chosen: Callable[[str], None]) -> QComboBox:
    combo = DropDown()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.setMinimumWidth(width)
    combo.activated.connect(lambda place: chosen(combo.itemData(place)))
    return combo


def _fill(combo: QComboBox, offered: Iterable[tuple[str, str]], chosen: str | None) -> None:
    with QSignalBlocker(combo):
        combo.clear()
        for value, text in offered:
            combo.addItem(text, value)
        combo.setCurrentIndex(combo.findData(chosen))
