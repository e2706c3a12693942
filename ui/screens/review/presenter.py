"""What the review screen knows and does, without Qt: one reading of a module, and the acts on it.

``read`` takes everything in again after any change; nothing is ever counted on from before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.checking_rules import EntryCheck
from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.facts import MarkGiven
from app.domain.ids import EntryId, EventCode, JudgeId, ModuleId, OpId
from app.domain.points import Points
from app.domain.roles import Role, may_record
from app.domain.scheme import Event, Module
from app.services import rules
from app.services.backups import back_up_now
from app.services.disputes import CellDispute, disputes, settle
from app.services.marks_files import MarksFile
from app.services.marks_form import marks_form_writer
from app.services.marks_import import (
    ExaminedRow,
    KeyedMark,
    MarksImport,
    examine_marks,
    import_marks,
)
from app.services.panel_rows import PanelRow, let_stand, revote, spread_violations
from app.services.penalties import PenaltyLine, give_penalty, ledger, lift_penalty
from app.services.review import (
    Blocker,
    MissingMatrix,
    ModuleProgress,
    OddScore,
    blockers,
    missing_matrix,
    odd_scores,
    progress,
)
from app.services.roll import roll
from app.services.sheet_checks import CheckLine, piles
from app.services.signing_off import (
    Lock,
    Signature,
    lock_blockers,
    lock_module,
    lock_of,
    sign_sheets,
    signatures,
    unlock_module,
)
from app.services.station import Station
from app.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the screen shows, read at one time.

    ``hidden`` says why scores are not shown to whoever acts; ``uncoded`` why there is no matrix.
    """

    progress: tuple[ModuleProgress, ...]
    blockers: tuple[Blocker, ...]
    matrix: MissingMatrix | None
    spread: tuple[PanelRow, ...]
    odd: tuple[OddScore, ...]
    disputes: tuple[CellDispute, ...]
    ledger: tuple[PenaltyLine, ...]
    signatures: tuple[Signature, ...]
    lock: Lock
    lock_blockers: tuple[RuleBroken, ...]
    checks: tuple[CheckLine, ...] = ()
    uncoded: RuleBroken | None = None
    hidden: RuleBroken | None = None

    def missing(self, module: Module | None) -> int:
        """Marks missing in a module, also those of works that have no code yet."""
        return sum(one.missing for one in self.progress if module and one.module == module.id)


