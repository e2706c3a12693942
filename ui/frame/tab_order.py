"""Where Tab goes: to the next control that can be seen, none left out.

Qt lets Tab follow a screen's focus proxy, so it would jump from the bar above straight to the
field a screen opens with and never stop at anything before it, such as the steps of setting up.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def next_in_tab_order(window: QWidget, *, forward: bool) -> QWidget | None:
    """What Tab (or Shift+Tab) reaches from the control in focus; ``None`` when there is nothing."""
    held: QWidget | None = window.focusWidget()
    here = held or window
    one = _beside(here, forward=forward)
    while one is not here:
        if _takes_tab(one, window):
            return one
        one = _beside(one, forward=forward)
    return None


def first_within(part: QWidget) -> QWidget | None:
    """The first control of a part of the window that Tab can reach."""
    window = part.window()
    one = _beside(part, forward=True)
    while one is not part:
        if part.isAncestorOf(one) and _takes_tab(one, window):
            return one
        one = _beside(one, forward=True)
    return None


def _beside(one: QWidget, *, forward: bool) -> QWidget:
    """The neighbour in Qt's ring of all widgets of a window, which has no end."""
    found: QWidget | None = one.nextInFocusChain() if forward else one.previousInFocusChain()
    assert found is not None
    return found


def _takes_tab(one: QWidget, window: QWidget) -> bool:
    return (
        bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and one.focusProxy() is None
        and one.isEnabled()
        and one.isVisibleTo(window)
        and one.window() is window
        and not _only_holds_others(one, window)
    )


def _only_holds_others(one: QWidget, window: QWidget) -> bool:
    """A scrolled page of fields follows the field in focus; stopping at it would show nothing."""
    return isinstance(one, QScrollArea) and any(
        _takes_tab(child, window) for child in one.findChildren(QWidget)
    )
