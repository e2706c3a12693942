"""The one font on paper, LXGW WenKai (霞鹜文楷), embedded in every PDF as a subset.

There is no second font to fall back on: a character without a glyph has to be found by
``missing_characters`` and refused by name before anything is printed, never left as an empty box.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from app.paths import resource
from app.problems import Problem

FONT_NAME = "LXGWWenKai"


_LOADING = Lock()


def wenkai() -> Any:
    """The registered font; reading 15 MB takes 50 ms, so it happens once and when first needed.

    One thread at a time: two that both read it would register two fonts of one name, and a
    document begun with the first and ended with the second cannot be saved.
    """
    with _LOADING:
        return _load()


@cache
def _load() -> Any:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    files = sorted(resource("fonts").glob("*.ttf"))
    if not files:
        raise Problem("font-missing", folder="resources/fonts")
    # Streams as plain bytes: the text armour is for printers of the nineties, and costs a quarter.
    rl_config.useA85 = 0
    try:
        font = TTFont(FONT_NAME, str(files[0]))
    except TTFError as broken:
        raise Problem("font-unreadable", file=files[0].name) from broken
    pdfmetrics.registerFont(font)
    return font


def save_with_fonts(canvas: Any) -> None:
    """Save the document with its subset of the font, in which every character can be searched.

    reportlab tells a reader what each glyph means in four hexadecimal digits, which loses the rare
    characters of names such as U+20BB7; those need the two halves UTF-16 writes them in.
    """
    document = canvas._doc
    fonts, document.delayedFonts = document.delayedFonts, []
    for font in fonts:
        font.addObjects(document)
    for name, stored in document.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            stored.content = _BEYOND_FOUR_DIGITS.sub(_as_utf16, stored.content)
    canvas.save()


_BEYOND_FOUR_DIGITS = re.compile(r"<([0-9A-F]{5,6})>")


def _as_utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


def missing_characters(text: str) -> list[str]:
    """The characters of ``text`` the font cannot draw, each once, in order of appearance."""
    glyphs: dict[int, int] = wenkai().face.charToGlyph
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in glyphs or not character.isprintable()
        if character not in _DRAWN_AS_SPACE
    ]


_DRAWN_AS_SPACE = frozenset("\u00a0\u3000")


def code_point(character: str) -> str:
    """How a character that cannot be drawn is named in an error: ``U+2B740``."""
    return f"U+{ord(character):04X}"


def text_width(text: str, size: float) -> float:
    """The advance width of one line of text, in points."""
    return _width_of_1000(text) * size / 1000.0


@lru_cache(maxsize=8192)
def _width_of_1000(text: str) -> float:
    """The same at 1000 points. Sheets of many works say the same again and again."""
    widths: dict[int, float] = wenkai().face.charWidths
    return sum(widths.get(ord(character), 1000.0) for character in text)
