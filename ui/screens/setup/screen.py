"""The set-up screen: the steps at the left, one page a step at the right, or where to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.errors import RuleBroken
from app.problems import Problem
from app.services.setup import scheme_in_hand
from ui.context import NamedView, ScreenContext
from ui.screens.setup.competition_page import CompetitionPage
from ui.screens.setup.entrants_page import EntrantsPage
from ui.screens.setup.judges_page import JudgesPage
from ui.screens.setup.modules_page import ModulesPage
from ui.screens.setup.presenter import SetupPresenter, Step, StepState
from ui.screens.setup.rules_page import RulesPage
from ui.screens.setup.scoring_page import ScoringPage
from ui.screens.setup.start_page import StartPage
from ui.theme.tokens import Tone
from ui.widgets.drop_down import DropDown
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, page, row
from ui.widgets.page_stack import PageStack
from ui.widgets.step_list import StepLine, StepList

_TONES = {
    StepState.DONE: Tone.DONE,
    StepState.TODO: Tone.IDLE,
    StepState.FAULTY: Tone.BLOCKED,
}


class SetupScreen(QWidget):
    """``presenter`` is the origin of its own changes, so that typing is not reloaded under one."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._words = context.words
        theme = context.theme
        self.presenter = SetupPresenter(context.station, context.words)
        self.start = StartPage(context, self.presenter, self._on_started)
        self.steps = StepList(theme, name=self._words.say("setup.steps"))
        self.steps.step_chosen.connect(self._on_step)
        self._title = text_label("", Kind.TITLE)
        self._event = DropDown()
        self._event.setAccessibleName(self._words.say("setup.event"))
        self._event.setMinimumWidth(theme.px(36))
        self._event.activated.connect(self._on_event)
        self._pages: dict[Step, QWidget] = {}
        self._shown: dict[Step, Callable[[], None]] = {}
        self._stack = PageStack()
        makers: Mapping[Step, type] = {
            Step.COMPETITION: CompetitionPage,
            Step.MODULES: ModulesPage,
            Step.SCORING: ScoringPage,
            Step.JUDGES: JudgesPage,
            Step.ENTRANTS: EntrantsPage,
            Step.RULES: RulesPage,
        }
        for step in Step:
            made = makers[step](context, self.presenter, self.refresh)
            self._pages[step] = made
            self._shown[step] = made.show_state
            self._stack.addWidget(made)
        header = row(theme, self._title, STRETCH, self._event)
        work = page(theme, header, (self._stack, 1))
        body = QWidget()
        side = column(theme, self.steps, margin=0)
        side.setContentsMargins(theme.px(2), theme.px(3), 0, theme.px(3))
        body.setLayout(row(theme, side, (work, 1), gap=0))
        self._outer = PageStack()
        self._outer.addWidget(self.start)
        self._outer.addWidget(body)
        self.setLayout(column(theme, self._outer))
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), body, lambda by=by: self._step_by(by))
        self.refresh()

    # What the frame asks of a screen.

    def reload(self, _changes: Changes) -> None:
        self.presenter.reload()
        self.refresh()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        """``event`` and ``step`` name what to show, ``node`` (``0.1.2``) a place in the tree."""
        self.presenter.choose_event_code(wanted.get("event", ""))
        if wanted.get("step") in set(Step):
            self.presenter.step = Step(wanted["step"])
        self.refresh()
        tree = self._pages[Step.MODULES]
        if "node" in wanted and isinstance(tree, ModulesPage):
            tree.show_place(tuple(int(number) for number in wanted["node"].split(".")))

    def undo_edit(self) -> bool:
        """Take back the last edit of the draft, if there was one."""
        if not self.presenter.can_undo_edit:
            return False
        self.presenter.undo_edit()
        self.refresh()
        self._context.announce(self._words.say("setup.edit_undone"))
        return True

    def where(self) -> tuple[str, ...]:
        event = self.presenter.event
        if event is None or self.presenter.step is Step.COMPETITION:
            return ()
        return (self._words.pick(event.name, event.name_en),)

    def waiting(self) -> int:
        """Only what keeps the event from being frozen waits here."""
        state = self.presenter.rules_state()
        return 0 if state is None or state.frozen else len(self.presenter.faults())

    def page(self, step: Step) -> QWidget:
        """The page of a step."""
        return self._pages[step]

    # What happens on the screen.

    def refresh(self) -> None:
        """Everything again from the presenter."""
        self._outer.setCurrentIndex(0 if self.presenter.scheme is None else 1)
        if self.presenter.scheme is None:
            self.setFocusProxy(self.start)
            return
        self.steps.show_steps([self._line(step) for step in Step])
        here = self.presenter.step
        self.steps.bring(list(Step).index(here))
        self._title.setText(self._words.say(f"setup.step_{here.value}"))
        self._show_events()
        self._stack.setCurrentWidget(self._pages[here])
        try:
            self._shown[here]()
        except (RuleBroken, Problem) as refused:
            self._context.fail(refused)
        self.setFocusProxy(self._pages[here])

    def _line(self, step: Step) -> StepLine:
        state = self.presenter.step_state(step)
        word = self._words.say(f"setup.step_state_{state.value}")
        if step is Step.RULES and state is StepState.DONE:
            word = self._words.say("setup.frozen")
        return StepLine(self._words.say(f"setup.step_{step.value}"), word, _TONES[state])

    def _show_events(self) -> None:
        events = self.presenter.events
        about_one = self.presenter.step not in {Step.COMPETITION, Step.MODULES}
        self._event.setVisible(about_one and len(events) > 1)
        self._event.clear()
        for event in events:
            self._event.addItem(self.presenter.event_name(event))
        self._event.setCurrentIndex(self.presenter.event_index)

    def _on_step(self, number: int) -> None:
        self.presenter.step = list(Step)[number]
        self.refresh()
        self._context.announce("")

    def _step_by(self, by: int) -> None:
        """To the step above or below, as far as there is one; what is typed is taken first."""
        self.steps.setFocus()
        number = list(Step).index(self.presenter.step) + by
        if 0 <= number < len(Step):
            self._on_step(number)
        self.setFocus()

    def _on_event(self, number: int) -> None:
        self.presenter.choose_event(number)
        self.refresh()

    def _on_started(self) -> None:
        self.presenter.step = Step.COMPETITION
        self.refresh()
        self._context.announce(self._words.say("setup.started"))


def step_views(context: ScreenContext) -> list[NamedView]:
    """The screen once for each step after the first, and with the last of the further rules."""
    if scheme_in_hand(context.station) is None:
        return []
    views: list[NamedView] = []
    for step in list(Step)[1:]:
        screen = SetupScreen(context)
        screen.presenter.step = step
        screen.refresh()
        views.append((step.value, screen))
    further = SetupScreen(context)
    further.presenter.step = Step.SCORING
    further.refresh()
    page = further.page(Step.SCORING)
    if isinstance(page, ScoringPage):
        page.tabs.setCurrentWidget(page.further)
        page.further.list.setCurrentRow(page.further.list.count() - 1)
    return [*views, ("further-rules", further), ("selection", _selection_view(context))]


def _selection_view(context: ScreenContext) -> QWidget:
    """Finalists about to be enrolled, from a sample of its own."""
    from app.demo.preliminary import sample_selection

    station, plan = sample_selection(context.words.language)
    screen = SetupScreen(replace(context, station=station))
    screen.presenter.step = Step.ENTRANTS
    screen.refresh()
    page = screen.page(Step.ENTRANTS)
    assert isinstance(page, EntrantsPage), "the page of that step"
    page.stack.setCurrentWidget(page.selection)
    page.selection.show_plan(plan)
    screen.destroyed.connect(station.close)
    return screen
