"""A list as the file that the ending of its name asks for: the paper to be signed or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.domain.errors import RuleBroken
from app.paths import check_target
from app.sheets.list_table import ListTable, write_list_xlsx
from app.words import Words


def list_writer(
    target: Path,
    words: Words,
    *,
    rows: int,
    paper: Callable[[], object],
    table: Callable[[], ListTable],
) -> Callable[[], int]:
    """What writes the list and returns its ``rows``; it may run on another thread.

    ``table`` is read at once, and only for a workbook; ``paper`` writes what is read already.
    """
    check_target(target)
    match target.suffix.lower():
        case ".pdf":
            write = paper
        case ".xlsx":
            write = partial(write_list_xlsx, table(), target, words)
        case _:
            raise RuleBroken("list-form-unknown", file=target.name)

    def written() -> int:
        write()
        return rows

    return written
