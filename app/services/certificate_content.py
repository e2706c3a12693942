"""What a certificate says, drawn from the log and the roll, and the signed code that says it again.

A certificate can be printed only at the station that issued it: the signature is made again from
its key, and must be the one the log holds the hash of. A name corrected since would give another,
so paper and record cannot drift apart: such a certificate is voided and issued anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from app.bundles.certificate_code import CertificateClaim, sign_code
from app.domain.divisions import division_of
from app.domain.entries import Entry
from app.domain.errors import RuleBroken
from app.domain.facts import CertificateIssued
from app.domain.ids import EntryId, EventCode, StationId
from app.reports.certificate import (
    CertificateContent,
    Template,
    check_certificates,
    load_template,
)
from app.services import roll, rules
from app.services.result_words import division_text
from app.services.roll import Registered
from app.services.station import Station
from app.words import Words

SPECIMEN_NUMBER = "--------"


class Author:
    """Writes certificates of one event in one template; made anew for every command."""

    def __init__(self, station: Station, event: EventCode, template: str) -> None:
        self._station = station
        self._event = rules.event(station, event)
        self._competition = rules.competition(station)
        self._people: Mapping[EntryId, Registered] = {
            one.entry.id: one for one in roll.registered(station, event)
        }
        self.template: Template = load_template(template)
        self._words = Words.load(self.template.language)
        self._awards = {quota.award: quota for quota in self._event.awards.quotas}

    def date(self, chosen: str = "") -> str:
        """The date on the paper, ISO: the chosen one, the competition's last day, or today."""
        competition = self._competition
        day = chosen or competition.ends or competition.starts
        if day:
            return _read_date(day).isoformat()
        now = dt.datetime.fromtimestamp(self._station.now_ms() / 1000, dt.UTC)
        return now.astimezone().date().isoformat()

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
            raise RuleBroken("certificate-outdated", number=fact.number, entry=fact.entry)
        return self._written(fact, code)

    def specimen(self, fact: CertificateIssued) -> CertificateContent:
        """How a certificate would look, marked as a specimen; its code says nothing."""
        return self._written(fact, "SPECIMEN", specimen=True)

    def _code(self, fact: CertificateIssued) -> str:
        person = self._person(fact.entry)
        claim = CertificateClaim(
            competition=self._competition.code,
            event=fact.event,
            number=fact.number,
            award=fact.award,
            name=self._name(person),
            unit=person.entry.unit,
            result_hash=fact.result_hash,
            station=self._station.station_id,
            date=fact.date,
        )
        return sign_code(self._station.key.key, claim)

    def _written(
        self, fact: CertificateIssued, code: str, *, specimen: bool = False
    ) -> CertificateContent:
        person, words, event = self._person(fact.entry), self._words, self._event
        quota = self._awards.get(fact.award)
        award = words.pick(fact.award, quota.award_en) if quota else fact.award
        return CertificateContent(
            entry=fact.entry,
            number=fact.number,
            name=self._name(person),
            unit=person.entry.unit,
            award=award,
            event=words.pick(event.name, event.name_en),
            competition=words.pick(self._competition.title, self._competition.title_en),
            issuers=self._competition.organisers,
            date=_date_text(words, fact.date),
            qr=code,
            members=person.person.members if person.person else (),
            group=self._group(person.entry),
            specimen=specimen,
        )

    def _group(self, entry: Entry) -> str:
        """The division it won in, else the group it is registered for."""
        division = division_of(self._event, entry)
        return division_text(self._event, division, self._words) if division else entry.group

    def _person(self, entry: EntryId) -> Registered:
        found = self._people.get(entry)
        if found is None or found.person is None:
            raise RuleBroken("certificate-name-missing", entry=entry)
        return found

    def _name(self, registered: Registered) -> str:
        assert registered.person is not None
        return self._words.pick(registered.person.name, registered.person.name_en)


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
