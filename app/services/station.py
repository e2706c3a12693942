"""The station: an open competition file, who acts at it, and the one way to record something.

Every command of every service goes through ``recording``: it checks that the role may record the
fact, appends it and keeps the derived tables in step in one transaction, and only when that is on
disk tells the screens. A command that raises leaves nothing behind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.bundles import signing
from app.changes import ChangeFeed, Changes, Topic
from app.domain import facts
from app.domain.facts import Fact, HeadSigned, StationOpened
from app.domain.ids import EntryId, EventCode, OpId, StationId
from app.domain.ops import Draft, Op, Stamp
from app.domain.roles import CHIEF, Actor, refusal
from app.services.remembered import Remembered
from app.services.station_keys import StationKey, keep_key
from app.storage import file_facts, oplog, projections
from app.storage.database import Database, writing
from app.time_source import TimeSource

if TYPE_CHECKING:
    from app.services.live import LiveBoard
    from app.services.live_sheets import LiveSheets

TOPICS: Mapping[type[Fact], Topic] = {
    facts.StationOpened: Topic.EXCHANGE,
    facts.HeadSigned: Topic.EXCHANGE,
    facts.CompetitionSet: Topic.COMPETITION,
    facts.RulesFrozen: Topic.RULES,
    facts.JudgeEnrolled: Topic.RULES,
    facts.PanelSet: Topic.RULES,
    facts.EntryRegistered: Topic.ENTRIES,
    facts.CheckedIn: Topic.CHECK_IN,
    facts.MarkedAbsent: Topic.CHECK_IN,
    facts.EntryWithdrawn: Topic.CHECK_IN,
    facts.DrawCommitted: Topic.DRAW,
    facts.DrawMade: Topic.DRAW,
    facts.ClockMoved: Topic.CLOCKS,
    facts.SubmissionReceived: Topic.CLOCKS,
    facts.MarkGiven: Topic.MARKS,
    facts.DisputeSettled: Topic.MARKS,
    facts.SpreadLetStand: Topic.MARKS,
    facts.QuizAnswered: Topic.MARKS,
    facts.ProposalSubmitted: Topic.MARKS,
    facts.ProposalMoved: Topic.MARKS,
    facts.BenefitVerified: Topic.MARKS,
    facts.OutputCounted: Topic.MARKS,
    facts.PenaltyGiven: Topic.PENALTIES,
    facts.PenaltyLifted: Topic.PENALTIES,
    facts.SheetChecked: Topic.SIGN_OFF,
    facts.SheetsSigned: Topic.SIGN_OFF,
    facts.ModuleLocked: Topic.SIGN_OFF,
    facts.ModuleUnlocked: Topic.SIGN_OFF,
    facts.RecheckCommitted: Topic.SIGN_OFF,
    facts.RecheckDrawn: Topic.SIGN_OFF,
    facts.RecheckDone: Topic.SIGN_OFF,
    facts.TieLotCommitted: Topic.RESULTS,
    facts.TieDecided: Topic.RESULTS,
    facts.ResultsPublished: Topic.RESULTS,
    facts.StandingPublished: Topic.RESULTS,
    facts.PromotionDeclined: Topic.RESULTS,
    facts.CertificateIssued: Topic.CERTIFICATES,
    facts.CertificateVoided: Topic.CERTIFICATES,
    facts.FileImported: Topic.EXCHANGE,
    facts.BundleExported: Topic.EXCHANGE,
    facts.BundleMerged: Topic.EXCHANGE,
    facts.OpUndone: Topic.EXCHANGE,
}


@dataclass(slots=True)
class Station:
    """An open file with everything a service needs. ``actor`` changes when people change seats.

    ``file_id`` names the competition file across laptops: copies and merges share it.
    ``boards`` are the scoreboards in memory, made by ``live.board`` when first asked for.
    ``sheets``, made by ``live_sheets``, and ``remembered`` belong to this connection alone; a copy
    of the station starts with nothing.
    """

    database: Database
    file_id: str
    home: Path
    time: TimeSource
    key: StationKey
    actor: Actor = CHIEF
    changes: ChangeFeed = field(default_factory=ChangeFeed)
    boards: dict[EventCode, LiveBoard] = field(default_factory=dict)
    sheets: dict[EventCode, LiveSheets] = field(default_factory=dict, init=False)
    remembered: Remembered = field(default_factory=Remembered, init=False)

    @property
    def connection(self) -> sqlite3.Connection:
        """For reading; writing goes through ``recording``."""
        return self.database.connection

    @property
    def path(self) -> Path | None:
        return self.database.path

    @property
    def station_id(self) -> StationId:
        return self.key.station

    def now_ms(self) -> int:
        """UTC wall time in ms."""
        return self.time.reading().wall_ms

    def close(self) -> None:
        self.database.close()


class Recording:
    """An open transaction of a command; ``connection`` is for what it stores beside the log."""

    def __init__(self, station: Station, connection: sqlite3.Connection, at: int) -> None:
        self.connection = connection
        self.ops: list[Op] = []
        self._station = station
        self._stamp = Stamp(station.station_id, at, str(station.actor))
        self._topics: set[Topic] = set()
        self._entries: set[EntryId] = set()

    def add(
        self,
        fact: Fact,
        *,
        replaces: OpId | None = None,
        reason: str = "",
        undoes: OpId | None = None,
    ) -> Op:
        """Append a fact. Raises ``RuleBroken`` when the acting role may not record it."""
        if (refused := refusal(self._station.actor, fact)) is not None:
            raise refused
        placed = oplog.append(
            self.connection,
            Draft(fact, replaces=replaces, reason=reason, undoes=undoes),
            self._stamp,
        )
        projections.apply(self.connection, placed, fact)
        self.ops.append(placed.op)
        self.touch(TOPICS[type(fact)], getattr(fact, "entry", None))
        return placed.op

    def touch(self, topic: Topic, entry: EntryId | None = None) -> None:
        """Have the screens told of a topic although no fact of its own is recorded."""
        self._topics.add(topic)
        if entry:
            self._entries.add(entry)

    def sign_head(self) -> Op:
        """Sign this station's chain as it stands now."""
        head = oplog.head(self.connection, self._station.station_id)
        message = signing.head_message(self._station.station_id, head.seq, head.hash)
        signature = signing.sign(self._station.key.key, message)
        return self.add(HeadSigned(seq=head.seq, hash=head.hash.hex(), signature=signature))

    def changes(self, origin: object | None) -> Changes:
        return Changes(frozenset(self._topics), frozenset(self._entries), origin)


@contextmanager
def recording(station: Station, *, origin: object | None = None) -> Iterator[Recording]:
    """One command: everything added inside is on disk when it ends, or nothing is."""
    at = station.now_ms()
    with writing(station.database) as connection:
        log = Recording(station, connection, at)
        is_first = oplog.head(connection, station.station_id).seq == 0
        if is_first:
            log.add(StationOpened(public_key=signing.public_hex(station.key.key)))
        yield log
        if is_first:
            # The key is on disk before the first op that names it, and not at all if the command
            # was refused.
            keep_key(station.home, station.file_id, station.path, station.key)
    station.changes.publish(log.changes(origin))


def record(
    station: Station,
    fact: Fact,
    *,
    replaces: OpId | None = None,
    reason: str = "",
    origin: object | None = None,
) -> Op:
    """Record a single fact as a command of its own."""
    with recording(station, origin=origin) as log:
        return log.add(fact, replaces=replaces, reason=reason)


def file_id_of(connection: sqlite3.Connection) -> str:
    """The id of the competition file, which copies and merges share."""
    found = file_facts.find(connection, "file_id")
    return found or ""
