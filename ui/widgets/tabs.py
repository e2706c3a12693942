"""Tabs; the row of them has a name of its own, for it is what takes the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar, QTabWidget


def tab_pages(name: str) -> QTabWidget:
    """An empty set of pages called ``name``; the arrow keys turn them."""
    pages = QTabWidget()
    pages.setDocumentMode(True)
    pages.setAccessibleName(name)
    pages.tabBar().setAccessibleName(name)
    pages.tabBar().setDrawBase(False)
    return pages


def tab_row(name: str) -> QTabBar:
    """Tabs called ``name`` without pages of their own, as wide as what they say."""
    tabs = QTabBar()
    tabs.setAccessibleName(name)
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    # The chosen one is bold: without this the row keeps the width it had for another.
    tabs.currentChanged.connect(lambda _place: tabs.updateGeometry())
    return tabs
