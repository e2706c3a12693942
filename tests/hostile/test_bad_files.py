"""Whatever is named in the place of a competition file: one line, status 2, nothing written.

Every command that opens a competition file gets every kind of wrong one. ``verify`` says 1 instead
of 2 for what is a competition file but does not pass.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.laptops import Laptop

Spoil = Callable[[Path], object]


def cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


def half(path: Path) -> None:
    cut(path, path.stat().st_size // 2)


def other_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE ops (a)")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    """As if a later version had been through it and had tidied up after itself."""
    connection = sqlite3.connect(path)
    connection.execute(
        "UPDATE _sqlite_migrations SET name = '9999_from_the_future'"
        " WHERE rowid = (SELECT max(rowid) FROM _sqlite_migrations)"
    )
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def holes(path: Path) -> None:
    """Every page but the first is noise."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + random.Random(7).randbytes(len(content) - 4096))


def torn(path: Path) -> None:
    """The pages that were written last are noise; the catalogue is not."""
    content = path.read_bytes()
    keep = len(content) // 3 // 4096 * 4096
    path.write_bytes(content[:keep] + random.Random(8).randbytes(len(content) - keep))


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT: dict[str, Spoil] = {
    "missing": lambda path: path.unlink(),
    "a folder": directory,
    "empty": lambda path: path.write_bytes(b""),
    "a few bytes": lambda path: cut(path, 50),
    "one page": lambda path: cut(path, 4096),
    "half": half,
    "noise after the first page": holes,
    "text": lambda path: path.write_text("a,b,c\n1,2,3\n" * 40, encoding="utf-8"),
    "noise": lambda path: path.write_bytes(random.Random(1).randbytes(20_000)),
    "another database": other_database,
    "a bundle": lambda path: path.write_bytes(path.with_name("day.bundle").read_bytes()),
    "noise in the last pages": torn,
    "from a newer version": newer,
}

COMMANDS: dict[str, Callable[[Laptop], tuple[object, ...]]] = {
    "roster": lambda laptop: (laptop.folder / "roster.csv",),
    "marks": lambda laptop: (laptop.folder / "marks.csv",),
    "sign": lambda laptop: (),
    "lock": lambda laptop: (),
    "publish": lambda laptop: ("--reason", "again"),
    "results": lambda laptop: (),
    "certificates": lambda laptop: ("-o", laptop.folder / "out.pdf"),
    "export": lambda laptop: ("-o", laptop.folder / "out.bundle"),
    "merge": lambda laptop: (laptop.folder / "day.bundle",),
    "rebuild": lambda laptop: (),
}


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_competition_file_is_refused_by_name(
    laptop: Laptop, command: str, spoilt: str
) -> None:
    SPOILT[spoilt](laptop.file)
    assert "day.plumb" in laptop.refused(command, laptop.file, *COMMANDS[command](laptop))


@pytest.mark.parametrize("spoilt", sorted(SPOILT.keys() - {"a bundle"}))
def test_verify_tells_what_fails_from_what_cannot_be_verified(laptop: Laptop, spoilt: str) -> None:
    SPOILT[spoilt](laptop.file)
    ours = {"one page", "half", "noise after the first page"}
    ours |= {"noise in the last pages", "from a newer version"}
    said = laptop.refused("verify", laptop.file, status=1 if spoilt in ours else 2)
    assert "day.plumb" in said


@pytest.mark.parametrize("spoilt", sorted(SPOILT.keys() - {"a bundle"}))
@pytest.mark.parametrize("command", ["merge", "join"])
def test_a_wrong_bundle_is_refused_by_name(laptop: Laptop, command: str, spoilt: str) -> None:
    bundle = laptop.folder / "in.bundle"
    bundle.write_bytes(laptop.file.read_bytes())
    SPOILT[spoilt](bundle)
    target = laptop.file if command == "merge" else laptop.folder / "new.plumb"
    assert "in.bundle" in laptop.refused(command, target, bundle)


