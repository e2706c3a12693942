"""Certificates: who gets one, issuing, voiding, and the ledger of every number (获奖证书).

Recipients come from the published snapshot and from nothing else. A number is given once: a void
one is dead, a reissued certificate gets a new one, and the station's id in it keeps two laptops
that issue apart from each other. Printing is in ``certificate_printing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.certificate_numbers import DEFAULT_TEMPLATE, certificate_number
from app.domain.errors import RuleBroken
from app.domain.facts import CertificateIssued, CertificateVoided, PublishedRow, ResultsPublished
from app.domain.ids import CertificateNumber, EntryId, EventCode
from app.services import certificate_content as content
from app.services import results, roll
from app.services.station import Recording, Station, recording
from app.storage import queries
from app.storage.queries import Recorded


class CertificateState(StrEnum):
    """Where a recipient's certificate stands."""

    NOT_ISSUED = "not-issued"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An entry with an award, or one that holds a certificate it should not.

    ``number`` is the certificate in force, or the last void one; ``template`` is that of the one in
    force. ``is_outdated`` says that it names another award than the snapshot; ``award`` is then the
    published one, ``""`` for none. ``also`` are further numbers in force for the entry, issued by
    laptops that did not know of each other: all but one should be voided.
    """

    entry: EntryId
    name: str
    unit: str
    rank: int | None
    award: str
    state: CertificateState
    number: CertificateNumber | None
    template: str = ""
    is_outdated: bool = False
    also: tuple[CertificateNumber, ...] = ()

    @property
    def may_be_issued(self) -> bool:
        return bool(self.award) and self.state is not CertificateState.ISSUED


@dataclass(frozen=True, slots=True)
class Certificate:
    """One number of the ledger; ``voided`` when it is dead, with the reason in it."""

    issued: Recorded[CertificateIssued]
    voided: Recorded[CertificateVoided] | None

    @property
    def number(self) -> CertificateNumber:
        return self.issued.fact.number

    @property
    def entry(self) -> EntryId:
        return self.issued.fact.entry

    @property
    def is_in_force(self) -> bool:
        return self.voided is None


def ledger(station: Station, event: EventCode) -> list[Certificate]:
    """Every certificate ever issued in an event, in replay order, the void ones with why."""
    voided: dict[CertificateNumber, Recorded[CertificateVoided]] = {}
    for void in queries.standing(station.connection, CertificateVoided, event=event):
        voided.setdefault(void.fact.number, void)
    issued = queries.standing(station.connection, CertificateIssued, event=event)
    return [Certificate(one, voided.get(one.fact.number)) for one in issued]


def certificate(station: Station, event: EventCode, number: CertificateNumber) -> Certificate:
    """One certificate by number. Raises ``RuleBroken("certificate-unknown")``."""
    for found in ledger(station, event):
        if found.number == number:
            return found
    raise RuleBroken("certificate-unknown", number=number)


def recipients(station: Station, event: EventCode) -> tuple[Recipient, ...]:
    """Who gets a certificate by the published snapshot, in its order; empty before there is one."""
    snapshot = results.published(station, event)
    if snapshot is None:
        return ()
    held: dict[EntryId, list[Certificate]] = {}
    for one in ledger(station, event):
        held.setdefault(one.entry, []).append(one)
    people = {one.entry.id: one for one in roll.registered(station, event)}
    found = []
    for row in snapshot.fact.rows:
        own = held.get(row.entry, [])
        if row.award or any(one.is_in_force for one in own):
            found.append(_recipient(row, own, people.get(row.entry)))
    return tuple(found)


def _recipient(
    row: PublishedRow, own: Sequence[Certificate], person: roll.Registered | None
) -> Recipient:
    in_force = [one for one in own if one.is_in_force]
    state, number = CertificateState.NOT_ISSUED, None
    if in_force:
        state, number = CertificateState.ISSUED, in_force[-1].number
    elif own:
        state, number = CertificateState.VOID, own[-1].number
    return Recipient(
        entry=row.entry,
        name=person.name if person else row.entry,
        unit=person.entry.unit if person else "",
        rank=row.rank,
        award=row.award,
        state=state,
        number=number,
        template=in_force[-1].issued.fact.template if in_force else "",
        is_outdated=any(one.issued.fact.award != row.award for one in in_force[-1:]),
        also=tuple(one.number for one in in_force[:-1]),
    )


def issue(
    station: Station,
    event: EventCode,
    entries: Sequence[EntryId],
    *,
    template: str,
    numbers: str = DEFAULT_TEMPLATE,
    date: str = "",
    origin: object | None = None,
) -> tuple[CertificateIssued, ...]:
    """Give each entry a number, all in one transaction, in the order of the snapshot.

    ``template`` is a certificate template's name, ``numbers`` the template of numbers, ``date``
    ISO, by default the competition's last day. Names are checked for missing glyphs first, so what
    is issued can be printed. Raises ``RuleBroken`` with nothing issued.
    """
    snapshot = results.in_force(station, event)
    wanted = set(entries)
    rows = [row for row in snapshot.fact.rows if row.entry in wanted]
    for entry in wanted - {row.entry for row in rows if row.award}:
        raise RuleBroken("certificate-without-award", entry=entry, event=event)
    for one in ledger(station, event):
        if one.is_in_force and one.entry in wanted:
            raise RuleBroken("certificate-already-issued", entry=one.entry, number=one.number)
    issued = _prepared(station, snapshot, rows, template=template, numbers=numbers, date=date)
    with recording(station, origin=origin) as log:
        _add(log, issued)
    return tuple(issued)


def void(
    station: Station,
    event: EventCode,
    number: CertificateNumber,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """Make a number dead for good; the reason goes into the ledger."""
    dead = _to_void(station, event, number, reason)
    with recording(station, origin=origin) as log:
        log.add(dead, reason=reason.strip())


def reissue(
    station: Station,
    event: EventCode,
    number: CertificateNumber,
    reason: str,
    *,
    template: str = "",
    numbers: str = DEFAULT_TEMPLATE,
    date: str = "",
    origin: object | None = None,
) -> CertificateIssued:
    """Void a certificate and issue its recipient a new one under a new number, both or neither.

    The new one says what the snapshot and the roll say now; without a ``template`` it takes that of
    the old one.
    """
    dead = _to_void(station, event, number, reason)
    former = certificate(station, event, number).issued.fact
    snapshot = results.in_force(station, event)
    rows = [row for row in snapshot.fact.rows if row.entry == former.entry and row.award]
    if not rows:
        raise RuleBroken("certificate-without-award", entry=former.entry, event=event)
    issued = _prepared(
        station, snapshot, rows, template=template or former.template, numbers=numbers, date=date
    )
    with recording(station, origin=origin) as log:
        log.add(dead, reason=reason.strip())
        _add(log, issued)
    return issued[0]


def _to_void(
    station: Station, event: EventCode, number: CertificateNumber, reason: str
) -> CertificateVoided:
    found = certificate(station, event, number)
    if not found.is_in_force:
        raise RuleBroken("certificate-void-already", number=number)
    if not reason.strip():
        raise RuleBroken("void-needs-reason", number=number)
    return CertificateVoided(event=event, entry=found.entry, number=number)


def _prepared(
    station: Station,
    snapshot: Recorded[ResultsPublished],
    rows: Sequence[PublishedRow],
    *,
    template: str,
    numbers: str,
    date: str,
) -> list[CertificateIssued]:
    """The certificates about to be issued, each checked to be printable."""
    event = snapshot.fact.event
    author = content.Author(station, event, template)
    day = author.date(date)
    free = _free_numbers(station, event, numbers, year=int(day[:4]))
    prepared = []
    for row, number in zip(rows, free, strict=False):
        unsigned = CertificateIssued(
            event=event,
            entry=row.entry,
            number=number,
            award=row.award,
            template=template,
            date=day,
            revision=snapshot.fact.revision,
            result_hash=snapshot.fact.result_hash,
            code_hash="",
        )
        prepared.append(author.signed(unsigned))
    author.check(prepared)
    return prepared


def _free_numbers(
    station: Station, event: EventCode, template: str, *, year: int
) -> Iterable[CertificateNumber]:
    """Numbers nobody has had, in order. Every event's are looked at: a template may not tell
    events apart.
    """
    all_issued = queries.standing(station.connection, CertificateIssued)
    taken = {one.fact.number for one in all_issued}
    n = sum(one.station == station.station_id and one.fact.event == event for one in all_issued)
    while True:
        n += 1
        number = certificate_number(
            template, year=year, event=event, n=n, station=station.station_id
        )
        if number not in taken:
            yield number


def _add(log: Recording, issued: Sequence[CertificateIssued]) -> None:
    for fact in issued:
        log.add(fact)
    log.sign_head()


def in_force(certificates: Iterable[Certificate]) -> Mapping[EntryId, Certificate]:
    """The certificate each entry holds; the latest where there are several."""
    return {one.entry: one for one in certificates if one.is_in_force}
