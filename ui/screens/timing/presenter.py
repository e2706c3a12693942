"""What the timing wall shows and what each key does; no Qt in here.

The benches are read when something changed; between changes every tick computes all faces from the
clocks in memory, so that forty tiles cost no query. Cues sound for every clock of the event kept on
this laptop, whether its module is shown or not.
"""

from __future__ import annotations

from collections.abc import Callable

from app.changes import Changes
from app.domain.clock import ClockState
from app.domain.countdown import format_duration, format_remaining
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode
from app.domain.readings import Reading
from app.domain.roles import Role
from app.domain.scheme import Event
from app.services import heartbeat, timing
from app.services.benches import Bench, benches
from app.services.station import Station
from app.services.timing import ClockId, LossReason, under_way
from app.words import Words
from ui.dialogs import Confirmation, Questions, Reason
from ui.screens.timing.arrangement import (
    NOW,
    Bar,
    Group,
    arranged,
    batches_shown,
    busiest,
    timed_events,
    titles,
    verbs,
)
from ui.screens.timing.cues import CueTracker, Reached
from ui.screens.timing.doubts import Doubts, doubts_of
from ui.screens.timing.faces import countdown_face
from ui.screens.timing.grants import GrantAnswer, GrantQuestion
from ui.screens.timing.view import TimingView
from ui.theme.tokens import Tone
from ui.words import refusal

AskGrant = Callable[[GrantQuestion], GrantAnswer | None]


