"""The way a fresh machine is set up: dev.py, the lock, and the licences of what it installs."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

import dev
from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    """The packages that requirements name, without those only an extra would bring."""
    found = set()
    for requirement in requirements:
        if "extra ==" not in requirement and "python_version <" not in requirement:
            found.add(normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]))
    return found


def locked() -> dict[str, str]:
    """Package to the rest of its entry in the lock."""
    text = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    return {normal(name): rest for name, _, rest in (entry.partition("==") for entry in entries)}


def declared() -> tuple[list[str], list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["dependencies"], project["dependency-groups"]["dev"]


def test_everything_that_is_declared_is_locked() -> None:
    runtime, development = declared()
    assert names(runtime + development) - locked().keys() == set()


def test_every_locked_package_has_hashes_and_no_address() -> None:
    entries = locked()
    assert len(entries) > 40
    for name, entry in entries.items():
        assert "--hash=sha256:" in entry, name
        assert "://" not in entry, name


def test_everything_that_is_shipped_is_named_in_the_notice() -> None:
    shipped: set[str] = set()
    waiting = names(declared()[0])
    while waiting:
        name = waiting.pop()
        shipped.add(name)
        waiting |= names(metadata.requires(name) or []) - shipped
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    qt = {"pyside6-essentials", "pyside6-pdf", "shiboken6"}
    assert "pyside6, shiboken" in notice
    assert {name for name in shipped - qt if f"  {name}" not in notice} == set()


def test_a_half_made_or_outdated_environment_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    assert not dev.environment_is_current()
    dev.STAMP.write_text("0" * 64, "ascii")
    assert not dev.environment_is_current()


def test_a_python_that_is_too_old_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (99, 1))
    assert dev.main(["test"]) == 2
    assert "Python 99.1 or newer is needed" in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["biuld"]])
def test_a_command_that_is_missing_or_unknown_is_bad_usage(arguments: list[str]) -> None:
    assert dev.main(arguments) == 2


def test_a_killed_command_ends_as_a_shell_would_report_it() -> None:
    if dev.os.name == "nt":
        pytest.skip("Windows has no signals")
    kill_itself = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert dev.python("-c", kill_itself) == 137
