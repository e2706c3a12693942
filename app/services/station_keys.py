"""The signing keys of this laptop, kept outside the competition files they sign for.

A file that was copied to another laptop finds no key there and takes a new station id; so does a
second copy on this laptop, and an old backup that was put back after its station had already shared
later records. That way no two files ever write different ops under one id.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from app.bundles import signing
from app.domain.ids import StationId

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class _Kept(Struct, frozen=True):
    station: str
    private: str
    path: str
    shared_seq: int = 0


@dataclass(frozen=True, slots=True)
class StationKey:
    """The id this laptop writes under in one file, and the key it signs with."""

    station: StationId
    key: Ed25519PrivateKey


def find_key(
    home: Path, file_id: str, path: Path | None, head_seq: Mapping[StationId, int]
) -> StationKey | None:
    """The key this laptop already has for this file, unless the file may not go on under it.

    ``head_seq`` tells how far each station's chain reaches in the file.
    """
    for kept in _kept(home, file_id):
        elsewhere = Path(kept.path)
        is_copy = path is not None and elsewhere != path.absolute() and elsewhere.exists()
        is_behind = head_seq.get(StationId(kept.station), 0) < kept.shared_seq
        if not is_copy and not is_behind:
            key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept.private))
            return StationKey(StationId(kept.station), key)
    return None


def make_key(taken: frozenset[str]) -> StationKey:
    """A new station id, four characters without look-alikes, and a new key."""
    while True:
        station = "".join(secrets.choice(_LETTERS) for _ in range(4))
        if station not in taken:
            return StationKey(StationId(station), signing.new_key())


def keep_key(
    home: Path, file_id: str, path: Path | None, key: StationKey, *, shared_seq: int = 0
) -> None:
    """Store the key durably, with how far its chain has been handed to others."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    kept = _Kept(
        station=key.station,
        private=key.key.private_bytes_raw().hex(),
        path=str(path.absolute()) if path else "",
        shared_seq=shared_seq,
    )
    target = folder / f"{file_id}-{key.station}.json"
    partial = target.with_suffix(".part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(msgspec.json.encode(kept))
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(target)


def forget_key(home: Path, file_id: str, station: StationId) -> None:
    """Remove the key of a file that was given up before anything in it left this laptop."""
    (home / "keys" / f"{file_id}-{station}.json").unlink(missing_ok=True)


def _kept(home: Path, file_id: str) -> list[_Kept]:
    """The keys of a file. One that cannot be read is as good as lost: a new one takes its place."""
    decoder = msgspec.json.Decoder(_Kept)
    found = []
    for path in sorted((home / "keys").glob(f"{file_id}-*.json")):
        with suppress(msgspec.MsgspecError):
            found.append(decoder.decode(path.read_bytes()))
    return found
