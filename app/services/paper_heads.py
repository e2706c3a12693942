"""What the papers of the floor have in common: heading, foot, local times, who acted."""

from __future__ import annotations

from datetime import datetime

from app.domain.facts import ResultsPublished
from app.domain.ids import EventCode
from app.domain.roles import giver_of
from app.reports.paper import Heading, Imprint, Signature
from app.services import rules
from app.services.station import Station
from app.storage.queries import Recorded
from app.words import Words


def heading(station: Station, event: EventCode, words: Words) -> Heading:
    """Competition and event in the language of the paper."""
    competition, found = rules.competition(station), rules.event(station, event)
    return Heading(
        competition=words.pick(competition.title, competition.title_en),
        event=words.pick(found.name, found.name_en),
    )


def imprint(
    station: Station,
    *,
    result_hash: str = "",
    revision: int = 0,
    reference: str = "",
    provisional: bool = False,
) -> Imprint:
    """The foot of a paper printed now."""
    return Imprint(
        printed_at=local_minute(station.now_ms()),
        result_hash=result_hash,
        revision=revision,
        reference=reference,
        provisional=provisional,
    )


def published_note(snapshot: Recorded[ResultsPublished], words: Words) -> str:
    """Which revision a paper shows, whether it is final, and since when it is published."""
    fact, at = snapshot.fact, local_minute(snapshot.at)
    return words.say(f"papers.note_{fact.status.value}", at=at, revision=fact.revision)


def signatures(words: Words, *offices: str) -> tuple[Signature, ...]:
    """A line to sign on for each office, by the key of its name."""
    return tuple(Signature(words.say(office)) for office in offices)


def local_minute(at_ms: int) -> str:
    """UTC ms as the local date and time to the minute."""
    return _local(at_ms).strftime("%Y-%m-%d %H:%M")


def local_moment(at_ms: int) -> str:
    """UTC ms as the local date and time to the second."""
    return _local(at_ms).strftime("%Y-%m-%d %H:%M:%S")


def local_second(at_ms: int) -> str:
    """UTC ms as the local time of day to the second."""
    return _local(at_ms).strftime("%H:%M:%S")


def who(by: str, words: Words) -> str:
    """An op's ``by`` as people read it: ``judge:J1`` is judge 1, ``scorekeeper/AB`` that one."""
    giver = giver_of(by)
    if giver.judge:
        name = words.say("frame.role_judge", number=giver.judge.removeprefix("J"))
    else:
        name = words.say(f"frame.role_{giver.office}")
    return f"{name} {giver.initials}" if giver.initials else name


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000).astimezone()
