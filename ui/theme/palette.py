"""The Qt palette of a theme, for all that the style sheet leaves to the Fusion style."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Theme, Tone


def palette_of(theme: Theme) -> QPalette:
    """Fusion's palette in our colours, with a disabled state that is still readable."""
    c = theme.colours
    roles = QPalette.ColorRole
    colours = {
        roles.Window: c.surface,
        roles.WindowText: c.text,
        roles.Base: c.raised,
        roles.AlternateBase: c.sunken,
        roles.Text: c.text,
        roles.Button: c.raised,
        roles.ButtonText: c.text,
        roles.BrightText: c.tones[Tone.BLOCKED].ink,
        roles.ToolTipBase: c.rail,
        roles.ToolTipText: c.rail_here_text,
        roles.Highlight: c.selection,
        roles.HighlightedText: c.on_selection,
        roles.Accent: c.primary,
        roles.Link: c.primary,
        roles.LinkVisited: c.primary,
        roles.PlaceholderText: c.muted,
        roles.Light: c.raised,
        roles.Midlight: c.sunken,
        roles.Mid: c.line,
        roles.Dark: c.control_line,
        roles.Shadow: c.control_line,
    }
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return palette
