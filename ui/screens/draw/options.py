"""Step 1: who is drawn for and what is kept apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from app.words import Words
from ui.screens.draw.shown import Options
from ui.theme.tokens import Theme
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row

MOST_BATCHES = 999


class OptionsPanel(QWidget):
    """The choices of a draw; ``on_changed`` hears every change a person makes."""

    def __init__(self, theme: Theme, words: Words, on_changed: Callable[[Options], None]) -> None:
        super().__init__()
        say = words.say
        self._on_changed = on_changed
        self.not_in_one_batch = QCheckBox(say("draw.constraint_unit-not-in-one-batch"))
        self.not_adjacent = QCheckBox(say("draw.constraint_unit-not-adjacent"))
        self.include_missing = QCheckBox(say("draw.include_missing"))
        self.batches = QSpinBox()
        self.batches.setRange(0, MOST_BATCHES)
        self.batches.setSpecialValueText(say("draw.batches_auto"))
        self.batches.setAccessibleName(say("draw.batches"))
        batches = row(
            theme, text_label(say("draw.batches"), Kind.LABEL), self.batches, STRETCH, gap=1
        )
        for box in (self.not_in_one_batch, self.not_adjacent, self.include_missing):
            box.clicked.connect(self._on_clicked)
        self.batches.valueChanged.connect(self._on_clicked)
        self.setLayout(
            column(theme, self.not_in_one_batch, self.not_adjacent, self.include_missing, batches)
        )

    def show_options(self, options: Options) -> None:
        self.not_in_one_batch.setChecked(options.not_in_one_batch)
        self.not_adjacent.setChecked(options.not_adjacent)
        self.include_missing.setChecked(options.include_missing)
        blocked = self.batches.blockSignals(True)
        self.batches.setValue(options.batches)
        self.batches.blockSignals(blocked)

    def _on_clicked(self) -> None:
        self._on_changed(
            Options(
                include_missing=self.include_missing.isChecked(),
                not_adjacent=self.not_adjacent.isChecked(),
                not_in_one_batch=self.not_in_one_batch.isChecked(),
                batches=self.batches.value(),
            )
        )
