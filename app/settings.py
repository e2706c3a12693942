"""What this laptop remembers: language, looks, recent files, where backups go.

Settings are only about the laptop. The rules of a competition are in its log, never here. A
settings file that cannot be read is set aside and the defaults are used: nobody is kept from
working by it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

RECENT = 8


class Settings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``language`` and ``theme`` are empty until somebody chooses."""

    language: str = ""
    theme: str = ""
    zoom_percent: int = 100
    recent: tuple[str, ...] = ()
    backup_folder: str = ""
    backup_minutes: int = 5


def load_settings(home: Path) -> Settings:
    """Those of this laptop; a file that cannot be read is set aside, and the defaults stand."""
    path = home / "settings.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.MsgspecError):
        if path.exists():
            path.replace(path.with_suffix(".unreadable"))
        return Settings()


def save_settings(home: Path, settings: Settings) -> None:
    home.mkdir(parents=True, exist_ok=True)
    partial = home / "settings.json.part"
    partial.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
    partial.replace(home / "settings.json")


def with_recent(settings: Settings, path: Path) -> Settings:
    """The settings with this file first among the recent ones."""
    opened = str(path.absolute())
    others = tuple(known for known in settings.recent if known != opened)
    return msgspec.structs.replace(settings, recent=(opened, *others)[:RECENT])
