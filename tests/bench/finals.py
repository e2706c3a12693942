"""A finals' competition file as large as the bench wants it, written through the storage layer.

Everything here is what a station would have recorded, except that the marks are given in one
transaction instead of one by one. The people are plainly samples.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from app.bootstrap import create_station, open_station
from app.domain.entries import MarkState
from app.domain.facts import (
    CheckedIn,
    CompetitionSet,
    DrawMade,
    EntryRegistered,
    JudgeEnrolled,
    MarkGiven,
    RulesFrozen,
)
from app.domain.ids import (
    AspectId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    SubcriterionId,
    WorkCode,
)
from app.domain.methods import Judgement
from app.domain.ops import Draft, OpRow, Stamp, seal
from app.domain.points import Points
from app.domain.scheme import (
    Aspect,
    Awards,
    Competition,
    Event,
    Module,
    Quota,
    Scheme,
    Subcriterion,
    TieKey,
    rules_hash,
)
from app.services.rules import DRAFT
from app.services.station import Recording, Station, recording
from app.storage import drafts, intake, oplog, people
from app.storage.database import writing
from app.storage.people import Person

FINALS = EventCode("FINALS")
JUDGES = tuple(JudgeId(f"J{number}") for number in range(1, 4))
MODULES = tuple(map(ModuleId, "ABCD"))
FEW_MARKS = 4_000


@dataclass(frozen=True, slots=True)
class Size:
    """How large the finals are; every aspect is scored by three judges."""

    entries: int
    aspects: int

    @property
    def marks(self) -> int:
        return self.entries * self.aspects * len(JUDGES)

    @property
    def few_entries(self) -> int:
        """How many entries are marked early in the day: about 4,000 marks, or half of all."""
        return min(FEW_MARKS // (self.aspects * len(JUDGES)), self.entries // 2)


FULL = Size(entries=1_136, aspects=120)
QUICK = Size(entries=12, aspects=8)


@dataclass(frozen=True, slots=True)
class Finals:
    """The files of a run. ``before`` is the competition without marks; ``few`` and ``full`` are
    copies of it that woke on other laptops and recorded some marks, or all."""

    folder: Path
    size: Size
    before: Path
    few: Path
    full: Path

    def home(self, path: Path) -> Path:
        """The folder of the laptop that a file belongs to."""
        return self.folder / f"{path.stem}-home"

    def open(self, path: Path) -> Station:
        return open_station(path, home=self.home(path))


def make_finals(folder: Path, size: Size) -> Finals:
    """Write the three files of a run into an empty folder."""
    finals = Finals(folder, size, *(folder / f"{name}.plumb" for name in ("before", "few", "full")))
    station = create_station(finals.before, home=finals.home(finals.before))
    _prepare(station, size)
    _settle(station)
    for path, entries in ((finals.few, size.few_entries), (finals.full, size.entries)):
        shutil.copyfile(finals.before, path)
        station = finals.open(path)
        _give_marks(station, size, entries)
        _settle(station)
    return finals


def entry_id(number: int) -> EntryId:
    return EntryId(f"{FINALS}-{number:04d}")


def aspect_ids(size: Size) -> list[AspectId]:
    return [aspect.id for aspect in finals_event(size).aspects()]


def work_of(module: ModuleId, number: int) -> str:
    """The work code of an entry in a module."""
    return f"{module}{number:04d}"


def finals_event(size: Size) -> Event:
    each = size.aspects // len(MODULES)
    return Event(
        code=FINALS,
        name="样例决赛",
        name_en="Sample finals",
        modules=tuple(_module(code, each, Decimal(100) / size.aspects) for code in MODULES),
        tie_keys=tuple(TieKey(by=f"module:{code}") for code in MODULES),
        awards=Awards(
            quotas=(
                Quota(award="一等奖", award_en="First prize", percent=Decimal(10)),
                Quota(award="二等奖", award_en="Second prize", percent=Decimal(20)),
                Quota(award="三等奖", award_en="Third prize", percent=Decimal(30)),
            )
        ),
    )


def _module(code: ModuleId, aspects: int, maximum: Decimal) -> Module:
    return Module(
        id=code,
        name=f"样例模块{code}",
        name_en=f"Sample module {code}",
        subcriteria=(
            Subcriterion(
                id=SubcriterionId(f"{code}1"),
                name="样例子项",
                name_en="Sample sub-criterion",
                aspects=tuple(
                    Aspect(
                        id=AspectId(f"{code}1.{number}"),
                        name=f"样例评分点{number}",
                        name_en=f"Sample aspect {number}",
                        max=maximum.quantize(Decimal("0.0001")),
                        method=Judgement(),
                        descriptors=("不符合", "基本符合", "符合", "优秀"),
                    )
                    for number in range(1, aspects + 1)
                ),
            ),
        ),
    )


def _prepare(station: Station, size: Size) -> None:
    """The competition up to the moment the judges begin."""
    event = finals_event(size)
    competition = Competition(code="SAMPLE", title="样例竞赛", title_en="Sample competition")
    with recording(station) as log:
        scheme = Scheme(competition=competition, events=(event,))
        written = msgspec.json.encode(scheme).decode()
        drafts.keep(log.connection, DRAFT, written, station.now_ms())
        log.add(CompetitionSet(competition=competition))
        log.add(RulesFrozen(event=FINALS, rules=event, rules_hash=rules_hash(event)))
        for judge in JUDGES:
            log.add(JudgeEnrolled(event=FINALS, judge=judge))
        for number in range(1, size.entries + 1):
            _register(log, number)
        for module in MODULES:
            log.add(
                DrawMade(
                    event=FINALS,
                    module=module,
                    committed=OpId(f"{station.station_id}-000001"),
                    seed="00",
                    placements=(),
                    codes={
                        entry_id(number): WorkCode(work_of(module, number))
                        for number in range(1, size.entries + 1)
                    },
                )
            )


def _register(log: Recording, number: int) -> None:
    entry = entry_id(number)
    person = Person(name=f"样例选手{number:04d}", name_en=f"Sample Entrant {number:04d}")
    log.add(
        EntryRegistered(
            event=FINALS,
            entry=entry,
            number=f"{number:04d}",
            unit=f"样例{number % 90}厂",
            person_digest=people.put(log.connection, entry, person, "salt"),
        )
    )
    log.add(CheckedIn(event=FINALS, entry=entry))


def _give_marks(station: Station, size: Size, entries: int) -> None:
    """Every mark of the first so many entries, in one transaction."""
    with recording(station) as log:
        # What a station signs first, so that its chain begins as every chain does.
        log.sign_head()
    with writing(station.database) as connection:
        intake.take_in(connection, _sealed(station, connection, _marks(size, entries)))


def _sealed(
    station: Station, connection: sqlite3.Connection, marks: Iterator[MarkGiven]
) -> Iterator[OpRow]:
    head = oplog.head(connection, station.station_id)
    stamp = Stamp(station.station_id, station.now_ms(), str(station.actor))
    seq, lamport, prev = head.seq, oplog.last_lamport(connection), head.hash
    for mark in marks:
        seq, lamport = seq + 1, lamport + 1
        op = seal(Draft(mark), stamp, seq=seq, lamport=lamport, prev=prev)
        prev = op.hash
        yield oplog.row_of(op)


def _marks(size: Size, entries: int) -> Iterator[MarkGiven]:
    """Every mark of the first entries, module by module, work by work and sheet by sheet, as they
    are given; no two judges further apart than the rules allow."""
    places = {aspect: place for place, aspect in enumerate(aspect_ids(size))}
    for module in finals_event(size).modules:
        for number in range(1, entries + 1):
            for seat, judge in enumerate(JUDGES):
                for aspect in module.aspects():
                    place = places[aspect.id]
                    score = (number * 7 + place * 5) % 3 + (number + place + seat) % 2
                    yield MarkGiven(
                        event=FINALS,
                        entry=entry_id(number),
                        aspect=aspect.id,
                        judge=judge,
                        state=MarkState.VALUE,
                        value=Points(score * 10_000),
                    )


def _settle(station: Station) -> None:
    """Everything into the file itself, as after closing the last window on it."""
    station.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    station.close()
