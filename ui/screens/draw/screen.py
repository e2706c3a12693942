"""The widgets of the draw: modules at the left, the three steps and the result at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QLayout, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.ids import EventCode, ModuleId
from app.services.drawing import Stage
from ui.context import Place, ScreenContext
from ui.screens.draw.model import CellsModel
from ui.screens.draw.options import OptionsPanel
from ui.screens.draw.papers import print_map, print_record
from ui.screens.draw.presenter import DrawPresenter
from ui.screens.draw.shown import Act, Shown
from ui.theme.styling import mark
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow, flow
from ui.widgets.fold import Fold, Panel
from ui.widgets.footed import FootedPage
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, framed, row
from ui.widgets.table import Table
from ui.words import module_words

LIST_WIDTH = 40
"""Grid steps of the list of modules."""


SENTENCES = 2
"""How many unmet constraints are said on screen; the record on paper has them all."""


class DrawScreen(QStackedWidget):
    """Empty state, or the draw of the chosen module."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._words = context.theme, context.words
        self._lines: tuple[ModuleId, ...] = ()
        self._codes: list[EventCode] = []
        self._act = Act.COMMIT
        self.presenter = DrawPresenter(
            context.station, self._words, context.ask, self, context.announce
        )
        self._make_parts()
        say = self._words.say
        self._nothing = EmptyState(
            self._theme,
            "draw",
            say("draw.empty_title"),
            say("draw.empty_text"),
            say("draw.empty_action"),
            lambda: context.go_to(Place.SETUP),
        )
        self._fold = Fold(
            self._theme,
            [
                Panel(say("draw.modules"), self.modules, steps=LIST_WIDTH),
                Panel(say("draw.title"), self._right(), 1),
            ],
            first=1,
        )
        self._drawing = FootedPage(
            self._theme, self._head(), self.banner, (self._fold, 1), acts=self._acts(), main=self.go
        )
        self.addWidget(self._nothing)
        self.addWidget(self._drawing)
        self.setAccessibleName(say("draw.title"))
        self.presenter.show()

    # what the frame asks

    def reload(self, changes: Changes) -> None:
        self.presenter.reload(changes)

    def waiting(self) -> int:
        return self.presenter.waiting()

    def where(self) -> tuple[str, ...]:
        event = self.presenter.event
        if event is None:
            return ()
        name = self._words.pick(event.name, event.name_en)
        modules = [one for one in event.modules if one.id == self.presenter.module]
        return (name, *(module_words(self._words, one) for one in modules))

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        if event := wanted.get("event"):
            self.presenter.choose_event(EventCode(event))
        if module := wanted.get("module"):
            self.presenter.choose_module(ModuleId(module))

    # what the presenter shows

    def show_state(self, shown: Shown | None) -> None:
        self.setCurrentWidget(self._nothing if shown is None else self._drawing)
        if shown is None:
            self.setFocusProxy(self._nothing.button or self._nothing)
            return
        self.setFocusProxy(self.go)
        self._show_lists(shown)
        self._show_steps(shown)
        self._show_result(shown)
        self._show_buttons(shown)

    def say(self, tone: Tone, sentence: str) -> None:
        if sentence:
            self.banner.say(tone, sentence)
        else:
            self.banner.clear()

    def _make_parts(self) -> None:
        theme, say, act = self._theme, self._words.say, self.presenter
        self.banner = Banner(theme, self._words)
        self._events = QComboBox()
        self._events.setAccessibleName(say("draw.event"))
        self._events.activated.connect(lambda at: act.choose_event(self._codes[at]))
        self._module_cells = CellsModel()
        self.modules = Table(theme, name=say("draw.modules"))
        self.modules.setModel(self._module_cells)
        self.modules.verticalHeader().setDefaultSectionSize(theme.px(7))
        self.modules.selectionModel().currentRowChanged.connect(
            lambda current, _former: self._on_module(current.row())
        )
        self.options = OptionsPanel(theme, self._words, act.set_options)
        self._pot = text_label("", wraps=True)
        self._summary = text_label("", Kind.MUTED, wraps=True)
        self.hash = text_label("", Kind.STRONG, wraps=True, selectable=True)
        self._hash_note = text_label("", Kind.LABEL, wraps=True)
        self.seed = text_label("", wraps=True, selectable=True)
        self._seed_note = text_label("", Kind.LABEL, wraps=True)
        self._grid_cells = CellsModel()
        self.grid = Table(theme, name=say("draw.table"))
        self.grid.setModel(self._grid_cells)
        self.grid.verticalHeader().setDefaultSectionSize(theme.px(6))
        self.grid.setMinimumHeight(theme.px(12))
        self.constraints = text_label("", wraps=True)
        self.codes_note = text_label("", Kind.MUTED, wraps=True)
        self.go = primary_button(theme, say("draw.commit"), self._on_go, key="Ctrl+Return")
        self.verify = plain_button(theme, say("draw.verify"), act.verify, key="Ctrl+R")
        self.again = plain_button(theme, say("draw.again"), act.again)
        self.codes_again = plain_button(theme, say("draw.codes_again"), act.codes_again)
        self.print = plain_button(theme, say("draw.print"), self._on_print, icon_name="print")
        self.print_map = plain_button(
            theme, say("draw.print_map"), self._on_print_map, icon_name="lock"
        )

    def _head(self) -> QWidget:
        title = text_label(self._words.say("draw.title"), Kind.TITLE)
        return flow(self._theme, title, STRETCH, self._events)

    def _right(self) -> QWidget:
        theme, say = self._theme, self._words.say
        self._steps: list[QFrame] = [
            framed(
                "card", column(theme, text_label(title, Kind.STRONG), *parts, STRETCH, margin=1.5)
            )
            for title, parts in (
                (say("draw.step_list"), (self._pot, self.options)),
                (say("draw.step_hash"), (self.hash, self._hash_note)),
                (say("draw.step_result"), (self.seed, self._seed_note)),
            )
        ]
        first, second, third = self._steps
        self._public = column(theme, (second, 1), (third, 1), gap=1.5)
        self._upper = _holding(row(theme, (first, 2), (self._public, 3), gap=1.5))
        right = QWidget()
        right.setLayout(
            column(
                theme,
                self._upper,
                self._summary,
                (self.grid, 1),
                self.constraints,
                self.codes_note,
                gap=1.5,
            )
        )
        return right

    def _acts(self) -> Flow:
        quiet = (self.verify, self.print, self.print_map, self.again, self.codes_again)
        return flow(self._theme, *quiet)

    def _show_lists(self, shown: Shown) -> None:
        say = self._words.say
        names = [self._words.pick(event.name, event.name_en) for event in shown.events]
        self._codes = [event.code for event in shown.events]
        if [self._events.itemText(at) for at in range(self._events.count())] != names:
            self._events.clear()
            self._events.addItems(names)
        self._events.setCurrentIndex(self._codes.index(shown.event))
        self._events.setVisible(len(names) > 1)
        self._lines = ()
        self._module_cells.show_modules(say("draw.modules"), shown.lines)
        self.modules.lay_out(widths={}, stretched=(0,))
        self.modules.selectRow(shown.chosen)
        self._lines = tuple(line.module for line in shown.lines)

    def _show_steps(self, shown: Shown) -> None:
        is_open = shown.stage is Stage.OPEN
        is_drawn = shown.stage is Stage.DRAWN
        self._pot.setText("\n".join(shown.pot if is_open else shown.summary))
        self._steps[0].setVisible(not is_drawn)
        self._summary.setText("  ·  ".join(shown.summary))
        self._summary.setVisible(is_drawn)
        self.options.setVisible(is_open)
        self.options.show_options(shown.options)
        # Before the draw the hash is read out; afterwards the room belongs to the result.
        way = QBoxLayout.Direction
        self._public.setDirection(way.LeftToRight if is_drawn else way.TopToBottom)
        self.hash.setText(shown.hash)
        self.hash.setVisible(bool(shown.hash))
        mark(self.hash, kind="big" if shown.stage is Stage.COMMITTED else "")
        self._hash_note.setText(shown.hash_note)
        self.seed.setText(shown.seed)
        self.seed.setVisible(bool(shown.seed))
        self._seed_note.setText(shown.seed_note)
        here = {Stage.OPEN: 0, Stage.COMMITTED: 1, Stage.DRAWN: 2}[shown.stage]
        for place, step in enumerate(self._steps):
            if place == here:
                mark(step, kind="banner", tone=Tone.RUNNING)
            else:
                mark(step, kind="card")

    def _show_result(self, shown: Shown) -> None:
        has_result = bool(shown.grid.rows)
        self._grid_cells.show_grid(shown.grid)
        self.grid.setVisible(has_result)
        if has_result:
            last = len(shown.grid.headings)
            self.grid.lay_out(widths={0: 8}, stretched=tuple(range(1, last)))
        self.constraints.setVisible(bool(shown.constraints))
        said = [sentence for _, sentence in shown.constraints]
        self.constraints.setToolTip("\n".join(said))
        if len(said) > SENTENCES:
            more = self._words.say("draw.unmet_more", count=len(said) - SENTENCES)
            said = [*said[:SENTENCES], more]
        self.constraints.setText("\n".join(said))
        if shown.constraints:
            mark(self.constraints, tone=shown.constraints[0][0])
        self.codes_note.setText(shown.codes_note)
        self.codes_note.setVisible(bool(shown.codes_note))

    def _show_buttons(self, shown: Shown) -> None:
        self._act = shown.act
        self.go.setText(self._words.say(f"draw.{shown.act.value}"))
        has_draw = shown.stage is not Stage.OPEN
        is_drawn = shown.stage is Stage.DRAWN
        self.verify.setVisible(is_drawn)
        self.print.setVisible(has_draw and shown.act is not Act.PRINT)
        self.again.setVisible(has_draw)
        self.print_map.setVisible(shown.has_codes)
        self.codes_again.setVisible(shown.has_codes)

    def _on_go(self) -> None:
        match self._act:
            case Act.COMMIT:
                self.presenter.commit()
            case Act.DRAW:
                self.presenter.draw()
            case Act.DRAW_CODES:
                self.presenter.draw_codes()
            case Act.PRINT:
                self._on_print()

    def _on_module(self, place: int) -> None:
        if 0 <= place < len(self._lines) and self._lines[place] != self.presenter.module:
            self.presenter.choose_module(self._lines[place])

    def _on_print(self) -> None:
        if self.presenter.event is not None:
            print_record(self._context, self.presenter.event.code, self.presenter.module)

    def _on_print_map(self) -> None:
        if self.presenter.event is not None:
            print_map(self._context, self.presenter.event.code, self.presenter.module)


def _holding(layout: QLayout) -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget
