"""Selecting finalists at set-up: a file, every event on one line, one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.domain.round_rules import Qualification
from app.services import roll, rules, setup
from ui.screens.setup.entrants_page import EntrantsPage
from ui.screens.setup.presenter import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.services.station import Station
    from tests.ui.around import Around
    from ui.screens.setup.screen import SetupScreen

ROWS = (
    "赛项,姓名,单位,初赛成绩",
    "ROBOT,样例选手01,样例一厂,80",
    "ROBOT,样例选手02,样例二厂,缺考",
    "ROBOT,样例选手03,样例三厂,90",
    "ROBOT,样例选手04,样例四厂,70",
)


def people_of(screen: SetupScreen) -> EntrantsPage:
    screen.focus_on({"event": "ROBOT", "step": Step.ENTRANTS.value})
    page = screen.page(Step.ENTRANTS)
    assert isinstance(page, EntrantsPage)
    return page


def with_rule(station: Station) -> None:
    scheme = setup.scheme_in_hand(station)
    assert scheme is not None
    first, *others = scheme.events
    first = msgspec.structs.replace(first, selects=Qualification(number=1, reserves=1))
    setup.save_scheme(station, msgspec.structs.replace(scheme, events=(first, *others)))


def test_finalists_are_previewed_by_event_then_enrolled(
    qtbot: QtBot, screen: SetupScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    with_rule(station)
    people = people_of(screen)
    around.person.path = tmp_path / "preliminary.csv"
    around.person.path.write_text("\n".join(ROWS), encoding="utf-8")
    people.select_first.click()
    page = people.selection
    qtbot.waitUntil(lambda: page.plan is not None)
    shown = [page.events.index(0, column).data() for column in range(8)]
    assert shown == ["ROBOT  样例赛项", "4", "1", "0", "1", "1", "", "90"]
    assert page.refused.index(0, 0).data() == "3"
    assert page.go.text() == "Enrol 1 finalist"
    code = rules.events(station)[0].code
    assert roll.roll(station, code) == []
    page.go.click()
    qtbot.waitUntil(lambda: around.announced != [])
    assert [one.name for one in roll.registered(station, code)] == ["样例选手03"]
    assert around.failed == []


def test_who_stands_by_is_saved_as_a_list_that_can_be_imported(
    qtbot: QtBot, screen: SetupScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    with_rule(station)
    people = people_of(screen)
    around.person.path = tmp_path / "preliminary.csv"
    around.person.path.write_text("\n".join(ROWS), encoding="utf-8")
    people.select_first.click()
    page = people.selection
    assert not page.reserves.isEnabled()
    qtbot.waitUntil(lambda: page.plan is not None)
    around.person.path = tmp_path / "reserves.csv"
    page.reserves.click()
    saved = around.person.path.read_text(encoding="utf-8-sig").splitlines()
    assert len(saved) == 2
    assert saved[1].startswith("ROBOT,")
    assert "样例选手01" in saved[1]
    assert around.announced == ["Reserves saved: reserves.csv (1 entry)"]


def test_a_file_without_totals_is_refused_above_the_table(
    qtbot: QtBot, screen: SetupScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    with_rule(station)
    people = people_of(screen)
    around.person.path = tmp_path / "preliminary.csv"
    around.person.path.write_text("姓名,单位\n样例选手01,样例一厂\n", encoding="utf-8")
    people.select_first.click()
    qtbot.waitUntil(lambda: people.selection.banner.text != "")
    assert not people.selection.go.isEnabled()


def test_without_a_rule_nothing_offers_to_select(screen: SetupScreen) -> None:
    people = people_of(screen)
    assert people.select.isHidden()
    assert people.select_first.isHidden()
