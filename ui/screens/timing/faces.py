"""How a clock reads on its tile: time, state in words and colour; no Qt in here."""

from __future__ import annotations

from app.domain.clock import ClockFace, ClockState
from app.domain.countdown import MINUTE_MS, format_duration, format_remaining
from app.domain.facts import SubmissionReceived
from app.services.benches import Bench
from app.words import Words
from ui.theme.tokens import Tone
from ui.widgets.countdown import CountdownFace

AMBER_MS = 5 * MINUTE_MS
"""From here on a tile asks to be looked at."""


def countdown_face(bench: Bench, face: ClockFace, words: Words) -> CountdownFace:
    """The tile of a bench at one moment."""
    tone, word, icon = _state(bench, face, words)
    wants_looking_at = face.uncertain or face.state is ClockState.PAUSED
    if bench.submission is not None and not wants_looking_at:
        word = _handed_in(bench.submission, words)
    whole_ms = bench.clock.limit_ms + bench.clock.granted_ms
    return CountdownFace(
        title=bench.title,
        subtitle=bench.identity or (bench.number if bench.title != bench.number else ""),
        time=format_remaining(face.remaining_ms),
        left=max(0, face.remaining_ms) * 1000 // max(1, whole_ms),
        tone=tone,
        word=word,
        icon=icon,
        rests=face.state is ClockState.PAUSED,
    )


def _state(bench: Bench, face: ClockFace, words: Words) -> tuple[Tone, str, str]:
    say = words.say
    match face.state:
        case ClockState.READY:
            return Tone.IDLE, _readiness(bench, words), ""
        case ClockState.PAUSED:
            reason = say(f"timing.reason_{face.paused_for}")
            return Tone.RUNNING, say("timing.paused", reason=reason), "paused"
        case ClockState.STOPPED:
            used = format_duration(face.used_ms)
            return Tone.DONE, say("timing.stopped", used=used), ""
        case ClockState.OVER:
            return Tone.BLOCKED, say("timing.over"), ""
        case ClockState.RUNNING:
            return *_running(bench, face, words), ""


def _handed_in(submission: SubmissionReceived, words: Words) -> str:
    if not submission.late_ms:
        return words.say("timing.handed_in")
    return words.say("timing.handed_in_late", late=format_duration(submission.late_ms))


def _readiness(bench: Bench, words: Words) -> str:
    if bench.busy_in is not None:
        return words.say("timing.busy_in", module=bench.busy_in)
    return words.say("timing.ready" if bench.checked_in else "timing.not_here")


def _running(bench: Bench, face: ClockFace, words: Words) -> tuple[Tone, str]:
    if face.uncertain and bench.is_kept_here:
        return Tone.ATTENTION, words.say("timing.decide")
    if face.remaining_ms <= AMBER_MS:
        return Tone.ATTENTION, words.say("timing.last_minutes")
    if not bench.is_kept_here:
        return Tone.RUNNING, words.say("timing.elsewhere")
    return Tone.RUNNING, words.say("timing.running")
