"""The questions before a result is published: why it changes, and everything once more."""

from __future__ import annotations

from app.domain.facts import ResultStatus
from app.services.results import Standing
from app.words import Words
from ui.dialogs import Confirmation, Questions, Reason
from ui.screens.results.lines import Lines
from ui.screens.results.rows import Shown, short_hash

_REASONS = ("appeal", "correction", "final", "other")


def ask_reason(ask: Questions, words: Words, revision: int) -> str | None:
    """Why a published result changes, as it will stand in the record; ``None`` to leave it."""
    say = words.say
    offered = [
        Reason(code, say(f"results.reason_{code}"), needs_note=code == "other") for code in _REASONS
    ]
    chosen = ask.reason(
        say("results.reason_title"), say("results.reason_text", revision=revision), offered
    )
    if chosen is None:
        return None
    label = "" if chosen.code == "other" else say(f"results.reason_{chosen.code}")
    return " · ".join(part for part in (label, chosen.note) if part)


def confirmation(
    shown: Shown, title: str, lines: Lines, words: Words, status: ResultStatus
) -> Confirmation:
    """Event, revision, status, how many are ranked, the first three and the hash."""
    say, standings = words.say, shown.standings
    assert standings is not None
    revision = standings.revision + 1
    ranked = [row for row in shown.rows if row.state == Standing.RANKED]
    first = [
        (
            say("results.confirm_place", rank=row.rank or 0),
            f"{lines.label(row.entry)}  {row.total}",
        )
        for row in ranked[:3]
    ]
    return Confirmation(
        title=say("results.confirm_title"),
        what=say("results.confirm_text"),
        action=say("results.publish", revision=revision),
        rows=(
            (say("results.confirm_event"), title),
            (say("results.confirm_revision"), str(revision)),
            (say("results.confirm_status"), say(f"results.status_{status.value}")),
            (say("results.confirm_ranked"), str(len(ranked))),
            *first,
            (say("results.confirm_hash"), short_hash(standings.result_hash)),
        ),
    )
