"""The questions before a result is published: why it changes, and everything once more."""

from __future__ import annotations

from app.domain.divisions import by_division
from app.domain.facts import ResultStatus
from app.domain.scheme import Event
from app.services.result_words import division_text
from app.services.results import Standing
from app.words import Words
from ui.dialogs import Confirmation, Questions, asked_why
from ui.screens.results.lines import Lines
from ui.screens.results.rows import Shown, short_hash

_MOST_NAMED = 3


def ask_reason(
    ask: Questions, words: Words, revision: int, *, is_becoming_final: bool
) -> str | None:
    """Why a published result changes, as it will stand in the record; ``None`` to leave it."""
    say = words.say
    codes = ["appeal", "correction", "other"]
    if is_becoming_final:
        codes.insert(0, "final")
    labels = {code: say(f"results.reason_{code}") for code in codes}
    what = say("results.reason_text", revision=revision)
    return asked_why(ask, say("results.reason_title"), what, labels)


def becomes_final(shown: Shown) -> bool:
    """Whether what the public already sees would be final instead of provisional."""
    is_public = shown.standings is not None and shown.standings.is_public
    return is_public and shown.publish_as is ResultStatus.FINAL


def reopens(shown: Shown) -> bool:
    """Whether what was final would be open to appeals again."""
    final = shown.standings is not None and shown.standings.status is ResultStatus.FINAL
    return final and shown.publish_as is ResultStatus.PROVISIONAL


def confirmation(shown: Shown, event: Event, lines: Lines, words: Words) -> Confirmation:
    """Event, revision, status, how many are ranked, the first three and the hash."""
    say, standings = words.say, shown.standings
    assert standings is not None
    revision, status = standings.revision + 1, say(f"results.status_{shown.publish_as.value}")
    ranked = [row for row in shown.rows if row.state == Standing.RANKED]
    first = []
    for division, own in by_division(ranked).items():
        heading = division_text(event, division, words)
        for row in own[:_MOST_NAMED]:
            place = say("results.confirm_place", rank=row.rank or 0)
            label = " · ".join(part for part in (heading, place) if part)
            first.append((label, f"{lines.label(row.entry)}  {row.total}"))
    return Confirmation(
        title=say("results.confirm_title"),
        what=say("results.confirm_reopen" if reopens(shown) else "results.confirm_text"),
        action=say("results.publish", revision=revision, status=status),
        rows=(
            (say("results.confirm_event"), words.pick(event.name, event.name_en)),
            (say("results.confirm_revision"), str(revision)),
            (say("results.confirm_status"), status),
            (say("results.confirm_ranked"), str(len(ranked))),
            *first,
            (say("results.confirm_hash"), short_hash(standings.result_hash)),
        ),
    )
