"""Names and contact data: plain rows outside the log, tied to it by a salted digest.

The log says only ``person_digest``. Whoever holds the file can check that a name is the one that
was registered; whoever holds the log alone learns nothing; and a person's row can be purged.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from app.domain.canonical import canonical_json

_PURGED = "purged/"


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A competitor, team or judge as the papers need them. ``members`` are a team's names.

    ``id_kind`` is empty for a resident ID, else what the document is called; ``member_ids`` stand
    in the order of ``members``.
    """

    name: str
    name_en: str = ""
    id_number: str = ""
    members: tuple[str, ...] = ()
    note: str = ""
    id_kind: str = ""
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A stored person: ``key`` is the entry id or ``event/judge``."""

    key: str
    person: Person
    salt: str
    digest: str


def digest_of(person: Person, salt: str) -> str:
    """SHA-256 over the salt and the canonical form of the person, in hex."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical_json(person)).hexdigest()


def put(connection: sqlite3.Connection, key: str, person: Person, salt: str) -> str:
    """Store or replace a person inside a transaction; returns the digest for the log."""
    digest = digest_of(person, salt)
    put_record(connection, PersonRecord(key, person, salt, digest))
    return digest


def put_record(connection: sqlite3.Connection, record: PersonRecord) -> None:
    """Store a person as another laptop holds them, salt and digest included."""
    connection.execute(
        "INSERT INTO people (person, salt, details, digest) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (person) DO UPDATE SET salt = excluded.salt, details = excluded.details,"
        " digest = excluded.digest",
        (record.key, record.salt, canonical_json(record.person).decode(), record.digest),
    )


def find(connection: sqlite3.Connection, key: str) -> Person | None:
    """The person of a key, ``None`` when purged or never here."""
    found = connection.execute("SELECT details FROM people WHERE person = ?", (key,)).fetchone()
    return msgspec.json.decode(found[0], type=Person) if found else None


def everyone(connection: sqlite3.Connection) -> Mapping[str, Person]:
    """Every stored person by key."""
    decoder = msgspec.json.Decoder(Person)
    rows = connection.execute("SELECT person, details FROM people")
    return {key: decoder.decode(details) for key, details in rows}


def records(connection: sqlite3.Connection) -> list[PersonRecord]:
    """Every stored person with salt and digest, as a bundle carries them."""
    decoder = msgspec.json.Decoder(Person)
    rows = connection.execute("SELECT person, details, salt, digest FROM people ORDER BY person")
    return [
        PersonRecord(key, decoder.decode(text), salt, digest) for key, text, salt, digest in rows
    ]


def purge(connection: sqlite3.Connection, key: str) -> None:
    """Forget a person for good; the log stays verifiable.

    The salted digest is kept, so that a merge does not bring the same record back.
    """
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(
        "INSERT OR REPLACE INTO file_facts (name, value)"
        " SELECT ? || person, digest FROM people WHERE person = ?",
        (_PURGED, key),
    )
    connection.execute("DELETE FROM people WHERE person = ?", (key,))
    connection.execute("DELETE FROM photos WHERE person = ?", (key,))


def purged(connection: sqlite3.Connection) -> Mapping[str, str]:
    """The digest of every person that was purged from this file, by key."""
    rows = connection.execute(
        "SELECT substr(name, ?), value FROM file_facts WHERE substr(name, 1, ?) = ?",
        (len(_PURGED) + 1, len(_PURGED), _PURGED),
    )
    return dict(rows)


def put_photo(connection: sqlite3.Connection, key: str, image: bytes) -> None:
    connection.execute(
        "INSERT INTO photos (person, image) VALUES (?, ?)"
        " ON CONFLICT (person) DO UPDATE SET image = excluded.image",
        (key, image),
    )


def photo(connection: sqlite3.Connection, key: str) -> bytes | None:
    found = connection.execute("SELECT image FROM photos WHERE person = ?", (key,)).fetchone()
    return found[0] if found else None
