"""A bundle somebody has changed: ``verify`` says which of its parts, ``merge`` and ``join`` refuse.

The forger has full access to the file and no key. How each change is found is tested closer to the
reader; here it is what a person at the command line gets to see, and that nothing is changed.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.laptops import Laptop, small_event

Forge = Callable[[Path], object]


def by_sql(*statements: str) -> Forge:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def with_manifest(**changed: object) -> Forge:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            text = connection.execute(
                "SELECT content FROM manifest WHERE part = 'manifest'"
            ).fetchone()[0]
            manifest: dict[str, Any] = {**json.loads(text), **changed}
            connection.execute(
                "UPDATE manifest SET content = ? WHERE part = 'manifest'",
                (json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")),),
            )
            connection.commit()

    return change


MARK = "kind = 'mark-given' AND seq = (SELECT max(seq) FROM ops WHERE kind = 'mark-given')"
RAISED = "replace(body, '\"value\":10000', '\"value\":30000')"
FORGED: dict[str, tuple[Forge, str]] = {
    "a raised mark": (by_sql(f"UPDATE ops SET body = {RAISED} WHERE {MARK}"), "chains"),
    "a removed mark": (by_sql(f"DELETE FROM ops WHERE {MARK}"), "manifest"),
    "a changed name": (
        by_sql("UPDATE people SET details = replace(details, '样例选手01', '样例选手99')"),
        "people",
    ),
    "a removed name": (
        by_sql("DELETE FROM people WHERE person = (SELECT min(person) FROM people)"),
        "people",
    ),
    "another title": (with_manifest(title="另一竞赛"), "manifest"),
    "another result": (with_manifest(results={"WELD": "0" * 64}), "manifest"),
    "another competition": (with_manifest(file_id="0" * 32), "manifest"),
    "a newer format": (with_manifest(format=2), "file"),
    "a wrong signature": (
        by_sql(
            "UPDATE manifest SET content = replace(content, substr(content, 1, 4), 'AAAA')"
            " WHERE part = 'signature'"
        ),
        "manifest",
    ),
    "no signature": (by_sql("DELETE FROM manifest WHERE part = 'signature'"), "file"),
    "a view": (by_sql("CREATE VIEW standing AS SELECT * FROM ops"), "file"),
    "a trigger": (
        by_sql("CREATE TRIGGER t AFTER INSERT ON ops BEGIN DELETE FROM ops; END"),
        "file",
    ),
    "an index": (by_sql("CREATE INDEX i ON ops (kind)"), "file"),
    "a table": (by_sql("CREATE TABLE more (a)"), "file"),
    "a smuggled photo": (by_sql("INSERT INTO photos VALUES ('WELD-01', x'00')"), "people"),
}


@pytest.fixture
def forged(laptop: Laptop, request: pytest.FixtureRequest) -> Path:
    path = laptop.folder / "forged.bundle"
    shutil.copy(laptop.folder / "day.bundle", path)
    FORGED[request.param][0](path)
    assert path.read_bytes() != (laptop.folder / "day.bundle").read_bytes()
    return path


@pytest.mark.parametrize("forged", FORGED, indirect=True)
def test_a_changed_bundle_is_refused_and_nothing_changed(laptop: Laptop, forged: Path) -> None:
    assert "forged.bundle" in laptop.refused("join", laptop.folder / "new.plumb", forged)
    # A laptop that has not seen the marks yet.
    behind = Laptop(laptop.folder / "behind")
    behind.folder.mkdir()
    behind.do("join", behind.file, laptop.folder / "morning.bundle")
    behind.do("export", behind.file, "-o", behind.folder / "own.bundle")
    assert "forged.bundle" in behind.refused("merge", behind.file, forged)


def test_a_changed_record_that_is_held_already_is_not_taken_from_the_bundle(
    laptop: Laptop,
) -> None:
    """What the file holds of a chain is not read again: there is nothing to take in."""
    forged = laptop.folder / "forged.bundle"
    shutil.copy(laptop.folder / "day.bundle", forged)
    FORGED["a raised mark"][0](forged)
    before = laptop.listing()
    assert "forged.bundle: 0 new records" in laptop.do("merge", laptop.file, forged)
    assert laptop.listing() == before


@pytest.mark.parametrize(
    ("forged", "failing"),
    [(name, failing) for name, (_, failing) in FORGED.items()],
    indirect=["forged"],
)
def test_verify_says_which_part_was_changed(laptop: Laptop, forged: Path, failing: str) -> None:
    said = laptop.refused("verify", forged, status=1)
    assert "forged.bundle" in said
    ran = laptop.run("verify", forged, "--json")
    checks = json.loads(ran.out)["checks"]
    (failed,) = [check for check in checks if not check["ok"]]
    assert failed["name"] == failing, failed
    assert failed["message"]


def test_a_genuine_bundle_of_another_competition_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    other = small_event(tmp_path / "other")
    bundle = laptop.folder / "other.bundle"
    other.do("export", other.file, "-o", bundle)
    laptop.do("verify", bundle)
    assert "other.bundle" in laptop.refused("merge", laptop.file, bundle)


def test_the_first_bad_bundle_of_several_leaves_the_good_ones_before_it_merged(
    morning: Laptop, tmp_path: Path
) -> None:
    """Each bundle is a transaction of its own; the report says how far it got."""
    first, second = morning.folder / "first.bundle", morning.folder / "second.bundle"
    morning.do("export", morning.file, "-o", first)
    elsewhere = Laptop(tmp_path / "elsewhere")
    elsewhere.folder.mkdir()
    elsewhere.do("join", elsewhere.file, first)
    keyed = elsewhere.write("marks.csv", "entry,aspect,judge,value\n01,A1.1,,50\n")
    elsewhere.do("marks", elsewhere.file, keyed)
    elsewhere.do("export", elsewhere.file, "-o", second)
    bad = morning.write("bad.bundle", b"not a bundle")
    ran = morning.run("merge", morning.file, second, bad)
    assert ran.status == 2
    assert "second.bundle" in ran.out
    assert "bad.bundle" in ran.err
    assert "second.bundle: 0 new" in morning.do("merge", morning.file, second)