@pytest.mark.parametrize("command", ["results", "verify", "rebuild", "sign", "export"])
def test_any_changed_bytes_are_read_or_refused_in_one_line(laptop: Laptop, command: str) -> None:
    """SQLite has no checksums: damage may lie where only the reader of a record can see it."""
    content = laptop.file.read_bytes()
    chance = random.Random(f"{command} 20261120")
    options = COMMANDS.get(command, lambda laptop: ())(laptop)
    refused = 0
    for count in (1, 2, 20, 200) * 8:
        damaged = bytearray(content)
        for _ in range(count):
            damaged[chance.randrange(100, len(damaged))] = chance.randrange(256)
        for left in laptop.folder.glob("day.plumb*"):
            left.unlink()
        laptop.file.write_bytes(damaged)
        ran = laptop.run(command, laptop.file, *options)
        assert ran.status in {0, 1, 2}
        assert ran.err.count("\n") == (0 if ran.status == 0 else 1), ran.err
        refused += ran.status != 0
    assert refused


def test_what_lies_on_a_write_protected_stick_can_be_verified(laptop: Laptop) -> None:
    before = laptop.listing()
    laptop.do("verify", laptop.file)
    laptop.do("verify", laptop.folder / "day.bundle")
    assert laptop.listing() == before


WRITING = {
    "certificates": lambda laptop, out: ("certificates", laptop.file, "-o", out),
    "export": lambda laptop, out: ("export", laptop.file, "-o", out),
    "scheme": lambda laptop, out: ("scheme", laptop.folder / "scheme.toml", "-o", out),
    **{
        name: lambda laptop, out, name=name: (name, laptop.file, "-o", out)
        for name in ("sheets", "marks-form", "receipts", "nominations", "promote")
    },
}


@pytest.mark.parametrize("command", WRITING)
def test_a_competition_file_is_never_written_over(laptop: Laptop, command: str) -> None:
    """Nobody gets yesterday's marks back from a PDF that has their file's name."""
    other = laptop.folder / "yesterday.plumb"
    shutil.copy(laptop.file, other)
    targets = [laptop.file, other]
    with contextlib.suppress(OSError):  # not everybody may make links on Windows
        (link := laptop.folder / "link.pdf").symlink_to(laptop.file)
        targets.append(link)
    for target in targets:
        assert target.name in laptop.refused(*WRITING[command](laptop, target))


@pytest.mark.parametrize("command", WRITING)
def test_a_place_where_no_file_can_be_is_refused_before_anything_is_recorded(
    laptop: Laptop, command: str
) -> None:
    (laptop.folder / "folder").mkdir()
    for target in (laptop.folder / "folder", laptop.folder / "none" / "out.file"):
        assert target.name in laptop.refused(*WRITING[command](laptop, target))


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("target", ["", ".", os.sep])
def test_what_is_no_name_of_a_file_is_refused_as_one(
    laptop: Laptop, command: str, target: str
) -> None:
    said = laptop.refused(*WRITING[command](laptop, target))
    # A scheme is written in the form that its name's ending asks for, which comes first.
    no_ending, no_file = "must end in .toml or .xlsx", "cannot be written there: it is a folder"
    assert (no_ending if command == "scheme" else no_file) in said


def test_a_new_file_where_none_can_be_is_refused(laptop: Laptop) -> None:
    scheme, bundle = laptop.folder / "scheme.toml", laptop.folder / "day.bundle"
    for target in (laptop.folder / "none" / "new.plumb", scheme / "new.plumb"):
        assert "new.plumb" in laptop.refused("new", target, "--scheme", scheme)
        assert "new.plumb" in laptop.refused("join", target, bundle)


def test_the_demonstration_writes_over_nothing(laptop: Laptop) -> None:
    for folder in (laptop.file, laptop.folder / "scheme.toml"):
        assert folder.name in laptop.refused("demo", "--out", folder)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="whoever is root may write everywhere",
)
def test_a_folder_that_may_only_be_read_can_be_looked_at(laptop: Laptop) -> None:
    laptop.file.chmod(0o444)
    laptop.folder.chmod(0o555)
    try:
        laptop.do("verify", laptop.file)
        said = laptop.refused("marks", laptop.file, laptop.folder / "marks.csv")
        assert "day.plumb" in said
    finally:
        laptop.folder.chmod(0o755)
