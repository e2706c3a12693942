"""The form that every fact shares."""

from __future__ import annotations

from msgspec import Struct


class Form(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """Frozen, named fields only, defaults not written; it adds no behaviour and is no fact.

    A fact is a tree, so the collector of cycles need not look at hundreds of thousands of them.
    """
