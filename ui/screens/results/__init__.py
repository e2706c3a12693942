"""Results (成绩): the live leaderboard, why each rank, publishing, and the hall screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The results screen of an open competition."""
    from ui.screens.results.screen import ResultsScreen

    return ResultsScreen(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """The hall screen and the combined standings, for the screenshot maker."""
    from ui.screens.results.hall_shots import hall_views
    from ui.screens.results.screen import ResultsScreen

    screen = ResultsScreen(context)
    screen.tabs.setCurrentWidget(screen.standings)
    return [*hall_views(context), ("standings", screen)]
