"""Chooses the event a screen is about; takes no room where there is only one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox

from app.domain.ids import EventCode


class EventPicker(QComboBox):
    """``on_chosen`` is called with the event a person picked."""

    def __init__(self, name: str, on_chosen: Callable[[EventCode], object]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.activated.connect(lambda place: on_chosen(EventCode(self.itemData(place))))

    def show_events(self, events: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """Offer these events, or whatever else has a code and a title, with one chosen."""
        known = [(self.itemData(n), self.itemText(n)) for n in range(self.count())]
        if known != list(events):
            self.clear()
            for code, title in events:
                self.addItem(title, code)
        self.setCurrentIndex(self.findData(chosen))
        self.setVisible(len(events) > 1)
