"""``submit`` and ``receipts``: a file was handed in, and the paper that says so."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import entry_of, event_of, opened
from app.cli.output import FINE, print_json, tell
from app.domain.countdown import format_duration
from app.domain.ids import ModuleId
from app.paths import check_target
from app.reports.submission_receipt import write_submission_receipts
from app.services import rules
from app.services.submission_receipts import submission_receipts
from app.services.submitting import hand_over, read_file, receive, submissions
from app.services.timing import ClockId
from app.words import Words


def submit(
    words: Words,
    *,
    file: Path,
    submission: Path,
    event: str | None,
    module: str,
    entry: str,
    reason: str,
    as_json: bool,
) -> int:
    """Record it and say whether it was in time."""
    with opened(file) as station:
        code = event_of(station, event)
        whose = ClockId(code, ModuleId(module), entry_of(station, code, entry))
        handed = hand_over(station, whose)
        contents = read_file(submission)
        assert contents is not None, "nobody can cancel here"
        fact = receive(station, handed, contents, reason=reason)
    if as_json:
        print_json(
            {
                "event": fact.event,
                "module": fact.module,
                "entry": fact.entry,
                "handed_ms": fact.handed.wall_ms,
                "late_ms": fact.late_ms,
                "sha256": fact.sha256,
                "size": fact.size,
            }
        )
        return FINE
    word = "timing.submitted_late" if fact.late_ms else "timing.submitted"
    late = format_duration(fact.late_ms)
    tell(words.say(word, place=entry, late=late, sha256=fact.sha256))
    return FINE


def receipts(
    words: Words, *, file: Path, out: Path, event: str | None, module: str | None, entry: str | None
) -> int:
    """The receipts for everything handed in, or for one module or entry."""
    check_target(out)
    with opened(file) as station:
        code = event_of(station, event)
        whose = None if entry is None else entry_of(station, code, entry)
        if module is not None:
            rules.rules(station, code).module(ModuleId(module))
        wanted = [
            one
            for one in submissions(station, code)
            if module in {None, one.module} and whose in {None, one.entry}
        ]
        filled = submission_receipts(station, code, wanted, words)
        write_submission_receipts(filled, words, out)
    tell(words.say("timing.receipt_done", count=len(filled), file=out.name))
    return FINE
