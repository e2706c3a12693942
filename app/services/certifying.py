"""Certificates: who gets one, issuing, voiding, and the ledger of every number (获奖证书).

Recipients come from the published snapshot and from nothing else. A number is given once: a void
one is dead, a reissued certificate gets a new one, and the station's id in it keeps two laptops
that issue apart from each other. Printing is in ``certificate_printing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.certificate_holders import Holder
from app.domain.certificate_numbers import DEFAULT_TEMPLATE
from app.domain.errors import RuleBroken
from app.domain.facts import CertificateIssued, CertificateVoided
from app.domain.ids import CertificateNumber, EntryId, EventCode
from app.services.certificate_content import Author
from app.services.certificate_names import Names
from app.services.certificate_numbering import free_numbers
from app.services.certificate_source import (
    Occasion,
    OfStanding,
    Source,
    Won,
    occasion_of,
    source,
    source_in_force,
)
from app.services.station import Recording, Station, recording
from app.storage import counts, queries
from app.storage.queries import Recorded


class CertificateState(StrEnum):
    """Where a recipient's certificate stands."""

    NOT_ISSUED = "not-issued"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a certificate, or holds one that should not be.

    ``team`` is whose member it is, if anybody's. ``number`` is the certificate in force, or the
    last void one; ``template`` is that of the one in force. ``is_outdated`` says that it names
    another award than the snapshot; ``award`` is then the published one, ``""`` for none. ``also``
    are further numbers in force for the holder, issued by
    laptops that did not know of each other: all but one should be voided.
    """

    holder: Holder
    name: str
    team: str
    unit: str
    rank: int | None
    award: str
    state: CertificateState
    number: CertificateNumber | None
    template: str = ""
    is_outdated: bool = False
    also: tuple[CertificateNumber, ...] = ()

    @property
    def entry(self) -> EntryId:
        return self.holder.entry

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
    def holder(self) -> Holder:
        fact = self.issued.fact
        return Holder(fact.entry, fact.member, fact.of)

    @property
    def is_in_force(self) -> bool:
        return self.voided is None


def ledger(station: Station, occasion: Occasion) -> list[Certificate]:
    """Every certificate ever issued for something, in replay order, the void ones with why."""
    event = EventCode("") if isinstance(occasion, OfStanding) else occasion
    known = _certificates(station, event)
    return [one for one in known if occasion_of(one.issued.fact) == occasion]


def whole_ledger(station: Station) -> list[Certificate]:
    """Every certificate of the file."""
    return _certificates(station, None)


def _certificates(station: Station, event: EventCode | None) -> list[Certificate]:
    voided: dict[CertificateNumber, Recorded[CertificateVoided]] = {}
    for void in queries.standing(station.connection, CertificateVoided, event=event):
        voided.setdefault(void.fact.number, void)
    issued = queries.standing(station.connection, CertificateIssued, event=event)
    return [Certificate(one, voided.get(one.fact.number)) for one in issued]


def certificate(station: Station, occasion: Occasion, number: CertificateNumber) -> Certificate:
    """One certificate by number. Raises ``RuleBroken("certificate-unknown")``."""
    for found in ledger(station, occasion):
        if found.number == number:
            return found
    raise RuleBroken("certificate-unknown", number=number)


def recipients(station: Station, occasion: Occasion) -> tuple[Recipient, ...]:
    """Who gets a certificate by the published snapshot, in its order; empty before there is one.

    Who holds one without being among them comes last.
    """
    found = source(station, occasion)
    if found is None:
        return ()
    held: dict[Holder, list[Certificate]] = {}
    for one in ledger(station, occasion):
        held.setdefault(found.holder_of(one.issued.fact), []).append(one)
    winners = {it.holder for it in found.won}
    left = (
        Won(holder, None, "")
        for holder, own in held.items()
        if holder not in winners and any(one.is_in_force for one in own)
    )
    names = Names(station, occasion)
    return tuple(_recipient(it, held.get(it.holder, []), names) for it in (*found.won, *left))


def due(station: Station, occasion: Occasion) -> int:
    """How many certificates the snapshot in force gives; 0 before there is one."""
    found = source(station, occasion)
    return len(found.won) if found else 0


def valid(station: Station, occasion: Occasion) -> int:
    """How many certificates of it are in force."""
    match occasion:
        case OfStanding():
            return sum(one.is_in_force for one in ledger(station, occasion))
        case event:
            return counts.certificates(station.connection, event)[0]


def _recipient(won: Won, own: Sequence[Certificate], names: Names) -> Recipient:
    in_force = [one for one in own if one.is_in_force]
    state, number = CertificateState.NOT_ISSUED, None
    if in_force:
        state, number = CertificateState.ISSUED, in_force[-1].number
    elif own:
        state, number = CertificateState.VOID, own[-1].number
    return Recipient(
        holder=won.holder,
        name=names.name(won.holder) or won.holder.label,
        team=names.team(won.holder),
        unit=names.unit(won.holder),
        rank=won.rank,
        award=won.award,
        state=state,
        number=number,
        template=in_force[-1].issued.fact.template if in_force else "",
        is_outdated=any(one.issued.fact.award != won.award for one in in_force[-1:]),
        also=tuple(one.number for one in in_force[:-1]),
    )


def issue(
    station: Station,
    occasion: Occasion,
    holders: Sequence[Holder],
    *,
    template: str,
    numbers: str = DEFAULT_TEMPLATE,
    date: str = "",
    origin: object | None = None,
) -> tuple[CertificateIssued, ...]:
    """Give each holder a number, all in one transaction, in the order of the snapshot.

    ``template`` is a certificate template's name, ``numbers`` the template of numbers, ``date``
    ISO, by default the competition's last day. Names are checked for missing glyphs first, so what
    is issued can be printed. Raises ``RuleBroken`` with nothing issued.
    """
    found = source_in_force(station, occasion)
    wanted = set(holders)
    won = [it for it in found.won if it.holder in wanted]
    for holder in wanted - {it.holder for it in won}:
        raise RuleBroken("certificate-without-award", entry=holder.label, occasion=str(occasion))
    for one in ledger(station, occasion):
        if one.is_in_force and found.holder_of(one.issued.fact) in wanted:
            label = one.holder.label
            raise RuleBroken("certificate-already-issued", entry=label, number=one.number)
    author = Author(station, occasion, template)
    issued = _prepared(station, author, found, won, numbers=numbers, date=date)
    with recording(station, origin=origin) as log:
        _add(log, issued)
    return tuple(issued)


def void(
    station: Station,
    occasion: Occasion,
    number: CertificateNumber,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """Make a number dead for good; the reason goes into the ledger."""
    dead = _to_void(station, occasion, number, reason)
    with recording(station, origin=origin) as log:
        log.add(dead, reason=reason.strip())


def reissue(
    station: Station,
    occasion: Occasion,
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
    dead = _to_void(station, occasion, number, reason)
    former = certificate(station, occasion, number).issued.fact
    found = source_in_force(station, occasion)
    holder = found.holder_of(former)
    won = [it for it in found.won if it.holder == holder]
    if not won:
        raise RuleBroken("certificate-without-award", entry=holder.label, occasion=str(occasion))
    author = Author(station, occasion, template or former.template)
    issued = _prepared(station, author, found, won, numbers=numbers, date=date)
    with recording(station, origin=origin) as log:
        log.add(dead, reason=reason.strip())
        _add(log, issued)
    return issued[0]


def _to_void(
    station: Station, occasion: Occasion, number: CertificateNumber, reason: str
) -> CertificateVoided:
    found = certificate(station, occasion, number)
    if not found.is_in_force:
        raise RuleBroken("certificate-void-already", number=number)
    if not reason.strip():
        raise RuleBroken("void-needs-reason", number=number)
    fact = found.issued.fact
    return CertificateVoided(event=fact.event, entry=fact.entry, number=number)


def _prepared(
    station: Station,
    author: Author,
    found: Source,
    won: Sequence[Won],
    *,
    numbers: str,
    date: str,
) -> list[CertificateIssued]:
    """The certificates about to be issued, each checked to be printable."""
    day = author.date(date)
    free = free_numbers(station, author.occasion, numbers, year=int(day[:4]))
    prepared = [
        author.signed(author.unsigned(it, found, number, day))
        for it, number in zip(won, free, strict=False)
    ]
    author.check(prepared)
    return prepared


def _add(log: Recording, issued: Sequence[CertificateIssued]) -> None:
    for fact in issued:
        log.add(fact)
    log.sign_head()


def in_force(certificates: Iterable[Certificate]) -> Mapping[Holder, Certificate]:
    """The certificate each holder has; the latest where there are several."""
    return {one.holder: one for one in certificates if one.is_in_force}
