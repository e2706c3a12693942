"""Tables that fit the page: columns by what is in them, rows whole, the head on every page.

Long text gives way first (it wraps), then the type gets smaller; numbers never wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.reports.fonts import text_width
from app.reports.layout import Flow
from app.reports.marks import BAND, GREY, HAIRLINE, INK, Band, Rule, Text
from app.reports.wrapping import wrap

Align: TypeAlias = Literal["left", "right", "centre"]
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
PADDING = 3.5
LINE = 1.32
NARROWEST_EM = 6.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A ``wraps`` column may be narrower than its text; ``is_name`` wraps by parts.

    ``room`` is the least width in points, for what will be written by hand. With ``names_item`` the
    cell says which item the row is about, for errors.
    """

    title: str
    align: Align = "left"
    wraps: bool = False
    is_name: bool = False
    room: float = 0.0
    names_item: bool = False


Row: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns with the widths and the type size they came out at."""

    columns: Sequence[Column]
    widths: Sequence[float]
    size: float


def table(
    flow: Flow,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    boxed: bool = False,
    row_height: float = 0.0,
) -> None:
    """Set the rows from the flow's present place on, over as many pages as they need.

    ``boxed`` draws every cell's frame, and ``row_height`` leaves room, for writing by hand.
    """
    grid = fit_columns(columns, rows, flow.inner)
    head = _lines([column.title for column in columns], grid, titles=True)
    first = _lines(rows[0], grid) if rows else head
    flow.need(_height(head, grid.size, 0.0) + _height(first, grid.size, row_height))
    top = _head(flow, head, grid)
    for row in rows:
        cells = _lines(row, grid)
        height = _height(cells, grid.size, row_height)
        if flow.y + height > flow.bottom:
            _frame(flow, grid, top, boxed=boxed)
            flow.new_page()
            top = _head(flow, head, grid)
        about = next((row[n] for n, c in enumerate(columns) if c.names_item), "")
        _set_row(flow, cells, grid, height, about=about)
        flow.y += height
        flow.add(Rule(flow.left, flow.y, flow.left + sum(grid.widths), flow.y, 0.4, HAIRLINE))
    _frame(flow, grid, top, boxed=boxed)
    flow.y += 6


def fit_columns(columns: Sequence[Column], rows: Sequence[Row], available: float) -> Grid:
    """The largest type size at which the columns fit ``available``, with their widths."""
    natural_em = [_natural_em(column, [row[n] for row in rows]) for n, column in enumerate(columns)]
    size, widths = SIZES[-1], [available / len(columns)] * len(columns)
    for size in SIZES:
        natural = [
            max(em * size + 2 * PADDING, column.room)
            for em, column in zip(natural_em, columns, strict=True)
        ]
        fixed = sum(w for w, c in zip(natural, columns, strict=True) if not c.wraps)
        least = [
            min(w, max(NARROWEST_EM * size, c.room)) if c.wraps else 0.0
            for w, c in zip(natural, columns, strict=True)
        ]
        if sum(natural) <= available:
            spare = (available - sum(natural)) / len(columns)
            return Grid(columns, [width + spare for width in natural], size)
        if fixed + sum(least) <= available:
            return Grid(columns, _share(natural, least, columns, available - fixed), size)
        shrink = available / sum(natural)
        widths = [width * shrink for width in natural]
    return Grid(columns, widths, size)


def _share(
    natural: list[float], least: list[float], columns: Sequence[Column], room: float
) -> list[float]:
    """Divide ``room`` over the wrapping columns: each its least, the rest by what it lacks."""
    lacking = [
        w - low if c.wraps else 0.0 for w, low, c in zip(natural, least, columns, strict=True)
    ]
    spare = (room - sum(least)) / (sum(lacking) or 1.0)
    return [
        low + lack * spare if c.wraps else w
        for w, low, lack, c in zip(natural, least, lacking, columns, strict=True)
    ]


def _natural_em(column: Column, cells: Sequence[str]) -> float:
    widest = max((text_width(line, 1.0) for cell in cells for line in cell.split("\n")), default=0)
    title = text_width(column.title, 1.0)
    # A long title takes up to three lines rather than making its column wide.
    words = max((text_width(word, 1.0) for word in column.title.split()), default=0.0)
    is_latin = column.title.isascii()
    return max(widest, min(title, max(words if is_latin else 2.0, title / 2, 3.2 * (title > 4))))


def _lines(row: Row, grid: Grid, *, titles: bool = False) -> list[list[str]]:
    return [
        wrap(cell, width - 2 * PADDING + 0.01, grid.size, is_name=column.is_name and not titles)
        for cell, column, width in zip(row, grid.columns, grid.widths, strict=True)
    ]


def _height(cells: list[list[str]], size: float, least: float) -> float:
    return max(least, max(len(lines) for lines in cells) * size * LINE + 2 * PADDING)


def _head(flow: Flow, head: list[list[str]], grid: Grid) -> float:
    height = _height(head, grid.size, 0.0)
    top = flow.y
    width = sum(grid.widths)
    flow.add(Band(flow.left, top, width, height, BAND))
    _set_row(flow, head, grid, height, is_head=True)
    flow.y += height
    flow.add(Rule(flow.left, flow.y, flow.left + width, flow.y, 0.9, INK))
    return top


def _set_row(
    flow: Flow,
    cells: list[list[str]],
    grid: Grid,
    height: float,
    *,
    about: str = "",
    is_head: bool = False,
) -> None:
    x, size = flow.left, grid.size
    for lines, column, width in zip(cells, grid.columns, grid.widths, strict=True):
        baseline = flow.y + (height - len(lines) * size * LINE) / 2 + size * 0.98
        for line in lines:
            if line:
                start = x + _indent(column.align, width, text_width(line, size))
                colour = GREY if line == "—" else INK
                flow.add(Text(start, baseline, line, size, colour, is_head, about=about))
            baseline += size * LINE
        x += width


def _indent(align: Align, width: float, across: float) -> float:
    match align:
        case "left":
            return PADDING
        case "right":
            return width - PADDING - across
        case "centre":
            return (width - across) / 2


def _frame(flow: Flow, grid: Grid, top: float, *, boxed: bool) -> None:
    right = flow.left + sum(grid.widths)
    if not boxed:
        flow.add(Rule(flow.left, flow.y, right, flow.y, 0.9, INK))
        return
    x = flow.left
    for width in (0.0, *grid.widths):
        x += width
        flow.add(Rule(x, top, x, flow.y, 0.4, INK))
    for y in (top, flow.y):
        flow.add(Rule(flow.left, y, right, y, 0.8, INK))
