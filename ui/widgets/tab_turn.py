"""Tab for controls that are made while the window is open: where their holder stands.

Qt puts every new control behind all others, so Tab would come to it only after the whole screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def take_turn(holder: QWidget, controls: Sequence[QWidget]) -> None:
    """Let Tab reach these controls of a holder, one after the other, before what is behind it."""
    policy = holder.focusPolicy()
    # Qt moves nothing behind a widget that Tab does not stop at.
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    before = holder
    for control in controls:
        QWidget.setTabOrder(before, control)
        before = control
    holder.setFocusPolicy(policy)
