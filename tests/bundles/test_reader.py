"""A bundle that somebody changed: one clear refusal that names file and place, nothing taken in.

Each test changes a genuine bundle by SQL or by bytes, as a forger with full access would, and where
it makes sense signs nothing anew, because the forger lacks the key.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import create_station
from app.bundles.format import TABLES
from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet, EntryRegistered, MarkGiven
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId
from app.domain.points import Points
from app.domain.scheme import Competition
from app.problems import Problem
from app.services import exchange
from app.services.station import Station, record, recording
from app.storage import people
from app.words import Words

if TYPE_CHECKING:
    from pathlib import Path

ROBOT = EventCode("ROBOT")


def sample(station: Station) -> None:
    record(station, CompetitionSet(competition=Competition(code="S", title="样例竞赛")))
    with recording(station) as log:
        digest = people.put(log.connection, "ROBOT-07", people.Person(name="样例选手07"), "salt")
        log.add(
            EntryRegistered(
                event=ROBOT,
                entry=EntryId("ROBOT-07"),
                number="07",
                unit="样例一厂",
                person_digest=digest,
            )
        )
    for value in (10_000, 20_000, 30_000):
        record(
            station,
            MarkGiven(
                event=ROBOT,
                entry=EntryId("ROBOT-07"),
                aspect=AspectId(f"A1.{value // 10_000}"),
                judge=JudgeId("J1"),
                state=MarkState.VALUE,
                value=Points(value),
            ),
        )


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    station = create_station(tmp_path / "laptop.plumb")
    sample(station)
    path = tmp_path / "sample.bundle"
    exchange.export_bundle(station, path, with_photos=True)
    station.close()
    return path


def change(path: Path, *statements: str) -> None:
    """Run SQL on the bundle; strict tables and read-only habits do not stop a forger."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def refused(path: Path) -> Problem | RuleBroken:
    """What opening the bundle as a new file is refused with; no file may be left behind."""
    target = path.with_name("new.plumb")
    with pytest.raises((Problem, RuleBroken)) as caught:
        exchange.open_bundle_as_new_file(path, target)
    assert list(path.parent.glob("new.plumb*")) == []
    problem = caught.value
    assert isinstance(problem, Problem | RuleBroken)
    assert problem.details["file"] == path.name
    for language in ("zh", "en"):
        assert path.name in Words.load(language).explain(problem)
    return problem


def test_a_genuine_bundle_is_taken_in_whole(bundle: Path, tmp_path: Path) -> None:
    assert exchange.open_bundle_as_new_file(bundle, tmp_path / "new.plumb") == 8


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("lamport", "lamport + 1"),
        ("at", "at + 1"),
        ("by", "'judge:J1'"),
        ("kind", "'checked-in'"),
        ("body", "replace(body, '20000', '90000')"),
        ("replaces", "station || '-000003'"),
        ("reason", "'because'"),
        ("undoes", "station || '-000003'"),
        ("hash", "zeroblob(32)"),
    ],
)
def test_a_changed_field_is_found_and_the_record_named(
    bundle: Path, column: str, value: str
) -> None:
    change(bundle, f"UPDATE ops SET {column} = {value} WHERE seq = 5")
    problem = refused(bundle)
    assert problem.code in {"bundle-op-altered", "bundle-chain-broken"}
    assert str(problem.details["op"]).endswith("-000005")


def test_a_changed_link_to_the_record_before_is_found(bundle: Path) -> None:
    change(bundle, "UPDATE ops SET prev = zeroblob(32) WHERE seq = 5")
    problem = refused(bundle)
    assert problem.code == "bundle-chain-broken"
    assert str(problem.details["op"]).endswith("-000005")


def test_a_record_from_a_newer_version_is_refused_as_such(bundle: Path) -> None:
    change(bundle, "UPDATE ops SET version = 9 WHERE seq = 1")
    assert refused(bundle).code == "bundle-from-newer-version"


def test_a_record_sealed_again_after_a_change_does_not_fit_the_next(bundle: Path) -> None:
    connection = sqlite3.connect(bundle)
    row = connection.execute(
        "SELECT station, lamport, at, by, body, prev FROM ops WHERE seq = 5"
    ).fetchone()
    station, lamport, at, by, body, prev = row
    forged = body.replace("20000", "90000")
    content = json.dumps(
        [
            f"{station}-000005",
            lamport,
            at,
            by,
            "mark-given",
            1,
            json.loads(forged),
            None,
            None,
            None,
            prev.hex(),
        ],
        separators=(",", ":"),
        sort_keys=True,
    )
    digest = hashlib.sha256(content.encode()).digest()
    connection.execute("UPDATE ops SET body = ?, hash = ? WHERE seq = 5", (forged, digest))
    connection.commit()
    connection.close()
    problem = refused(bundle)
    assert problem.code == "bundle-chain-broken"
    assert str(problem.details["op"]).endswith("-000006")


