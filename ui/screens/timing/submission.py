"""A file is handed in: chosen here, read on a worker, recorded with the moment it was chosen.

Where one was handed in before, its receipt can be printed instead.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.countdown import format_duration
from app.domain.errors import RuleBroken
from app.domain.facts import SubmissionReceived
from app.problems import Problem
from app.services.benches import benches
from app.services.submitting import FileRead, hand_over, read_file, receive, submissions
from app.services.timing import ClockId
from app.words import Words
from ui.context import ScreenContext
from ui.dialogs import ChosenReason, FileKind, Reason
from ui.writing import write_beside

_AGAIN = ("corrected", "wrong_file", "other")
_RECEIPT = "receipt"


def take_submission(context: ScreenContext, whose: ClockId, refuse: Callable[[str], None]) -> None:
    """Ask for the file, and for a reason if it is not the first one; then record it."""
    station, words = context.station, context.words
    try:
        handed = hand_over(station, whose)
    except (RuleBroken, Problem) as refused:
        refuse(words.explain(refused))
        return
    place = next(one.title for one in benches(station, whose.event) if one.id == whose)
    reason = ""
    if whose in submissions(station, whose.event):
        chosen = _ask_again(context, place)
        if chosen is None:
            return
        if chosen.code == _RECEIPT:
            print_receipt(context, whose, place)
            return
        reason = chosen.note or words.say(f"timing.submit_again_{chosen.code}")
    kind = FileKind(words.say("timing.submit_any"), ("*",))
    path = context.ask.open_file(words.say("timing.submit"), [kind])
    if path is None:
        return

    def done(file: FileRead | None) -> None:
        assert file is not None, "a cancelled reading has no ending"
        try:
            fact = receive(station, handed, file, reason=reason)
        except (RuleBroken, Problem) as refused:
            refuse(words.explain(refused))
        else:
            refuse("")
            context.announce(_told(fact, place, words))

    context.tasks.run(lambda _progress, cancelled: read_file(path, cancelled), done, context.fail)


def print_receipt(context: ScreenContext, whose: ClockId, place: str) -> None:
    """Ask where to, then print the receipt for what was handed in last."""
    say, words = context.words.say, context.words
    kind = FileKind(say("timing.pdf"), ("*.pdf",))
    name = say("timing.receipt_file", event=whose.event, module=whose.module, place=place)
    path = context.ask.save_file(say("timing.receipt"), name, [kind])
    if path is None:
        return
    # The printing engine takes a third of a second to load: only when paper is wanted.
    from app.reports.submission_receipt import write_submission_receipts
    from app.services.submission_receipts import submission_receipts

    receipts = submission_receipts(context.station, whose.event, [whose], words)
    said = say("timing.receipt_done", count=len(receipts), file=path.name)
    write_beside(context, lambda: write_submission_receipts(receipts, words, path), said)


def _ask_again(context: ScreenContext, place: str) -> ChosenReason | None:
    """Why another one is handed in, or that only the receipt is wanted."""
    say = context.words.say
    again = [Reason(one, say(f"timing.submit_again_{one}"), one == "other") for one in _AGAIN]
    what = say("timing.submit_again_what", place=place)
    receipt = Reason(_RECEIPT, say("timing.receipt"))
    return context.ask.reason(say("timing.submit_again_title"), what, [receipt, *again])


def _told(fact: SubmissionReceived, place: str, words: Words) -> str:
    if not fact.late_ms:
        return words.say("timing.submitted", place=place, sha256=fact.sha256)
    late = format_duration(fact.late_ms)
    return words.say("timing.submitted_late", place=place, late=late, sha256=fact.sha256)
