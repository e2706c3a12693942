"""The bar above the screen: where am I, who acts, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QToolButton

from app.domain.ids import JudgeId
from app.domain.roles import Actor
from app.words import Words
from ui.desk import actor_word, actors
from ui.frame.path_label import PathLabel
from ui.theme.icons import icon
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.buttons import KeyButton, Role
from ui.widgets.layout import row


class ContextBar(QFrame):
    """Shows "competition ▸ event ▸ module" and who acts; every choice leaves as a signal.

    ``role_chosen(Actor)``.
    """

    role_chosen = Signal(object)
    initials_wanted = Signal()
    find_wanted = Signal()
    undo_wanted = Signal()
    help_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        mark(self, kind="context")
        self._where = PathLabel()
        self._undo = self._tool("undo", words.say("frame.undo"), "Ctrl+Z")
        self._undo.clicked.connect(lambda _checked: self.undo_wanted.emit())
        find = self._tool("search", words.say("frame.find"), "Ctrl+F")
        find.clicked.connect(lambda _checked: self.find_wanted.emit())
        explain = self._tool("help", words.say("frame.help"), "F1")
        explain.clicked.connect(lambda _checked: self.help_wanted.emit())
        lock = self._tool("lock", words.say("frame.lock"), "Ctrl+L")
        lock.clicked.connect(lambda _checked: self.lock_wanted.emit())
        self.role = KeyButton(theme, "", role=Role.PLAIN, icon_name="person")
        self._roles = QMenu(self.role)
        self.role.setMenu(self._roles)
        parts = row(theme, (self._where, 1), find, self._undo, explain, self.role, lock, gap=0.75)
        parts.setContentsMargins(theme.px(3), theme.px(0.75), theme.px(2), theme.px(0.75))
        self.setLayout(parts)

    @property
    def where(self) -> str:
        return self._where.text()

    def show_where(self, path: Sequence[str]) -> None:
        self._where.show_path(path)

    def show_acting(self, who: Actor, judges: Sequence[JudgeId]) -> None:
        """Who acts now, and who could instead: the roles, then the judges."""
        name = actor_word(self._words, who)
        bare = Actor(who.role, who.judge)
        self.role.setText(name)
        self.role.setAccessibleName(f"{self._words.say('frame.who_acts')}: {name}")
        self.role.setToolTip(self._words.say("frame.who_acts"))
        self._roles.clear()
        for group in actors(judges):
            for one in group:
                self._roles.addAction(self._choice(one, chosen=one == bare))
            self._roles.addSeparator()
        initials = self._roles.addAction(self._words.say("checking.initials-choose"))
        initials.triggered.connect(lambda _checked: self.initials_wanted.emit())

    def show_undoable(self, what: str) -> None:
        """The button says what it would undo; with nothing to undo it is off."""
        self._undo.setEnabled(bool(what))
        said = self._words.say("frame.undo_what", what=what) if what else ""
        self._undo.setToolTip(f"{said or self._words.say('frame.undo')}  (Ctrl+Z)")
        self._undo.setAccessibleName(said or self._words.say("frame.undo"))

    def _choice(self, who: Actor, *, chosen: bool) -> QAction:
        action = QAction(actor_word(self._words, who), self._roles)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _checked: self.role_chosen.emit(who))
        return action

    def _tool(self, icon_name: str, said: str, key: str) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(icon(self._theme, icon_name))
        tool.setIconSize(QSize(self._theme.px(2.5), self._theme.px(2.5)))
        tool.setToolTip(f"{said}  ({key})")
        tool.setAccessibleName(said)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return tool
