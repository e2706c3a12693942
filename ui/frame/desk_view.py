"""An open competition: rail, context bar, banner, the screen, status line, and the lock.

Built anew for every language, theme or zoom; the desk it shows lives longer than it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from app.changes import Changes, Topic
from app.domain.roles import Actor
from app.problems import Problem
from app.words import Words
from ui.bridge import Bridge
from ui.context import Place, ScreenContext
from ui.desk import Desk
from ui.dialogs import Questions
from ui.frame.context_bar import ContextBar
from ui.frame.explaining import explanation
from ui.frame.failing import failed_screen, show_failure
from ui.frame.find_dialog import FindDialog
from ui.frame.host import Load, ScreenHost
from ui.frame.initials_dialog import asked_initials
from ui.frame.lock_view import LockView
from ui.frame.rail import Rail
from ui.frame.status_line import StatusLine
from ui.frame.trouble import TroubleBanner
from ui.frame.unsaved import may_forget
from ui.tasks import Tasks
from ui.theme.tokens import Theme
from ui.widgets.banner import Banner
from ui.widgets.layout import column, row
from ui.words import sentence

NARROW_BELOW = 128
"""A view narrower than so many grid steps shows the rail without words."""
AROUND_AFTER_MS, OPENED_AFTER_MS = 20, 150
"""How long a changed or an opened screen has for itself, to be painted, before the rest follows."""

LOOK_EVERY_MS = 1_000
"""How soon it is noticed that the file is gone."""

_ABOUT_RULES = {Topic.COMPETITION, Topic.RULES, Topic.EXCHANGE}


class DeskView(QStackedWidget):
    """The work and, in front of it when locked, the lock.

    ``title_changed(str)`` carries the competition's name to whoever titles the window.
    """

    title_changed = Signal(str)

    def __init__(
        self, theme: Theme, words: Words, desk: Desk, tasks: Tasks, ask: Questions, load: Load
    ) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._desk = desk
        self._ask = ask
        self._title = ""
        self._held: QWidget | None = None
        self.rail = Rail(theme, words, has_file=True)
        self.bar = ContextBar(theme, words)
        self.trouble = TroubleBanner(theme, words)
        self.banner = Banner(theme, words, flat=True)
        self.status = StatusLine(theme, words)
        context = ScreenContext(
            station=desk.station,
            words=words,
            theme=theme,
            tasks=tasks,
            ask=ask,
            go_to=self.go_to,
            announce=self.announce,
            fail=self.fail,
        )
        self.host = ScreenHost(context, load)
        work = QWidget()
        body = column(theme, self.trouble, self.banner, (self.host, 1), gap=0)
        right = column(theme, self.bar, (body, 1), self.status, gap=0)
        work.setLayout(row(theme, self.rail, (right, 1), gap=0))
        self.addWidget(work)
        self._rules_differ = False
        self._around = QTimer(self, singleShot=True)
        self._around.timeout.connect(self._on_painted)
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self._read_status)
        self._look.start()
        self._bridge = Bridge(desk.changes, self._on_changes)
        self._connect()
        self._read_rules()
        self._read_state()

    @property
    def here(self) -> Place | None:
        return self.host.here

    def go_to(self, place: Place, /, **focus: str) -> None:
        """Bring a place to the front, unless the screen in front wants to be kept."""
        if place is not self.host.here:
            if not self.host.may_leave():
                self.rail.show_here(self.host.here)
                return
            self.banner.clear()
        try:
            self.host.show_place(place, focus)
        except Exception as raised:  # noqa: BLE001 - one broken screen must not take the others
            again = partial(self.reopen, place)
            instead = failed_screen(self._theme, self._words, place, raised, again)
            self.host.show_instead(place, instead)
        self._read_state()
        # What may be undone is asked when the screen has been painted: it takes as long again.
        self._follow(OPENED_AFTER_MS, may_rules_differ=False)

    def reopen(self, place: Place) -> None:
        """Close a screen and open it again from the state on disk."""
        self.banner.clear()
        self.host.forget(place)
        self.go_to(place)

    def announce(self, text: str) -> None:
        self.status.announce(text)
        self.bar.show_where((self._title, *self.host.where()))

    def fail(self, raised: BaseException) -> None:
        """Show what was raised the way its kind deserves."""
        self._read_status()
        again = partial(self.reopen, self.host.here) if self.host.here else None
        if sentence(self._words, raised) != self.trouble.text:
            show_failure(self.banner, self._words, raised, again)

    def refresh(self, *, may_rules_differ: bool = True) -> None:
        """Read everything around the screen again.

        After a mark the rules are the same as before; reading them is the one part that is not
        cheap, so then it is left out.
        """
        try:
            if may_rules_differ:
                self._read_rules()
            self._read_state()
            self.bar.show_undoable(self._desk.undoable(self._words))
        except Problem as problem:
            self.fail(problem)

    def _read_status(self) -> None:
        status = self._desk.status()
        self.status.show_status(status)
        self.trouble.show_trouble(status.trouble)

    def _read_state(self) -> None:
        self._read_status()
        self.bar.show_where((self._title, *self.host.where()))
        waiting = {**self._desk.waiting(), **self.host.waiting()}
        for place in Place:
            self.rail.show_waiting(place, waiting.get(place, 0))
        self.rail.show_here(self.host.here)

    def _read_rules(self) -> None:
        title = self._desk.title(self._words)
        if title != self._title:
            self._title = title
            self.title_changed.emit(title)
        self.bar.show_acting(self._desk.acting(), self._desk.judges())

    def may_close(self) -> bool:
        """Whether the screens may go; what would be lost with them is asked about."""
        try:
            leaves = self.host.may_leave()
            return leaves and may_forget(self.host.unsaved(), self._words, self._ask)
        except Problem as problem:
            # Typing that the disk does not take must not hold the window open for ever.
            self.fail(problem)
            return self._desk.status().trouble is not None

    def shut(self) -> None:
        """Close the screens and hear of no more changes; the desk stays open."""
        self._bridge.close()
        self._around.stop()
        self._look.stop()
        self.host.close_all()

    def act_as(self, who: Actor) -> None:
        """Somebody else sits down: screens open anew, for they show what the role may see."""
        if not self.may_close():
            self.refresh()
            return
        here = self.host.here
        self._desk.act_as(who)
        self.host.close_all()
        if here is not None:
            self.go_to(here)
        self.refresh()

    def ask_initials(self) -> None:
        """Which of the people in this office acts: recorded with everything from now on."""
        who = asked_initials(self._theme, self._words, self._desk.acting(), self)
        if who != self._desk.acting():
            self.act_as(who)

    def lock(self) -> None:
        """Cover the work until somebody says who acts."""
        cover = LockView(self._theme, self._words, self._desk.acting(), self._desk.judges())
        cover.unlocked.connect(self._on_unlocked)
        self._held = self.window().focusWidget()
        self.addWidget(cover)
        self.setCurrentWidget(cover)
        cover.setFocus()

    @property
    def is_locked(self) -> bool:
        return self.currentIndex() > 0

    def ask_find(self) -> None:
        """Ask what to find and go there."""
        dialog = FindDialog(
            self._theme, self._words, lambda text: self._desk.find(text, self._words), self
        )
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.chosen is not None:
            self.go_to(dialog.chosen.place, **dialog.chosen.focus)

    def undo(self) -> None:
        what = self._desk.undoable(self._words)
        if not what:
            self.announce(self._words.say("frame.nothing_to_undo"))
            return
        try:
            self._desk.undo()
        except Exception as raised:  # noqa: BLE001 - fail() tells refusals from bugs
            self.fail(raised)
        else:
            self.announce(self._words.say("frame.undone", what=what))
        self.refresh()

    def explain(self) -> None:
        """F1: what this screen is for and which keys it knows."""
        here = self.host.here
        if here is None:
            return
        title, text = explanation(self._words, here, self.host.help_key())
        self._ask.tell(title, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < self._theme.px(NARROW_BELOW))

    def _connect(self) -> None:
        self.rail.place_wanted.connect(self.go_to)
        self.bar.role_chosen.connect(self.act_as)
        self.bar.initials_wanted.connect(self.ask_initials)
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+F", self.ask_find),
            ("Ctrl+Z", partial(self.host.undo_edit, self.undo)),
            ("F1", self.explain),
            ("Ctrl+L", self.lock),
        ]
        keys += [(place.shortcut, partial(self.go_to, place)) for place in Place]
        for key, act in keys:
            QShortcut(QKeySequence(key), self, partial(self._by_key, act))
        self.bar.find_wanted.connect(self.ask_find)
        self.bar.undo_wanted.connect(self.undo)
        self.bar.help_wanted.connect(self.explain)
        self.bar.lock_wanted.connect(self.lock)

    def _by_key(self, act: Callable[[], None]) -> None:
        if not self.is_locked:
            act()

    def _on_unlocked(self, who: Actor) -> None:
        cover = self.currentWidget()
        self.setCurrentIndex(0)
        if cover is not None:
            self.removeWidget(cover)
            cover.deleteLater()
        if who != self._desk.acting():
            self.act_as(who)
        self.host.take_focus(self._held)

    def _on_changes(self, changes: Sequence[Changes]) -> None:
        self.host.deliver(changes)
        topics = {topic for one in changes for topic in one.topics}
        self._follow(AROUND_AFTER_MS, may_rules_differ=bool(topics & _ABOUT_RULES))

    def _follow(self, after_ms: int, *, may_rules_differ: bool) -> None:
        """Refresh once the screen has been painted."""
        self._rules_differ |= may_rules_differ
        # Not started anew by the next mark: what is around the screen is never older than this.
        if not self._around.isActive():
            self._around.start(after_ms)

    def _on_painted(self) -> None:
        differ, self._rules_differ = self._rules_differ, False
        self.refresh(may_rules_differ=differ)
