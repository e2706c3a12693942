"""A quiz, proposals, counted output and a second person for the screenshot maker: own samples."""

from __future__ import annotations

from dataclasses import replace

from app.demo.campaign import sample_campaign
from app.demo.programme import sample_programme
from app.demo.second_look import sample_second_look
from app.services import rules
from ui.context import NamedView, ScreenContext
from ui.screens.marking.output_screen import OutputScreen
from ui.screens.marking.place import MarkingPlace
from ui.screens.marking.proposals_screen import ProposalsScreen
from ui.screens.marking.quiz_screen import QuizScreen
from ui.screens.marking.screen import MarkingScreen


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


def campaign_views(context: ScreenContext) -> list[NamedView]:
    """A day of counts with one being typed, and how far the crews are."""
    station = sample_campaign(context.words.language)
    own = replace(context, station=station)
    views: list[NamedView] = []
    for page, name in enumerate(("output", "output-progress")):
        place = MarkingPlace(own)
        place.tabs.setCurrentIndex(1)
        assert isinstance(place.page, OutputScreen), "the second page is that of the event"
        if page:
            place.page.tabs.setCurrentIndex(page)
        else:
            place.page.presenter.choose_team(2)
            place.page.presenter.press("2")
        views.append((name, place))
    views[-1][1].destroyed.connect(station.close)
    return views


def check_views(context: ScreenContext) -> list[NamedView]:
    """A sheet keyed again by a second person, its first mark typed."""
    station = sample_second_look(context.words.language)
    place = MarkingPlace(replace(context, station=station))
    assert isinstance(place.page, MarkingScreen), "an event with judges has no page of its own"
    place.page.choose_mode("check")
    place.page.checking.presenter.press("1")
    place.page.checking.presenter.enter()
    place.destroyed.connect(station.close)
    return [("check", place)]
