"""What a signature, a lock or a check names the marks by that it was given for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from app.storage.queries import CurrentMark


def marks_digest(marks: Iterable[CurrentMark]) -> str:
    """SHA-256 in hex over the marks as JSON arrays, one a line, in the order of entry, aspect,
    judge and record: entry, aspect, judge, record, state, value, measured."""
    encoder = msgspec.json.Encoder()
    lines = sorted(
        (m.entry, m.aspect, m.judge, m.op_id, m.state.value, m.value, m.measured) for m in marks
    )
    digest = hashlib.sha256()
    for line in lines:
        digest.update(encoder.encode(line) + b"\n")
    return digest.hexdigest()
