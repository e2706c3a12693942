"""The border of a certificate: red and gold rules, corner pieces and the divider under the title.

Drawn, not a picture: sharp on any printer, a few hundred bytes, and nobody's clip art.
"""

from __future__ import annotations

from typing import Any

from app.reports.certificate_template import Template
from app.reports.marks import MM, Colour

# A square meander (回纹) as steps along x and y, in units of its line spacing.
_FRET = ((0, 0), (6, 0), (6, 6), (2, 6), (2, 2), (4, 2), (4, 4))
_FRET_UNIT = 1.55 * MM


def rgb(colour: str) -> Colour:
    """``#B3202A`` as parts of one."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def draw_ornament(canvas: Any, template: Template) -> None:
    """Draw everything that is not text onto the page or form being made."""
    ornament = template.ornament
    width, height = template.width * MM, template.height * MM
    inset = ornament.inset * MM
    canvas.setFillColorRGB(*rgb(ornament.paper))
    canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*rgb(ornament.rule))
    canvas.setLineWidth(2.4)
    canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)
    canvas.setStrokeColorRGB(*rgb(ornament.accent))
    near = inset + 1.7 * MM
    canvas.setLineWidth(0.7)
    canvas.rect(near, near, width - 2 * near, height - 2 * near)
    for mirror_x in (1, -1):
        for mirror_y in (1, -1):
            canvas.saveState()
            canvas.translate(0 if mirror_x > 0 else width, 0 if mirror_y > 0 else height)
            canvas.scale(mirror_x, mirror_y)
            _corner(canvas, template, near + 2.2 * MM)
            canvas.restoreState()
    _inner_rule(canvas, template, near + 2.2 * MM)
    _divider(canvas, template)


def _corner(canvas: Any, template: Template, start: float) -> None:
    """The piece in the lower left corner; the others are its mirror images."""
    canvas.setStrokeColorRGB(*rgb(template.ornament.accent))
    canvas.setFillColorRGB(*rgb(template.ornament.accent))
    canvas.setLineWidth(1.1)
    canvas.setLineJoin(0)
    if template.ornament.corner == "fret":
        path = canvas.beginPath()
        path.moveTo(start, start)
        for x, y in _FRET[1:]:
            path.lineTo(start + x * _FRET_UNIT, start + y * _FRET_UNIT)
        path.moveTo(start, start)
        path.lineTo(start, start + 6 * _FRET_UNIT)
        path.lineTo(start + 0.0, start + 6 * _FRET_UNIT)
        canvas.drawPath(path, stroke=1, fill=0)
        return
    for radius in (9 * MM, 6.4 * MM):
        path = canvas.beginPath()
        path.arc(start - radius, start - radius, start + radius, start + radius, 0, 90)
        canvas.drawPath(path, stroke=1, fill=0)
    _diamond(canvas, start + 2.6 * MM, start + 2.6 * MM, 1.3 * MM)


def _inner_rule(canvas: Any, template: Template, start: float) -> None:
    """A hairline that runs from corner piece to corner piece."""
    width, height = template.width * MM, template.height * MM
    gap = start + (6 * _FRET_UNIT + 2.4 * MM if template.ornament.corner == "fret" else 9 * MM)
    canvas.setStrokeColorRGB(*rgb(template.ornament.accent))
    canvas.setLineWidth(0.5)
    for y in (start, height - start):
        canvas.line(gap, y, width - gap, y)
    for x in (start, width - start):
        canvas.line(x, gap, x, height - gap)


def _divider(canvas: Any, template: Template) -> None:
    ornament = template.ornament
    y = template.height * MM - ornament.divider_y * MM
    centre, half = template.width * MM / 2, ornament.divider_width * MM / 2
    canvas.setStrokeColorRGB(*rgb(ornament.accent))
    canvas.setFillColorRGB(*rgb(ornament.accent))
    canvas.setLineWidth(0.8)
    canvas.line(centre - half, y, centre - 4 * MM, y)
    canvas.line(centre + 4 * MM, y, centre + half, y)
    _diamond(canvas, centre, y, 1.7 * MM)
    for side in (-1, 1):
        _diamond(canvas, centre + side * half, y, 0.9 * MM)


def _diamond(canvas: Any, x: float, y: float, half: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x - half, y)
    path.lineTo(x, y + half)
    path.lineTo(x + half, y)
    path.lineTo(x, y - half)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
