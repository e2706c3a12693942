"""The repository as text and as syntax trees, for the tests that read it.

Files are found on disk, not asked of git, so that a rule is met before a file is committed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = resource().parent
LEFT_BEHIND = {"demo-out", "shots-out", "build", "dist", "__pycache__"}  # by the commands of dev.py


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path below the root with forward slashes, and what it says."""

    path: str
    text: str
    tree: ast.Module

    def is_in(self, folder: str) -> bool:
        return self.path.startswith(folder + "/")


@cache
def modules(*packages: str) -> tuple[Module, ...]:
    """Every module of the packages, ``modules("app", "ui")``."""
    found = []
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(ROOT).as_posix()
            found.append(Module(name, text, ast.parse(text, filename=name)))
    return tuple(found)


def repository_files() -> Iterator[Path]:
    """Every file of the repository; not .git, .venv, caches and what the commands leave."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            hidden = path.name.startswith(".") and path.name != ".ci"
            if path.is_file():
                yield path
            elif not hidden and path.name not in LEFT_BEHIND:
                folders.append(path)


def calls(module: Module, *names: str) -> Iterator[ast.Call]:
    """Every call of a function or method with one of these names, ``f()`` as well as ``x.f()``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name) if name in names:
                    yield node
                case _:
                    continue


def strings(node: ast.AST) -> list[str]:
    """The string literals that an expression can come to: one, or both sides of a choice."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return strings(body) + strings(orelse)
        case _:
            return []