class TimingPresenter:
    """Keeps the benches, which of them are shown and which is chosen."""

    def __init__(
        self,
        station: Station,
        words: Words,
        ask: Questions,
        ask_grant: AskGrant,
        view: TimingView,
        announce: Callable[[str], None],
    ) -> None:
        self._station = station
        self._words = words
        self._ask = ask
        self._ask_grant = ask_grant
        self._view = view
        self._announce = announce
        self._scope = NOW
        self._batch: int | None = None
        self._chosen: ClockId | None = None
        self._groups: tuple[Group, ...] = ()
        self._benches: dict[ClockId, Bench] = {}
        self._told: set[Reading] = set()
        self._cues = CueTracker(heartbeat.last_seen(station))
        self._events = timed_events(station)
        self._event = busiest(station, self._events)

    @property
    def shown(self) -> tuple[ClockId, ...]:
        """The tiles in the order they are laid out."""
        return tuple(one for group in self._groups for one in group.ids)

    @property
    def event(self) -> Event | None:
        return self._event

    def show(self) -> None:
        """Read the benches and show everything anew."""
        if self._event is not None:
            code = self._event.code
            self._benches = {one.id: one for one in benches(self._station, code)}
        self._groups = (
            arranged(self._event, self._own(), self._scope, self._batch, self._words)
            if self._event is not None
            else ()
        )
        if self._chosen not in self.shown:
            self._chosen = self.shown[0] if self.shown else None
        self._view.show_groups(self._groups)
        self._view.show_bar(self._bar())
        self.tick()

    def reload(self, changes: Changes) -> None:
        self._events = timed_events(self._station)
        codes = {event.code: event for event in self._events}
        held = self._event.code if self._event else EventCode("")
        self._event = codes.get(held) or busiest(self._station, self._events)
        self.show()

    def tick(self) -> None:
        """One moment: faces, doubts and the cues reached since the last one."""
        if self._event is None:
            return
        now = self._station.time.reading()
        self._view.show_faces(
            [
                countdown_face(self._benches[one], self._benches[one].clock.at(now), self._words)
                for one in self.shown
            ]
        )
        self._view.show_doubts(
            doubts_of(self._benches.values(), now, self._words, told=frozenset(self._told))
        )
        reached = self._cues.follow(self._event, self._benches.values(), now)
        if reached:
            # From here on these marks are done, also for a program that comes back in a second.
            heartbeat.beat(self._station)
            # After a while away several marks may have passed: what is left now is what counts.
            latest = {one.module: one for one in reached}
            self._view.cue(reached, " ".join(map(self._cue_text, latest.values())))

    def waiting(self) -> int:
        """How many clocks want a decision: over time, or with uncertain time."""
        now = self._station.time.reading()
        faces = [bench.clock.at(now) for bench in self._benches.values() if bench.is_kept_here]
        return sum(face.state is ClockState.OVER or bool(face.uncertain) for face in faces)

    def choose_event(self, event: EventCode) -> None:
        self._event = next(one for one in self._events if one.code == event)
        self._scope, self._batch, self._chosen = NOW, None, None
        self._benches = {}
        self.show()

    def choose_scope(self, scope: str) -> None:
        self._scope, self._batch = scope, None
        self.show()
        self._announce("")

    def choose_batch(self, batch: int | None) -> None:
        self._batch = batch
        self.show()

    def choose(self, wanted: ClockId) -> None:
        """A tile has the focus."""
        if wanted != self._chosen:
            self._chosen = wanted
            self._view.show_bar(self._bar())

    def focus_on(self, entry: EntryId) -> None:
        """Show the module in which an entry works, or works next."""
        own = [bench for bench in self._benches.values() if bench.id.entry == entry]
        own.sort(key=lambda bench: not under_way(bench.clock))
        if own:
            self._scope, self._batch = own[0].id.module, own[0].batch
            self._chosen = own[0].id
            self.show()

    def start(self) -> None:
        """Space: start the chosen clock."""
        bench = self._bench()
        if bench and self._do(lambda: timing.start(self._station, bench.id)):
            self._view.start_signal()

    def start_all(self) -> None:
        """Start everybody shown who is ready, at one reading, after one question."""
        ready = self._ready()
        if not ready:
            return
        say, count = self._words.say, len(ready)
        agreed = self._ask.confirm(
            Confirmation(
                title=say("timing.start_all_title", count=count),
                what=say("timing.start_all_what"),
                action=say("timing.start_all_action"),
                shown_large=str(count),
                rows=tuple((one.title, one.identity or one.number) for one in ready),
            )
        )
        wanted = [one.id for one in ready]
        if agreed and self._do(lambda: timing.start_batch(self._station, wanted)):
            self._announce(say("timing.started", count=count))
            self._view.start_signal()

    def pause(self) -> None:
        """P: stop time, with a reason picked by key."""
        bench = self._bench()
        if bench is None or "pause" not in verbs(bench):
            return
        say = self._words.say
        labels = [
            Reason(one.value, say(f"timing.reason_{one.value}"), one is LossReason.OTHER)
            for one in LossReason
        ]
        what = say("timing.pause_what", place=bench.title)
        chosen = self._ask.reason(say("timing.pause_title"), what, labels)
        if chosen is not None:
            reason = LossReason(chosen.code)
            self._do(lambda: timing.pause(self._station, bench.id, reason, note=chosen.note))

    def resume(self) -> None:
        """R: let time run on."""
        if (bench := self._bench()) is not None:
            self._do(lambda: timing.resume(self._station, bench.id))

    def stop(self) -> None:
        """S: end the clock, after one question."""
        bench = self._bench()
        if bench is None or "stop" not in verbs(bench):
            return
        say, face = self._words.say, bench.clock.at(self._station.time.reading())
        used, left = format_duration(face.used_ms), format_remaining(face.remaining_ms)
        agreed = self._ask.confirm(
            Confirmation(
                title=say("timing.stop_title"),
                what=say("timing.stop_what", used=used, left=left),
                action=say("timing.stop_action"),
                shown_large=f"{bench.title}  {bench.identity}".strip(),
                tone=Tone.ATTENTION,
            )
        )
        if agreed:
            self._do(lambda: timing.stop(self._station, bench.id))

    def grant(self) -> None:
        """G: give back time that was lost while the clock ran on."""
        bench = self._bench()
        if bench is None or "grant" not in verbs(bench) or bench.clock.started is None:
            return
        if self._station.actor.role is not Role.CHIEF:
            self._view.refuse(self._words.explain(RuleBroken("time-needs-chief")))
            return
        now_ms = self._station.now_ms()
        asked = GrantQuestion(bench.title, bench.clock.started.wall_ms, now_ms)
        answer = self._ask_grant(asked)
        if answer is not None:
            self._do(lambda: timing.grant(self._station, bench.id, answer.loss, note=answer.note))

    def decide_gaps(self, doubts: Doubts, *, give_back: bool) -> None:
        """The chief judge's one decision about a downtime, for all clocks it touched."""
        self._do(lambda: timing.review_gaps(self._station, doubts.gaps, give_back=give_back))

    def seen_jumps(self, doubts: Doubts) -> None:
        """The jump of the wall clock was read."""
        self._told |= set(doubts.jumps)
        self.tick()

    def _own(self) -> list[Bench]:
        return list(self._benches.values())

    def _bar(self) -> Bar:
        bench = self._bench()
        return Bar(
            events=self._events,
            event=self._event.code if self._event else EventCode(""),
            modules=titles(self._event, self._own(), self._words) if self._event else (),
            scope=self._scope,
            batches=batches_shown(self._groups, self._own()),
            batch=self._batch,
            ready=len(self._ready()),
            can=verbs(bench) if bench else frozenset(),
        )

    def _ready(self) -> list[Bench]:
        return [self._benches[one] for one in self.shown if self._benches[one].may_start]

    def _bench(self) -> Bench | None:
        return self._benches.get(self._chosen) if self._chosen is not None else None

    def chosen_slip(self) -> tuple[ClockId, ...]:
        """The chosen clock, if there is something to print of it."""
        bench = self._bench()
        return (bench.id,) if bench is not None and "slip" in verbs(bench) else ()

    def all_slips(self) -> tuple[ClockId, ...]:
        """The clocks shown that have started."""
        return tuple(one for one in self.shown if "slip" in verbs(self._benches[one]))

    def _cue_text(self, reached: Reached) -> str:
        if reached.minutes == 0:
            return self._words.say("timing.cue_over", module=reached.module)
        return self._words.say("timing.cue_left", module=reached.module, minutes=reached.minutes)

    def _do(self, command: Callable[[], object]) -> bool:
        """Run a command and show what came of it; what refuses it is said above the wall."""
        refused = refusal(self._words, command)
        self._view.refuse(refused)
        if refused:
            return False
        self.show()
        return True
