"""Where the station finds its own files and keeps what belongs to this laptop.

``PLUMBLINE_HOME`` moves everything that belongs to the laptop into one folder: for tests, and for a
station that runs from a USB stick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_config_path, user_log_path


def resource(*parts: str) -> Path:
    """A file shipped with the station, from the source tree or from the packaged program."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


def station_home() -> Path:
    """The folder of this laptop's keys and settings."""
    moved = os.environ.get("PLUMBLINE_HOME")
    return Path(moved) if moved else user_config_path("plumbline", appauthor=False)


def log_folder() -> Path:
    """The folder of this laptop's program log, which never holds personal data."""
    moved = os.environ.get("PLUMBLINE_HOME")
    return Path(moved) / "logs" if moved else user_log_path("plumbline", appauthor=False)
