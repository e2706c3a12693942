"""QR codes as rows of dark and light modules, and as one filled path for a page.

Drawn as rectangles rather than as a picture, so that a code stays sharp at any printer resolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import isqrt
from operator import getitem

from app.domain.errors import RuleBroken

MASK = 2
"""The pattern that breaks up large areas. Any of the eight is readable, since a code says which it
has; weighing all eight against each other takes five times as long as making the code."""

_DIGITS = bytes([ord("1")]) + bytes([ord("0")]) * 255


def qr_matrix(payload: str) -> list[list[bool]]:
    """The modules of a QR code at level M, top row first; ``True`` is dark.

    The payload is ASCII, because readers guess, and guess differently, at anything else. One that
    is too long for any code is ``RuleBroken("qr-too-long")``.
    """
    return [[digit == "1" for digit in row] for row in _rows(payload)]


def qr_path(payload: str) -> tuple[str, int]:
    """PDF path operators for the dark modules, one unit a module, and the modules a side.

    The origin is the lower left corner of the code, without its quiet zone. Runs within four
    modules are one rectangle; all are meant to be filled in one go, so no seams show.
    """
    rows = _rows(payload)
    side = len(rows)
    nibbles = -(-side // 4)
    padding = "0" * (nibbles * 4 - side)
    digits = f"{int(''.join(row + padding for row in rows), 2):0{side * nibbles}x}"
    return "".join(map(getitem, _runs(side), digits)), side


def _rows(payload: str) -> list[str]:
    from zxingcpp import BarcodeFormat, create_barcode

    if not payload.isascii():
        raise ValueError("a QR payload must be ASCII")
    try:
        code = create_barcode(payload, BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    except ValueError as refused:
        raise RuleBroken("qr-too-long", length=len(payload)) from refused
    # The image offers the buffer protocol, which its type stub does not say.
    pixels = bytes(code.to_image(1, False, False))  # type: ignore[call-overload]
    side = isqrt(len(pixels))
    digits: str = pixels.translate(_DIGITS).decode("ascii")
    return [digits[start : start + side] for start in range(0, side * side, side)]


@cache
def _runs(side: int) -> Sequence[dict[str, str]]:
    """For each four modules of a code, the rectangles of each of their sixteen patterns."""
    nibbles = -(-side // 4)
    return [
        {
            f"{pattern:x}": _rectangles(f"{pattern:04b}", left=4 * column, row=side - 1 - row)
            for pattern in range(16)
        }
        for row in range(side)
        for column in range(nibbles)
    ]


def _rectangles(bits: str, *, left: int, row: int) -> str:
    drawn, position = [], 0
    for run in bits.replace("01", "0 1").replace("10", "1 0").split():
        if run[0] == "1":
            drawn.append(f"{left + position} {row} {len(run)} 1 re\n")
        position += len(run)
    return "".join(drawn)
