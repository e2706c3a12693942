"""Renders every screen to PNG: ``python -m ui.shots [--lang zh|en] [--out DIR] [--file FILE]``.

Works without a display. A screen package may add views of its own, such as the hall screen or a
dialog, by offering ``shots(context) -> list[NamedView]``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow

SIZES = ((1366, 768), (1920, 1080))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.shots", description=__doc__)
    parser.add_argument("--lang", choices=("zh", "en"), help="one language instead of both")
    parser.add_argument("--out", type=Path, default=Path("shots-out"), help="where the PNGs go")
    parser.add_argument("--file", type=Path, help="a competition file; without one only welcome")
    chosen = parser.parse_args()
    # Before Qt is loaded: it chooses its platform then.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen.out.mkdir(parents=True, exist_ok=True)
    for language in (chosen.lang,) if chosen.lang else ("zh", "en"):
        for path in take_shots(language, chosen.out, chosen.file):
            print(path)
    return 0


def take_shots(language: str, folder: Path, file: Path | None) -> Iterator[Path]:
    """Every view in one language at every size; yields each file as it is written."""
    from app.paths import station_home
    from app.settings import Settings
    from ui.application import build_application
    from ui.main_window import MainWindow
    from ui.opening import StationOpener
    from ui.theme.fonts import find_families

    application = build_application(["shots"])
    settings = Settings(language=language, theme="light")
    opener = StationOpener(station_home())
    for width, height in SIZES:
        window = MainWindow(settings, opener, find_families(), remembers=False)
        window.resize(width, height)
        window.show()
        for name, view in _views(window, file):
            if view is not window:
                view.resize(width, height)
                view.show()
            application.processEvents()
            path = folder / f"{name}-{language}-{width}x{height}.png"
            view.grab().save(str(path))
            if view is not window:
                view.close()
            yield path
        window.close()
        application.processEvents()


def _views(window: MainWindow, file: Path | None) -> Iterator[tuple[str, QWidget]]:
    """The welcome page, then each place in front of the window and its extra views."""
    from ui.context import Place
    from ui.frame.desk_view import DeskView

    yield "00-welcome", window
    if file is None:
        return
    window.open_path(file)
    desk = window.view
    if not isinstance(desk, DeskView):
        raise SystemExit(desk.banner.text)
    for number, place in enumerate(Place, start=1):
        desk.go_to(place)
        yield f"{number:02d}-{place.value}", window
        for name, view in desk.host.extra_views(place):
            yield f"{number:02d}-{place.value}-{name}", view


if __name__ == "__main__":
    sys.exit(main())
