"""The ledger of certificates (证书台账), filled in: on paper and as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from app.reports.audit_papers import CertificatesLedger, LedgerLine, write_certificates_ledger
from app.reports.paper import Heading
from app.reports.signed_list import SignedList
from app.services import paper_heads, rules
from app.services.certificate_names import Names
from app.services.certificate_source import Occasion
from app.services.certifying import Certificate, ledger
from app.services.list_files import list_writer
from app.services.station import Station
from app.sheets.list_table import ListTable
from app.words import Words

_COLUMNS = ("number", "recipient", "award", "state", "at", "reason")


def certificates_ledger(station: Station, occasion: Occasion, words: Words) -> CertificatesLedger:
    """Every certificate number of an event or a standing, with the void ones and why."""
    competition, names = rules.competition(station), Names(station, occasion)
    return SignedList(
        heading=Heading(
            competition=words.pick(competition.title, competition.title_en),
            event=names.title(words),
        ),
        imprint=paper_heads.imprint(station),
        rows=tuple(_line(one, names, words) for one in ledger(station, occasion)),
        signatures=paper_heads.signatures(words, "papers.sign_issuer"),
    )


def ledger_writer(
    station: Station, occasion: Occasion, words: Words, target: Path
) -> Callable[[], int]:
    """Writes PDF or workbook, as the name's ending says; everything is read already.

    What is returned may run on another thread and gives the number of certificates.
    """
    content = certificates_ledger(station, occasion, words)
    return list_writer(
        target,
        words,
        rows=len(content.rows),
        paper=lambda: write_certificates_ledger(content, words, target),
        table=lambda: _book(station, content, words),
    )


def _line(one: Certificate, names: Names, words: Words) -> LedgerLine:
    last = one.voided or one.issued
    name = names.name(one.holder, words) or one.holder.label
    team = names.team(one.holder, words)
    return LedgerLine(
        number=one.number,
        recipient=words.say("papers.member_of", name=name, team=team) if team else name,
        award=names.award(one.issued.fact.award, words),
        state=words.say("papers.issued" if one.is_in_force else "papers.void"),
        at=paper_heads.local_minute(last.at),
        reason=one.voided.reason if one.voided else "",
    )


def _book(station: Station, content: CertificatesLedger, words: Words) -> ListTable:
    return ListTable(
        title=words.say("reports.ledger_title"),
        facts=(
            (words.say("sheets.results_competition"), content.heading.competition),
            (words.say("sheets.results_event"), content.heading.event),
        ),
        made=dt.datetime.fromtimestamp(station.now_ms() / 1000, dt.UTC),
        headings=tuple(words.say(f"reports.{name}") for name in _COLUMNS),
        numbers=frozenset(),
        lines=tuple(tuple(getattr(line, name) for name in _COLUMNS) for line in content.rows),
    )
