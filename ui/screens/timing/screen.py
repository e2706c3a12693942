"""The widgets of timing: bar, wall, and the verbs of the chosen tile with their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.ids import EntryId, EventCode
from app.services.paper_heads import local_second
from app.services.timing import ClockId
from ui.context import Place, ScreenContext
from ui.screens.timing.arrangement import Bar, Group
from ui.screens.timing.bar import TimingBar
from ui.screens.timing.cues import Reached
from ui.screens.timing.doubts import Doubts
from ui.screens.timing.grant_dialog import GrantDialog
from ui.screens.timing.grants import GrantAnswer, GrantQuestion
from ui.screens.timing.presenter import TimingPresenter
from ui.screens.timing.slips import print_slips
from ui.screens.timing.submission import take_submission
from ui.screens.timing.tile_wall import TileWall
from ui.screens.timing.wall import HallWall
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import KeyButton, plain_button
from ui.widgets.countdown import CountdownFace
from ui.widgets.cue import Cue, Flash, play
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow, flow
from ui.widgets.footed import FootedPage
from ui.words import module_words

SHOWN_EVERY_MS = 200
HIDDEN_EVERY_MS = 1_000
"""A wall nobody sees still has cues to give."""

LEAST_WALL = 16
"""Grid steps: a heading and a row of tiles."""

Sound = Callable[[Cue], None]


class TimingScreen(QStackedWidget):
    """Empty state, or the wall."""

    def __init__(self, context: ScreenContext, sound: Sound = play) -> None:
        super().__init__()
        self._context = context
        self._theme, self._words = context.theme, context.words
        self._sound = sound
        self._hall: HallWall | None = None
        self._groups: tuple[Group, ...] = ()
        self._doubts = Doubts()
        self._flash_due = False
        self.presenter = TimingPresenter(
            context.station,
            self._words,
            context.ask,
            self._ask_grant,
            self,
            context.announce,
        )
        self._make_parts()
        say = self._words.say
        self._nothing = EmptyState(
            self._theme,
            "timing",
            say("timing.empty_title"),
            say("timing.empty_text"),
            say("timing.empty_action"),
            lambda: context.go_to(Place.CHECKIN),
        )
        self._floor = FootedPage(
            self._theme,
            self.bar,
            self.doubts,
            self.refusal,
            (self._area, 1),
            acts=self._verb_bar(),
        )
        self.addWidget(self._nothing)
        self.addWidget(self._floor)
        self.setAccessibleName(say("timing.title"))
        self._flash = Flash(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.presenter.tick)
        self._timer.start(HIDDEN_EVERY_MS)
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
        if len(self._groups) == 1:
            return (name, module_words(self._words, event.module(self._groups[0].module)))
        return (name, ", ".join(group.module for group in self._groups))

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        if event := wanted.get("event"):
            self.presenter.choose_event(EventCode(event))
        if module := wanted.get("module"):
            self.presenter.choose_scope(module)
        if entry := wanted.get("entry"):
            self.presenter.focus_on(EntryId(entry))

    # what the presenter shows

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        self.setCurrentWidget(self._floor if groups else self._nothing)
        self._groups = groups
        self.wall.show_groups(groups)
        if self._hall is not None:
            self._hall.show_groups(groups)
        if self.wall.tiles:
            self.setFocusProxy(self.wall.tiles[0])
            # Whoever chooses above with the arrow keys stays there until they are done.
            held: QWidget | None = self.window().focusWidget()
            chooses = held is not None and self.bar.isAncestorOf(held)
            if self.wall.focused_id() is None and self._floor.isVisible() and not chooses:
                self.wall.tiles[0].setFocus()

    def show_faces(self, faces: Sequence[CountdownFace]) -> None:
        self.wall.show_faces(faces)
        if self._flash_due and self.isVisible():
            self._flash_due = False
            self._flash.flash()
        if self._hall is not None:
            now_ms = self._context.station.now_ms()
            self._hall.show_faces(faces, local_second(now_ms))

    def show_bar(self, bar: Bar) -> None:
        self.bar.show_bar(bar)
        for verb, button in self.verbs.items():
            button.setEnabled(verb in bar.can)

    def show_doubts(self, doubts: Doubts) -> None:
        if doubts == self._doubts:
            return
        self._doubts = doubts
        say = self._words.say
        if doubts.gaps:
            self.doubts.say(
                Tone.ATTENTION,
                doubts.text,
                [
                    (say("timing.gap_back"), lambda: self._on_gap(give_back=True)),
                    (say("timing.gap_count"), lambda: self._on_gap(give_back=False)),
                ],
            )
        elif doubts.jumps:
            self.doubts.say(
                Tone.ATTENTION,
                doubts.text,
                [(say("frame.close"), lambda: self.presenter.seen_jumps(doubts))],
            )
        else:
            self.doubts.clear()

    def cue(self, reached: tuple[Reached, ...], text: str) -> None:
        is_over = any(one.minutes == 0 for one in reached)
        self._sound(Cue.OVER if is_over else Cue.WARNING)
        self._flash_due = True
        self._context.announce(text)

    def start_signal(self) -> None:
        self._sound(Cue.START)

    def refuse(self, sentence: str) -> None:
        if sentence:
            self.refusal.say(Tone.ATTENTION, sentence)
        else:
            self.refusal.clear()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.setInterval(SHOWN_EVERY_MS)
        self.presenter.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._hall is None:
            self._timer.setInterval(HIDDEN_EVERY_MS)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.rest()
        self.close_hall()
        super().closeEvent(event)

    def rest(self) -> None:
        """Tick no more: everything stays as it is shown."""
        self._timer.stop()

    def open_hall(self) -> None:
        """The wall for everybody, on the second monitor; once more closes it."""
        if self._hall is not None and self._hall.isVisible():
            self.close_hall()
            return
        self.make_hall().show_on_second_screen()

    def make_hall(self) -> HallWall:
        """The hall clock as it stands now, not yet on any screen."""
        event = self.presenter.event
        title = self._words.pick(event.name, event.name_en) if event else ""
        self._hall = HallWall(self._theme, title)
        self._hall.show_groups(self._groups)
        self.presenter.tick()
        return self._hall

    def close_hall(self) -> None:
        if self._hall is not None:
            self._hall.close()
            self._hall.deleteLater()
            self._hall = None

    @property
    def hall(self) -> HallWall | None:
        return self._hall

    def _make_parts(self) -> None:
        theme, act = self._theme, self.presenter
        self.doubts = Banner(theme, self._words)
        self.refusal = Banner(theme, self._words)
        self.wall = TileWall(theme, on_chosen=act.choose, on_space=act.start)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.wall)
        self._area.setMinimumHeight(theme.px(LEAST_WALL))
        self.bar = TimingBar(theme, self._words, act, on_try=self._on_try, on_hall=self.open_hall)
        self.verbs = {
            "start": self._verb("start", "Space", act.start),
            "pause": self._verb("pause", "P", act.pause),
            "resume": self._verb("resume", "R", act.resume),
            "stop": self._verb("stop", "S", act.stop),
            "grant": self._verb("grant", "G", act.grant),
            "slip": self._verb("slip", "T", lambda: self._print(act.chosen_slip())),
            "submit": self._verb("submit", "D", self._on_submission),
        }

    def _verb(self, name: str, key: str, act: Callable[[], object]) -> KeyButton:
        button = plain_button(self._theme, self._words.say(f"timing.{name}"), act, key=key)
        # The tile keeps the focus, so that its keys go on working after a click.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _verb_bar(self) -> Flow:
        theme = self._theme
        slips = plain_button(
            theme,
            self._words.say("timing.slips"),
            lambda: self._print(self.presenter.all_slips()),
            icon_name="print",
        )
        return flow(theme, *self.verbs.values(), slips, gap=0.5)

    def _ask_grant(self, asked: GrantQuestion) -> GrantAnswer | None:
        dialog = GrantDialog(self._theme, self._words, asked, self)
        dialog.exec()
        return dialog.answer

    def _on_gap(self, *, give_back: bool) -> None:
        self.presenter.decide_gaps(self._doubts, give_back=give_back)

    def _on_try(self) -> None:
        self._sound(Cue.WARNING)
        self._flash.flash()
        self._context.announce(self._words.say("timing.cue_try"))

    def _on_submission(self) -> None:
        for whose in self.presenter.chosen_slip():
            take_submission(self._context, whose, self.refuse)

    def _print(self, wanted: tuple[ClockId, ...]) -> None:
        event = self.presenter.event
        if event is None or not wanted:
            self.refuse(self._words.say("timing.slips_none"))
        else:
            print_slips(self._context, event.code, wanted)
