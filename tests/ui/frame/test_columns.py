"""The widths of a table's columns: numbers whole, names as whole as the room allows."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from ui.theme.tokens import Theme
from ui.widgets.columns import Column, share_width
from ui.widgets.table import Table

NAME = Column(100, 0, stretches=True)
UNIT = Column(200, 0, stretches=True)
TOTAL = Column(50, 80, stretches=False)


@pytest.mark.parametrize(
    ("room", "widths"),
    [(400, [320, 80]), (160, [100, 60]), (120, [70, 50]), (0, [20, 50])],
)
def test_a_number_keeps_its_width_and_the_name_gives_way_last(room: int, widths: list[int]) -> None:
    assert share_width(room, [NAME, TOTAL], least=20) == widths


@pytest.mark.parametrize(
    ("room", "widths"),
    [(500, [250, 250]), (380, [180, 200]), (240, [100, 140]), (120, [60, 60]), (10, [40, 40])],
)
def test_columns_that_stretch_are_even_but_the_widest_is_cut_first(
    room: int, widths: list[int]
) -> None:
    assert share_width(room, [NAME, UNIT], least=40) == widths


def test_a_name_is_cut_below_its_usual_width_only_when_the_unit_is_cut_already() -> None:
    name = Column(150, 184, stretches=True)
    assert share_width(266, [name, UNIT], least=40) == [150, 116]
    assert share_width(170, [name, UNIT], least=40) == [150, 40]
    long = Column(300, 184, stretches=True)
    assert share_width(300, [long, UNIT], least=40) == [184, 116]


def names(*texts: str) -> QStandardItemModel:
    model = QStandardItemModel(0, 2)
    for text in texts:
        model.appendRow([QStandardItem(text), QStandardItem("92.50")])
    return model


def shown(qtbot: QtBot, theme: Theme, model: QStandardItemModel) -> Table:
    table = Table(theme, name="Results")
    qtbot.addWidget(table)
    model.setParent(table)
    table.setModel(model)
    table.lay_out(widths={0: 5}, stretched=[1])
    table.resize(1200, 300)
    table.show()
    return table


def test_a_column_wide_enough_for_usual_names_widens_for_a_long_one(
    qtbot: QtBot, theme: Theme
) -> None:
    table = shown(qtbot, theme, names("样例选手01"))
    before = table.columnWidth(0)
    table.model().setData(table.model().index(0, 0), "Sample Entrant 01")
    text = table.fontMetrics().horizontalAdvance("Sample Entrant 01")
    # A little later: the mark that changed it is painted first.
    assert table.columnWidth(0) == before
    qtbot.waitUntil(lambda: table.columnWidth(0) > text)


def test_a_width_drawn_by_hand_stays_when_rows_change(qtbot: QtBot, theme: Theme) -> None:
    model = names("样例选手01")
    table = shown(qtbot, theme, model)
    table.horizontalHeader().resizeSection(0, 210)
    model.appendRow([QStandardItem("样例选手02"), QStandardItem("7.00")])
    table.resize(1000, 300)
    assert table.columnWidth(0) == 210


def test_a_hidden_column_leaves_its_room_to_the_others(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot, theme, names("样例选手01"))
    table.setColumnHidden(0, True)
    qtbot.waitUntil(lambda: table.columnWidth(1) == table.viewport().width())
