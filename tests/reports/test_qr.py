"""QR codes: modules and path say the same, and a reader reads them back off the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from zxingcpp import BarcodeFormat, read_barcodes

from app.domain.errors import RuleBroken
from app.reports.qr import qr_matrix, qr_path


def test_the_three_corners_are_finder_patterns_and_the_fourth_is_not() -> None:
    matrix = qr_matrix("PLUMBLINE")
    assert len(matrix) == 21
    assert all(len(row) == 21 for row in matrix)
    dark_edge = [True] * 7
    assert matrix[0][:7] == dark_edge
    assert matrix[0][-7:] == dark_edge
    assert matrix[20][:7] == dark_edge
    assert matrix[20][-7:] != dark_edge


def test_the_path_fills_exactly_the_dark_modules() -> None:
    matrix = qr_matrix("PL1:JL4-2025-0001-K")
    path, side = qr_path("PL1:JL4-2025-0001-K")
    filled = set()
    for x, y, width, height in re.findall(r"(\d+) (\d+) (\d+) (\d+) re\n", path):
        assert height == "1"
        for column in range(int(x), int(x) + int(width)):
            filled.add((side - 1 - int(y), column))
    dark = {(r, c) for r, row in enumerate(matrix) for c, is_dark in enumerate(row) if is_dark}
    assert filled == dark


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_any_payload_is_read_back_from_its_modules(payload: str) -> None:
    matrix = qr_matrix(payload)
    side = len(matrix) + 8
    image = Image.new("L", (side, side), 255)
    for row, modules in enumerate(matrix, start=4):
        for column, is_dark in enumerate(modules, start=4):
            if is_dark:
                image.putpixel((column, row), 0)
    enlarged = image.resize((side * 4, side * 4), Image.Resampling.NEAREST)
    codes = read_barcodes(enlarged, formats=BarcodeFormat.QRCode)
    assert [code.text for code in codes] == [payload]


def test_a_payload_a_reader_would_have_to_guess_at_is_a_bug() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        qr_matrix("样例")


def test_a_payload_beyond_the_largest_code_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        qr_matrix("a" * 2400)
    assert refused.value == RuleBroken("qr-too-long", length=2400)
