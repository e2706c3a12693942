"""The papers of a draw to a file: put together here, printed on a worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode, ModuleId
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.writing import write_beside


def print_record(context: ScreenContext, event: EventCode, module: ModuleId) -> None:
    """The draw record, fit to be posted."""
    # The printing engine takes a third of a second to load: only when paper is wanted.
    from app.reports.draw_record import write_draw_record
    from app.services.draw_papers import draw_record

    name = context.words.say("draw.record_name", event=event, module=module)
    if (path := _path(context, context.words.say("draw.print"), name)) is not None:
        record = draw_record(context.station, event, module, context.words)
        _write(context, path, lambda: write_draw_record(record, context.words, path))


def print_map(context: ScreenContext, event: EventCode, module: ModuleId) -> None:
    """The confidential code map, for a sealed envelope."""
    from app.reports.draw_record import write_code_map
    from app.services.draw_papers import code_map

    try:
        sealed = code_map(context.station, event, module, context.words)
    except RuleBroken as refused:
        context.fail(refused)
        return
    name = context.words.say("draw.map_name", event=event, module=module)
    if (path := _path(context, context.words.say("draw.print_map"), name)) is not None:
        _write(context, path, lambda: write_code_map(sealed, context.words, path))


def _path(context: ScreenContext, title: str, name: str) -> Path | None:
    kind = FileKind(context.words.say("draw.pdf"), ("*.pdf",))
    return context.ask.save_file(title, name, [kind])


def _write(context: ScreenContext, path: Path, write: Callable[[], int]) -> None:
    write_beside(context, write, context.words.say("draw.printed", file=path.name))
