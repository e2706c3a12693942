"""What the draw screen shows and does, module by module; no Qt in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.changes import Changes
from app.domain.draw import DrawConstraint
from app.domain.ids import EventCode, ModuleId
from app.domain.scheme import Event, Module
from app.services import code_drawing, drawing
from app.services.drawing import CODES, Draw, DrawWish, Stage, purpose_of
from app.services.station import Station
from app.services.works import work_codes
from app.words import Words
from ui.dialogs import Questions, asked_why
from ui.screens.draw.describe import Look, describe, drawable, drawn_modules
from ui.screens.draw.shown import Act, Options, Shown
from ui.theme.tokens import Tone
from ui.words import refusal


class DrawView(Protocol):
    """The screen as its presenter sees it."""

    def show_state(self, shown: Shown | None) -> None: ...

    def say(self, tone: Tone, sentence: str) -> None:
        """A sentence above the steps; empty takes the last one away."""


class DrawPresenter:
    """Keeps which module is looked at and how it will be drawn."""

    def __init__(
        self,
        station: Station,
        words: Words,
        ask: Questions,
        view: DrawView,
        announce: Callable[[str], None],
    ) -> None:
        self._station = station
        self._words = words
        self._ask = ask
        self._view = view
        self._announce = announce
        self._options = Options()
        self._reason = ""
        self._events = drawable(station)
        self._event: Event | None = None
        self._module = ModuleId("")
        self._open_first()

    @property
    def event(self) -> Event | None:
        return self._event

    @property
    def module(self) -> ModuleId:
        return self._module

    def show(self) -> None:
        self._view.show_state(self._shown() if self._event is not None else None)

    def reload(self, changes: Changes) -> None:
        self._events = drawable(self._station)
        codes = {event.code: event for event in self._events}
        held = self._event.code if self._event else EventCode("")
        if held in codes:
            self._event = codes[held]
        else:
            self._open_first()
        self.show()

    def waiting(self) -> int:
        """Modules whose hash is shown and whose draw has not been made."""
        if self._event is None:
            return 0
        code = self._event.code
        stages = [
            drawing.stage(self._station, code, module.id, purpose_of(module))
            for module in drawn_modules(self._event)
        ]
        return stages.count(Stage.COMMITTED)

    def choose_event(self, event: EventCode) -> None:
        self._event = next(one for one in self._events if one.code == event)
        self.choose_module(self._first_waiting(self._event))

    def choose_module(self, module: ModuleId) -> None:
        self._module, self._reason = module, ""
        self._view.say(Tone.IDLE, "")
        self.show()
        self._announce("")  # the bar above says where we are now

    def set_options(self, options: Options) -> None:
        self._options = options
        self.show()

    def act(self) -> Act:
        """What the primary button does now."""
        return Act.COMMIT if self._reason else self._next_of(self._code(), self._found())

    def commit(self) -> None:
        """Step 1: fix the list and show the hash."""
        options, event = self._options, self._code()
        chosen = {
            DrawConstraint.UNIT_NOT_IN_ONE_BATCH: options.not_in_one_batch,
            DrawConstraint.UNIT_NOT_ADJACENT: options.not_adjacent,
        }
        wish = DrawWish(
            entries=drawing.pot(self._station, event, include_registered=options.include_missing),
            batches=options.batches or None,
            constraints=tuple(constraint for constraint, wanted in chosen.items() if wanted),
        )
        reason = self._reason
        self._do(
            lambda: drawing.commit_draw(
                self._station, event, self._module, wish=wish, reason=reason
            ),
            lambda: self._words.say("draw.committed_done", record=self._record()),
        )

    def draw(self) -> None:
        """Step 2: draw, and show the seed."""
        self._do(
            lambda: drawing.make_draw(self._station, self._code(), self._module),
            lambda: self._words.say("draw.drawn_done", module=self._module),
        )

    def draw_codes(self) -> None:
        """The work codes of whoever has none yet."""
        self._draw_codes("")

    def codes_again(self) -> None:
        """All work codes anew, with a reason."""
        if reason := self._ask_reason(("leak", "list", "other")):
            self._draw_codes(reason)

    def again(self) -> None:
        """Back to step 1 with a reason; the former draw stands until the new hash is shown."""
        if reason := self._ask_reason(("list", "workplace", "other")):
            self._reason = reason
            self.show()

    def verify(self) -> None:
        """Draw again from the record and compare: the places, and the codes where there are."""
        draws = [self._standing(), self._draw(self._found(), CODES)]
        made = [standing.made for standing in draws if standing.made is not None]
        same = all(drawing.replays(self._station, one) for one in made)
        said = self._words.say("draw.verified" if same else "draw.not_verified")
        self._view.say(Tone.DONE if same else Tone.BLOCKED, said)

    def _draw_codes(self, reason: str) -> None:
        self._do(
            lambda: code_drawing.draw_work_codes(
                self._station, self._code(), self._module, reason=reason
            ),
            lambda: self._words.say("draw.codes_done", module=self._module),
        )

    def _ask_reason(self, codes: tuple[str, ...]) -> str:
        say = self._words.say
        labels = {code: say(f"draw.reason_{code}") for code in codes}
        what = say("draw.again_what", module=self._module)
        return asked_why(self._ask, say("draw.again_title"), what, labels) or ""

    def _do(self, command: Callable[[], object], done: Callable[[], str]) -> None:
        refused = refusal(self._words, command)
        self._view.say(Tone.ATTENTION, refused)
        if refused:
            return
        self._reason = ""
        self._announce(done())
        self.show()

    def _open_first(self) -> None:
        """The first event there is, at what comes next in it."""
        self._event = self._events[0] if self._events else None
        self._module = self._first_waiting(self._event) if self._event else ModuleId("")

    def _first_waiting(self, event: Event) -> ModuleId:
        """The first module that still needs something; the first of all where none does."""
        modules = drawn_modules(event)
        waiting = (one for one in modules if self._next_of(event.code, one) is not Act.PRINT)
        return next(waiting, modules[0]).id

    def _next_of(self, event: EventCode, module: Module) -> Act:
        """What comes next in the draw of a module."""
        match drawing.stage(self._station, event, module.id, purpose_of(module)):
            case Stage.OPEN:
                return Act.COMMIT
            case Stage.COMMITTED:
                return Act.DRAW
            case Stage.DRAWN if module.blind and self._lacks_codes(event, module.id):
                return Act.DRAW_CODES
            case Stage.DRAWN:
                return Act.PRINT

    def _code(self) -> EventCode:
        assert self._event is not None
        return self._event.code

    def _found(self) -> Module:
        assert self._event is not None
        return self._event.module(self._module)

    def _draw(self, module: Module, purpose: str = "") -> Draw:
        return drawing.draw(self._station, self._code(), module.id, purpose or purpose_of(module))

    def _standing(self) -> Draw:
        return self._draw(self._found())

    def _record(self) -> str:
        committed = self._standing().committed
        return committed.op_id if committed else ""

    def _lacks_codes(self, event: EventCode, module: ModuleId) -> bool:
        codes = work_codes(self._station, event, module)
        return any(entry.id not in codes for entry in drawing.pot(self._station, event))

    def _shown(self) -> Shown:
        assert self._event is not None
        look = Look(self._events, self._event, self._found(), self._options, self._reason)
        return describe(self._station, self._words, look, self.act())
