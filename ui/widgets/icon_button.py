"""A small button that is only an icon; what it does is its tooltip and accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from ui.theme.icons import icon
from ui.theme.tokens import Theme


def icon_button(
    theme: Theme, icon_name: str, said: str, on_click: Callable[[], object]
) -> QToolButton:
    """For actions that everybody knows by their sign, such as up and down."""
    button = QToolButton()
    button.setIcon(icon(theme, icon_name))
    button.setIconSize(QSize(theme.px(2.5), theme.px(2.5)))
    button.setToolTip(said)
    button.setAccessibleName(said)
    button.clicked.connect(lambda _checked: on_click())
    return button
