"""Printing certificates: what goes onto paper, and which numbers the printer has already taken.

Printing is resumable: what was printed is remembered in this file (not in the log, which records
what was awarded), so a batch that stopped in the night goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from app.domain.certificate_holders import Holder
from app.domain.errors import RuleBroken
from app.domain.ids import CertificateNumber
from app.reports.certificate import (
    CertificateContent,
    Template,
    check_certificates,
    write_certificates,
)
from app.reports.paper import Target
from app.services.certificate_content import SPECIMEN_NUMBER, Author
from app.services.certificate_source import Occasion, OfStanding, Won, source_in_force
from app.services.certifying import Certificate, ledger, whole_ledger
from app.services.station import Station
from app.storage import drafts
from app.storage.database import writing


@dataclass(frozen=True, slots=True)
class Batch:
    """Certificates ready to print, one page each; holds nothing of the station, so any thread may
    print it.
    """

    numbers: tuple[CertificateNumber, ...]
    contents: tuple[CertificateContent, ...]
    template: Template


def batch(
    station: Station, occasion: Occasion, numbers: Collection[CertificateNumber] | None = None
) -> Batch:
    """These certificates, or all in force, in the order of the ledger and checked to be printable.

    Raises ``RuleBroken``: ``certificates-none``, ``certificates-mixed-templates``, a void one, one
    issued elsewhere, or a character no font has, naming the entry.
    """
    every = ledger(station, occasion)
    chosen = (
        [one for one in every if one.is_in_force]
        if numbers is None
        else ([one for one in every if one.number in numbers])
    )
    for one in chosen:
        if not one.is_in_force:
            raise RuleBroken("certificate-void-already", number=one.number)
    templates = sorted({one.issued.fact.template for one in chosen})
    if not templates:
        raise RuleBroken("certificates-none")
    if len(templates) > 1:
        raise RuleBroken("certificates-mixed-templates", templates=", ".join(templates))
    author = Author(station, occasion, templates[0])
    contents = tuple(author.write(one.issued.fact, one.issued.station) for one in chosen)
    for broken in check_certificates(contents, author.template):
        raise broken
    return Batch(tuple(one.number for one in chosen), contents, author.template)


def print_batch(prepared: Batch, target: Target) -> int:
    """All pages into one PDF; 0, with the target as it was, when stopped."""
    return write_certificates(prepared.contents, prepared.template, target)


def print_certificates(
    station: Station,
    occasion: Occasion,
    target: Target,
    *,
    numbers: Collection[CertificateNumber] | None = None,
) -> int:
    """Print issued certificates into one PDF and remember that they were; returns the pages."""
    prepared = batch(station, occasion, numbers)
    pages = print_batch(prepared, target)
    if pages:
        remember_printed(station, occasion, prepared.numbers)
    return pages


def preview(
    station: Station, occasion: Occasion, holder: Holder, template: str
) -> tuple[CertificateContent, Template]:
    """What ``certificate_page`` draws: the very certificate if issued here, else a specimen.

    Raises ``RuleBroken`` where it could not be printed either.
    """
    found = source_in_force(station, occasion)
    own = (
        one
        for one in ledger(station, occasion)
        if one.is_in_force and found.holder_of(one.issued.fact) == holder
    )
    held = max(own, key=lambda one: one.issued.order, default=None)
    if held is not None and held.issued.station == station.station_id:
        prepared = batch(station, occasion, {held.number})
        return prepared.contents[0], prepared.template
    award = next((it.award for it in found.won if it.holder == holder), "")
    author = Author(station, occasion, template)
    number = held.number if held else CertificateNumber(SPECIMEN_NUMBER)
    unissued = author.unsigned(Won(holder, None, award), found, number, author.date())
    return author.specimen(unissued), author.template


def printed(station: Station, occasion: Occasion) -> frozenset[CertificateNumber]:
    """The numbers that were printed from this file."""
    text = drafts.find(station.connection, _draft(occasion))
    return (
        frozenset(msgspec.json.decode(text, type=list[CertificateNumber])) if text else frozenset()
    )


def remember_printed(
    station: Station, occasion: Occasion, numbers: Sequence[CertificateNumber]
) -> None:
    """The printer has taken these."""
    taken = sorted(printed(station, occasion) | set(numbers))
    with writing(station.database) as connection:
        body = msgspec.json.encode(taken).decode()
        drafts.keep(connection, _draft(occasion), body, station.now_ms())


def is_on_record(station: Station, code: str) -> Certificate | None:
    """The certificate whose signed code this is, whoever issued it; ``None`` when there is none."""
    wanted = hashlib.sha256(code.strip().encode()).hexdigest()
    return next((one for one in whole_ledger(station) if one.issued.fact.code_hash == wanted), None)


def _draft(occasion: Occasion) -> str:
    area = "certificates-printed"
    return (
        f"{area}/standing/{occasion}" if isinstance(occasion, OfStanding) else f"{area}/{occasion}"
    )
