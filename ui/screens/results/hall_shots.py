"""The hall screen for the screenshot maker."""

from __future__ import annotations

from app.services import rules
from app.services.hall import HallSubject, OfStanding
from ui.context import NamedView, ScreenContext
from ui.screens.results.hall_window import HallWindow


def hall_views(context: ScreenContext) -> list[NamedView]:
    """One hall screen an event and a standing, with names."""
    station = context.station
    subjects: dict[str, HallSubject] = {it.code: it.code for it in rules.events(station)}
    subjects |= {it.id: OfStanding(it.id) for it in rules.competition(station).standings}
    views: list[NamedView] = []
    for name, subject in subjects.items():
        window = HallWindow(station, context.words, context.theme, subject)
        window.show_names(True)
        views.append((f"hall-{name.lower()}", window))
    return views
