"""The marking screen that was open before there was anything to mark."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.facts import DrawMade
from app.domain.ids import OpId
from app.services.station import record
from tests.services.marking_samples import CODES, A, R, marking_station
from tests.ui.around import around_of
from ui.screens.marking.screen import MarkingScreen


def test_the_first_work_is_open_once_its_code_is_drawn(qtbot: QtBot) -> None:
    station = marking_station(codes=False)
    with around_of(station) as around:
        screen = MarkingScreen(around.context())
        qtbot.addWidget(screen)
        screen.choose_module(A)
        assert screen.presenter.obstacle is not None
        made = OpId("S7K2-000001")
        drawn = DrawMade(event=R, module=A, committed=made, seed="00", placements=(), codes=CODES)
        record(station, drawn)
        screen.reload(Changes.to(Topic.DRAW))
        assert screen.presenter.editor is not None
        assert screen.presenter.editor.sheet.work == screen.presenter.queue[0].label
    station.close()
