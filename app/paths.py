"""Where the station finds its own files, keeps what belongs to this laptop, and never writes.

``PLUMBLINE_HOME`` moves everything that belongs to the laptop into one folder: for tests, and for a
station that runs from a USB stick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_config_path, user_log_path

from app.file_heads import COMPETITION_FILE, head_of
from app.problems import Problem


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


def check_target(path: Path) -> None:
    """Raise ``Problem`` unless a paper, a table or a bundle can be written there: asked first."""
    if (path.exists() and not path.is_file()) or not path.absolute().parent.is_dir():
        raise Problem("target-no-place", file=path.name or str(path))
    refuse_competition_file(path)


def refuse_competition_file(path: Path) -> None:
    """Raise ``Problem`` when writing there would replace a competition file: asked by who writes.

    Other files are replaced by what has their name, as they should.
    """
    try:
        head = head_of(path)
    except OSError:
        return
    if head is not None and head.application_id == COMPETITION_FILE:
        raise Problem("target-is-a-competition-file", file=path.name)
