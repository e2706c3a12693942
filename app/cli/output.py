"""What the command line says: lines and tables for people, one JSON object for scripts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence

import click

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.words import Words

FINE, FAILED, BAD_INPUT = 0, 1, 2
"""The exit status: fine, a check failed, bad usage or input."""


def tell(text: str) -> None:
    """A line on standard output."""
    click.echo(text)


def complain(text: str) -> None:
    """One line on standard error, whatever the text holds."""
    click.echo(" ".join(text.split()), err=True)


def explained(words: Words, refusal: RuleBroken | Problem) -> str:
    """The sentence of a refusal, or its code where a newer part of the program has none yet."""
    try:
        return words.explain(refusal)
    except (KeyError, IndexError):
        return str(refusal)


def print_json(value: Mapping[str, object]) -> None:
    """One JSON object on one line; keys as they are given."""
    click.echo(json.dumps(value, ensure_ascii=False))


def print_table(rows: Sequence[Sequence[str]], *, numbers: frozenset[int] = frozenset()) -> None:
    """Columns aligned also where Chinese characters take two places; the first row is the head."""
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [
            _padded(cell, widths[place], at_left=place not in numbers)
            for place, cell in enumerate(row)
        ]
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int, *, at_left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if at_left else space + text
