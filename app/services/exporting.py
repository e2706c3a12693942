"""Exporting a bundle: recorded and signed first, so that the bundle holds its own record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app import VERSION
from app.bundles.format import FORMAT, Manifest, SignedHead
from app.bundles.writer import Written, write_bundle
from app.changes import Changes, Topic
from app.domain.facts import (
    BundleExported,
    CompetitionSet,
    OpUndone,
    ResultsPublished,
    RulesFrozen,
)
from app.paths import check_target
from app.problems import Problem
from app.services import backups
from app.services.merging import Cancelled, Progress
from app.services.station import Station, recording
from app.services.station_keys import keep_key
from app.storage import file_facts, oplog, queries
from app.storage.backup import back_up
from app.storage.database import writing

_LAST_BUNDLE = "last_bundle"


def untold(_done: int, _total: int) -> None:
    """Where nobody wants to hear of progress."""


def never() -> bool:
    """Where nobody can stop the work."""
    return False


def export_bundle(
    station: Station,
    target: Path,
    *,
    with_people: bool = True,
    with_photos: bool = False,
    progress: Progress = untold,
    cancelled: Cancelled = never,
) -> Written:
    """Write everything this file holds as a signed bundle.

    The export is recorded and the chain signed first, so that the bundle holds both; when writing
    fails or is cancelled, that record is undone and nothing counts as shared.
    """
    check_target(target)
    with recording(station) as log:
        head = oplog.head(log.connection, station.station_id)
        heads = {owner: at.seq for owner, at in oplog.heads(log.connection).items()}
        # This record and the signature behind it are in the bundle too.
        exported = log.add(BundleExported(heads=heads | {station.station_id: head.seq + 2}))
        log.sign_head()
    own_seq = head.seq + 2
    keep_key(station.home, station.file_id, station.path, station.key, shared_seq=own_seq)
    try:
        with _as_file(station, target) as source:
            written = write_bundle(
                source,
                target,
                _manifest(station, own_seq),
                station.key.key,
                with_people=with_people,
                with_photos=with_photos,
                progress=progress,
                cancelled=cancelled,
            )
    except BaseException:
        # A full disk may refuse this as well; the count of unshared records is right without it.
        with suppress(Problem), recording(station) as log:
            log.add(OpUndone(kind="bundle-exported"), undoes=exported.op_id)
        raise
    with writing(station.database) as connection:
        file_facts.put(connection, backups.SHARED, f"{station.station_id}:{own_seq}")
        file_facts.put(connection, _LAST_BUNDLE, written.digest)
    station.changes.publish(Changes.to(Topic.EXCHANGE))
    return written


@contextmanager
def _as_file(station: Station, target: Path) -> Iterator[Path]:
    """The competition file on disk; one that lives in memory is put beside the target for once."""
    if station.path is not None:
        yield station.path
        return
    copy = target.with_name(target.name + ".source")
    try:
        back_up(station.database, copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _manifest(station: Station, own_seq: int) -> Manifest:
    connection = station.connection
    competition = queries.latest(connection, CompetitionSet)
    heads = oplog.heads(connection)
    own = oplog.chain(connection, station.station_id, after=own_seq - 1)
    signed: dict[str, SignedHead] = {
        owner: SignedHead(seq=head.seq, hash=head.hash.hex()) for owner, head in heads.items()
    }
    signed |= {station.station_id: SignedHead(seq=own_seq, hash=next(own).hash.hex())}
    mine = [
        it
        for it in queries.standing(connection, BundleExported)
        if it.station == station.station_id
    ]
    return Manifest(
        format=FORMAT,
        file_id=station.file_id,
        competition=competition.fact.competition.code if competition else "",
        title=competition.fact.competition.title if competition else "",
        station=station.station_id,
        revision=len(mine),
        previous=file_facts.find(connection, _LAST_BUNDLE) or "",
        exported_at=station.now_ms(),
        program=f"plumbline {VERSION}",
        heads=signed,
        ops=sum(head.seq for head in signed.values()),
        rules={
            it.fact.event: it.fact.rules_hash for it in queries.standing(connection, RulesFrozen)
        },
        results={
            it.fact.event: it.fact.result_hash
            for it in queries.standing(connection, ResultsPublished)
        },
    )
