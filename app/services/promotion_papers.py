"""The promotion list as a paper to be signed, or as the roster of the next round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from app.domain.ids import EntryId, EventCode
from app.paths import check_target
from app.reports.promotion_list import PromotionList, PromotionRow, write_promotion_list
from app.reports.signed_list import SignedList
from app.services import paper_heads, roll, rules
from app.services.promotion import (
    NotPromoted,
    Promoted,
    Promotion,
    promotion,
    promotion_roster,
)
from app.services.result_words import division_text
from app.services.roll import Registered
from app.services.station import Station
from app.words import Words


def promotion_rows(
    station: Station, event: EventCode, found: Promotion, words: Words
) -> tuple[PromotionRow, ...]:
    """Everybody of the list in words: who goes up, who stands by, who does not and why."""
    people = {one.entry.id: one for one in roll.registered(station, event)}
    in_force = rules.event(station, event)

    def row(one: Promoted | NotPromoted) -> PromotionRow:
        who, person = one.who, people[one.who.entry].person
        standing, note = _standing(one, people, words)
        return PromotionRow(
            division=division_text(in_force, one.row.division, words),
            rank=str(one.row.rank),
            entry=who.number,
            name=words.pick(person.name, person.name_en) if person else "",
            unit=who.unit,
            total=one.row.total,
            standing=standing,
            note=note,
        )

    listed: tuple[Promoted | NotPromoted, ...] = (*found.found, *found.others)
    return tuple(row(one) for one in listed)


def promotion_list(station: Station, event: EventCode, words: Words) -> PromotionList:
    """The list to be signed, of the snapshot in force."""
    found = promotion(station, event)
    fact = found.snapshot.fact
    reserves = sum(one.reserve is not None for one in found.found)
    return SignedList(
        heading=paper_heads.heading(station, event, words),
        imprint=paper_heads.imprint(station, result_hash=fact.result_hash, revision=fact.revision),
        rows=promotion_rows(station, event, found, words),
        signatures=paper_heads.signatures(
            words, "papers.sign_chief", "papers.sign_supervision", "papers.sign_organiser"
        ),
        notes=(
            words.say("promotion.going", count=len(found.found) - reserves, reserves=reserves),
            words.say("promotion.paper-note"),
            paper_heads.published_note(found.snapshot, words),
        ),
    )


def promotion_writer(
    station: Station, event: EventCode, words: Words, target: Path
) -> Callable[[], int]:
    """What writes the list as the name's ending says and returns the entries on it.

    Everything is read already, so it may write on another thread.
    """
    check_target(target)
    if target.suffix.lower() != ".pdf":
        return promotion_roster(station, event, words, target)
    content = promotion_list(station, event, words)

    def write_paper() -> int:
        write_promotion_list(content, words, target)
        return len(content.rows)

    return write_paper


def _standing(
    one: Promoted | NotPromoted, people: Mapping[EntryId, Registered], words: Words
) -> tuple[str, str]:
    """How somebody stands, and why."""
    say = words.say
    why = say(f"promotion.why-{one.left_out.value}") if one.left_out is not None else ""
    match one:
        case Promoted(instead_of=str(other)):
            return say("promotion.stepped-up", number=people[other].entry.number), ""
        case Promoted(reserve=int(place)):
            return say("promotion.stands-by", place=place), why
        case Promoted():
            return say("promotion.goes"), ""
        case NotPromoted(left_out=None, declined=reason):
            return say("promotion.declined"), reason
        case _:
            return say("promotion.left-out"), why
