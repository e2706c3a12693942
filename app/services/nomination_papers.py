"""The list of nominations filled in, as the paper to be signed and as the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from app.domain.award_rules import Outcome, OutcomeKind, StarBand
from app.domain.ids import EventCode
from app.reports.nominations import NominationRow, NominationsList, write_nominations
from app.reports.signed_list import SignedList
from app.services import paper_heads
from app.services.list_files import list_writer
from app.services.nominations import Nominee, Nominees, nominees
from app.services.result_words import award_text, division_text
from app.services.station import Station
from app.sheets.list_table import ListTable
from app.words import Words

_FIELDS = (
    "division",
    "rank",
    "entry",
    "name",
    "unit",
    "held",
    "total",
    "award",
    "scaled",
    "medal",
    "star",
    "proposed",
    "basis",
)


def nominations_list(station: Station, event: EventCode, words: Words) -> NominationsList:
    """The list to be signed, of the snapshot in force."""
    found = nominees(station, event)
    fact = found.snapshot.fact
    return SignedList(
        heading=paper_heads.heading(station, event, words),
        imprint=paper_heads.imprint(station, result_hash=fact.result_hash, revision=fact.revision),
        rows=tuple(_row(found, one, words) for one in found.found),
        signatures=paper_heads.signatures(
            words, "papers.sign_chief", "papers.sign_supervision", "papers.sign_organiser"
        ),
        notes=_notes(found, words),
    )


def nominations_table(station: Station, event: EventCode, words: Words) -> ListTable:
    """The same as a workbook holds it."""
    found = nominees(station, event)
    fact, heads = found.snapshot.fact, paper_heads.heading(station, event, words)
    rows = [_row(found, one, words) for one in found.found]
    shown = _FIELDS if found.event.divided_by else _FIELDS[1:]
    return ListTable(
        title=words.say("awards.nominations"),
        facts=(
            (words.say("sheets.results_competition"), heads.competition),
            (words.say("sheets.results_event"), heads.event),
            (words.say("sheets.results_revision"), str(fact.revision)),
            (words.say("sheets.results_hash"), fact.result_hash),
            *(("", note) for note in _notes(found, words)),
        ),
        made=dt.datetime.fromtimestamp(found.snapshot.at / 1000, dt.UTC),
        headings=tuple(words.say(f"nominations.{name}") for name in shown),
        numbers=frozenset({shown.index(name) for name in ("rank", "total", "scaled")}),
        lines=tuple(tuple(getattr(row, name) for name in shown) for row in rows),
    )


def write_nominations_file(station: Station, event: EventCode, words: Words, target: Path) -> int:
    """Write the list as what the name's ending says, PDF or workbook; returns the entries on it."""
    return nominations_writer(station, event, words, target)()


def nominations_writer(
    station: Station, event: EventCode, words: Words, target: Path
) -> Callable[[], int]:
    """The same with everything read already: what is returned may write on another thread."""
    content = nominations_list(station, event, words)
    return list_writer(
        target,
        words,
        rows=len(content.rows),
        paper=lambda: write_nominations(content, words, target),
        table=lambda: nominations_table(station, event, words),
    )


def _row(found: Nominees, one: Nominee, words: Words) -> NominationRow:
    who = one.who
    person = who.person if who else None
    basis = dict.fromkeys(it.rule for it in one.proposed)
    return NominationRow(
        division=division_text(found.event, one.row.division, words),
        rank=str(one.row.rank),
        entry=who.entry.number if who else one.row.entry,
        name=words.pick(person.name, person.name_en) if person else "",
        unit=who.entry.unit if who else "",
        held=one.held,
        total=one.row.total,
        award=award_text(found.event, one.row.award, words),
        scaled="" if one.scaled is None else str(one.scaled),
        medal=words.say(f"awards.medal-{one.medal.value}") if one.medal else "",
        star=_star(one.star, words) if one.star else "",
        proposed=words.say("nominations.join").join(
            _outcome(outcome, words) for it in one.proposed for outcome in it.outcomes
        ),
        basis=", ".join(basis),
    )


def _star(star: StarBand, words: Words) -> str:
    grade = words.pick(star.grade, star.grade_en)
    if not star.allowance:
        return grade
    allowance = _money(
        Outcome(kind=OutcomeKind.MONEY, yuan=star.allowance, months=star.months), words
    )
    return words.say("nominations.with-money", name=grade, money=allowance)


def _outcome(outcome: Outcome, words: Words) -> str:
    kind = words.say(f"awards.outcome-{outcome.kind.value}")
    name, money = words.pick(outcome.name, outcome.name_en), _money(outcome, words)
    if name and money:
        name = words.say("nominations.with-money", name=name, money=money)
    return words.say("nominations.outcome", kind=kind, name=name or money or kind)


def _money(outcome: Outcome, words: Words) -> str:
    if not outcome.yuan:
        return ""
    yuan = format(outcome.yuan, "f")
    if outcome.months:
        return words.say("nominations.monthly", yuan=yuan, months=outcome.months)
    return words.say("nominations.once", yuan=yuan)


def _notes(found: Nominees, words: Words) -> tuple[str, ...]:
    notes = [words.say("nominations.note"), paper_heads.published_note(found.snapshot, words)]
    if (scale := found.event.awards.scale) is not None:
        how = words.say(f"awards.scale-{scale.kind.value}")
        said = words.say("awards.scale-approximation")
        notes.append(words.say("nominations.scale-note", said=said, how=how))
    return tuple(notes)
