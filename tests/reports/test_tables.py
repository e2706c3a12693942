"""Rows that belong together stay on one page, however many they are."""

from __future__ import annotations

from app.reports.layout import Flow
from app.reports.marks import Page, Text
from app.reports.paper import Heading, Imprint, Signature
from app.reports.tables import Column, table
from app.words import Words

FITTING = 22
"""Rows of 30 points on the first page: 711 points, less 4 above the head and 20 for it."""


def judges(
    rows: int, kept: frozenset[int] = frozenset(), signatures: tuple[Signature, ...] = ()
) -> list[list[str]]:
    """The cells J0, J1 and so on of a table, by page."""
    flow = Flow(Heading("样例竞赛", "样例赛项"), Imprint("2026-11-21 08:00"), Words.load("en"))
    flow.close_with(signatures)
    lines = [(f"A{number}", f"J{number}") for number in range(rows)]
    columns = (Column("Aspect"), Column("Judge"))
    table(flow, columns, lines, box_height=30, kept_rows=kept)
    flow.signatures(signatures)
    return [_cells(page) for page in flow.finish()]


def _cells(page: Page) -> list[str]:
    said = [mark.text for mark in page.marks if isinstance(mark, Text)]
    return [text for text in said if text.startswith("J") and text[1:].isdigit()]


def test_rows_that_belong_to_none_fill_the_page() -> None:
    # Later pages have no 4 points above the head, and so hold one more.
    assert [len(page) for page in judges(60)] == [22, 23, 15]


def test_a_group_of_three_rows_begins_where_all_of_it_fits() -> None:
    last = FITTING - 1
    first, second = judges(FITTING + 5, frozenset({last - 1, last}))
    assert first[-1] == f"J{last - 2}"
    assert second[:3] == [f"J{last - 1}", f"J{last}", f"J{last + 1}"]


def test_rows_kept_up_to_the_last_stay_with_the_signatures() -> None:
    last = FITTING - 1
    pages = judges(FITTING, frozenset({last - 2, last - 1}), (Signature("Chief judge"),))
    assert pages[1:] == [[f"J{last - 2}", f"J{last - 1}", f"J{last}"]]


def test_what_no_page_holds_together_begins_where_it_stands() -> None:
    pages = judges(44, frozenset(range(44)))
    assert [len(page) for page in pages] == [22, 22]


def test_a_title_stays_with_the_first_row_however_high_that_is() -> None:
    # 711 points: 500 are taken, a heading of 28, 4, a head of 20 and a row of 180 need 232.
    flow = Flow(Heading("样例竞赛", "样例赛项"), Imprint("2026-11-21 08:00"), Words.load("en"))
    flow.y += 500
    columns = (Column("Aspect"), Column("Judge"))
    table(flow, columns, [("A0", "J0")], title="Measurement", box_height=180)
    first, second = (
        {mark.text for mark in page.marks if isinstance(mark, Text)} for page in flow.finish()
    )
    assert "Measurement" not in first
    assert {"Measurement", "J0"} <= second
