"""The stages of rounding (修约): how many decimals each keeps and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app.domain.points import PLACES, Rounding, RoundingMode
from app.domain.scheme import Event
from app.words import Words
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.tables import STAGES
from ui.theme.tokens import Theme
from ui.widgets.drop_down import DropDown
from ui.widgets.labels import Kind, text_label


class RoundingPart(QWidget):
    """A row a stage; a stage that is not rounded carries its value on exactly."""

    def __init__(
        self, theme: Theme, words: Words, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._on_change = on_change
        self.places: dict[str, QComboBox] = {}
        self.modes: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(3))
        grid.setVerticalSpacing(theme.px(1))
        for section, heading in enumerate(("stage", "places", "mode")):
            title = text_label(words.say(f"setup.rounding_{heading}"), Kind.LABEL)
            grid.addWidget(title, 0, section)
        for number, stage in enumerate(STAGES, start=1):
            name = words.say(f"setup.stage_{stage}")
            places, modes = DropDown(), DropDown()
            if stage != "total":
                places.addItem(words.say("setup.not_rounded"), "")
            for count in range(PLACES + 1):
                places.addItem(words.say("setup.decimals", count=count), str(count))
            for mode in RoundingMode:
                modes.addItem(words.say(f"setup.mode_{mode.value}"), mode.value)
            for combo in (places, modes):
                combo.setAccessibleName(name)
                combo.activated.connect(partial(self._take, stage))
            self.places[stage], self.modes[stage] = places, modes
            for section, part in enumerate((text_label(name), places, modes)):
                grid.addWidget(part, number, section)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(STAGES) + 1, 1)
        self.setLayout(grid)

    def show_event(self, event: Event, *, locked: bool) -> None:
        for stage in STAGES:
            rounding: Rounding | None = getattr(event.rounding, stage)
            places, modes = self.places[stage], self.modes[stage]
            places.setCurrentIndex(
                places.findData("" if rounding is None else str(rounding.places))
            )
            modes.setCurrentIndex(modes.findData((rounding or Rounding()).mode.value))
            places.setEnabled(not locked)
            modes.setEnabled(not locked and rounding is not None)

    def _take(self, stage: str, _row: int) -> None:
        places, mode = self.places[stage].currentData(), self.modes[stage].currentData()
        self._presenter.set_rule(f"rounding.{stage}", f"{places} {mode}" if places else "")
        self._on_change()
