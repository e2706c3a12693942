"""The log and what is derived from it: chains, lamport numbers, and rebuild equal to live."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entries import MarkState
from app.domain.facts import CheckedIn, DisputeSettled, Fact, MarkGiven, OpUndone
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, OpId, StationId
from app.domain.ops import Draft, Stamp, first_break
from app.domain.points import Points
from app.storage import database as files
from app.storage import drafts, file_facts, oplog, people, projections, queries
from app.storage.database import Database, writing
from app.storage.oplog import Placed
from app.storage.people import Person

ROBOT = EventCode("ROBOT")
DIGEST = "63a36407558ba504ba87415e42c0146146414fa375d84284fedee58e4f55ff6b"
ASPECT, JUDGE = AspectId("A1.1"), JudgeId("J1")


def mark(value: int, entry: str = "ROBOT-07") -> MarkGiven:
    return MarkGiven(
        event=ROBOT,
        entry=EntryId(entry),
        aspect=ASPECT,
        judge=JUDGE,
        state=MarkState.VALUE,
        value=Points(value),
    )


def give(
    database: Database,
    fact: Fact,
    *,
    station: str = "S7K2",
    replaces: OpId | None = None,
    undoes: OpId | None = None,
) -> OpId:
    with writing(database) as connection:
        draft = Draft(fact, replaces=replaces, undoes=undoes)
        placed = oplog.append(connection, draft, Stamp(StationId(station), 0, "chief"))
        projections.apply(connection, placed, fact)
    return placed.op.op_id


def counting(database: Database, entry: str = "ROBOT-07") -> list[int | None]:
    marks = queries.current_marks(database.connection, ROBOT, entry=EntryId(entry))
    return [it.value for it in marks]


def derived(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    marks = connection.execute("SELECT * FROM marks ORDER BY position").fetchall()
    return marks + connection.execute("SELECT * FROM standing ORDER BY position").fetchall()


def test_each_op_names_the_one_before_it_and_counts_on() -> None:
    database = files.create(None)
    for value in range(3):
        give(database, mark(value))
    give(database, mark(9), station="9QXZ")
    ops = [it.op for it in oplog.in_order(database.connection)]
    assert [op.op_id for op in ops] == [
        "S7K2-000001",
        "S7K2-000002",
        "S7K2-000003",
        "9QXZ-000001",
    ]
    assert [op.lamport for op in ops] == [1, 2, 3, 4]
    assert [op.prev for op in ops] == [b"", ops[0].hash, ops[1].hash, b""]
    for station in ("S7K2", "9QXZ"):
        assert first_break(oplog.chain(database.connection, StationId(station))) is None
    found = oplog.find(database.connection, OpId("S7K2-000002"))
    assert isinstance(found, Placed)
    assert found.op == ops[1]
    assert oplog.find(database.connection, OpId("S7K2-000009")) is None
    assert [op.op_id for op in oplog.last(database.connection, 2)] == ["9QXZ-000001", "S7K2-000003"]
    database.close()


def test_one_op_id_cannot_be_used_twice() -> None:
    database = files.create(None)
    give(database, mark(1))
    placed = oplog.find(database.connection, OpId("S7K2-000001"))
    assert placed is not None
    with pytest.raises(sqlite3.IntegrityError), writing(database) as connection:
        oplog.insert(connection, placed.op)
    database.close()


def test_a_replaced_mark_counts_no_more_and_counts_again_when_the_later_is_undone() -> None:
    database = files.create(None)
    first = give(database, mark(20_000))
    second = give(database, mark(25_000), replaces=first)
    assert counting(database) == [25_000]
    give(database, OpUndone(kind="mark-given"), undoes=second)
    assert counting(database) == [20_000]
    third = give(database, mark(30_000), replaces=first)
    assert counting(database) == [30_000]
    give(database, OpUndone(kind="mark-given"), undoes=third)
    give(database, OpUndone(kind="mark-given"), undoes=first)
    assert counting(database) == []
    database.close()


def test_a_mark_overruled_by_a_settled_dispute_stays_so_when_another_reason_falls_away() -> None:
    database = files.create(None)
    first, second = give(database, mark(20_000)), give(database, mark(25_000))
    later = give(database, mark(26_000), replaces=second)
    settled = give(
        database,
        DisputeSettled(
            event=ROBOT,
            entry=EntryId("ROBOT-07"),
            aspect=ASPECT,
            judge=JUDGE,
            chosen=first,
            overruled=(second, later),
        ),
    )
    assert counting(database) == [20_000]
    give(database, OpUndone(kind="mark-given"), undoes=later)
    assert counting(database) == [20_000]
    give(database, OpUndone(kind="dispute-settled"), undoes=settled)
    assert counting(database) == [20_000, 25_000]
    database.close()


def test_an_undone_fact_stands_no_more_but_stays_in_the_log() -> None:
    database = files.create(None)
    here = give(database, CheckedIn(event=ROBOT, entry=EntryId("ROBOT-07")))
    give(database, OpUndone(kind="checked-in"), undoes=here)
    assert queries.standing(database.connection, CheckedIn) == []
    assert oplog.count(database) == 2
    database.close()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["mark", "replace", "undo", "settle", "check-in"]),
        st.integers(0, 2),
        st.sampled_from(["S7K2", "9QXZ"]),
        st.integers(0, 50),
    ),
    max_size=40,
)


@given(steps=STEPS)
def test_a_rebuild_gives_what_was_kept_up_step_by_step(
    steps: list[tuple[str, int, str, int]],
) -> None:
    database = files.create(None)
    given_ops: list[tuple[OpId, str]] = []
    for kind, number, station, choice in steps:
        take(database, given_ops, kind, f"ROBOT-{number:02d}", station, choice)
    live = derived(database.connection)
    assert projections.rebuild(database) == oplog.count(database)
    assert derived(database.connection) == live
    database.close()


def take(
    database: Database,
    given_ops: list[tuple[OpId, str]],
    kind: str,
    entry: str,
    station: str,
    choice: int,
) -> None:
    current = list(queries.current_marks(database.connection, ROBOT, entry=EntryId(entry)))
    match kind:
        case "mark":
            given_ops.append((give(database, mark(choice, entry), station=station), "mark-given"))
        case "replace" if current:
            op = current[choice % len(current)].op_id
            made = give(database, mark(choice, entry), station=station, replaces=op)
            given_ops.append((made, "mark-given"))
        case "undo" if given_ops:
            op, what = given_ops[choice % len(given_ops)]
            give(database, OpUndone(kind=what), station=station, undoes=op)
        case "settle" if len(current) > 1:
            chosen, *overruled = (it.op_id for it in current)
            settled = DisputeSettled(
                event=ROBOT,
                entry=EntryId(entry),
                aspect=ASPECT,
                judge=JUDGE,
                chosen=chosen,
                overruled=tuple(overruled),
            )
            given_ops.append((give(database, settled, station=station), "dispute-settled"))
        case "check-in":
            fact = CheckedIn(event=ROBOT, entry=EntryId(entry))
            given_ops.append((give(database, fact, station=station), "checked-in"))
        case _:
            return


def test_the_history_of_a_cell_keeps_every_value() -> None:
    database = files.create(None)
    first = give(database, mark(20_000))
    give(database, mark(25_000), replaces=first)
    history = queries.cell_history(
        database.connection, event=ROBOT, entry=EntryId("ROBOT-07"), aspect=ASPECT, judge=JUDGE
    )
    assert [(it.recorded.fact.value, it.replaced) for it in history] == [
        (20_000, True),
        (25_000, False),
    ]
    database.close()


def test_a_purged_person_leaves_no_trace_in_the_file() -> None:
    database = files.create(None)
    with writing(database) as connection:
        people.put(connection, "ROBOT-07", Person(name="样例选手07"), "salt")
        people.put_photo(connection, "ROBOT-07", b"picture")
    assert people.find(database.connection, "ROBOT-07") == Person(name="样例选手07")
    with writing(database) as connection:
        people.purge(connection, "ROBOT-07")
    assert people.find(database.connection, "ROBOT-07") is None
    assert people.photo(database.connection, "ROBOT-07") is None
    assert "样例选手07".encode() not in database.connection.serialize()
    database.close()


def test_a_digest_depends_on_salt_and_content() -> None:
    plain = people.digest_of(Person(name="样例选手07"), "salt")
    # printf 'salt\\n{"name":"样例选手07"}' | sha256sum
    assert plain == DIGEST
    assert people.digest_of(Person(name="样例选手07"), "pepper") != plain
    assert people.digest_of(Person(name="样例选手08"), "salt") != plain


def test_drafts_and_file_facts_are_replaced_and_dropped() -> None:
    database = files.create(None)
    with writing(database) as connection:
        drafts.keep(connection, "sheet/a", "1", 1)
        drafts.keep(connection, "sheet/a", "2", 2)
        drafts.keep(connection, "scheme", "3", 3)
        file_facts.put(connection, "file_id", "x")
        file_facts.put(connection, "file_id", "y")
    assert drafts.find(database.connection, "sheet/a") == "2"
    assert drafts.names(database.connection, "sheet/") == ["sheet/a"]
    assert file_facts.find(database.connection, "file_id") == "y"
    with writing(database) as connection:
        drafts.drop(connection, "sheet/a")
    assert drafts.find(database.connection, "sheet/a") is None
    database.close()
