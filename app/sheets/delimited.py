"""Text files of values: UTF-8 with or without a mark, UTF-16, GB18030; comma, semicolon or tab.

Chinese Excel saves CSV in GB18030, Unicode text in UTF-16 with tabs, and a European Excel writes
semicolons because the comma is its decimal point. All of them arrive under the name .csv. What is
in an older encoding of East Asia is told from GB18030 in ``older_encodings``.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from app.domain.errors import RuleBroken
from app.sheets.archives import MOST_COLUMNS, MOST_ROWS
from app.sheets.cells import Row
from app.sheets.older_encodings import encoding_of

LONGEST_FIELD = 32_767  # what one cell of a workbook can hold

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_GUARD = re.compile(r"^'(?=[=+\-@])")  # by which tables keep a text from becoming a formula
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*(?:\r\n|\r|\n)", re.IGNORECASE)
_SEPARATORS = (",", ";", "\t")
_LINES_LOOKED_AT = 20


def read_delimited(file: str, content: bytes) -> tuple[Row, ...]:
    """The rows of a delimited text file. A blank line keeps its row number."""
    text = decode(file, content)
    separator = _separator_of(text)
    if declared := _SEPARATOR_LINE.match(text):
        # Excel's own hint. The line stays, blanked, so that row numbers remain the file's.
        separator = declared.group(1)
        text = "\n" + text[declared.end() :]
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, fields in enumerate(reader, start=1):
            rows.append(_row(file, number, fields))
    except csv.Error as broken:
        raise RuleBroken("sheet-row-unreadable", file=file, row=len(rows) + 1) from broken
    return tuple(rows)


def _row(file: str, number: int, fields: list[str]) -> Row:
    if number > MOST_ROWS:
        raise RuleBroken("sheet-too-many-rows", file=file, sheet="", limit=MOST_ROWS)
    if len(fields) > MOST_COLUMNS:
        raise RuleBroken("sheet-too-many-columns", file=file, sheet="", limit=MOST_COLUMNS)
    if any(len(field) > LONGEST_FIELD for field in fields):
        raise RuleBroken("sheet-field-too-long", file=file, row=number, limit=LONGEST_FIELD)
    while fields and not fields[-1]:
        fields.pop()
    return Row(number, tuple(_GUARD.sub("", field) or None for field in fields))


def decode(file: str, content: bytes) -> str:
    """The text of a file in the encodings people's machines write, or one clear refusal."""
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text.removeprefix("\ufeff")
    raise RuleBroken("sheet-text-unreadable", file=file)


def _candidates(content: bytes) -> Iterator[str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    head = content[:400]
    if head.count(0) > len(head) // 4:
        # ASCII letters in UTF-16 without a mark leave every second byte zero.
        yield "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        return
    yield "utf-8-sig"
    yield encoding_of(content)


def _separator_of(text: str) -> str:
    """The separator that stands in most of the first lines outside quotes, a comma if none."""
    lines = [line for line in _QUOTED.sub("", text[:20_000]).splitlines() if line.strip()]
    looked_at = lines[:_LINES_LOOKED_AT]

    def weight(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in looked_at]
        return sum(1 for count in counts if count), sum(counts)

    # A decimal comma stands in every line of a semicolon file, but not in its heading.
    first = looked_at[0] if looked_at else ""
    in_heading = [separator for separator in _SEPARATORS if separator in first]
    return max(in_heading or _SEPARATORS, key=weight)
