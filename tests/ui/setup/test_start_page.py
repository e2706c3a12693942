"""The page on which a new competition begins: every template with its sentence in full."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.words import Language
from tests.ui.around import around_of
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.start_page import StartPage


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1182, 1736])
def test_every_template_has_room_for_its_words(
    qtbot: QtBot, width: int, language: Language
) -> None:
    station = create_station(None)
    with around_of(station, language=language) as around:
        context = around.context()
        presenter = SetupPresenter(station, context.words)
        page = StartPage(context, presenter, lambda: None)
        qtbot.addWidget(page)
        page.resize(width, 717)
        with qtbot.waitExposed(page):
            page.show()
        short = [
            offer.accessibleName()
            for offer in page.offers
            if offer.height() < offer.heightForWidth(offer.width())
        ]
        assert len(page.offers) == 18
        assert short == []
    station.close()
