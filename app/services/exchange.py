"""Exchange between laptops (数据交换): exporting a bundle, looking into one, merging it.

Every laptop is the authority for what it recorded. An export signs the chain and says so in the
log; a merge is a union of records, with a backup before it and a preview that is the merge itself
on a copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.bundles.format import Manifest
from app.bundles.reader import Bundle, open_bundle
from app.changes import Changes, Topic
from app.domain.errors import RuleBroken
from app.domain.facts import BundleExported, BundleMerged, OpUndone
from app.domain.ids import EntryId, OpId, StationId
from app.services import backups, merging
from app.services.exporting import export_bundle as export_bundle
from app.services.exporting import never, untold
from app.services.merging import Cancelled, Progress, TakenIn
from app.services.station import TOPICS, Station, recording
from app.storage import database as files
from app.storage import file_facts, intake, oplog, queries
from app.storage.database import making, writing
from app.storage.intake import DisputedCell
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. ``by_station`` counts kinds of records; disputes are the new ones."""

    manifest: Manifest
    by_station: Mapping[StationId, Mapping[str, int]]
    new_ops: int
    new_entries: tuple[EntryId, ...]
    new_people: int
    disputes: tuple[DisputedCell, ...]

    @property
    def is_nothing_new(self) -> bool:
        return not (self.new_ops or self.new_people)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did; ``op`` is its own record, ``None`` when nothing was new."""

    op: OpId | None
    new_ops: int
    new_people: int
    disputes: tuple[DisputedCell, ...]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An export or merge that was recorded, here or at another station.

    ``records`` is how many the exported bundle held, or how many the merge added.
    """

    op_id: OpId
    station: StationId
    at: int
    by: str
    is_export: bool
    records: int


@contextmanager
def beside(station: Station) -> Iterator[Station]:
    """The same station on a connection of its own, for a worker thread.

    Its commands publish to the same change feed. A file in memory has one connection only, so it
    gets the station itself and must stay on its thread.
    """
    if station.path is None:
        yield station
        return
    with closing(files.another(station.database)) as database:
        yield replace(station, database=database, boards={})


def preview_merge(
    station: Station, path: Path, *, progress: Progress = untold, cancelled: Cancelled = never
) -> MergePreview:
    """Merge into a copy in memory and say what came of it; the file itself is only read."""
    with open_bundle(path, cancelled=cancelled) as bundle:
        _check_competition(station, bundle)
        with closing(files.create(None)) as scratch:
            files.copy_into(scratch, station.database)
            before = oplog.last_position(scratch.connection)
            with writing(scratch) as connection:
                incoming = merging.compare(connection, bundle)
                taken = merging.take_in(
                    connection, incoming, progress=progress, cancelled=cancelled
                )
            known = {entry for entry in taken.entries if _is_registered(station, entry)}
            return MergePreview(
                manifest=bundle.manifest,
                by_station={owner: dict(kinds) for owner, kinds in taken.by_station.items()},
                new_ops=taken.ops,
                new_entries=tuple(sorted(taken.entries - known)),
                new_people=taken.people,
                disputes=tuple(intake.disputed_cells(scratch.connection, after=before)),
            )


def merge(
    station: Station,
    path: Path,
    *,
    progress: Progress = untold,
    cancelled: Cancelled = never,
    origin: object | None = None,
) -> Merged:
    """Take in what the bundle has beyond this file, after a backup, in one transaction.

    Raises ``Problem`` or ``RuleBroken`` and leaves the file as it was when anything is wrong.
    """
    with open_bundle(path, cancelled=cancelled) as bundle:
        _check_competition(station, bundle)
        incoming = merging.compare(station.connection, bundle)
        if not incoming.tails:
            return _merge_people(station, incoming, origin)
        before = oplog.last_position(station.connection)
        with recording(station, origin=origin) as log:
            # Compared again inside: another program may have written in between.
            incoming = merging.compare_again(log.connection, incoming)
            taken = merging.take_in(
                log.connection, incoming, progress=progress, cancelled=cancelled
            )
            op = log.add(BundleMerged(sha256=bundle.digest, added=taken.ops))
            backups.back_up_before(station, log.connection)
            for topic in _topics(taken):
                log.touch(topic)
    return Merged(
        op=op.op_id,
        new_ops=taken.ops,
        new_people=taken.people,
        disputes=tuple(intake.disputed_cells(station.connection, after=before)),
    )


def open_bundle_as_new_file(
    path: Path, target: Path, *, progress: Progress = untold, cancelled: Cancelled = never
) -> int:
    """Make a competition file for another laptop out of a bundle; returns the records in it.

    It is the same competition: its records can be merged back. The laptop takes a station id of
    its own with its first record. Nothing is left of a file that could not be made.
    """
    with open_bundle(path, cancelled=cancelled) as bundle:
        database = files.create(target)
        with making(database), writing(database) as connection:
            file_facts.put(connection, "file_id", bundle.manifest.file_id)
            incoming = merging.compare(connection, bundle)
            taken = merging.take_in(connection, incoming, progress=progress, cancelled=cancelled)
        database.close()
    return taken.ops


def ledger(station: Station) -> list[LedgerLine]:
    """Exports and merges that were recorded, the latest first."""
    found = queries.standing(station.connection, BundleExported, BundleMerged)
    return [_ledger_line(it) for it in reversed(found)]


def _ledger_line(recorded: Recorded[Any]) -> LedgerLine:
    match recorded.fact:
        case BundleExported(heads=heads):
            is_export, records = True, sum(heads.values())
        case BundleMerged(added=added):
            is_export, records = False, added
        case other:
            raise AssertionError(other)
    return LedgerLine(
        recorded.op_id, recorded.station, recorded.at, recorded.by, is_export, records
    )


def _check_competition(station: Station, bundle: Bundle) -> None:
    if bundle.manifest.file_id != station.file_id:
        raise RuleBroken(
            "bundle-of-another-competition",
            file=bundle.name,
            title=bundle.manifest.title[:80] or bundle.manifest.file_id[:8],
        )


def _merge_people(station: Station, incoming: merging.Incoming, origin: object | None) -> Merged:
    """No new records, but perhaps names that were left out before."""
    with writing(station.database) as connection:
        taken = merging.take_in(connection, incoming)
    if taken.people:
        station.changes.publish(Changes(frozenset({Topic.PEOPLE}), origin=origin))
    return Merged(op=None, new_ops=0, new_people=taken.people, disputes=())


def _topics(taken: TakenIn) -> set[Topic]:
    topics = {TOPICS[fact] for fact in taken.facts} | {Topic.EXCHANGE}
    if OpUndone in taken.facts:
        return set(Topic)
    return topics | {Topic.PEOPLE} if taken.people else topics


def _is_registered(station: Station, entry: EntryId) -> bool:
    found = station.connection.execute(
        "SELECT 1 FROM standing WHERE kind = 'entry-registered' AND entry = ? LIMIT 1", (entry,)
    )
    return found.fetchone() is not None
