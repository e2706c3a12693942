"""The code in a certificate's corner: what was awarded to whom, signed, checkable with no network.

``PLUMB1.`` is followed by base45 (RFC 9285), which a QR code stores most tightly. Its bytes are the
32 of the public key, the 64 of the Ed25519 signature, and the claim as a MessagePack array in the
order of its fields. The signature is over ``plumbline certificate 1``, a line feed, and the claim.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from app.bundles import base45, signing
from app.domain.errors import RuleBroken

PREFIX = "PLUMB1."
_KEY, _SIGNATURE, _LONGEST = 32, 64, 4_000


class CertificateClaim(Struct, frozen=True, kw_only=True, array_like=True):
    """What a certificate says. ``result_hash`` is the published one in hex; ``date`` ISO.

    ``name`` is the recipient's: the paper shows it anyway, and without it a code could be moved to
    another person's certificate.
    """

    competition: str
    event: str
    number: str
    award: str
    name: str
    unit: str
    result_hash: str
    station: str
    date: str


class _Packed(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The same on the wire, with the hash as bytes, which halves it."""

    competition: str
    event: str
    number: str
    award: str
    name: str
    unit: str
    result_hash: bytes
    station: str
    date: str


@dataclass(frozen=True, slots=True)
class CheckedCode:
    """A code that was read. ``fingerprint`` is of the key it was signed with, to be compared."""

    claim: CertificateClaim
    is_genuine: bool
    public_key: str

    @property
    def fingerprint(self) -> str:
        return signing.fingerprint(self.public_key)


def sign_code(key: Ed25519PrivateKey, claim: CertificateClaim) -> str:
    """The text for the QR code; about 350 characters. ``claim.result_hash`` must be hex."""
    fields = msgspec.structs.asdict(claim) | {"result_hash": bytes.fromhex(claim.result_hash)}
    packed = msgspec.msgpack.encode(_Packed(**fields))
    public = key.public_key().public_bytes_raw()
    return PREFIX + base45.encode(public + key.sign(_message(packed)) + packed)


def is_code(text: str) -> bool:
    """Whether the text claims to be a certificate's code."""
    return text.strip().startswith(PREFIX)


def check_code(text: str) -> CheckedCode:
    """What a code says and whether its signature holds.

    A changed code either fails its signature or cannot be read at all; the latter raises
    ``RuleBroken("certificate-code-unreadable")``. Whose key it is must be compared: with the
    station's record in a bundle, or with the fingerprint the organiser published.
    """
    stripped = text.strip()
    if not stripped.startswith(PREFIX) or len(stripped) > _LONGEST:
        raise RuleBroken("certificate-code-unreadable")
    try:
        content = base45.decode(stripped.removeprefix(PREFIX))
        packed = content[_KEY + _SIGNATURE :]
        fields = msgspec.structs.asdict(msgspec.msgpack.decode(packed, type=_Packed))
    except (ValueError, msgspec.MsgspecError) as error:
        raise RuleBroken("certificate-code-unreadable") from error
    public_key = content[:_KEY].hex()
    signature = content[_KEY : _KEY + _SIGNATURE].hex()
    return CheckedCode(
        claim=CertificateClaim(**(fields | {"result_hash": fields["result_hash"].hex()})),
        is_genuine=signing.is_signed(public_key, _message(packed), signature),
        public_key=public_key,
    )


def _message(packed: bytes) -> bytes:
    return b"plumbline certificate 1\n" + packed
