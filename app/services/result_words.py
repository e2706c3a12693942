"""How a row of a result reads in words: rank, award, division and why it stands apart."""

from __future__ import annotations

from app.domain.division_rules import DividedBy
from app.domain.divisions import INDIVIDUAL, TEAM
from app.domain.facts import PublishedRow
from app.domain.penalty_rules import PenaltyReason
from app.domain.scheme import Aspect, Event
from app.services.results import Standing
from app.words import Words


def rank_text(row: PublishedRow, words: Words) -> str:
    """The rank as printed; outside the awards it is marked as one among such entries."""
    if row.rank is None:
        return ""
    if row.state == Standing.GUEST:
        return words.say("results.guest_rank", rank=row.rank)
    return str(row.rank)


def award_text(event: Event, award: str, words: Words) -> str:
    """An award by the name it has in this language."""
    quota = next((one for one in event.awards.quotas if one.award == award), None)
    return words.pick(award, quota.award_en) if quota else award


def division_text(event: Event, division: str, words: Words) -> str:
    """A division as its heading says; nothing where the event is not divided."""
    match event.divided_by, division:
        case None, _:
            return division
        case _, "":
            return words.say("results.division_none")
        case DividedBy.MEMBERS, str(name) if name in (INDIVIDUAL, TEAM):
            return words.say(f"results.division_{name}")
        case _:
            found = next((group for group in event.groups if group.name == division), None)
            return words.pick(division, found.name_en) if found else division


def state_text(event: Event, row: PublishedRow, words: Words) -> str:
    """What is to be said of a row besides its numbers; nothing of one plainly ranked."""
    said = [] if row.state == Standing.RANKED else [words.say(f"results.state_{row.state}")]
    if not row.reasons:
        return words.say("results.join").join(said)
    named: dict[str, PenaltyReason | Aspect] = {str(one.id): one for one in event.aspects()}
    named |= {reason.code: reason for reason in event.penalties}
    for code in row.reasons:
        reason = named.get(code)
        said.append(words.pick(reason.name, reason.name_en) if reason else code)
    return words.say("results.join").join(said)
