"""What a form is built from: a field, how it is edited, and the columns of one that is a list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is edited."""

    TEXT = "text"
    NUMBER = "number"
    LINES = "lines"
    FLAG = "flag"
    CHOICE = "choice"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the scheme's field; ``choices`` are codes, empty for free text."""

    name: str
    choices: tuple[str, ...] = ()
    is_number: bool = False
    stretches: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: ``name`` is the scheme's, ``choices`` the codes of a choice.

    ``said`` are the choices as they are called, where they are things of the scheme and no words.
    ``label`` is the key of its word, that of the name unless told. A field of rows has its
    ``columns`` and a ``blank`` row to add.
    """

    name: str
    kind: Kind
    value: str
    choices: tuple[str, ...] = ()
    label: str = ""
    columns: tuple[Column, ...] = ()
    blank: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
