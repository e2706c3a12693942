"""A laptop driven by the command line: a folder with a competition file and a home of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.program import main
from tests.samples.welding import MARKS, ROSTER, SCHEME


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Laptop:
    """A folder with a competition file in it, and the station's own folder inside."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "day.plumb"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *arguments: object) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("PLUMBLINE_HOME", str(self.home))
            patched.setenv("LC_ALL", "en_GB.UTF-8")
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = main([str(argument) for argument in arguments])
        return Ran(status, out.getvalue(), err.getvalue())

    def do(self, *arguments: object) -> str:
        """The output of a command that must succeed without a complaint."""
        ran = self.run(*arguments)
        assert (ran.status, ran.err) == (0, ""), ran
        return ran.out

    def asked(self, *arguments: object) -> dict[str, Any]:
        """The one JSON object of a command that must succeed."""
        answer = self.do(*arguments, "--json")
        assert answer.count("\n") == 1
        found: dict[str, Any] = json.loads(answer)
        return found

    def refused(self, *arguments: object, status: int = 2) -> str:
        """The one line of a command that must refuse; nothing at all may have been written."""
        before = self.listing()
        ran = self.run(*arguments)
        assert self.listing() == before, "something was written"
        assert ran.status == status, ran
        assert ran.err.count("\n") == 1, ran.err
        assert "Traceback" not in ran.err
        return ran.err.strip()

    def listing(self) -> dict[str, str]:
        """Every file of the laptop with a digest of its content, folders with none."""
        return {
            str(path.relative_to(self.folder)): (
                hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            )
            for path in sorted(self.folder.rglob("*"))
        }


def small_event(folder: Path, *, marks: str = MARKS) -> Laptop:
    """Two entries, one module, rules in force; with the marks given, not signed yet."""
    laptop = Laptop(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scheme = laptop.write("scheme.toml", SCHEME)
    roster = laptop.write("roster.csv", ROSTER)
    laptop.do("new", laptop.file, "--scheme", scheme, "--roster", roster, "--award", "一等奖=1")
    if marks:
        laptop.do("marks", laptop.file, laptop.write("marks.csv", marks))
    return laptop
