"""Facts between two rounds: who could go up and does not want to (晋级)."""

from __future__ import annotations

from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode


class PromotionDeclined(Form, frozen=True):
    """放弃晋级: an entry that was to go up, or stood by, gives its place away; the op says why."""

    event: EventCode
    entry: EntryId
