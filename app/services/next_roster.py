"""The columns in which people are handed on to another competition's file, which imports them."""

from __future__ import annotations

from collections.abc import Sequence

from app.storage.people import Person
from app.words import Words

COLUMNS = ("name", "unit", "id", "id_kind", "team", "group", "grade", "rank", "total", "note")


def headings(words: Words) -> tuple[str, ...]:
    """The headings of ``COLUMNS``, as the import of a roster knows them."""
    return tuple(words.say(f"promotion.{name}") for name in COLUMNS)


def person_lines(
    person: Person,
    *,
    unit: str,
    group: str,
    grade: str,
    rank: str,
    total: str,
    note: str,
) -> Sequence[tuple[str, ...]]:
    """A line for every person; those of one team follow one another."""
    team = person.name if person.members else ""
    names = person.members or (person.name,)
    ids = (person.member_ids or ("",) * len(names)) if person.members else (person.id_number,)
    return [
        (name, unit, document, person.id_kind, team, group, grade, rank, total, note)
        for name, document in zip(names, ids, strict=True)
    ]
