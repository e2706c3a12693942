"""The one window: the welcome page, or an open competition.

Switching language, colours, zoom or file builds everything inside the window anew with a new
``Theme`` and ``Words``; only the window, its tasks and the open desk live on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from app.domain.errors import RuleBroken
from app.paths import station_home
from app.problems import Problem
from app.settings import Settings, save_settings, with_recent
from app.words import Words
from ui.context import Place
from ui.desk import Desk, Opener
from ui.dialogs import FileKind, Questions, WindowQuestions
from ui.frame.desk_view import DeskView
from ui.frame.enter_key import EnterKey
from ui.frame.failing import show_failure
from ui.frame.host import Load, load_screen
from ui.frame.rescue import may_lose, may_stop, restore, save_copy
from ui.frame.tab_order import next_in_tab_order
from ui.frame.undo_key import UndoKey
from ui.frame.welcome_view import WelcomeView
from ui.look import chosen_language, chosen_theme
from ui.tasks import Tasks
from ui.theme.icons import window_icon
from ui.theme.styling import apply_theme
from ui.theme.tokens import Mode, zoomed

UPKEEP_EVERY_MS = 5_000
LEAST = (1024, 640)

Ask = Callable[["MainWindow"], Questions]


class MainWindow(QMainWindow):
    """Holds settings, tasks and the open desk; ``view`` is all that is seen."""

    def __init__(
        self,
        settings: Settings,
        opener: Opener,
        families: tuple[str, ...] = (),
        *,
        load: Load = load_screen,
        ask: Ask | None = None,
        remembers: bool = True,
        file: Path | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._opener = opener
        self._families = families
        self._load = load
        self._given_ask = ask
        self._remembers = remembers
        self._desk: Desk | None = None
        self.tasks = Tasks()
        self.setWindowIcon(window_icon())
        self.setMinimumSize(*LEAST)
        self._undo_key = UndoKey(_application())
        self._enter_key = EnterKey(_application())
        self._upkeep_timer = QTimer(self)
        self._upkeep_timer.setInterval(UPKEEP_EVERY_MS)
        self._upkeep_timer.timeout.connect(self._on_upkeep_due)
        for keys, steps in (("Ctrl+=", 1), ("Ctrl++", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self, lambda steps=steps: self.zoom(steps))
        QShortcut(QKeySequence("Ctrl+O"), self, self.ask_open)
        QShortcut(QKeySequence("Ctrl+Shift+N"), self, self.ask_new)
        # At once with the file: the welcome page would take as long again and never be seen.
        refused = self._take_up(lambda: opener.open(file)) if file else None
        self.view: DeskView | WelcomeView = self._build(None)
        if refused is not None:
            self.show_bug(refused)

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def desk(self) -> Desk | None:
        return self._desk

    def open_path(self, path: Path, place: Place = Place.OVERVIEW) -> None:
        """Open a competition file in place of what is open; on failure that stays as it is."""
        self._open_by(lambda: self._opener.open(path), place)

    def ask_new(self, template: Path | None = None) -> None:
        """A new file: with the rules of a template, or for the set-up screen to fill in."""
        words = self._words
        path = self._ask.save_file(
            words.say("frame.new"), words.say("frame.new_name"), [self._kind()]
        )
        if path is not None:
            self._open_by(lambda: self._opener.create(path, template), Place.SETUP)

    def ask_open(self) -> None:
        path = self._ask.open_file(self._words.say("frame.open"), [self._kind()])
        if path is not None:
            self.open_path(path)

    def open_sample(self) -> None:
        self._open_by(self._opener.sample, Place.OVERVIEW)

    def switch_language(self) -> None:
        other = "en" if self._words.language == "zh" else "zh"
        self._change(msgspec.structs.replace(self._settings, language=other))

    def switch_shade(self) -> None:
        other = Mode.LIGHT if self._theme.mode is Mode.DARK else Mode.DARK
        self._change(msgspec.structs.replace(self._settings, theme=other.value))

    def zoom(self, steps: int) -> None:
        """So many sizes larger or smaller."""
        percent = zoomed(self._settings.zoom_percent, steps)
        if percent != self._settings.zoom_percent:
            self._change(msgspec.structs.replace(self._settings, zoom_percent=percent))

    def show_bug(self, raised: BaseException) -> None:
        """Where exceptions end that nobody caught: a report, and a sentence that calms."""
        if isinstance(self.view, DeskView):
            self.view.fail(raised)
        else:
            show_failure(self.view.banner, self._words, raised)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._upkeep_timer.stop()
        if isinstance(self.view, DeskView):
            self.view.shut()
        self.tasks.close()
        self._undo_key.close()
        self._enter_key.close()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        super().closeEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        found = next_in_tab_order(self, forward=next)
        if found is None:
            return False
        reason = Qt.FocusReason
        found.setFocus(reason.TabFocusReason if next else reason.BacktabFocusReason)
        return True

    def _may_close(self) -> bool:
        return self._may_let_go() and (not self.tasks.making or may_stop(self._words, self._ask))

    def _may_let_go(self) -> bool:
        """Of the open file, which may be the last place where its records are."""
        if isinstance(self.view, DeskView) and not self.view.may_close():
            return False
        trouble = self._desk.status().trouble if self._desk else None
        return trouble is None or may_lose(trouble, self._words, self._ask)

    def _rescue(self, way: Callable[[Desk, Words, Questions, FileKind], Path | None]) -> None:
        """Get what the file holds out of it, and go on in what came of it."""
        assert self._desk is not None
        try:
            saved = way(self._desk, self._words, self._ask, self._kind())
        except (RuleBroken, Problem) as refused:
            self.show_bug(refused)
            return
        if saved is not None:
            place = self.view.here if isinstance(self.view, DeskView) else None
            self._take_over(lambda: self._opener.open(saved), place or Place.OVERVIEW)

    def _open_by(self, opening: Callable[[], Desk], place: Place) -> None:
        if self._may_let_go():
            self._take_over(opening, place)

    def _take_over(self, opening: Callable[[], Desk], place: Place) -> None:
        former = self._desk
        refused = self._take_up(opening)
        if refused is not None:
            self.show_bug(refused)
            return
        self._rebuild(place)
        if former is not None:
            former.close()

    def _take_up(self, opening: Callable[[], Desk]) -> Exception | None:
        """Have another desk open, or say why not; what is open then stays open."""
        try:
            desk = opening()
        except Exception as raised:  # noqa: BLE001 - shown by the caller
            return raised
        self._desk = desk
        if desk.path is not None:
            self._remember(with_recent(self._settings, desk.path))
        return None

    def _change(self, settings: Settings) -> None:
        """Take new settings and build the same place again in their look."""
        place = None
        if isinstance(self.view, DeskView):
            if not self.view.may_close():
                return
            place = self.view.here
        self._remember(settings)
        self._rebuild(place)

    def _remember(self, settings: Settings) -> None:
        self._settings = settings
        if not self._remembers:
            return
        # When it fails, the laptop has forgotten at the next start; no reason to stop work.
        with suppress(OSError):
            save_settings(station_home(), settings)

    def _rebuild(self, place: Place | None) -> None:
        former = self.view
        if isinstance(former, DeskView):
            former.shut()
        self.view = self._build(place)
        former.deleteLater()

    def _build(self, place: Place | None) -> DeskView | WelcomeView:
        self._words = Words.load(chosen_language(self._settings))
        self._theme = chosen_theme(self._settings, self._families)
        apply_theme(_application(), self._theme)
        self._ask = (
            self._given_ask(self)
            if self._given_ask
            else WindowQuestions(self, self._words, self._theme, self._folder())
        )
        view = self._desk_view(self._desk) if self._desk else self._welcome_view()
        view.rail.language_wanted.connect(self.switch_language)
        view.rail.shade_wanted.connect(self.switch_shade)
        view.rail.zoom_wanted.connect(self.zoom)
        # Takes the former view out without deleting it under the signal that brought us here.
        self.takeCentralWidget()
        self.setCentralWidget(view)
        # Qt would show it a turn later, and until then no key would reach it.
        view.show()
        self._show_title(self._desk.title(self._words) if self._desk else "")
        if isinstance(view, DeskView):
            view.title_changed.connect(self._show_title)
            view.trouble.copy_wanted.connect(lambda: self._rescue(save_copy))
            view.trouble.restore_wanted.connect(lambda: self._rescue(restore))
            view.go_to(place or Place.OVERVIEW)
            if self._desk is not None and self._desk.runs_clocks():
                # The cues of a clock (计时提示) sound from the timing screen.
                view.host.open_behind(Place.TIMING)
            self._upkeep_timer.start()
        else:
            view.setFocus()
        return view

    def _show_title(self, title: str) -> None:
        program = self._words.say("frame.program")
        self.setWindowTitle(f"{title} – {program}" if title else program)

    def _desk_view(self, desk: Desk) -> DeskView:
        return DeskView(self._theme, self._words, desk, self.tasks, self._ask, self._load)

    def _welcome_view(self) -> WelcomeView:
        recent = [Path(name) for name in self._settings.recent]
        view = WelcomeView(self._theme, self._words, [path for path in recent if path.exists()])
        view.welcome.new_wanted.connect(self.ask_new)
        view.welcome.template_chosen.connect(self.ask_new)
        view.welcome.open_wanted.connect(self.ask_open)
        view.welcome.sample_wanted.connect(self.open_sample)
        view.welcome.file_chosen.connect(self.open_path)
        return view

    def _kind(self) -> FileKind:
        return FileKind(self._words.say("frame.kind_competition"), ("*.plumb",))

    def _folder(self) -> Path:
        recent = [Path(name).parent for name in self._settings.recent]
        return next((folder for folder in recent if folder.exists()), Path.home())

    def _on_upkeep_due(self) -> None:
        if self._desk is not None and isinstance(self.view, DeskView):
            self._desk.upkeep(self.tasks, self.view.fail)
            self.view.refresh(may_rules_differ=False)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
