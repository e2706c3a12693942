"""Lists from Taiwan, Japan and Korea in the encodings of before Unicode.

Nearly every such file can be read as GB18030 too, as other characters. It is taken for what it is
only where it can hardly be Chinese of the mainland; a file in doubt is GB18030.
"""

from __future__ import annotations

_CHINESE = "gb18030"
_KOREAN = "cp949"
_EVERYDAY: dict[str, tuple[range, ...]] = {
    "cp950": (range(0xA1, 0xC7),),
    "cp932": (range(0x81, 0x85), range(0x88, 0x99)),
    _KOREAN: (range(0xA1, 0xC9),),
}
"""The first bytes of signs and of the characters of everyday use, by encoding."""

_ENOUGH = 24


def encoding_of(content: bytes) -> str:
    """The encoding of a text that is not Unicode, as Python calls it."""
    chinese = _characters(content, _CHINESE)
    rare = [one for one in chinese if not _is_simplified(one)]
    if chinese and len(rare) * 4 < len(chinese):
        # Hangul has the first bytes of the Chinese characters pronounced A to R; of so many
        # different ones some would be pronounced otherwise.
        is_korean = len(chinese) >= _ENOUGH and _everyday(chinese, _CHINESE, _KOREAN) == 1
        return _KOREAN if is_korean else _CHINESE
    for encoding in _EVERYDAY:
        if _everyday(_characters(content, encoding), encoding, encoding) >= 0.9:
            return encoding
    return _CHINESE


def _characters(content: bytes, encoding: str) -> set[str]:
    """The different characters beyond ASCII; none where this is not the encoding."""
    try:
        return {one for one in content.decode(encoding) if not one.isascii()}
    except UnicodeDecodeError:
        return set()


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _everyday(characters: set[str], encoding: str, places: str) -> float:
    """The share of the characters whose first byte is where that encoding has its everyday ones."""
    first = [one.encode(encoding)[0] for one in characters]
    everyday = [byte for byte in first if any(byte in span for span in _EVERYDAY[places])]
    return len(everyday) / len(first) if first else 0.0