class ReviewPresenter:
    """Holds the chosen event and module and the last reading of them."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self.event: Event | None = None
        self.module: Module | None = None
        self.reading: Reading | None = None
        self.obstacle: RuleBroken | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(rules.events(self._station))

    @property
    def is_chief(self) -> bool:
        return self._station.actor.role is Role.CHIEF

    @property
    def may_import(self) -> bool:
        """A judge enters the own sheets only; a file has everybody's."""
        actor = self._station.actor
        return actor.role is not Role.JUDGE and may_record(actor, MarkGiven)

    @property
    def asks_for_checks(self) -> bool:
        """Whether any module of the event is checked by a second person."""
        modules = self.event.modules if self.event else ()
        return any(one.entry_check is not EntryCheck.NONE for one in modules)

    def start(self) -> None:
        """The first event and its first module that is not locked."""
        events = self.events
        if not events:
            self._stop_at(RuleBroken("competition-not-set-up"))
            return
        self.choose_event(events[0].code)

    def choose_event(self, code: EventCode) -> None:
        self.event = next(event for event in self.events if event.code == code)
        if rules.frozen_rules(self._station, code) is None:
            self._stop_at(RuleBroken("rules-not-frozen", event=code))
        elif not self.event.modules:
            self._stop_at(RuleBroken("event-without-modules", event=code))
        else:
            open_modules = [
                one.module for one in progress(self._station, code) if not one.is_locked
            ]
            self.choose_module((open_modules or [self.event.modules[0].id])[0])

    def choose_module(self, module: ModuleId) -> None:
        if self.event is not None:
            self.module = self.event.module(module)
            self.read()

    def read(self) -> None:
        """Take in the state as it is on disk now."""
        if self.event is None or self.module is None:
            self.start()
            return
        self.obstacle = None
        station, event, module = self._station, self.event.code, self.module.id
        matrix, uncoded, hidden = None, None, None
        spread: tuple[PanelRow, ...] = ()
        odd: tuple[OddScore, ...] = ()
        disputed: tuple[CellDispute, ...] = ()
        try:
            matrix = missing_matrix(station, event, module)
        except RuleBroken as refused:
            uncoded = refused
        if station.actor.role is Role.JUDGE:
            hidden = RuleBroken("scores-of-others-hidden", judge=station.actor.judge or "-")
        elif uncoded is None:
            spread = spread_violations(station, event, module)
            odd = odd_scores(station, event, module)
            disputed = disputes(station, event, module)
        self.reading = Reading(
            progress(station, event),
            blockers(station, event),
            matrix,
            spread,
            odd,
            disputed,
            ledger(station, event),
            signatures(station, event, module),
            lock_of(station, event, module),
            tuple(lock_blockers(station, event, module)),
            () if uncoded else piles(station, event, module),
            uncoded,
            hidden,
        )

    def waiting(self) -> int:
        """Aspects that wait for the panel or the chief, in all modules of the event."""
        if self.event is None:
            return 0
        with suppress(RuleBroken):
            found = progress(self._station, self.event.code)
            return sum(one.spread_broken + one.disputed for one in found)
        return 0

    def may_sign(self, judge: JudgeId) -> bool:
        """Whether whoever acts may record this judge's signature."""
        actor = self._station.actor
        if actor.role is Role.JUDGE:
            return judge in {actor.judge, JudgeId("PANEL")}
        return actor.role in {Role.CHIEF, Role.SCOREKEEPER}

    def sign(self, judge: JudgeId) -> None:
        event, module = self._chosen()
        sign_sheets(self._station, event, module, judge, origin=self)
        self.read()

    def lock(self) -> None:
        """Lock the module; the file is backed up before anything else is done."""
        event, module = self._chosen()
        station = self._station
        try:
            lock_module(station, event, module, back_up=lambda: back_up_now(station), origin=self)
        finally:
            self.read()

    def unlock(self, reason: str) -> None:
        event, module = self._chosen()
        unlock_module(self._station, event, module, reason, origin=self)
        self.read()

    def vote_again(self, row: PanelRow, scores: Mapping[JudgeId, Cell], reason: str) -> None:
        revote(self._station, row, scores, reason, origin=self)
        self.read()

    def let_stand(self, row: PanelRow, reason: str) -> None:
        let_stand(self._station, row, reason, origin=self)
        self.read()

    def examine(self, rows: Sequence[KeyedMark]) -> tuple[ExaminedRow, ...]:
        """What importing these rows would come to."""
        event, _ = self._chosen()
        return examine_marks(self._station, event, rows)

    def write_marks_form(self, words: Words, target: Path) -> int:
        """Write a table to key the marks of the module into; returns its rows."""
        event, module = self._chosen()
        return marks_form_writer(self._station, event, module, words, target)()

    def import_marks(self, file: MarksFile, reason: str) -> MarksImport:
        event, _ = self._chosen()
        done = import_marks(
            self._station,
            event,
            file.rows,
            reason=reason,
            source=file.source(event),
            origin=self,
        )
        self.read()
        return done

    def settle(self, dispute: CellDispute, chosen: OpId, reason: str) -> None:
        settle(self._station, dispute, chosen, reason, origin=self)
        self.read()

    def entry_numbered(self, number: str) -> EntryId:
        """The entry with this number; raises for an unknown one."""
        event, _ = self._chosen()
        for entry in roll(self._station, event):
            if number.strip() in {entry.number, entry.id}:
                return entry.id
        raise RuleBroken("entry-unknown", entry=number.strip()[:20] or "-")

    def give_penalty(
        self,
        number: str,
        reason: str,
        *,
        module: ModuleId | None,
        points: Points | None,
        note: str,
    ) -> None:
        event, _ = self._chosen()
        give_penalty(
            self._station,
            event,
            self.entry_numbered(number),
            reason,
            module=module,
            points=points,
            note=note,
            origin=self,
        )
        self.read()

    def lift_penalty(self, given: OpId, reason: str) -> None:
        event, _ = self._chosen()
        lift_penalty(self._station, event, given, reason, origin=self)
        self.read()

    def _chosen(self) -> tuple[EventCode, ModuleId]:
        if self.event is None or self.module is None:
            raise RuleBroken("competition-not-set-up")
        return self.event.code, self.module.id

    def _stop_at(self, obstacle: RuleBroken) -> None:
        self.module, self.reading, self.obstacle = None, None, obstacle
