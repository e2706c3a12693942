"""Renders every screen to PNG: ``python -m ui.shots [--lang zh|en] [--out DIR] [--file FILE]``.

``--dark`` takes the dark colours and ``--zoom 200`` type of twice the size. Works without a
display. Without a file the sample competition is made: in the middle of its day for the screens of
the floor, finished for those of the results. A screen package may add views of its own, such as
the hall screen or a dialog, by offering ``shots(context) -> list[NamedView]``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import Settings
from ui.theme.tokens import ZOOMS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.words import Language
    from ui.context import Place
    from ui.main_window import MainWindow

SIZES = ((1366, 768), (1920, 1080))

_DELAYED_MS, _LONGEST_MS = 150, 10_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.shots", description=__doc__)
    parser.add_argument("--lang", choices=("zh", "en"), help="one language instead of both")
    parser.add_argument("--out", type=Path, default=Path("shots-out"), help="where the PNGs go")
    parser.add_argument("--file", type=Path, help="a competition file instead of the samples")
    parser.add_argument("--dark", action="store_true", help="dark colours instead of light")
    parser.add_argument("--zoom", type=int, choices=ZOOMS, default=100, help="percent")
    chosen = parser.parse_args()
    # Before Qt is loaded: it chooses its platform then.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(_tell)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        for language in (chosen.lang,) if chosen.lang else ("zh", "en"):
            samples = (
                Samples(chosen.file, chosen.file) if chosen.file else make_samples(home, language)
            )
            settings = Settings(
                language=language,
                theme="dark" if chosen.dark else "light",
                zoom_percent=chosen.zoom,
            )
            for path in take_shots(settings, chosen.out, samples, home):
                print(path)
    return 0


@dataclass(frozen=True, slots=True)
class Samples:
    """The competitions in the pictures: one under way, one finished."""

    under_way: Path
    finished: Path

    def shown_at(self, place: Place) -> Path:
        late = ("results", "certificates", "exchange")
        return self.finished if place.value in late else self.under_way


def make_samples(home: Path, language: Language) -> Samples:
    """The sample competition, finished and in the middle of its day, made by station ``home``."""
    from app.demo.midday import leave_at_midday
    from app.demo.run import DemoFiles, run_demo
    from app.time_source import SystemTime
    from app.words import Words

    folder = home / language
    run_demo(folder, Words.load(language), tell=lambda _: None, home=home)
    under_way = folder / "midday.plumb"
    now = SystemTime(home / "boot").reading()
    leave_at_midday(under_way, folder / "midday.csv", now, home=home, language=language)
    return Samples(under_way, DemoFiles(folder).competition)


def take_shots(
    settings: Settings,
    folder: Path,
    samples: Samples,
    home: Path,
    sizes: Iterable[tuple[int, int]] = SIZES,
) -> Iterator[Path]:
    """Every view in one language and look at every size; yields each file as it is written.

    ``home`` keeps the keys of the competitions, so that they go on as the stations they were.
    """
    from PySide6.QtWidgets import QDialog

    from ui.application import build_application
    from ui.main_window import MainWindow
    from ui.opening import StationOpener
    from ui.theme.fonts import find_families

    application = build_application(["shots"])
    opener = StationOpener(home)
    for width, height in sizes:
        window = MainWindow(settings, opener, find_families(), remembers=False)
        window.resize(width, height)
        window.show()
        for name, view in _views(window, samples):
            if view is not window:
                # A dialog is as large as it asks to be.
                if not isinstance(view, QDialog):
                    view.resize(width, height)
                view.show()
            _settle(application, window)
            path = folder / f"{name}-{settings.language}-{width}x{height}.png"
            view.grab().save(str(path))
            if view is not window:
                view.close()
            yield path
        window.close()
        application.processEvents()


def _tell(_kind: object, _where: object, message: str) -> None:
    """What Qt has to say, without what it says of every window that has no screen to be on."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def _settle(application: QApplication, window: MainWindow) -> None:
    """Let what is drawn a little later, or beside the window, arrive."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop

    shown, given_up = QDeadlineTimer(_DELAYED_MS), QDeadlineTimer(_LONGEST_MS)
    while not given_up.hasExpired() and (window.tasks.busy or not shown.hasExpired()):
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _DELAYED_MS)


def _views(window: MainWindow, samples: Samples) -> Iterator[tuple[str, QWidget]]:
    """The welcome page, then each place in front of the window and its extra views."""
    from ui.context import Place
    from ui.frame.desk_view import DeskView

    yield "00-welcome", window
    opened: Path | None = None
    for number, place in enumerate(Place, start=1):
        if samples.shown_at(place) != opened:
            opened = samples.shown_at(place)
            window.open_path(opened)
        desk = window.view
        if not isinstance(desk, DeskView):
            raise SystemExit(desk.banner.text)
        desk.go_to(place)
        yield f"{number:02d}-{place.value}", window
        for name, view in desk.host.extra_views(place):
            yield f"{number:02d}-{place.value}-{name}", view


if __name__ == "__main__":
    sys.exit(main())
