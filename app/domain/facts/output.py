"""Facts of output counted by day (产量)."""

from __future__ import annotations

from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode


class OutputCounted(Form, frozen=True):
    """计数: what a team put out on an ISO date, as the decimal text that was typed.

    There is one count a team and day; a correction replaces it and says why.
    """

    event: EventCode
    entry: EntryId
    day: str
    quantity: str
