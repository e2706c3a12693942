"""A quiz and proposals for the screenshot maker, from a sample of their own."""

from __future__ import annotations

from dataclasses import replace

from app.demo.programme import sample_programme
from app.services import rules
from ui.context import NamedView, ScreenContext
from ui.screens.marking.place import MarkingPlace
from ui.screens.marking.proposals_screen import ProposalsScreen
from ui.screens.marking.quiz_screen import QuizScreen


def programme_views(context: ScreenContext) -> list[NamedView]:
    """The desk of the quiz and its scoreboard, the proposals, and a month of them ranked."""
    station = sample_programme(context.words.language)
    own = replace(context, station=station)
    views: list[NamedView] = []
    for tab, name in enumerate(("quiz", "proposals", "proposals-month")):
        place = MarkingPlace(own)
        place.tabs.setCurrentIndex(min(tab, 1))
        if tab > 1 and isinstance(place.page, ProposalsScreen):
            place.page.tabs.setCurrentIndex(1)
        views.append((name, place))
    desk = QuizScreen(own, rules.events(station)[0])
    views.insert(1, ("quiz-hall", desk.make_hall()))
    views[-1][1].destroyed.connect(station.close)
    return views
