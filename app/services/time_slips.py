"""Time slips (时间单, 补时单), put together from the events of a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.clock import Clock, ClockFace, ClockState
from app.domain.clock_events import (
    ClockEvent,
    ClockPaused,
    ClockReopened,
    ClockResumed,
    ClockReviewed,
    ClockStarted,
    ClockStopped,
    TimeGranted,
)
from app.domain.countdown import format_duration, format_remaining
from app.domain.facts import ClockMoved, SubmissionReceived
from app.domain.ids import EventCode
from app.domain.readings import Reading, stretch_between
from app.reports.time_slip import ClockLine, TimeSlip
from app.services import clocks, rules
from app.services.benches import Bench, benches
from app.services.paper_heads import heading, imprint, local_second, signatures, who
from app.services.station import Station
from app.services.submitting import submissions
from app.services.timing import ClockId
from app.storage.queries import Recorded
from app.words import Words

_EVENTS: Mapping[type[ClockEvent], str] = {
    ClockStarted: "started",
    ClockPaused: "paused",
    ClockResumed: "resumed",
    TimeGranted: "granted",
    ClockStopped: "stopped",
    ClockReopened: "reopened",
    ClockReviewed: "reviewed",
}


def time_slips(
    station: Station, event: EventCode, wanted: Sequence[ClockId], words: Words
) -> tuple[TimeSlip, ...]:
    """The slips of these clocks, in the order of their benches; those not started have none."""
    found = rules.event(station, event)
    timed = clocks.timed(station, found)
    received = submissions(station, event)
    now = station.time.reading()
    return tuple(
        _slip(
            station,
            bench,
            timed[bench.id.entry, bench.id.module].records,
            received.get(bench.id, ()),
            now,
            words,
        )
        for bench in benches(station, event)
        if bench.id in wanted and (bench.id.entry, bench.id.module) in timed
    )


def _slip(
    station: Station,
    bench: Bench,
    records: Sequence[Recorded[ClockMoved]],
    received: Sequence[Recorded[SubmissionReceived]],
    now: Reading,
    words: Words,
) -> TimeSlip:
    module = rules.event(station, bench.id.event).module(bench.id.module)
    face = bench.clock.at(now)
    paused_ms = sum(pause.length_ms(now) for pause in bench.clock.pauses)
    return TimeSlip(
        heading=heading(station, bench.id.event, words),
        imprint=imprint(station, reference=records[-1].op_id),
        module=f"{module.id} {words.pick(module.name, module.name_en)}",
        entry=bench.number if not module.blind else "",
        identity=bench.identity,
        workplace=bench.workplace,
        limit=format_duration(bench.clock.limit_ms),
        used=format_duration(face.used_ms),
        paused=format_duration(paused_ms),
        granted=format_duration(bench.clock.granted_ms),
        remaining=format_remaining(face.remaining_ms),
        events=(
            *(_line(recorded, bench.clock, words) for recorded in records),
            *(_receipt(one, words) for one in received),
        ),
        flags=_flags(bench.clock, face, words),
        signatures=signatures(
            words, "timing.sign_competitor", "timing.sign_floor", "timing.sign_chief"
        ),
    )


def _line(recorded: Recorded[ClockMoved], clock: Clock, words: Words) -> ClockLine:
    moved = recorded.fact.moved
    length, reason = "", recorded.reason
    match moved:
        case ClockPaused(reading=reading, reason=code):
            reason = _reason(code, recorded.reason, words)
            length = _pause_length(clock, reading)
        case (
            TimeGranted(granted_ms=given_ms, reason=code)
            | ClockReviewed(lost_ms=given_ms, reason=code)
        ):
            reason = _reason(code, recorded.reason, words)
            length = format_duration(given_ms)
        case ClockReopened(reading=reading, last_seen=seen):
            length = format_duration(max(0, reading.wall_ms - seen.wall_ms))
        case ClockStarted() | ClockResumed() | ClockStopped():
            pass
    return ClockLine(
        at=local_second(moved.reading.wall_ms),
        what=words.say(f"timing.event_{_EVENTS[type(moved)]}"),
        length=length,
        reason=reason,
        by=who(recorded.by, words),
    )


def _receipt(recorded: Recorded[SubmissionReceived], words: Words) -> ClockLine:
    fact = recorded.fact
    file = words.say("timing.submission_file", size=fact.size, sha256=fact.sha256)
    return ClockLine(
        at=local_second(fact.handed.wall_ms),
        what=words.say("timing.event_submitted_late" if fact.late_ms else "timing.event_submitted"),
        length=format_duration(fact.late_ms) if fact.late_ms else "",
        reason=f"{file} · {recorded.reason}" if recorded.reason else file,
        by=who(recorded.by, words),
    )


def _pause_length(clock: Clock, since: Reading) -> str:
    for pause in clock.pauses:
        if pause.since == since and pause.until is not None:
            return format_duration(stretch_between(since, pause.until).elapsed_ms)
    return ""


def _reason(code: str, note: str, words: Words) -> str:
    said = words.say(f"timing.reason_{code}")
    return f"{said}: {note}" if note else said


def _flags(clock: Clock, face: ClockFace, words: Words) -> tuple[str, ...]:
    """What the chief judge should see before signing."""
    found = [
        words.say(
            "timing.flag_gap",
            since=local_second(gap.since.wall_ms),
            until=local_second(gap.until.wall_ms),
            length=format_duration(gap.counted_ms),
        )
        for gap in face.uncertain
    ]
    found += [
        words.say(
            "timing.flag_jump", at=local_second(jump.until.wall_ms), seconds=jump.by_ms // 1000
        )
        for jump in face.jumps
    ]
    found += [
        words.say(
            "timing.flag_refused",
            at=local_second(refused.event.reading.wall_ms),
            why=words.explain(refused.refusal),
        )
        for refused in clock.refused
    ]
    if face.state is not ClockState.STOPPED:
        found.append(words.say("timing.flag_running"))
    return tuple(found)
