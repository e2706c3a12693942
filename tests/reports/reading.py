"""Reading printed papers back in tests: their text, fonts, places of words, and pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdfium2


@dataclass(frozen=True)
class Place:
    """Where a text stands on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def page_texts(document: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(document) as pdf:
        return [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]


def whole_text(document: bytes) -> str:
    return "\n".join(page_texts(document))


def picture(document: bytes, *, page: int = 0, dots_per_inch: int = 144) -> Any:
    """The page as it looks, as a PIL image."""
    with pypdfium2.PdfDocument(document) as pdf:
        return pdf[page].render(scale=dots_per_inch / 72).to_pil()


def place_of(document: bytes, text: str, *, page: int = 0) -> Place:
    """The box around the ink of a text that stands on one line."""
    with pypdfium2.PdfDocument(document) as pdf:
        textpage = pdf[page].get_textpage()
        start = textpage.get_text_range().index(text)
        boxes = [textpage.get_charbox(start + number) for number in range(len(text))]
        inked = [box for box in boxes if box[2] > box[0]]
    return Place(
        min(box[0] for box in inked),
        min(box[1] for box in inked),
        max(box[2] for box in inked),
        max(box[3] for box in inked),
    )


def page_size(document: bytes, *, page: int = 0) -> tuple[int, int]:
    """Width and height in whole millimetres."""
    box = pypdf.PdfReader(io.BytesIO(document)).pages[page].mediabox
    return round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)


def used_fonts(document: bytes) -> dict[str, bool]:
    """The names of the fonts on the pages, and whether each is embedded."""
    fonts: dict[str, bool] = {}
    for page in pypdf.PdfReader(io.BytesIO(document)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()
            descriptor = described.get("/FontDescriptor", {})
            fonts[described["/BaseFont"]] = "/FontFile2" in descriptor
    return fonts