def test_a_removed_record_is_found(bundle: Path) -> None:
    change(bundle, "DELETE FROM ops WHERE seq = 5")
    assert refused(bundle).code == "bundle-op-count"


def test_a_removed_end_is_found(bundle: Path) -> None:
    change(bundle, "DELETE FROM ops WHERE seq >= 7")
    assert refused(bundle).code == "bundle-op-count"


def test_an_added_record_is_found(bundle: Path) -> None:
    change(
        bundle,
        "INSERT INTO ops SELECT station, 9, 8, at, by, kind, version, body, replaces, reason,"
        " undoes, prev, hash FROM ops WHERE seq = 5",
    )
    assert refused(bundle).code == "bundle-op-count"


def test_a_record_moved_to_another_number_is_found(bundle: Path) -> None:
    change(bundle, "UPDATE ops SET seq = 99 WHERE seq = 5")
    assert refused(bundle).code in {"bundle-chain-gap", "bundle-op-malformed"}


def test_a_record_under_another_station_is_found(bundle: Path) -> None:
    change(bundle, "UPDATE ops SET station = 'ZZZZ' WHERE seq = 8")
    assert refused(bundle).code == "bundle-chain-short"


@pytest.mark.parametrize("field", ["file_id", "title", "exported_at", "revision", "ops"])
def test_a_changed_manifest_does_not_fit_its_signature(bundle: Path, field: str) -> None:
    connection = sqlite3.connect(bundle)
    (text,) = connection.execute("SELECT content FROM manifest WHERE part = 'manifest'").fetchone()
    manifest = json.loads(text)
    manifest[field] = manifest[field] + ("x" if isinstance(manifest[field], str) else 1)
    connection.execute(
        "UPDATE manifest SET content = ? WHERE part = 'manifest'",
        (json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False),),
    )
    connection.commit()
    connection.close()
    assert refused(bundle).code in {"bundle-not-signed", "bundle-manifest-unreadable"}


def test_the_manifest_of_another_bundle_does_not_fit(bundle: Path, tmp_path: Path) -> None:
    station = create_station(tmp_path / "other.plumb", home=tmp_path / "other-home")
    sample(station)
    other = tmp_path / "other.bundle"
    exchange.export_bundle(station, other)
    station.close()
    connection = sqlite3.connect(other)
    parts = connection.execute("SELECT part, content FROM manifest").fetchall()
    connection.close()
    connection = sqlite3.connect(bundle)
    connection.executemany("UPDATE manifest SET content = ?2 WHERE part = ?1", parts)
    connection.commit()
    connection.close()
    assert refused(bundle).code in {"bundle-station-unopened", "bundle-op-count"}


@pytest.mark.parametrize("part", ["manifest", "signature"])
def test_a_bundle_without_manifest_or_signature_is_refused(bundle: Path, part: str) -> None:
    change(bundle, f"DELETE FROM manifest WHERE part = '{part}'")
    assert refused(bundle).code == "bundle-manifest-unreadable"


def test_a_signature_that_is_no_signature_is_refused(bundle: Path) -> None:
    change(bundle, "UPDATE manifest SET content = 'zz' WHERE part = 'signature'")
    assert refused(bundle).code == "bundle-not-signed"


def test_a_newer_format_is_refused_as_such(bundle: Path) -> None:
    change(
        bundle,
        "UPDATE manifest SET content = '{\"format\":2,\"news\":[]}' WHERE part = 'manifest'",
        "CREATE TABLE news (what TEXT)",
    )
    assert refused(bundle).code == "bundle-from-newer-version"


def test_a_changed_name_is_found_and_the_entry_named(bundle: Path) -> None:
    change(bundle, "UPDATE people SET details = replace(details, '07', '08')")
    problem = refused(bundle)
    assert problem.code == "bundle-person-altered"
    assert problem.details["entry"] == "ROBOT-07"


def test_a_changed_name_with_a_digest_to_match_is_found_against_the_log(bundle: Path) -> None:
    details = '{"name":"样例选手99"}'
    digest = hashlib.sha256(b"salt\n" + details.encode()).hexdigest()
    change(bundle, f"UPDATE people SET details = '{details}', digest = '{digest}'")
    assert refused(bundle).code == "bundle-person-unknown"


def test_a_removed_name_is_found(bundle: Path) -> None:
    change(bundle, "DELETE FROM people")
    assert refused(bundle).code == "bundle-people-not-as-signed"


def test_a_smuggled_photo_is_found(bundle: Path) -> None:
    change(bundle, "INSERT INTO photos VALUES ('ROBOT-07', x'00')")
    assert refused(bundle).code == "bundle-photos-not-as-signed"


