"""Tables that fit the page: columns by what is in them, rows whole, the head on every page.

Long text gives way first (it wraps), then the type gets smaller; numbers never wrap.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from app.reports.fonts import text_width
from app.reports.layout import TOP, Flow
from app.reports.marks import ALERT, BAND, GREY, HAIRLINE, INK, Band, Colour, Rule, Text
from app.reports.wrapping import longest_piece, wrap

Align: TypeAlias = Literal["left", "right", "centre"]
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
PADDING = 0.46
"""Room left and right of a cell's text, in ems."""
LINE = 1.32
ABOVE_TABLE, TITLE = 4.0, 28.0
"""Room above a table, and what a title of one line takes, in points."""
ABOVE = 3.5
"""Room above and below a cell's text, in points."""
NARROWEST, NARROWEST_NAME = 6.0, 10.5
"""The least width of a wrapping column, in ems: names give way last."""
TEXT_PART = 3
"""How much more of the spare width a column of text gets than one of numbers."""
LONGEST_PIECE = 12.0
"""Beyond this many ems even a single word is cut."""
TWO_LINES, THREE_LINES = 0.56, 0.39
"""The part of its natural width at which a text takes two lines, or three."""
_TRIES = (
    *((size, TWO_LINES) for size in SIZES if size >= 8.5),
    *((size, THREE_LINES) for size in SIZES if size >= 7.0),
    *((size, 0.0) for size in SIZES),
)


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
    """Columns with the widths and the type size they came out at.

    A grid is crowded when long texts take more than about two lines.
    """

    columns: Sequence[Column]
    widths: Sequence[float]
    size: float
    is_crowded: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How the text of a row is set."""

    colour: Colour = INK
    bold: bool = False


STRONG, ALERTING = Look(bold=True), Look(ALERT, bold=True)
NO_LOOKS: Mapping[int, Look] = MappingProxyType({})


def table(
    flow: Flow,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    title: str = "",
    box_height: float | None = None,
    kept_rows: Container[int] = (),
    looks: Mapping[int, Look] = NO_LOOKS,
    fitted_to: Sequence[Row] | None = None,
) -> None:
    """Set the rows from the flow's present place on, over as many pages as they need.

    ``title`` stands above, on the page of the first row. With ``box_height`` every cell has a frame
    at least so high, for writing by hand. ``kept_rows`` are the numbers of rows that belong on one
    page with the row below, ``looks`` are of rows that stand out. ``fitted_to`` are the rows of all
    tables that are to have the same columns, below each other. The last row stays with what the
    flow is to be closed by.
    """
    grid = fit_columns(columns, rows if fitted_to is None else fitted_to, flow.inner)
    head = _lines([column.title for column in columns], grid, titles=True)
    head_height = _height(head, grid.size, 0.0)
    boxed = box_height is not None
    room = flow.bottom - TOP - head_height - (TITLE if title else 0.0)
    every = [_lines(row, grid) for row in rows]
    heights = [_height(cells, grid.size, box_height or 0.0) for cells in every]
    together = [_together(heights, n, kept_rows, flow.closing) for n in range(len(heights))]
    # What no page holds together begins where it stands.
    needed = [whole if whole <= room else own for whole, own in zip(together, heights, strict=True)]
    begins = ABOVE_TABLE + head_height + (needed[0] if needed else head_height)
    if title:
        flow.section(title, keep=begins)
    flow.need(begins)
    flow.y += ABOVE_TABLE
    top = _head(flow, head, grid)
    for number, (row, cells, height) in enumerate(zip(rows, every, heights, strict=True)):
        if flow.y + needed[number] > flow.bottom:
            _frame(flow, grid, top, boxed=boxed)
            flow.new_page()
            top = _head(flow, head, grid)
        about = next((row[n] for n, c in enumerate(columns) if c.names_item), "")
        look = looks.get(number, Look())
        _set_row(flow, cells, grid, height, about=about, look=look)
        flow.y += height
        line = INK if boxed else HAIRLINE
        flow.add(Rule(flow.left, flow.y, flow.left + sum(grid.widths), flow.y, 0.4, line))
    _frame(flow, grid, top, boxed=boxed)
    flow.y += 6


def _together(heights: Sequence[float], first: int, kept: Container[int], closing: float) -> float:
    """The height of a row with all that has to stay on its page."""
    last = first
    while last in kept and last + 1 < len(heights):
        last += 1
    return sum(heights[first : last + 1]) + (closing if last + 1 == len(heights) else 0.0)


def fit_columns(columns: Sequence[Column], rows: Sequence[Row], available: float) -> Grid:
    """The largest type at which the columns fit ``available`` points, with their widths.

    First down to a comfortable size with at most about two lines a cell, then with three and
    smaller, then with as many as it takes; at the end everything is narrowed alike.
    """
    natural_em = [_natural_em(column, [row[n] for row in rows]) for n, column in enumerate(columns)]
    piece_em = [_piece_em(column, [row[n] for row in rows]) for n, column in enumerate(columns)]
    least: list[float] = []
    for size, part in _TRIES:
        padding = 2 * PADDING * size
        natural = [
            max(em * size + padding, column.room)
            for em, column in zip(natural_em, columns, strict=True)
        ]
        if sum(natural) <= available:
            parts = [TEXT_PART if column.wraps else 1 for column in columns]
            spare = (available - sum(natural)) / sum(parts)
            widths = [width + spare * p for width, p in zip(natural, parts, strict=True)]
            return Grid(columns, widths, size)
        least = [
            min(width, max(_narrowest(column) * size, piece * size + padding, width * part))
            if column.wraps
            else width
            for width, piece, column in zip(natural, piece_em, columns, strict=True)
        ]
        if sum(least) <= available:
            return Grid(
                columns, _share(natural, least, available), size, is_crowded=part < TWO_LINES
            )
    shrink = available / sum(least)
    return Grid(columns, [width * shrink for width in least], SIZES[-1], is_crowded=True)


def _narrowest(column: Column) -> float:
    return NARROWEST_NAME if column.is_name else NARROWEST


def _share(natural: list[float], least: list[float], available: float) -> list[float]:
    """Give each column its least, and divide the rest by what each lacks of its natural width."""
    lacking = [width - low for width, low in zip(natural, least, strict=True)]
    part = (available - sum(least)) / (sum(lacking) or 1.0)
    return [low + lack * part for low, lack in zip(least, lacking, strict=True)]


def _natural_em(column: Column, cells: Sequence[str]) -> float:
    """The width in ems at which nothing wraps but a long title, which may take two lines."""
    widest = max(
        (text_width(line, 1.0) for cell in cells for line in cell.split("\n")), default=0.0
    )
    title = text_width(column.title, 1.0)
    longest_word = max((text_width(word, 1.0) for word in column.title.split()), default=0.0)
    has_words = column.title.isascii()
    return max(widest, longest_word if has_words else max(min(title, 3.0), title / 2))


def _piece_em(column: Column, cells: Sequence[str]) -> float:
    """The width in ems of the longest piece that should stay on one line."""
    longest = max((longest_piece(cell, is_name=column.is_name) for cell in cells), default=0.0)
    return min(longest, LONGEST_PIECE)


def _lines(row: Row, grid: Grid, *, titles: bool = False) -> list[list[str]]:
    return [
        wrap(
            cell,
            width - 2 * PADDING * grid.size + 0.01,
            grid.size,
            is_name=column.is_name and not titles,
        )
        for cell, column, width in zip(row, grid.columns, grid.widths, strict=True)
    ]


def _height(cells: list[list[str]], size: float, least: float) -> float:
    return max(least, max(len(lines) for lines in cells) * size * LINE + 2 * ABOVE)


def _head(flow: Flow, head: list[list[str]], grid: Grid) -> float:
    height = _height(head, grid.size, 0.0)
    top = flow.y
    width = sum(grid.widths)
    flow.add(Band(flow.left, top, width, height, BAND))
    _set_row(flow, head, grid, height, look=Look(bold=True))
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
    look: Look,
) -> None:
    x, size = flow.left, grid.size
    for lines, column, width in zip(cells, grid.columns, grid.widths, strict=True):
        baseline = flow.y + (height - len(lines) * size * LINE) / 2 + size * 0.98
        for line in lines:
            if line:
                start = x + _indent(column.align, width, text_width(line, size), PADDING * size)
                colour = GREY if line == "—" else look.colour
                flow.add(Text(start, baseline, line, size, colour, look.bold, about=about))
            baseline += size * LINE
        x += width


def _indent(align: Align, width: float, across: float, padding: float) -> float:
    match align:
        case "left":
            return padding
        case "right":
            return width - padding - across
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
