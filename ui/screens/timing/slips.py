"""Time slips to a file: put together here, printed on a worker."""

from __future__ import annotations

from app.domain.ids import EventCode
from app.services.timing import ClockId
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.writing import write_beside


def print_slips(context: ScreenContext, event: EventCode, wanted: tuple[ClockId, ...]) -> None:
    """Ask where to, then print the slips of these clocks."""
    say = context.words.say
    kind = FileKind(say("timing.pdf"), ("*.pdf",))
    name = say("timing.slips_name", event=event)
    path = context.ask.save_file(say("timing.slips"), name, [kind])
    if path is None:
        return
    # The printing engine takes a third of a second to load: only when paper is wanted.
    from app.reports.time_slip import write_time_slips
    from app.services.time_slips import time_slips

    slips = time_slips(context.station, event, wanted, context.words)
    said = say("timing.slips_done", count=len(slips), file=path.name)
    write_beside(context, lambda: write_time_slips(slips, context.words, path), said)