@pytest.mark.parametrize(
    "smuggled",
    [
        "CREATE VIEW extra AS SELECT * FROM ops",
        "CREATE TRIGGER extra AFTER INSERT ON ops BEGIN DELETE FROM ops; END",
        "CREATE INDEX extra ON ops (kind)",
        "CREATE TABLE extra (x)",
        "CREATE VIRTUAL TABLE extra USING fts5(x)",
        "DROP TABLE photos",
    ],
)
def test_nothing_that_does_not_belong_into_a_bundle_is_let_in(bundle: Path, smuggled: str) -> None:
    change(bundle, smuggled)
    assert refused(bundle).code == "bundle-schema-foreign"


def test_a_view_in_the_place_of_a_table_is_not_read(bundle: Path) -> None:
    change(bundle, "DROP TABLE people", "CREATE VIEW people AS SELECT 1, 2, 3, 4")
    assert refused(bundle).code == "bundle-schema-foreign"


@pytest.mark.parametrize("statement", [TABLES["ops"].replace(" STRICT,", ""), TABLES["ops"][:-2]])
def test_a_table_made_otherwise_is_not_read(bundle: Path, statement: str) -> None:
    with sqlite3.connect(bundle) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ops'", (statement,))
    connection.close()
    assert refused(bundle).code in {"bundle-schema-foreign", "bundle-damaged"}


def loosened(path: Path, statement: str, *values: object) -> None:
    """Put a value of a wrong type into a strict table, as a hex editor would."""
    connection = sqlite3.connect(path)
    sql = TABLES["ops"]
    connection.execute("PRAGMA writable_schema = ON")
    loose = (
        sql.replace(" STRICT,", "")
        .replace(" NOT NULL", "")
        .replace("INTEGER", "BLOB")
        .replace("TEXT", "BLOB")
    )
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ops'", (loose,))
    connection.commit()
    connection.close()
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ops'", (sql,))
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("lamport", "5"),
        ("lamport", 1 << 60),
        ("at", 1.5),
        ("body", b"{}"),
        ("by", None),
        ("by", "x" * 5_000),
        ("prev", "text"),
        ("hash", b"short"),
        ("replaces", 7),
        ("version", "1"),
    ],
)
def test_a_value_of_a_wrong_type_or_size_is_found(bundle: Path, column: str, value: object) -> None:
    loosened(bundle, f"UPDATE ops SET {column} = ? WHERE seq = 5", value)
    assert refused(bundle).code in {"bundle-op-malformed", "bundle-damaged"}


def test_text_that_is_not_unicode_is_found(bundle: Path) -> None:
    loosened(bundle, "UPDATE ops SET body = CAST(x'7b22ff227d' AS TEXT) WHERE seq = 5")
    assert refused(bundle).code == "bundle-damaged"


def test_a_body_larger_than_any_record_is_not_read(bundle: Path) -> None:
    loosened(bundle, "UPDATE ops SET body = ? WHERE seq = 5", "[" * (17 << 20))
    assert refused(bundle).code == "bundle-op-malformed"


@pytest.mark.parametrize("share", [0, 10, 99, 100, 1000, 4096, 9000])
def test_a_truncated_bundle_is_refused(bundle: Path, share: int) -> None:
    bundle.write_bytes(bundle.read_bytes()[:share])
    assert refused(bundle).code in {"file-not-sqlite", "bundle-truncated"}


def test_a_padded_bundle_is_refused(bundle: Path) -> None:
    bundle.write_bytes(bundle.read_bytes() + b"\0")
    assert refused(bundle).code == "bundle-truncated"


def test_no_changed_byte_crashes_the_reader_or_is_taken_in_unseen(bundle: Path) -> None:
    genuine = bundle.read_bytes()
    target = bundle.with_name("new.plumb")
    for place in range(20, len(genuine), 97):
        damaged = bytearray(genuine)
        damaged[place] ^= 0x5A
        bundle.write_bytes(damaged)
        try:
            taken = exchange.open_bundle_as_new_file(bundle, target)
        except (Problem, RuleBroken):
            continue
        # A byte nobody reads: free space of a page, or a counter in the header.
        assert taken == 8
        for leftover in bundle.parent.glob("new.plumb*"):
            leftover.unlink()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-not-sqlite"),
        (b"PK\x03\x04" + b"x" * 500, "file-not-sqlite"),
        (b"SQLite format 3\x00" + b"\0" * 500, "bundle-not-a-bundle"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "letter.bundle"
    path.write_bytes(content)
    assert refused(path).code == code


def test_a_competition_file_is_told_from_a_bundle(tmp_path: Path) -> None:
    create_station(tmp_path / "day.plumb").close()
    assert refused(tmp_path / "day.plumb").code == "bundle-is-a-competition-file"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.bundle").code == "file-missing"


def test_a_bundle_is_never_written_to(bundle: Path, tmp_path: Path) -> None:
    before = bundle.read_bytes()
    bundle.chmod(0o444)
    exchange.open_bundle_as_new_file(bundle, tmp_path / "new.plumb")
    assert bundle.read_bytes() == before
    assert [path.name for path in tmp_path.glob("sample.bundle*")] == ["sample.bundle"]
