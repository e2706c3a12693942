"""What is not settled in a module, quick enough to be asked for after every mark.

What is open in one entry is worked out again only when its score is another.
"""

from __future__ import annotations

from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.signoff import OpenWork, open_work_of, to_be_marked, together
from app.services.live import LiveBoard, board
from app.services.station import Station


def module_work(station: Station, event: EventCode, module: ModuleId) -> OpenWork:
    """What is not settled in a module, over the entries that are to be marked."""
    live = board(station, event)
    return together(entry_work(live, entry, module) for entry in to_be_marked(live.scores))


def entry_work(live: LiveBoard, entry: EntryId, module: ModuleId) -> OpenWork:
    """The same of one entry."""
    score = live.scores.score(entry)
    known = live.open_work.get((module, entry))
    if known is None or known[0] is not score:
        known = live.open_work[module, entry] = score, open_work_of(live.scores, entry, module)
    return known[1]
