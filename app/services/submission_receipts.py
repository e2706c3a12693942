"""Receipts for what was handed in (作品提交回执), filled in from the record."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.countdown import format_duration
from app.domain.errors import RuleBroken
from app.domain.facts import SubmissionReceived
from app.domain.ids import EventCode
from app.reports.submission_receipt import HandedIn, SubmissionReceipt
from app.services import rules
from app.services.benches import Bench, benches
from app.services.paper_heads import heading, imprint, local_moment, signatures, who
from app.services.station import Station
from app.services.submitting import submissions
from app.services.timing import ClockId
from app.storage.queries import Recorded
from app.words import Words


def submission_receipts(
    station: Station, event: EventCode, wanted: Sequence[ClockId], words: Words
) -> tuple[SubmissionReceipt, ...]:
    """A receipt for each of these clocks with a submission, in the order of their benches.

    Raises ``RuleBroken("submission-none")`` when nothing of this was handed in.
    """
    received = submissions(station, event)
    receipts = tuple(
        _receipt(station, bench, received[bench.id], words)
        for bench in benches(station, event)
        if bench.id in wanted and bench.id in received
    )
    if not receipts:
        raise RuleBroken("submission-none")
    return receipts


def _receipt(
    station: Station, bench: Bench, received: Sequence[Recorded[SubmissionReceived]], words: Words
) -> SubmissionReceipt:
    module = rules.event(station, bench.id.event).module(bench.id.module)
    *earlier, counts = received
    return SubmissionReceipt(
        heading=heading(station, bench.id.event, words),
        imprint=imprint(station, reference=counts.op_id),
        module=f"{module.id} {words.pick(module.name, module.name_en)}",
        entry="" if module.blind else bench.number,
        identity=bench.identity,
        workplace=bench.workplace,
        counts=_handed_in(counts, words),
        earlier=tuple(_handed_in(one, words) for one in earlier),
        signatures=signatures(words, "timing.sign_floor", "timing.sign_competitor"),
    )


def _handed_in(recorded: Recorded[SubmissionReceived], words: Words) -> HandedIn:
    fact, say = recorded.fact, words.say
    late = say("timing.receipt_late_by", late=format_duration(fact.late_ms))
    return HandedIn(
        at=local_moment(fact.handed.wall_ms),
        late=late if fact.late_ms else say("timing.receipt_in_time"),
        size=say("timing.receipt_bytes", size=f"{fact.size:,}"),
        sha256=fact.sha256,
        by=who(recorded.by, words),
        reason=recorded.reason,
    )
