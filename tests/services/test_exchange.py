"""Exporting, previewing and merging bundles between laptops; what a stranger's bundle gets."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import create_station, open_station
from app.bundles.format import ExchangeStopped
from app.bundles.reader import open_bundle
from app.changes import Changes, Topic
from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CompetitionSet,
    DisputeSettled,
    EntryRegistered,
    MarkGiven,
    OpUndone,
)
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, OpId
from app.domain.points import Points
from app.domain.scheme import Competition
from app.problems import Problem
from app.services import backups, exchange
from app.services.station import Station, record, recording
from app.storage import intake, oplog, people, projections, queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROBOT = EventCode("ROBOT")
SEVEN = EntryId("ROBOT-07")


def mark(value: int, *, entry: str = "ROBOT-07", judge: str = "J1") -> MarkGiven:
    return MarkGiven(
        event=ROBOT,
        entry=EntryId(entry),
        aspect=AspectId("A1.1"),
        judge=JudgeId(judge),
        state=MarkState.VALUE,
        value=Points(value),
    )


def register(station: Station, entry: str, name: str) -> None:
    with recording(station) as log:
        digest = people.put(log.connection, entry, people.Person(name=name), "salt-" + entry)
        log.add(
            EntryRegistered(
                event=ROBOT,
                entry=EntryId(entry),
                number=entry[-2:],
                unit="样例一厂",
                person_digest=digest,
            )
        )


class Laptops:
    """Several laptops, each with a folder of its own, that hand bundles to one another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stations: list[Station] = []
        self.count = 0

    def first(self) -> Station:
        home = self.folder / "home-0"
        station = create_station(self.folder / "laptop-0.plumb", home=home)
        self.stations.append(station)
        record(station, CompetitionSet(competition=Competition(code="S", title="样例竞赛")))
        return station

    def another(self, bundle: Path) -> Station:
        number = len(self.stations)
        path = self.folder / f"laptop-{number}.plumb"
        exchange.open_bundle_as_new_file(bundle, path)
        station = open_station(path, home=self.folder / f"home-{number}")
        self.stations.append(station)
        return station

    def export(self, station: Station, **options: bool) -> Path:
        self.count += 1
        target = self.folder / f"bundle-{self.count}.bundle"
        exchange.export_bundle(station, target, **options)
        return target


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    opened = Laptops(tmp_path)
    yield opened
    for station in opened.stations:
        station.close()


