"""The hall screen for the screenshot maker."""

from __future__ import annotations

from app.services import rules
from ui.context import NamedView, ScreenContext
from ui.screens.results.hall_window import HallWindow


def hall_views(context: ScreenContext) -> list[NamedView]:
    """One hall screen an event, with names."""
    views: list[NamedView] = []
    for event in rules.events(context.station):
        window = HallWindow(context.station, context.words, context.theme, event.code)
        window.show_names(True)
        views.append((f"hall-{event.code.lower()}", window))
    return views
