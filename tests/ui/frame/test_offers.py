"""A choice on the first page is tall enough for all that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme.tokens import Mode, theme_of
from ui.widgets.offer import Offer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_long_sentence_makes_a_choice_taller_the_narrower_it_is(qtbot: QtBot) -> None:
    theme = theme_of(Mode.LIGHT)
    short = Offer(theme, "setup", "Blank scheme", "One mark.", lambda: None)
    long = Offer(
        theme, "setup", "Provincial finals", "Forty events in one file, " * 8, lambda: None
    )
    for offer in (short, long):
        qtbot.addWidget(offer)
    narrow, wide = theme.px(40), theme.px(120)
    assert short.heightForWidth(narrow) == short.heightForWidth(wide) == theme.px(9)
    assert long.heightForWidth(narrow) > long.heightForWidth(wide) > 0
    assert long.sizePolicy().hasHeightForWidth()
