"""Colours of a chart's series, told apart by lightness as well as by hue.

Neighbours in the list differ most, because neighbours touch in a stacked bar. A legend in the same
order says which is which.
"""

from __future__ import annotations

from ui.theme.tokens import Mode, Theme

_LIGHT = ("#12588f", "#e08a1e", "#2f8f6b", "#8a3a86", "#6b7f93", "#b8473a", "#3c9bb5", "#7a6a1f")
_DARK = ("#78b9f2", "#f0a846", "#6fd0a4", "#c98ac6", "#a3b1bf", "#f0897c", "#7fd0e6", "#d3c06a")


def series_colours(theme: Theme, count: int) -> list[str]:
    """So many colours; after the last the list begins again."""
    known = _DARK if theme.mode is Mode.DARK else _LIGHT
    return [known[place % len(known)] for place in range(count)]
