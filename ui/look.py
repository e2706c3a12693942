"""Language and look from the settings, or from the system where they say nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.settings import Settings
from app.words import LANGUAGES, Language, system_language
from ui.theme.tokens import Mode, Theme, theme_of


def chosen_language(settings: Settings) -> Language:
    for language in LANGUAGES:
        if language == settings.language:
            return language
    return system_language()


def chosen_theme(settings: Settings, families: tuple[str, ...]) -> Theme:
    """The theme of the settings; needs a QGuiApplication to know whether the system is dark."""
    for mode in Mode:
        if mode.value == settings.theme:
            return theme_of(mode, zoom=settings.zoom_percent, families=families)
    system_is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    mode = Mode.DARK if system_is_dark else Mode.LIGHT
    return theme_of(mode, zoom=settings.zoom_percent, families=families)
