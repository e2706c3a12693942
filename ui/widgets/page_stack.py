"""Pages of which one shows, taking the room of that one and not of the largest."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """A hidden page that needs a lot of room does not make the screen scroll."""

    def __init__(self) -> None:
        super().__init__()
        self._instead: QWidget | None = None
        self.currentChanged.connect(lambda _page: self.updateGeometry())

    def show_instead(self, page: QWidget) -> None:
        """Show what is made for now, such as an empty state, in place of the pages."""
        before, self._instead = self._instead, page
        self.setCurrentIndex(self.addWidget(page))
        self.setFocusProxy(page)
        self._let_go(before)

    def show_first(self) -> None:
        """Show the first page, and let go of what stood in its place."""
        before, self._instead = self._instead, None
        first = self.widget(0)
        assert first is not None, "a stack is filled before it is shown"
        self.setCurrentWidget(first)
        self.setFocusProxy(first)
        self._let_go(before)

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        # Qt would take the height that the highest page would like at this width.
        return False

    def _let_go(self, page: QWidget | None) -> None:
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()
