"""Lines out of text: Chinese breaks between characters, names and words do not.

Lines are balanced, so that no single character is left alone on the last one.
"""

from __future__ import annotations

import re

from app.reports.fonts import text_width

LONGEST_NAME_PART = 8
"""Longer runs of Chinese are a team's or a unit's name, which may break anywhere."""

# Nothing that closes may begin a line and nothing that opens may end one (避头尾).
_NO_START = "，。、；：？！）》」』】〉”’·…%％,.;:?!)]}"
_NO_END = "（《「『【〈“‘([{"
_WORD = re.compile(
    r"[（(][^（）()\s]{1,8}[）)]"  # a short aside such as （集团）
    r"|[≤≥<>±]?\d[\d.]*\s?[a-zA-Zµ°%]{1,3}(?![a-zA-Z0-9])"  # a quantity with its unit
    r"|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff·/\-]+[·/\-]?"
)
_NAME_PART = re.compile(r"[^\s·\-]+[·\-]?")


def wrap(text: str, width: float, size: float, *, is_name: bool = False) -> list[str]:
    """Split into lines no wider than ``width`` points; a person's name only between its parts.

    A piece that is wider than a whole line is cut where it must be.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if text_width(paragraph, size) <= width:
            lines.append(paragraph)
        else:
            lines.extend(_balanced(_pieces(paragraph, width, size, is_name=is_name), width, size))
    return lines


def _balanced(pieces: list[str], width: float, size: float) -> list[str]:
    lines = _fill(pieces, width, size)
    narrow, wide = max(text_width(piece.strip(), size) for piece in pieces), width
    while wide - narrow > size / 4:
        middle = (narrow + wide) / 2
        if len(_fill(pieces, middle, size)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return _fill(pieces, wide, size)


def _fill(pieces: list[str], width: float, size: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def longest_piece(text: str, *, is_name: bool = False) -> float:
    """The width in ems of the widest piece that ``wrap`` would rather not cut."""
    return max(
        (text_width(piece.strip(), 1.0) for piece in _split(text, is_name=is_name)), default=0.0
    )


def _pieces(text: str, width: float, size: float, *, is_name: bool) -> list[str]:
    return [part for piece in _split(text, is_name=is_name) for part in _cut(piece, width, size)]


def _split(text: str, *, is_name: bool) -> list[str]:
    """What must stay together, each with the space or closing mark that follows it."""
    pattern = _NAME_PART if is_name else _WORD
    pieces: list[str] = []
    position = 0
    while position < len(text):
        word = pattern.match(text, position)
        piece = word.group() if word else text[position]
        if is_name and len(piece) > LONGEST_NAME_PART and not piece.isascii():
            word = _WORD.match(text, position)
            piece = word.group() if word else text[position]
        position += len(piece)
        if pieces and (piece.isspace() or piece[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _cut(piece: str, width: float, size: float) -> list[str]:
    if text_width(piece.rstrip(), size) <= width:
        return [piece]
    parts = [""]
    for character in piece:
        if parts[-1] and text_width(parts[-1] + character, size) > width:
            parts.append("")
        parts[-1] += character
    return parts
