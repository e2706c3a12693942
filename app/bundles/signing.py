"""Ed25519 signatures: who makes them, over what bytes, and how they are checked.

Every signed message begins with a line that says what it is, so that a signature made for one
purpose can never be passed off as another's.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain.ids import StationId


def new_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half as 64 hex characters, as ``StationOpened`` carries it."""
    return key.public_key().public_bytes_raw().hex()


def fingerprint(public_key: str) -> str:
    """The first sixteen characters in groups of four, to be compared by reading aloud."""
    return " ".join(public_key[start : start + 4] for start in range(0, 16, 4)).upper()


def head_message(station: StationId, seq: int, head_hash: bytes) -> bytes:
    """What a station signs of its chain: ``plumbline head 1``, station, seq and hash, by lines."""
    return f"plumbline head 1\n{station}\n{seq}\n{head_hash.hex()}".encode()


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    """The signature in hex."""
    return key.sign(message).hex()


def is_signed(public_key: str, message: bytes, signature: str) -> bool:
    """Whether the holder of the key signed exactly these bytes; malformed input is a plain no."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
