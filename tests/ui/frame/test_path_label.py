"""Where the window is: the end of the path stays whole as long as anything else can give way."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.frame.path_label import PathLabel, shortened

PATH = ("Vocational skills competition", "Industrial robot operation", "B Programming", "Judge 1")


def test_the_competition_gives_way_before_the_module_and_the_judge(qtbot: QtBot) -> None:
    label = PathLabel()
    qtbot.addWidget(label)
    label.show_path(PATH)
    metrics = label.fontMetrics()
    end = "  ▸  Industrial robot operation  ▸  B Programming  ▸  Judge 1"
    whole = "Vocational skills competition" + end
    room = metrics.horizontalAdvance(whole)
    assert shortened(PATH, room, metrics) == whole
    little = shortened(PATH, room - metrics.horizontalAdvance("competition"), metrics)
    assert little.startswith("Vocational")
    assert little.endswith("…" + end)
    less = shortened(PATH, room * 2 // 3, metrics)
    assert less.endswith("…  ▸  B Programming  ▸  Judge 1")
    assert metrics.horizontalAdvance(less) <= room * 2 // 3


def test_a_path_that_is_cut_is_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = PathLabel()
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    label.show_path(("Vocational skills competition", "", "Industrial robot operation"))
    assert label.toolTip() == "Vocational skills competition  ▸  Industrial robot operation"
    assert label.accessibleName() == label.toolTip()
