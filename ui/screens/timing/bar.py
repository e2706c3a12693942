"""The bar above the wall: which event, modules and batch, and the one button for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.ids import EventCode
from app.words import Words
from ui.screens.timing.arrangement import ALL, NOW, Bar
from ui.theme.tokens import Theme
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.drop_down import DropDown
from ui.widgets.flow import flow
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column


class Chooser(Protocol):
    """Who is told of a choice."""

    def choose_event(self, event: EventCode) -> None: ...

    def choose_scope(self, scope: str) -> None: ...

    def choose_batch(self, batch: int | None) -> None: ...

    def start_all(self) -> None: ...


class TimingBar(QWidget):
    """Shows what is chosen; every choice goes to the chooser."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        chooser: Chooser,
        *,
        on_try: Callable[[], None],
        on_hall: Callable[[], None],
    ) -> None:
        super().__init__()
        self._words, say = words, words.say
        self._chooser = chooser
        self.events = _combo(say("timing.event"), 12)
        self.events.activated.connect(
            lambda place: chooser.choose_event(EventCode(self.events.itemData(place)))
        )
        self.scope = _combo(say("timing.scope"), 16)
        self.scope.activated.connect(
            lambda place: chooser.choose_scope(str(self.scope.itemData(place)))
        )
        self.batch = _combo(say("timing.batch"), 10)
        self.batch.activated.connect(self._on_batch)
        self.start_all = primary_button(
            theme, say("timing.start_all", count=0), chooser.start_all, key="Ctrl+Return"
        )
        self.try_cues = plain_button(theme, say("timing.try_cues"), on_try, icon_name="sound")
        self.hall = plain_button(theme, say("timing.hall"), on_hall)
        title = text_label(say("timing.title"), Kind.TITLE)
        choices = (self.events, self.scope, self.batch)
        acts = (self.try_cues, self.hall, self.start_all)
        self.setLayout(column(theme, flow(theme, title, *choices, STRETCH, *acts)))

    def show_bar(self, bar: Bar) -> None:
        say = self._words.say
        names = [(self._words.pick(one.name, one.name_en), one.code) for one in bar.events]
        _fill(self.events, names, bar.event)
        self.events.setVisible(len(names) > 1)
        collective = [(say("timing.scope_now"), NOW), (say("timing.scope_all"), ALL)]
        modules = [(title, module) for module, title in bar.modules]
        _fill(self.scope, [*collective, *modules], bar.scope)
        batches = [(self._batch_word(batch), batch) for batch in bar.batches]
        _fill(self.batch, [(say("timing.batch_now"), None), *batches], bar.batch)
        self.batch.setVisible(bool(bar.batches))
        self.start_all.setText(say("timing.start_all", count=bar.ready))
        self.start_all.setEnabled(bar.ready > 0)

    def _batch_word(self, batch: int) -> str:
        if batch == 0:
            return self._words.say("timing.no_place")
        return self._words.say("timing.batch_number", number=batch)

    def _on_batch(self, place: int) -> None:
        match self.batch.itemData(place):
            case int(batch):
                self._chooser.choose_batch(batch)
            case _:
                self._chooser.choose_batch(None)


def _combo(name: str, length: int) -> QComboBox:
    combo = DropDown()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    # A long module name must not push the buttons out of the window.
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(length)
    return combo


def _fill(combo: QComboBox, choices: Sequence[tuple[str, object]], chosen: object) -> None:
    """Offer these and choose one; nothing moves when they are offered already."""
    offered = [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())]
    if offered != list(choices):
        combo.clear()
        for text, value in choices:
            combo.addItem(text, value)
    values = [value for _, value in choices]
    if chosen in values:
        combo.setCurrentIndex(values.index(chosen))
