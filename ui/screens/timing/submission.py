"""A file is handed in: chosen here, read on a worker, recorded with the moment it was chosen."""

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
from ui.dialogs import FileKind, Reason

_AGAIN = ("corrected", "wrong_file", "other")


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
        asked = _ask_again(context, place)
        if asked is None:
            return
        reason = asked
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


def _ask_again(context: ScreenContext, place: str) -> str | None:
    say = context.words.say
    reasons = [Reason(one, say(f"timing.submit_again_{one}"), one == "other") for one in _AGAIN]
    what = say("timing.submit_again_what", place=place)
    chosen = context.ask.reason(say("timing.submit_again_title"), what, reasons)
    if chosen is None:
        return None
    return chosen.note or say(f"timing.submit_again_{chosen.code}")


def _told(fact: SubmissionReceived, place: str, words: Words) -> str:
    if not fact.late_ms:
        return words.say("timing.submitted", place=place, sha256=fact.sha256)
    late = format_duration(fact.late_ms)
    return words.say("timing.submitted_late", place=place, late=late, sha256=fact.sha256)
