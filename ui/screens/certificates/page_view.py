"""The real PDF page, as large as it fits: what is seen here is what the printer gets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pdf_pages import PdfPages
from ui.theme.tokens import Theme


class PageView(QWidget):
    """Shows the first page of a PDF, or a sentence why there is none."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._text = ""
        self._picture: QImage | None = None
        self._drawn_at = QSize()
        self._size = QSizeF()
        self._pdf: bytes | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(36), theme.px(24))
        self.setAccessibleName(name)

    @property
    def has_page(self) -> bool:
        """Whether a page is shown."""
        return self._pdf is not None

    @property
    def text(self) -> str:
        """The sentence shown instead of a page."""
        return self._text

    def show_page(self, pdf: bytes) -> None:
        """Show the first page of this document."""
        self._close()
        self._pdf = pdf
        with PdfPages(pdf) as pages:
            self._size = pages.size(0)
        self._text = ""
        self.setAccessibleDescription("")
        self.update()

    def show_text(self, text: str) -> None:
        """Say something where the page would be."""
        self._close()
        self._text = text
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._pdf is None:
                painter.setPen(QColor(self._theme.colours.muted))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect(), flags, self._text)
                return
            page = self._size
            room = QRectF(self.rect())
            scale = min(room.width() / page.width(), room.height() / page.height())
            place = QRectF(0, 0, page.width() * scale, page.height() * scale)
            place.moveCenter(room.center())
            ratio = self.devicePixelRatioF()
            wanted = (place.size() * ratio).toSize()
            painter.drawImage(place, self._drawn(self._pdf, wanted))
            painter.setPen(QColor(self._theme.colours.line))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _drawn(self, pdf: bytes, size: QSize) -> QImage:
        if self._picture is None or self._drawn_at != size:
            with PdfPages(pdf) as pages:
                self._picture, self._drawn_at = pages.picture(0, size), size
        return self._picture

    def _close(self) -> None:
        self._picture = self._pdf = None
