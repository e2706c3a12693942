"""Base45 (RFC 9285): bytes in the 45 characters that a QR code stores at 5.5 bits each."""

from __future__ import annotations

import string

_SIGNS = string.digits + string.ascii_uppercase + " $%*+-./:"
_VALUES = {sign: value for value, sign in enumerate(_SIGNS)}


def encode(content: bytes) -> str:
    """Two bytes become three characters, a last single one two."""
    signs: list[str] = []
    for start in range(0, len(content), 2):
        pair = content[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, sign = divmod(number, 45)
            signs.append(_SIGNS[sign])
    return "".join(signs)


def decode(text: str) -> bytes:
    """Raises ``ValueError`` for a character or length that no encoder produces."""
    content = bytearray()
    for start in range(0, len(text), 3):
        signs = text[start : start + 3]
        if len(signs) == 1 or any(sign not in _VALUES for sign in signs):
            raise ValueError("not base45")
        number = sum(_VALUES[sign] * 45**place for place, sign in enumerate(signs))
        # Too large a number is refused by to_bytes: OverflowError is not a ValueError.
        if number >= 256 ** (len(signs) - 1):
            raise ValueError("not base45")
        content += number.to_bytes(len(signs) - 1, "big")
    return bytes(content)
