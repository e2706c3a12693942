"""Pages behind tabs; the row of tabs has a name of its own, for it is what takes the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget


def tab_pages(name: str) -> QTabWidget:
    """An empty set of pages called ``name``; the arrow keys turn them."""
    pages = QTabWidget()
    pages.setDocumentMode(True)
    pages.setAccessibleName(name)
    pages.tabBar().setAccessibleName(name)
    pages.tabBar().setDrawBase(False)
    return pages
