"""Every pair of colours that meets on screen can be read, in both modes."""

from __future__ import annotations

import pytest

from ui.theme.tokens import DARK, LIGHT, Colours, TextSize, Tone, pairs, theme_of, zoomed


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_formula_gives_the_published_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_colours_that_meet_have_the_contrast_they_need(colours: Colours) -> None:
    weak = [
        f"{pair.name}: {contrast(pair.front, pair.back):.2f} < {pair.least}"
        for pair in pairs(colours)
        if contrast(pair.front, pair.back) < pair.least
    ]
    assert weak == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_tone_has_colours(colours: Colours) -> None:
    assert set(colours.tones) == set(Tone)


def test_sizes_grow_with_the_zoom() -> None:
    from ui.theme.tokens import Mode

    theme = theme_of(Mode.LIGHT, zoom=200)
    assert theme.px(1) == 16
    assert theme.px(0.5) == 8
    assert theme.pt(TextSize.BASE) == 22


def test_zooming_stops_at_the_ends() -> None:
    assert zoomed(100, 1) == 115
    assert zoomed(200, 1) == 200
    assert zoomed(90, -1) == 90
    assert zoomed(104, -1) == 90
