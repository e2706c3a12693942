"""The frame's view of a real station: the ``Desk`` of the running program.

What is not asked before the window stands (undo, finding, a backup) is loaded when it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.changes import ChangeFeed, Changes, Topic
from app.domain.errors import RuleBroken
from app.domain.ids import JudgeId
from app.domain.roles import Actor, Role
from app.problems import Problem
from app.services import backups, heartbeat, rules
from app.services.station import Station
from app.storage import oplog
from app.storage.database import foreign_commits
from app.words import Words
from ui.context import Place
from ui.desk import Found, Status
from ui.tasks import Cancelled, Progress, Tasks

if TYPE_CHECKING:
    from app.services.entrant_finder import EntrantFinder

FOUND_AT_ONCE = 12
BACKUP_PAUSE_MS = 5 * 60_000


class StationDesk:
    """Reads the file at every question; only the index of names is kept, until entries change."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._finder: EntrantFinder | None = None
        self._no_backup_before_ms = 0
        self._seen = self._arrived()
        station.changes.listen(self._on_change)

    @property
    def path(self) -> Path | None:
        return self.station.path

    @property
    def changes(self) -> ChangeFeed:
        return self.station.changes

    def title(self, words: Words) -> str:
        scheme = rules.draft_scheme(self.station.connection)
        if scheme is None:
            return ""
        return words.pick(scheme.competition.title, scheme.competition.title_en)

    def status(self) -> Status:
        try:
            known = backups.status(self.station)
        except Problem:
            known = backups.StatusFacts(None, None, 0)
        trouble = self.station.database.health.trouble
        return Status(known.record or "", known.backup_age_ms, known.unshared, trouble)

    def judges(self) -> Sequence[JudgeId]:
        events = rules.events(self.station)
        enrolled = [one for event in events for one in rules.judges(self.station, event.code)]
        return list(dict.fromkeys(one.judge for one in enrolled))

    def acting(self) -> Actor:
        return self.station.actor

    def act_as(self, who: Actor) -> None:
        self.station.actor = who

    def waiting(self) -> Mapping[Place, int]:
        return {}

    def runs_clocks(self) -> bool:
        from app.services import clocks, timing

        return any(
            timing.under_way(kept.clock) and kept.is_kept_by(self.station)
            for event in rules.events(self.station)
            for kept in clocks.timed(self.station, event).values()
        )

    def find(self, text: str, words: Words) -> Sequence[Found]:
        """Entrants by name or number, and works by code; those who mark blind find codes only."""
        blind = self.station.actor.role in {Role.JUDGE, Role.SCOREKEEPER}
        found = [*self._codes(text)] if blind else [*self._entrants(text), *self._codes(text)]
        return found[:FOUND_AT_ONCE]

    def undoable(self, words: Words) -> str:
        from app.services import undo
        from app.services.mark_words import judge_name

        label = undo.last_undoable(self.station)
        if label is None:
            return ""
        details = dict(label.details)
        if isinstance(judge := details.get("judge"), str):
            details["judge"] = judge_name(words, JudgeId(judge))
        return words.say(f"undo.{label.kind}", **details)

    def undo(self) -> None:
        from app.services import undo

        undo.undo_last(self.station)

    def notice_others(self) -> None:
        """Tell the screens of what another window recorded in the same file."""
        with suppress(Problem):  # which the status tells
            before, self._seen = self._seen, self._arrived()
            if before[0] != self._seen[0] and before[1] < self._seen[1]:
                self.station.changes.publish(Changes(frozenset(Topic)))

    def upkeep(self, tasks: Tasks, fail: Callable[[Exception], None]) -> None:
        """Keep the sign of life; start a backup on a worker when one is due."""
        self.notice_others()
        with suppress(Problem):  # which the status tells
            heartbeat.beat(self.station)
        if self.station.database.health.trouble is not None:
            return
        now = self.station.time.reading().mono_ms
        if now < self._no_backup_before_ms or not backups.is_due(self.station):
            return
        # Also when it fails: a full disk is said once and tried again in a while.
        self._no_backup_before_ms = now + BACKUP_PAUSE_MS
        tasks.run(self._back_up, lambda _taken: None, fail)

    def save_copy(self, target: Path) -> None:
        backups.save_copy(self.station, target)

    def restore(self, target: Path) -> None:
        backup = backups.newest_good(self.station)
        if backup is None:
            raise RuleBroken("backup-none")
        backups.restore(backup, target)

    def close(self) -> None:
        self.station.close()

    def _back_up(self, progress: Progress, cancelled: Cancelled) -> list[Path]:
        from app.services import exchange

        with exchange.beside(self.station) as station:
            return backups.back_up_now(station, on_progress=progress)

    def _entrants(self, text: str) -> Iterator[Found]:
        from app.services import roll
        from app.services.entrant_finder import EntrantFinder

        if self._finder is None:
            self._finder = EntrantFinder(self.station)
        for one in self._finder.find(text, limit=FOUND_AT_ONCE):
            person = roll.person_of(self.station, one.entry)
            unit = roll.entry(self.station, one.entry).unit
            focus = {"event": str(one.event), "entry": str(one.entry)}
            name = person.name if person else one.number
            yield Found(name, f"{one.entry}  {unit}", Place.CHECKIN, focus)

    def _codes(self, text: str) -> Iterator[Found]:
        from app.services import works

        for event in rules.events(self.station):
            for module in event.modules:
                codes = works.work_codes(self.station, event.code, module.id)
                for code in sorted(codes.values()):
                    if code.casefold().startswith(text.casefold()):
                        focus = {"event": event.code, "module": module.id, "work": code}
                        yield Found(code, f"{event.code} {module.id}", Place.MARKING, focus)

    def _arrived(self) -> tuple[int, int]:
        """Changes when other programs write, and the position of the last record."""
        database = self.station.database
        return foreign_commits(database), oplog.last_position(database.connection)

    def _on_change(self, changes: Changes) -> None:
        if self._finder and changes.topics & {Topic.ENTRIES, Topic.PEOPLE, Topic.EXCHANGE}:
            self._finder.forget()
