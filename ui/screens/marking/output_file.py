"""Counts of output out of a file: chosen, looked at for what it would change, taken in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.counts_import import CountsFile, read_counts_file
from ui.context import ScreenContext
from ui.dialogs import FileKind

if TYPE_CHECKING:
    from ui.screens.marking.output_screen import OutputScreen


def take_in_counts(context: ScreenContext, screen: OutputScreen) -> None:
    """The counts of any days, all of them or none; asks why where one that stands changes.

    What is being typed is recorded first.
    """
    say, presenter = context.words.say, screen.presenter
    if not screen.leave():
        return
    kinds = [FileKind(say("output.kind_counts"), ("*.csv", "*.xlsx", "*.xls", "*.ods"))]
    path = context.ask.open_file(say("output.import"), kinds)
    if path is None:
        return
    read: list[tuple[CountsFile, int]] = []

    def look() -> None:
        file = read_counts_file(path)
        read.append((file, presenter.corrections_in(file)))

    if not screen.banner.attempt(look):
        return
    file, changed = read[0]
    reason = screen.why(changed) if changed else ""
    if reason is None:
        return
    given: list[int] = []
    if screen.banner.attempt(lambda: given.append(presenter.take_in(file, reason=reason))):
        context.announce(say("output.imported", file=file.name, count=given[0]))
