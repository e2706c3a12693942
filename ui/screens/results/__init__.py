"""Results (成绩): the live leaderboard, why each rank, publishing, and the hall screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The results screen of an open competition."""
    from ui.screens.results.screen import ResultsScreen

    return ResultsScreen(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """The hall screen, the combined standings and the technical review, for the screenshots."""
    from app.services.standings import combined_standings
    from ui.screens.results.hall_shots import hall_views
    from ui.screens.results.screen import ResultsScreen

    views = hall_views(context)
    for place, standing in enumerate(combined_standings(context.station)):
        screen = ResultsScreen(context)
        screen.tabs.setCurrentWidget(screen.standings)
        screen.standings.work_out()
        screen.standings.choice.setCurrentIndex(place)
        views.append((f"standings-{standing.id}", screen))
    technical = ResultsScreen(context)
    technical.tabs.setCurrentWidget(technical.technical)
    return [*views, ("technical", technical)]
