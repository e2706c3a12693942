"""Where in a TOML document each key is written, which the parser of the standard library forgets.

Before the document is read its depth alone is looked at. Afterwards it is known to be without
fault, so that this only has to follow along: it looks for keys and brackets and steps over
everything else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\[^\n])*+"|'[^'\n]*+'""")
_STRING = re.compile(  # one without an end goes to the end of its line or of the text
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}|\Z)|'
    r"'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)|"
    r'"(?:[^"\\\n]|\\.)*+"?|'
    r"'[^'\n]*+'?",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]*")

MOST_LEVELS = 30
_NESTING = re.compile(
    rf"(?<![\w.-])(?P<key>(?:(?:{_KEY.pattern})[ \t]*+\.[ \t]*+){{{MOST_LEVELS}}})"
    rf"|(?P<opening>[\[{{])|(?P<closing>[\]}}])|#[^\n]*|{_STRING.pattern}",
    re.DOTALL,
)


def too_deep_line(text: str) -> int | None:
    """The line, from 1, at which a key or brackets reach too many levels, if they do anywhere.

    Reading a key takes the square of its levels: one of 20,000 half a minute and a gigabyte.
    """
    depth = 0
    for found in _NESTING.finditer(text):
        depth += bool(found["opening"]) - bool(found["closing"])
        if found["key"] or depth > MOST_LEVELS:
            return text.count("\n", 0, found.start()) + 1
    return None


def key_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table and list item by its path."""
    walk = _Walk(text)
    walk.document()
    return walk.lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of the thing at this path, or of the innermost one around it."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._listed: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self._looking_at("[["):
                table = self._header("[[", "]]", listed=True)
            elif self._looking_at("["):
                table = self._header("[", "]", listed=False)
            else:
                self._assignment(table)
            self._skip(_BLANK)

    def _header(self, opening: str, closing: str, *, listed: bool) -> Path:
        line = self._line()
        self.at += len(opening)
        path: Path = ()
        keys = self._keys()
        for place, key in enumerate(keys):
            path = (*path, key)
            if listed and place == len(keys) - 1:
                self._listed[path] = self._listed.get(path, -1) + 1
            if path in self._listed:
                self.lines.setdefault(path, line)
                path = (*path, self._listed[path])
            self.lines.setdefault(path, line)
        self._skip(_SPACE)
        self.at += len(closing)
        return path

    def _assignment(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._skip(_SPACE)
        self.at += 1  # the sign of equality
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._looking_at("["):
            self._items(path)
        elif self._looking_at("{"):
            self._inline(path)
        else:
            self._skip(_STRING) or self._skip(_PLAIN)

    def _items(self, path: Path) -> None:
        self.at += 1
        place = 0
        self._skip(_BLANK)
        while self.at < len(self.text) and not self._looking_at("]"):
            self.lines[*path, place] = self._line()
            self._value((*path, place))
            place += 1
            self._after_item()
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.at < len(self.text) and not self._looking_at("}"):
            self._assignment(path)
            self._after_item()
        self.at += 1

    def _after_item(self) -> None:
        self._skip(_BLANK)
        if self._looking_at(","):
            self.at += 1
            self._skip(_BLANK)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            found = _KEY.match(self.text, self.at)
            if found is None:
                # Never met in a document that was read; a step keeps the walk from standing still.
                self.at += 1
                return keys
            self.at = found.end()
            keys.append(found.group().strip("\"'"))
            self._skip(_SPACE)
            if not self._looking_at("."):
                return keys
            self.at += 1

    def _looking_at(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found is None:
            return False
        self.at = found.end()
        return True

    def _line(self) -> int:
        return bisect_right(self._ends, self.at - 1) + 1 if self.at else 1
