"""The pages of a PDF as pictures: what the preview shows and what goes to a printer.

The only importer of pypdfium2, which is loaded when the first page is wanted. PDFium is not made
for several threads: ask on the window's thread only.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


class PdfPages:
    """An open PDF; ``close`` it when its pages are no longer wanted, or use it in ``with``."""

    def __init__(self, pdf: bytes) -> None:
        from pypdfium2 import PdfDocument

        self._document: PdfDocument = PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> QSizeF:
        """The size of a page in points."""
        width, height = self._document.get_page_size(number)
        return QSizeF(width, height)

    def picture(self, number: int, wanted: QSize) -> QImage:
        """A page on white paper, ``wanted`` dots large to within one."""
        page = self._document[number]
        try:
            scale = max(wanted.width() / page.get_width(), wanted.height() / page.get_height())
            bitmap = page.render(scale=scale, prefer_bgrx=True, fill_color=(255, 255, 255, 255))
            picture = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()
            bitmap.close()
        finally:
            page.close()
        return picture

    def close(self) -> None:
        self._document.close()

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