def derived(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The derived tables without positions, which are an accident of arrival."""
    standing = connection.execute(
        "SELECT o.op_id, s.kind, s.event, s.module, s.entry, s.stands"
        " FROM standing AS s JOIN ops AS o USING (position) ORDER BY 1"
    ).fetchall()
    marks = connection.execute(
        "SELECT op_id, event, entry, aspect, judge, state, value, measured, replaces, stands,"
        " replaced FROM marks ORDER BY 1"
    ).fetchall()
    return standing + marks


def log_of(station: Station) -> list[tuple[object, ...]]:
    return station.connection.execute("SELECT op_id, hash FROM ops ORDER BY op_id").fetchall()


def test_an_export_holds_every_record_its_own_and_its_signature(laptops: Laptops) -> None:
    station = laptops.first()
    register(station, "ROBOT-07", "样例选手07")
    path = laptops.export(station)
    with open_bundle(path) as bundle:
        kinds = [row[0] for row in bundle.connection.execute("SELECT kind FROM ops ORDER BY seq")]
        assert bundle.manifest.ops == 5
        assert bundle.manifest.people == 1
        assert bundle.manifest.title == "样例竞赛"
        assert bundle.manifest.revision == 1
        assert bundle.manifest.previous == ""
        first = bundle.digest
    assert kinds == [
        "station-opened",
        "competition-set",
        "entry-registered",
        "bundle-exported",
        "head-signed",
    ]
    with open_bundle(laptops.export(station)) as second:
        assert second.manifest.revision == 2
        assert second.manifest.previous == first


def test_nothing_counts_as_unshared_right_after_an_export(laptops: Laptops) -> None:
    station = laptops.first()
    assert backups.status(station).unshared == 2
    laptops.export(station)
    assert backups.status(station).unshared == 0
    record(station, mark(20_000))
    assert backups.status(station).unshared == 1
    assert backups.status(station).record == f"{station.station_id}-000005"


def test_drafts_keys_and_unwanted_names_never_leave(laptops: Laptops) -> None:
    station = laptops.first()
    register(station, "ROBOT-07", "样例选手07")
    with recording(station) as log:
        log.connection.execute("INSERT INTO drafts VALUES ('scheme', 'secret-draft', 1)")
    private = station.key.key.private_bytes_raw()
    content = laptops.export(station, with_people=False).read_bytes()
    assert "样例选手07".encode() not in content
    assert b"secret-draft" not in content
    assert private not in content
    assert private.hex().encode() not in content
    assert "样例选手07".encode() in laptops.export(station).read_bytes()


def test_an_export_that_fails_leaves_the_older_bundle_and_shares_nothing(
    laptops: Laptops, tmp_path: Path
) -> None:
    station = laptops.first()
    target = tmp_path / "old.bundle"
    target.write_bytes(b"the older bundle")
    with pytest.raises(ExchangeStopped):
        exchange.export_bundle(station, target, cancelled=lambda: True)
    assert target.read_bytes() == b"the older bundle"
    in_the_way = tmp_path / "new.bundle.part"
    in_the_way.mkdir()
    with pytest.raises(Problem, match="bundle-not-written"):
        exchange.export_bundle(station, tmp_path / "new.bundle")
    in_the_way.rmdir()
    assert exchange.ledger(station) == []
    assert backups.status(station).unshared == 8
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_an_export_to_no_place_records_nothing_at_all(laptops: Laptops, tmp_path: Path) -> None:
    station = laptops.first()
    before = backups.status(station)
    with pytest.raises(Problem, match="target-no-place"):
        exchange.export_bundle(station, tmp_path / "no such folder" / "new.bundle")
    assert backups.status(station) == before


def test_a_file_in_memory_can_be_exported_too(tmp_path: Path) -> None:
    station = create_station(None)
    record(station, CompetitionSet(competition=Competition(code="S", title="样例竞赛")))
    exchange.export_bundle(station, tmp_path / "sample.bundle")
    station.close()
    with open_bundle(tmp_path / "sample.bundle") as bundle:
        assert bundle.manifest.ops == 4
    assert [path.name for path in tmp_path.glob("*.bundle*")] == ["sample.bundle"]


def test_a_second_laptop_starts_from_a_bundle_and_its_marks_come_back(laptops: Laptops) -> None:
    chief = laptops.first()
    register(chief, "ROBOT-07", "样例选手07")
    other = laptops.another(laptops.export(chief))
    assert other.file_id == chief.file_id
    assert people.find(other.connection, "ROBOT-07") == people.Person(name="样例选手07")
    record(other, mark(25_000))
    assert other.station_id != chief.station_id
    path = laptops.export(other)

    preview = exchange.preview_merge(chief, path)
    assert preview.by_station == {
        other.station_id: {
            "station-opened": 1,
            "mark-given": 1,
            "bundle-exported": 1,
            "head-signed": 1,
        }
    }
    assert (preview.new_ops, preview.new_entries, preview.disputes) == (4, (), ())
    assert len(list(queries.current_marks(chief.connection, ROBOT))) == 0

    heard: list[Changes] = []
    chief.changes.listen(heard.append)
    merged = exchange.merge(chief, path)
    assert merged.new_ops == 4
    assert [it.value for it in queries.current_marks(chief.connection, ROBOT)] == [25_000]
    assert Topic.MARKS in heard[-1].topics
    assert exchange.ledger(chief)[0].op_id == merged.op
    assert [line.is_export for line in exchange.ledger(chief)] == [False, True, True]


def test_merging_twice_changes_nothing_and_says_so(laptops: Laptops) -> None:
    chief = laptops.first()
    other = laptops.another(laptops.export(chief))
    record(other, mark(25_000))
    path = laptops.export(other)
    exchange.merge(chief, path)
    before = log_of(chief)
    assert exchange.preview_merge(chief, path).is_nothing_new
    assert exchange.merge(chief, path) == exchange.Merged(None, 0, 0, ())
    assert log_of(chief) == before


def test_marks_that_did_not_know_of_each_other_become_a_dispute(laptops: Laptops) -> None:
    chief = laptops.first()
    other = laptops.another(laptops.export(chief))
    own = record(chief, mark(20_000))
    foreign = record(other, mark(25_000))
    path = laptops.export(other)
    (disputed,) = exchange.preview_merge(chief, path).disputes
    assert disputed.marks == tuple(sorted((own.op_id, foreign.op_id)))
    assert exchange.merge(chief, path).disputes == (disputed,)
    assert exchange.merge(chief, path).disputes == ()


def test_a_backup_is_taken_before_a_merge(laptops: Laptops) -> None:
    chief = laptops.first()
    other = laptops.another(laptops.export(chief))
    record(other, mark(25_000))
    exchange.merge(chief, laptops.export(other))
    (backup,) = (chief.path.parent / "backups").iterdir() if chief.path else ()
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT count(*) FROM ops").fetchone() == (4,)
    copy.close()


def test_names_left_out_at_first_can_follow_in_a_later_bundle(laptops: Laptops) -> None:
    chief = laptops.first()
    register(chief, "ROBOT-07", "样例选手07")
    other = laptops.another(laptops.export(chief, with_people=False))
    assert people.find(other.connection, "ROBOT-07") is None
    exchange.merge(other, laptops.export(chief))
    assert people.find(other.connection, "ROBOT-07") == people.Person(name="样例选手07")


def test_a_corrected_name_replaces_the_misspelt_one_and_never_the_other_way(
    laptops: Laptops,
) -> None:
    chief = laptops.first()
    register(chief, "ROBOT-07", "样例选手O7")
    old = laptops.export(chief)
    other = laptops.another(old)
    register(chief, "ROBOT-07", "样例选手07")
    exchange.merge(other, laptops.export(chief))
    exchange.merge(other, old)
    assert people.find(other.connection, "ROBOT-07") == people.Person(name="样例选手07")


def test_a_purged_person_does_not_come_back_with_a_merge(laptops: Laptops) -> None:
    chief = laptops.first()
    register(chief, "ROBOT-07", "样例选手07")
    other = laptops.another(laptops.export(chief))
    record(other, mark(25_000))
    with recording(chief) as log:
        people.purge(log.connection, "ROBOT-07")
    exchange.merge(chief, laptops.export(other))
    assert people.find(chief.connection, "ROBOT-07") is None
    register(chief, "ROBOT-07", "样例选手O7")
    assert people.find(chief.connection, "ROBOT-07") == people.Person(name="样例选手O7")


def test_a_bundle_of_another_competition_is_refused(laptops: Laptops, tmp_path: Path) -> None:
    chief = laptops.first()
    stranger = create_station(tmp_path / "stranger.plumb", home=tmp_path / "home-x")
    laptops.stations.append(stranger)
    record(stranger, CompetitionSet(competition=Competition(code="X", title="另一场")))
    path = laptops.export(stranger)
    for attempt in (exchange.preview_merge, exchange.merge):
        with pytest.raises(RuleBroken) as refused:
            attempt(chief, path)
        assert refused.value.code == "bundle-of-another-competition"
        assert refused.value.details["title"] == "另一场"


def test_a_copied_file_that_went_on_under_one_station_is_refused_with_the_op(
    laptops: Laptops, tmp_path: Path
) -> None:
    chief = laptops.first()
    assert chief.path is not None
    chief.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(chief.path, tmp_path / "twin.plumb")
    shutil.copytree(chief.home, tmp_path / "home-twin")
    record(chief, mark(20_000))
    # The other laptop was cloned with its keys, so it takes itself for the same station.
    clone = next((tmp_path / "home-twin" / "keys").iterdir())
    clone.write_text(clone.read_text().replace("laptop-0.plumb", "gone.plumb"))
    twin = open_station(tmp_path / "twin.plumb", home=tmp_path / "home-twin")
    laptops.stations.append(twin)
    assert twin.station_id == chief.station_id
    record(twin, mark(25_000))
    path = laptops.export(twin)
    before = log_of(chief)
    with pytest.raises(Problem) as refused:
        exchange.merge(chief, path)
    assert refused.value.code == "bundle-diverges"
    assert refused.value.details["op"] == f"{chief.station_id}-000003"
    assert log_of(chief) == before


def test_an_old_backup_cannot_fork_the_chain_after_an_export(
    laptops: Laptops, tmp_path: Path
) -> None:
    chief = laptops.first()
    assert chief.path is not None
    (backup,) = backups.back_up_now(chief)
    record(chief, mark(20_000))
    laptops.export(chief)
    station_id = chief.station_id
    laptops.stations.remove(chief)
    chief.close()
    chief.path.unlink()
    shutil.copy(backup, chief.path)
    again = open_station(chief.path, home=chief.home)
    laptops.stations.append(again)
    assert again.station_id != station_id


def test_a_cancelled_merge_leaves_the_file_as_it_was(laptops: Laptops) -> None:
    chief = laptops.first()
    other = laptops.another(laptops.export(chief))
    record(other, mark(25_000))
    path = laptops.export(other)
    before = log_of(chief)
    with pytest.raises(ExchangeStopped):
        exchange.merge(chief, path, cancelled=lambda: True)
    assert log_of(chief) == before


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["mark", "replace", "undo", "settle", "exchange"]),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    max_size=24,
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(actions=ACTIONS, order=st.permutations([0, 1, 2]))
def test_in_whatever_order_bundles_are_merged_all_laptops_end_alike(
    actions: list[tuple[str, int, int]], order: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    laptops = Laptops(tmp_path_factory.mktemp("laptops"))
    try:
        start = laptops.export(laptops.first())
        laptops.another(start)
        laptops.another(start)
        for action, who, choice in actions:
            act(laptops, action, laptops.stations[who], choice)
        bundles = [laptops.export(station) for station in laptops.stations]
        for station, turn in zip(laptops.stations, (order, order[::-1], [2, 0, 1]), strict=True):
            for number in turn:
                exchange.merge(station, bundles[number])
        ends = []
        for station in laptops.stations:
            live = derived(station.connection)
            projections.rebuild(station.database)
            assert derived(station.connection) == live
            exported = {it for it in live if len(it) == 11}
            ends.append(exported)
            heads = oplog.heads(station.connection)
            assert set(heads) == {other.station_id for other in laptops.stations}
        assert ends[0] == ends[1] == ends[2]
    finally:
        for station in laptops.stations:
            station.close()


def act(laptops: Laptops, action: str, station: Station, choice: int) -> None:
    connection = station.connection
    entry = f"ROBOT-{choice:02d}"
    current = list(queries.current_marks(connection, ROBOT, entry=EntryId(entry)))
    match action:
        case "mark":
            record(station, mark(choice * 10_000, entry=entry))
        case "replace" if current:
            record(station, mark(7_500, entry=entry), replaces=current[-1].op_id)
        case "undo":
            undo_one(station)
        case "settle" if len(current) > 1:
            record(
                station,
                DisputeSettled(
                    event=ROBOT,
                    entry=EntryId(entry),
                    aspect=AspectId("A1.1"),
                    judge=JudgeId("J1"),
                    chosen=current[0].op_id,
                    overruled=tuple(it.op_id for it in current[1:]),
                ),
                reason="查阅纸质评分表",
            )
        case "exchange":
            other = laptops.stations[choice % len(laptops.stations)]
            if other is not station:
                exchange.merge(station, laptops.export(other))
        case _:
            return


def undo_one(station: Station) -> None:
    """Undo the station's latest mark or settled dispute that still stands, whatever it is."""
    found = station.connection.execute(
        "SELECT o.op_id, o.kind FROM ops AS o LEFT JOIN standing AS s USING (position)"
        " LEFT JOIN marks AS m ON m.position = o.position WHERE o.station = ?"
        " AND o.kind IN ('mark-given', 'dispute-settled') AND coalesce(s.stands, m.stands) = 1"
        " ORDER BY o.seq DESC LIMIT 1",
        (station.station_id,),
    ).fetchone()
    if found:
        with recording(station) as log:
            log.add(OpUndone(kind=found[1]), undoes=OpId(found[0]))


def test_disputes_are_listed_cell_by_cell(laptops: Laptops) -> None:
    station = laptops.first()
    first, second = record(station, mark(1)), record(station, mark(2))
    record(station, mark(3, judge="J2"))
    (cell,) = intake.disputed_cells(station.connection)
    assert (cell.entry, cell.judge, cell.marks) == (SEVEN, "J1", (first.op_id, second.op_id))
