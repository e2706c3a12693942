"""The numbers that nobody has had yet (证书编号)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.certificate_numbers import certificate_number
from app.domain.facts import CertificateIssued
from app.domain.ids import CertificateNumber
from app.services.certificate_source import Occasion, occasion_of
from app.services.station import Station
from app.storage import queries


def free_numbers(
    station: Station, occasion: Occasion, template: str, *, year: int
) -> Iterator[CertificateNumber]:
    """This station's next numbers, in order. All there are is looked at: a template may not tell
    events apart.
    """
    issued = queries.standing(station.connection, CertificateIssued)
    taken = {one.fact.number for one in issued}
    here = station.station_id
    n = sum(one.station == here and occasion_of(one.fact) == occasion for one in issued)
    while True:
        n += 1
        number = certificate_number(template, year=year, event=str(occasion), n=n, station=here)
        if number not in taken:
            yield number
