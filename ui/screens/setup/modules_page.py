"""Events and modules: the scheme as a tree with live totals, and a form for what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from app.domain.scheme import Event
from app.services.editing import Place, node_id
from ui.context import ScreenContext
from ui.dialogs import Confirmation
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.fields import fields_of
from ui.screens.setup.model import ID, KIND, MARKS, NAME, SchemeTree
from ui.screens.setup.node_form import NodeForm
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rows_dialog import RowsDialog
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button
from ui.widgets.icon_button import icon_button
from ui.widgets.labels import ElidedLabel, Kind
from ui.widgets.layout import STRETCH, card, column, row, scrolling
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Cells


class ModulesPage(QWidget):
    """The tree is the place to look; the form at its right is the place to change."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        self._place: Place = (0,)
        theme, words = context.theme, context.words
        self.model = SchemeTree(words, self._edit)
        self.tree = QTreeView()
        self.tree.setAccessibleName(words.say("setup.step_modules"))
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(Cells(theme, self.tree))
        self.tree.setUniformRowHeights(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.model.dropped.connect(self._on_dropped, Qt.ConnectionType.QueuedConnection)
        self.tree.setIndentation(theme.px(1.5))
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for section in (ID, KIND, MARKS):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self._totals = ElidedLabel("", Kind.STRONG)
        self._chip = StateChip(theme, Tone.IDLE, "")
        self.form = NodeForm(theme, words, self._take, self._check, self._edit_rows)
        self.add_event = plain_button(theme, words.say("setup.add_event"), self._add_event)
        self.copy_event = plain_button(theme, words.say("setup.copy_event"), self._copy_event)
        self.add_child = plain_button(
            theme, words.say("setup.add_child"), self._add_child, icon_name="add"
        )
        self.take_out = plain_button(theme, words.say("setup.remove"), self._remove)
        self.up = icon_button(theme, "chevron-up", words.say("setup.move_up"), self._up)
        self.down = icon_button(theme, "chevron-down", words.say("setup.move_down"), self._down)
        self.undo = plain_button(theme, words.say("setup.undo_edit"), self._undo, icon_name="undo")
        tools = row(
            theme,
            *(self.add_child, self.take_out, self.up, self.down, STRETCH),
            *(self.copy_event, self.add_event),
        )
        left = column(
            theme, row(theme, (self._totals, 1), self._chip, self.undo), (self.tree, 1), tools
        )
        right = card(theme, (scrolling(theme, self.form), 1))
        right.setFixedWidth(theme.px(37))
        self.setLayout(row(theme, (left, 1), right, gap=2))
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        for key, press in (
            ("Ins", self.add_child.click),
            ("Del", self.take_out.click),
            ("Alt+Up", self.up.click),
            ("Alt+Down", self.down.click),
            ("Return", self.form.focus_first),
        ):
            shortcut = QShortcut(QKeySequence(key), self.tree)
            # Its constructor takes the context too, but leaves it at the whole window.
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(press)
        self.setFocusProxy(self.tree)

    def show_state(self) -> None:
        """The tree again, opened as it was, with the same node chosen."""
        open_places = self._open_places()
        self.model.locked = not self._presenter.may_edit
        self.model.show_scheme(self._presenter.scheme)
        for place in open_places or self._first_open():
            self.tree.expand(self.model.index_of(place))
        self._choose(self._place)

    def _first_open(self) -> list[Place]:
        """At first the modules of the chosen event are seen, without their aspects."""
        return [(number,) for number in range(len(self._presenter.events))]

    def _open_places(self) -> list[Place]:
        found: list[Place] = []

        def walk(place: Place) -> None:
            parent = self.model.index_of(place)
            for number in range(self.model.rowCount(parent)):
                below = (*place, number)
                if self.tree.isExpanded(self.model.index_of(below)):
                    found.append(below)
                    walk(below)

        walk(())
        return found

    def _choose(self, place: Place) -> None:
        index = self.model.index_of(place)
        if not index.isValid():
            index = self.model.index_of((0,))
        flags = QItemSelectionModel.SelectionFlag
        self.tree.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._show_node()

    def _on_current(self) -> None:
        place = self.model.place(self.tree.currentIndex())
        if place is not None and place != self._place:
            self._place = place
            self._show_node()

    def _show_node(self) -> None:
        place = self.model.place(self.tree.currentIndex())
        locked = not self._presenter.may_edit
        has_node = place is not None
        self.form.setVisible(has_node)
        for button in (self.add_child, self.take_out, self.up, self.down, self.copy_event):
            button.setEnabled(has_node and not locked)
        self.add_event.setEnabled(not locked)
        self.undo.setEnabled(self._presenter.can_undo_edit)
        if place is None:
            return
        self._place = place
        self._presenter.choose_event(place[0])
        node = self._presenter.node(place)
        event = self._presenter.node(place[:1])
        assert isinstance(event, Event)
        found = self._presenter.faults_at(place)
        specs = fields_of(event, node)
        self.form.show_fields(self._title(place), specs, locked=locked, faults=found)
        kinds = ("event", "module", "subcriterion", "aspect")
        words = self._context.words
        below = kinds[min(len(place), 3)]
        self.add_child.setText(words.say(f"setup.add_{below}"))
        self._show_totals(event)

    def _title(self, place: Place) -> str:
        kind = ("event", "module", "subcriterion", "aspect")[len(place) - 1]
        name = node_id(self._presenter.node(place))
        return self._context.words.say(f"setup.title_{kind}", id=name)

    def _show_totals(self, event: Event) -> None:
        totals = self._presenter.totals(event)
        words = self._context.words
        self._totals.setText(
            words.say(
                "setup.totals",
                event=event.code,
                total=totals.total,
                aspects=totals.aspects,
            )
        )
        faults = self._presenter.faults()
        if faults:
            self._chip.show_state(Tone.BLOCKED, words.say("setup.faults", count=len(faults)))
        else:
            self._chip.show_state(Tone.DONE, words.say("setup.no_faults"))
        self._chip.setToolTip("\n".join(faults[:12]))

    def _edit(self, place: Place, name: str, text: str) -> None:
        """An edit in the tree itself; it has no place for an error, so the banner says it."""
        if self._context.attempt(lambda: self._presenter.set_field(place, name, text)):
            self._on_change()

    def _take(self, name: str, text: str) -> None:
        """An edit in the form; a refusal goes back to its field."""
        before = self._presenter.scheme
        self._presenter.set_field(self._place, name, text)
        if self._presenter.scheme is not before:
            self._on_change()

    def _check(self, name: str, text: str) -> str:
        return self._presenter.fault_of(self._place, name, text)

    def _edit_rows(self, spec: FieldSpec) -> None:
        """A list of the node's method in a dialog of its own."""
        words = self._context.words
        title = f"{self._title(self._place)} · {words.texts[f'setup.{spec.label}']}"
        dialog = RowsDialog(
            self._context.theme,
            words,
            title,
            spec,
            take=self._take,
            check=self._check,
            parent=self,
        )
        dialog.open()

    def _add_event(self) -> None:
        self._change(lambda: self._presenter.add_child(()))

    def _copy_event(self) -> None:
        self._change(self._presenter.copy_event)

    def _add_child(self) -> None:
        """Below the node; nothing is below an aspect, so another beside it."""
        self._change(lambda: self._presenter.add_child(self._place[:3]))

    def _up(self) -> None:
        self._change(lambda: self._presenter.move(self._place, -1))

    def _down(self) -> None:
        self._change(lambda: self._presenter.move(self._place, 1))

    def _on_dropped(self, place: object, to: int) -> None:
        """Only when the drop is over, for the tree is built anew."""
        dragged = cast(Place, place)
        self._change(lambda: self._presenter.move(dragged, to - dragged[-1]))

    def show_place(self, place: Place) -> None:
        """Bring a node into view and into the form."""
        for depth in range(1, len(place)):
            self.tree.expand(self.model.index_of(place[:depth]))
        self._choose(place)
        self.tree.scrollTo(self.model.index_of(place))

    def _undo(self) -> None:
        self._presenter.undo_edit()
        self._on_change()

    def _remove(self) -> None:
        place, words = self._place, self._context.words
        below = self._presenter.below(place)
        if below:
            asked = Confirmation(
                title=words.say("setup.remove_title", what=self._title(place)),
                what=words.say("setup.remove_text"),
                action=words.say("setup.remove"),
                lost=(words.say("setup.remove_lost", count=below),),
            )
            if not self._context.ask.confirm(asked):
                return

        def removed() -> Place:
            self._presenter.remove(place)
            return (*place[:-1], max(0, place[-1] - 1))

        self._change(removed)

    def _change(self, act: Callable[[], Place]) -> None:
        self._context.attempt(lambda: self._changed_at(act()))

    def _changed_at(self, place: Place) -> None:
        self._place = place
        self._presenter.choose_event(place[0])
        self._on_change()
        self.tree.expand(self.model.index_of(place[:-1]))
        self._choose(place)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
