"""Drawing certificates fast: what repeats is drawn once, the rest is written as PDF operators.

Border and fixed texts are one form on every page, texts shared by many certificates are laid out
and encoded once, and a QR code is a single path: a thousand pages take half a second.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from app.domain.errors import RuleBroken
from app.reports.certificate_content import CertificateContent, values_of
from app.reports.certificate_ornament import draw_ornament, rgb
from app.reports.certificate_template import Element, Template
from app.reports.fonts import FONT_NAME, save_with_fonts, text_width, wenkai
from app.reports.marks import MM
from app.reports.printing import BOLD_STROKE
from app.reports.qr import qr_path
from app.reports.wrapping import wrap

BACKGROUND = "background"
STEP = 0.5
"""How finely type shrinks, in points."""


class CertificatePress:
    """One PDF of certificates in the making."""

    def __init__(self, stream: BinaryIO, template: Template) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._template = template
        self._height = template.height * MM
        self._font = wenkai()
        size = (template.width * MM, self._height)
        self._canvas: Any = Canvas(
            stream,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang=template.language,
            initialFontName=FONT_NAME,
        )
        self._canvas.setTitle(template.title)
        self._canvas.setCreator("Plumbline")
        self._moving = [element for element in template.element if not element.is_static]
        self._encoded: dict[tuple[str, str], str] = {}
        self._canvas.beginForm(BACKGROUND, 0, 0, *size)
        draw_ornament(self._canvas, template)
        for element in template.element:
            if element.is_static:
                self._canvas.addLiteral(self._encode(element, element.text))
        self._canvas.endForm()

    def print_one(self, content: CertificateContent) -> None:
        """Add the page of one certificate; ``certificate-text-too-long`` when it does not fit."""
        self._canvas.doForm(BACKGROUND)
        values = _values(content, self._template)
        for element in self._moving:
            text = element.text.format_map(values).strip()
            if not text:
                continue
            code = self._encoded.get((element.name, text))
            if code is None:
                code = self._encode(element, text)
                if not code:
                    raise RuleBroken(
                        "certificate-text-too-long", entry=content.entry, element=element.name
                    )
                self._encoded[element.name, text] = code
            self._canvas.addLiteral(code)
        self._canvas.addLiteral(self._qr(content.qr))
        if content.specimen:
            self._specimen()
        self._canvas.showPage()
        self._pack_page()

    def close(self) -> None:
        """Finish the document; nothing reaches the stream before."""
        save_with_fonts(self._canvas)

    def _encode(self, element: Element, text: str) -> str:
        """The operators that draw an element's text; nothing when it cannot be made to fit."""
        fitted = fit(element, text)
        if fitted is None:
            return ""
        size, lines = fitted
        red, green, blue = rgb(element.colour)
        colour = f"{red:.3f} {green:.3f} {blue:.3f}"
        parts = ["q BT", f"{colour} rg"]
        if element.bold:
            parts.append(f"{colour} RG {size * BOLD_STROKE:.3f} w 2 Tr")
        if element.spacing:
            parts.append(f"{element.spacing * size:.3f} Tc")
        baseline = self._height - first_baseline(element, size, len(lines)) * MM
        for number, line in enumerate(lines):
            x = _start(element, line, size)
            y = baseline - number * size * element.leading
            parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            parts.extend(self._shown(line, size))
        parts.append("ET Q")
        return " ".join(parts)

    def _shown(self, line: str, size: float) -> Iterator[str]:
        # The font is embedded in subsets of 256 glyphs; this is reportlab's way to assign them.
        document = self._canvas._doc
        for subset, codes in self._font.splitString(line, document):
            name = self._font.getSubsetInternalName(subset, document)
            yield f"{name} {size:g} Tf <{codes.hex()}> Tj"

    def _qr(self, payload: str) -> str:
        place = self._template.qr
        path, side = qr_path(payload)
        scale = place.size * MM / side
        left, bottom = place.x * MM, self._height - (place.y + place.size) * MM
        return f"q {scale:.4f} 0 0 {scale:.4f} {left:.2f} {bottom:.2f} cm 0 g {path}f Q"

    def _pack_page(self) -> None:
        """Compress the page just made, lightly: the usual effort is half the time of a batch."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

        page = self._canvas._doc.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode("latin-1"), 1)
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed)

    def _specimen(self) -> None:
        """Mark the page as no certificate, in outlined letters that hide nothing."""
        canvas, text, size = self._canvas, self._template.specimen, 110
        canvas.saveState()
        canvas.translate(self._template.width * MM / 2, self._height / 2)
        canvas.rotate(28)
        line = canvas.beginText(-text_width(text, size) / 2, -size * 0.35)
        line.setFont(self._font.fontName, size)
        line.setTextRenderMode(1)
        canvas.setLineWidth(1.0)
        line.setStrokeColorRGB(0.72, 0.55, 0.55)
        line.textOut(text)
        canvas.drawText(line)
        canvas.restoreState()


def fit(element: Element, text: str) -> tuple[float, list[str]] | None:
    """The largest type size at which the text fits its place, and its lines; else nothing."""
    if element.fit == "wrap":
        return _fit_lines(element, text, element.lines)
    single = _fit_lines(element, text, text.count("\n") + 1)
    if single is not None or element.lines == 1:
        return single
    return _fit_lines(element, text, element.lines)


def _fit_lines(element: Element, text: str, most: int) -> tuple[float, list[str]] | None:
    width = element.width * MM
    is_name = "{name}" in element.text
    size = element.size
    smallest = element.smallest or element.size
    while size >= smallest:
        # Letter spacing widens every character alike, so wrap as if the place were narrower.
        room = width if not element.spacing else width / (1 + element.spacing)
        lines = wrap(text, room, size, is_name=is_name)
        tall = (len(lines) - 1) * size * element.leading + size
        if len(lines) <= most and (not element.height or tall <= element.height * MM):
            return size, lines
        size -= STEP
    return None


def too_long(content: CertificateContent, template: Template) -> list[str]:
    """The names of the elements whose text cannot be made to fit."""
    values = _values(content, template)
    return [
        element.name
        for element in template.element
        if fit(element, element.text.format_map(values).strip()) is None
    ]


def first_baseline(element: Element, size: float, lines: int) -> float:
    """Where the first line stands, in millimetres from the top."""
    block = (lines - 1) * size * element.leading / MM
    match element.anchor:
        case "first":
            return element.y
        case "last":
            return element.y - block
        case "middle":
            # A Chinese character's middle is 0.38 em above the baseline.
            return element.y - block / 2 + 0.38 * size / MM


def _start(element: Element, line: str, size: float) -> float:
    across = text_width(line, size) + element.spacing * size * (len(line) - 1)
    match element.align:
        case "left":
            return element.x * MM
        case "right":
            return element.x * MM - across
        case "centre":
            return element.x * MM - across / 2


def _values(content: CertificateContent, template: Template) -> dict[str, str]:
    return values_of(
        content,
        sentence=template.sentence,
        member_separator=template.member_separator,
        team_separator=template.team_separator,
    )
