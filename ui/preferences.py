"""What this laptop's window remembers: language, colours, size of text, recent files.

Nothing of a competition is in here. A damaged or foreign file means defaults, never a failed start.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from app.paths import station_home
from app.words import LANGUAGES, Language, system_language
from ui.theme.tokens import ZOOMS, Mode

RECENT_SHOWN = 6


class Preferences(msgspec.Struct, frozen=True):
    """Empty ``language`` and ``mode`` mean: as the system has it."""

    language: str = ""
    mode: str = ""
    zoom: int = 100
    recent: tuple[str, ...] = ()

    def spoken(self) -> Language:
        for language in LANGUAGES:
            if language == self.language:
                return language
        return system_language()

    def shade(self, system: Mode) -> Mode:
        return next((mode for mode in Mode if mode.value == self.mode), system)

    def zoomed(self, steps: int) -> Preferences:
        """The next larger or smaller size of text, as far as there is one."""
        nearest = min(ZOOMS, key=lambda zoom: abs(zoom - self.zoom))
        place = max(0, min(len(ZOOMS) - 1, ZOOMS.index(nearest) + steps))
        return msgspec.structs.replace(self, zoom=ZOOMS[place])

    def opened(self, path: Path) -> Preferences:
        """With this file first among the recent ones."""
        others = tuple(name for name in self.recent if Path(name) != path)
        return msgspec.structs.replace(self, recent=(str(path), *others)[:RECENT_SHOWN])


def load_preferences() -> Preferences:
    try:
        return msgspec.json.decode(_path().read_bytes(), type=Preferences)
    except (OSError, msgspec.DecodeError):
        return Preferences()


def save_preferences(preferences: Preferences) -> None:
    """Write them whole or not at all; a laptop that cannot remember still works."""
    path = _path()
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(msgspec.json.encode(preferences))
        os.replace(fresh, path)  # noqa: PTH105 - the one call that replaces on every system
    except OSError:
        fresh.unlink(missing_ok=True)


def _path() -> Path:
    return station_home() / "window.json"
