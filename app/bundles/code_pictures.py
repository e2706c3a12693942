"""Certificate codes found on a photo, a scan or the pages of a PDF.

PDFium is not made for several threads: with a window open, read PDFs on the window's thread only.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.bundles.certificate_code import is_code
from app.domain.errors import RuleBroken
from app.file_heads import is_open_here

if TYPE_CHECKING:
    from PIL.Image import Image

PAGES = 20
"""So many pages of a PDF are looked at; a whole print run is checked by its bundle."""

_DOTS_PER_POINT = 200 / 72
_ENOUGH = 6_000
"""Pixels a side: a larger page or photo is read coarser, whatever size it claims."""

_LARGEST = 50 * 1024 * 1024
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def is_picture(path: Path) -> bool:
    """Whether a file is a PNG, a JPEG or a PDF, whatever it is called."""
    if is_open_here(path):
        return False
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError:
        return False
    return start.startswith((*_PICTURES, b"%PDF-"))


def codes_in(path: Path) -> list[str]:
    """The certificate codes to be seen, each once, in order.

    Raises ``RuleBroken("certificate-picture-without-code")`` when none is.
    """
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

    seen = [
        code.text
        for picture in _pictures(path)
        for code in read_barcodes(picture, formats=BarcodeFormats(BarcodeFormat.QRCode))
    ]
    if codes := list(dict.fromkeys(text for text in seen if is_code(text))):
        return codes
    raise _unseen(path)


def _pictures(path: Path) -> Iterator[Image]:
    from PIL import Image

    content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    if content.startswith(b"%PDF-"):
        yield from _pages(path, content)
        return
    try:
        with warnings.catch_warnings():
            # Pillow warns of photos as large as telephones make them, and refuses twice that.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                picture.draft("L", (_ENOUGH, _ENOUGH))
                read = picture.convert("L")
        yield read
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise _unseen(path) from error


def _pages(path: Path, content: bytes) -> Iterator[Image]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(content)) as document:
            for number in range(min(len(document), PAGES)):
                page = document[number]
                scale = min(_DOTS_PER_POINT, _ENOUGH / max(*page.get_size(), 1))
                bitmap = page.render(scale=scale, grayscale=True)
                yield bitmap.to_pil()
                bitmap.close()
                page.close()
    except PdfiumError as error:
        raise _unseen(path) from error


def _unseen(path: Path) -> RuleBroken:
    return RuleBroken("certificate-picture-without-code", file=path.name)
