"""What a certificate says, drawn from the log and the roll, and the signed code that says it again.

A certificate can be printed only at the station that issued it: the signature is made again from
its key, and must be the one the log holds the hash of. A name corrected since would give another,
so paper and record cannot drift apart: such a certificate is voided and issued anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from app.bundles.certificate_code import CertificateClaim, sign_code
from app.domain.certificate_holders import Holder
from app.domain.divisions import division_of
from app.domain.errors import RuleBroken
from app.domain.facts import CertificateIssued
from app.domain.ids import CertificateNumber, EventCode, StationId
from app.reports.certificate import (
    CertificateContent,
    Template,
    check_certificates,
    load_template,
)
from app.services import rules
from app.services.certificate_names import Names
from app.services.certificate_source import Occasion, OfStanding, Source, Won
from app.services.result_words import division_text
from app.services.station import Station
from app.words import Words

SPECIMEN_NUMBER = "--------"


class Author:
    """Writes certificates of one event or standing in one template; made anew for every command."""

    def __init__(self, station: Station, occasion: Occasion, template: str) -> None:
        self._station = station
        self.occasion = occasion
        self._competition = rules.competition(station)
        self._names = Names(station, occasion)
        self._template_name = template
        self.template: Template = load_template(template)
        self._words = Words.load(self.template.language)

    def date(self, chosen: str = "") -> str:
        """The date on the paper, ISO: the chosen one, the competition's last day, or today."""
        competition = self._competition
        day = chosen or competition.ends or competition.starts
        if day:
            return _read_date(day).isoformat()
        now = dt.datetime.fromtimestamp(self._station.now_ms() / 1000, dt.UTC)
        return now.astimezone().date().isoformat()

    def unsigned(
        self, won: Won, found: Source, number: CertificateNumber, date: str
    ) -> CertificateIssued:
        """What is to be recorded, but for the hash of its code."""
        match self.occasion:
            case OfStanding(standing):
                event = EventCode("")
            case event:
                standing = ""
        return CertificateIssued(
            event=event,
            entry=won.holder.entry,
            number=number,
            award=won.award,
            template=self._template_name,
            date=date,
            revision=found.revision,
            result_hash=found.result_hash,
            code_hash="",
            member=won.holder.member,
            standing=standing,
            of=won.holder.of,
        )

    def signed(self, fact: CertificateIssued) -> CertificateIssued:
        """The fact with the hash of its code."""
        return replace(fact, code_hash=_hash(self._code(fact)))

    def check(self, facts: Sequence[CertificateIssued]) -> None:
        """Raise the first reason why one of them cannot be printed."""
        for broken in check_certificates(
            [self._written(fact, "") for fact in facts], self.template
        ):
            raise broken

    def write(self, fact: CertificateIssued, issued_by: StationId) -> CertificateContent:
        """An issued certificate as it is printed."""
        if issued_by != self._station.station_id:
            raise RuleBroken("certificate-issued-elsewhere", number=fact.number, station=issued_by)
        code = self._code(fact)
        if _hash(code) != fact.code_hash:
            entry = _holder(fact).label
            raise RuleBroken("certificate-outdated", number=fact.number, entry=entry)
        return self._written(fact, code)

    def specimen(self, fact: CertificateIssued) -> CertificateContent:
        """How a certificate would look, marked as a specimen; its code says nothing."""
        return self._written(fact, "SPECIMEN", specimen=True)

    def _code(self, fact: CertificateIssued) -> str:
        holder = _holder(fact)
        claim = CertificateClaim(
            competition=self._competition.code,
            event=str(self.occasion),
            number=fact.number,
            award=fact.award,
            name=self._name(holder),
            unit=self._names.unit(holder),
            result_hash=fact.result_hash,
            station=self._station.station_id,
            date=fact.date,
        )
        return sign_code(self._station.key.key, claim)

    def _written(
        self, fact: CertificateIssued, code: str, *, specimen: bool = False
    ) -> CertificateContent:
        words, names, holder = self._words, self._names, _holder(fact)
        return CertificateContent(
            entry=holder.label,
            number=fact.number,
            name=self._name(holder),
            unit=names.unit(holder),
            award=names.award(fact.award, words),
            event=names.title(words),
            competition=words.pick(self._competition.title, self._competition.title_en),
            issuers=self._competition.organisers,
            date=_date_text(words, fact.date),
            qr=code,
            team=names.team(holder, words),
            members=names.members(holder),
            group=self._group(holder),
            sentence=self.template.standing_sentence if fact.standing else "",
            specimen=specimen,
        )

    def _group(self, holder: Holder) -> str:
        """The division it won in, else the group it is registered for."""
        entry = self._names.entry(holder)
        if entry is None or isinstance(self.occasion, OfStanding):
            return ""
        event = rules.event(self._station, self.occasion)
        division = division_of(event, entry)
        return division_text(event, division, self._words) if division else entry.group

    def _name(self, holder: Holder) -> str:
        name = self._names.name(holder, self._words)
        if not name:
            raise RuleBroken("certificate-name-missing", entry=holder.label)
        return name


def _holder(fact: CertificateIssued) -> Holder:
    return Holder(fact.entry, fact.member, fact.of)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _date_text(words: Words, iso: str) -> str:
    day = _read_date(iso)
    month = words.say(f"papers.month_{day.month}")
    return words.say("papers.date", year=day.year, month=month, day=day.day)


def _read_date(iso: str) -> dt.date:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError as error:
        raise RuleBroken("certificate-date-unreadable", date=iso[:20]) from error
