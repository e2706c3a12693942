"""The one byte form of a value, for whatever is hashed: equal values have equal bytes.

Keys are sorted, nothing is padded, a decimal loses its idle zeros, and a field at its default is
left out where its type says so, however the value was made.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import msgspec
from msgspec import Struct


def canonical_json(value: object) -> bytes:
    """The one byte form of a value: sorted keys, no spaces, decimals without idle zeros."""
    return msgspec.json.encode(_canonical(value), order="sorted")


def _canonical(value: object) -> object:
    match value:
        case Struct():
            return _canonical_struct(value)
        case dict():
            return {key: _canonical(item) for key, item in value.items()}
        case list() | tuple():
            return [_canonical(item) for item in value]
        case Decimal():
            text = format(value, "f")
            return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
        case _:
            return value


def _canonical_struct(value: Struct) -> dict[str, object]:
    # Not left to msgspec: it drops a default that is the very object, not one that equals it, and
    # equal rules read from a file and typed in the editor must have one hash.
    config = value.__struct_config__
    plain: dict[str, object] = {}
    if config.tag_field is not None:
        plain[config.tag_field] = config.tag
    for field in _fields(type(value)):
        item = getattr(value, field.name)
        if not config.omit_defaults or field.required or item != field.default:
            plain[field.encode_name] = _canonical(item)
    return plain


# Asked of msgspec each time, its fields would take four fifths of the time of hashing the rules.
_fields = cache(msgspec.structs.fields)
