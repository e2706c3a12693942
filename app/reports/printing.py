"""Pages to a PDF. Every character is checked, and the file begun only when all are drawn.

The output is the same for the same pages: no clock, no random identifiers.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from app.domain.errors import RuleBroken
from app.reports.fonts import FONT_NAME, code_point, missing_characters, save_with_fonts, wenkai
from app.reports.marks import Band, Code, Mark, Page, Rule, Text
from app.reports.output import deliver, goes_on
from app.reports.paper import Target
from app.reports.qr import qr_path

BOLD_STROKE = 0.024
"""Stroke width that thickens the one weight of the font, as a part of the type size."""

Of = TypeVar("Of")


def print_pages(pages: Sequence[Page], target: Target, *, title: str, language: str) -> int:
    """Check and draw the pages into one PDF; returns how many there are, 0 when stopped.

    Raises ``paper-glyph-missing``, naming the item, for a character that cannot be drawn.
    """
    return print_papers(pages, lambda page: (page,), target, title=title, language=language)


def print_papers(
    papers: Sequence[Of],
    lay_out: Callable[[Of], Iterable[Page]],
    target: Target,
    *,
    title: str,
    language: str,
) -> int:
    """The same for many papers in one PDF, each laid out when its turn comes."""
    from reportlab.pdfgen.canvas import Canvas

    wenkai()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer, pageCompression=1, invariant=1, lang=language, initialFontName=FONT_NAME
    )
    canvas.setTitle(title)
    canvas.setCreator("Plumbline")
    pages = 0
    for done, paper in enumerate(papers):
        if not goes_on(target, done, len(papers)):
            return 0
        for page in lay_out(paper):
            pages += 1
            _check(page, pages)
            canvas.setPageSize((page.width, page.height))
            for mark in page.marks:
                _draw(canvas, page.height, mark)
            canvas.showPage()
    if not goes_on(target, len(papers), len(papers)):
        return 0
    save_with_fonts(canvas)
    deliver(buffer.getvalue(), target)
    return pages


def _check(page: Page, number: int) -> None:
    for mark in page.marks:
        if isinstance(mark, Text) and (missing := missing_characters(mark.text)):
            raise RuleBroken(
                "paper-glyph-missing",
                item=mark.about or f"p. {number}",
                character=missing[0],
                code_point=code_point(missing[0]),
            )


def _draw(canvas: Any, height: float, mark: Mark) -> None:
    match mark:
        case Text():
            _draw_text(canvas, height, mark)
        case Rule():
            canvas.setLineWidth(mark.width)
            canvas.setStrokeColorRGB(*mark.colour)
            canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
        case Band():
            canvas.setFillColorRGB(*mark.colour)
            bottom = height - mark.y - mark.height
            canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=0, fill=1)
        case Code():
            path, side = qr_path(mark.payload)
            canvas.saveState()
            canvas.setFillColorRGB(0, 0, 0)
            canvas.translate(mark.x, height - mark.y - mark.size)
            canvas.scale(mark.size / side, mark.size / side)
            canvas.addLiteral(path + "f")
            canvas.restoreState()


def _draw_text(canvas: Any, height: float, mark: Text) -> None:
    canvas.saveState()
    if mark.angle:
        canvas.translate(mark.x, height - mark.y)
        canvas.rotate(mark.angle)
        line = canvas.beginText(0, 0)
    else:
        line = canvas.beginText(mark.x, height - mark.y)
    line.setFont(FONT_NAME, mark.size)
    line.setFillColorRGB(*mark.colour)
    if mark.bold:
        canvas.setLineWidth(mark.size * BOLD_STROKE)
        line.setStrokeColorRGB(*mark.colour)
        line.setTextRenderMode(2)
    line.textOut(mark.text)
    canvas.drawText(line)
    canvas.restoreState()
