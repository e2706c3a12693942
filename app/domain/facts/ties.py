"""Facts of parting a tie that every key leaves: a lot announced, what was decided (同分裁定)."""

from __future__ import annotations

from app.domain.draw import DrawRecipe
from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.scheme import OnRemaining


class TieLotCommitted(Form, frozen=True):
    """同分抽签承诺: which tie will be drawn for, and the hash of the seed."""

    event: EventCode
    recipe: DrawRecipe


class TieDecided(Form, frozen=True):
    """同分裁定: the tied entries, best first; the reason goes with it.

    For a lot ``committed`` is the record that announced it and ``seed`` the hex of what was hashed
    there, so that anyone can draw it again. A later decision about the same tie replaces this one.
    """

    event: EventCode
    entries: tuple[EntryId, ...]
    kind: OnRemaining
    committed: OpId | None = None
    seed: str = ""
