"""``certificates``: issued for whatever is published, and printed into one PDF."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import event_of, opened
from app.cli.output import FINE, tell
from app.domain.errors import RuleBroken
from app.paths import check_target
from app.services import certificate_printing, certifying
from app.services.certificate_printing import Batch
from app.services.certificate_source import Occasion, OfStanding, occasions, rules_of, source
from app.services.station import Station
from app.words import Words


def certificates(
    words: Words, *, file: Path, out: Path, event: str | None, standing: str | None, template: str
) -> int:
    """Issue what is still to be issued and print every certificate in force into one PDF."""
    check_target(out)
    with opened(file) as station:
        wanted = _with_awards(station, _chosen(station, event, standing))
        batches = [_issued(station, occasion, template) for occasion in wanted]
        merged = _joined(batches)
        pages = certificate_printing.print_batch(merged, out)
        for occasion, batch in zip(wanted, batches, strict=True):
            certificate_printing.remember_printed(station, occasion, batch.numbers)
    tell(words.say("cli.certificates_printed", count=pages, file=out.name))
    return FINE


def _chosen(station: Station, event: str | None, standing: str | None) -> tuple[Occasion, ...]:
    """What is named, or else every event and standing."""
    events = () if event is None else (event_of(station, event),)
    if standing is None:
        return events or occasions(station)
    named = OfStanding(standing)
    rules_of(station, named)
    return (*events, named)


def _with_awards(station: Station, wanted: tuple[Occasion, ...]) -> list[Occasion]:
    """Those where a published result has anybody with an award."""
    names = ", ".join(map(str, wanted))
    found = [occasion for occasion in wanted if source(station, occasion) is not None]
    if not found:
        raise RuleBroken("nothing-published", event=names)
    awarded = [occasion for occasion in found if certifying.recipients(station, occasion)]
    if not awarded:
        raise RuleBroken("nobody-awarded", event=", ".join(map(str, found)))
    return awarded


def _issued(station: Station, occasion: Occasion, template: str) -> Batch:
    waiting = [it.holder for it in certifying.recipients(station, occasion) if it.may_be_issued]
    if waiting:
        certifying.issue(station, occasion, waiting, template=template)
    return certificate_printing.batch(station, occasion)


def _joined(batches: list[Batch]) -> Batch:
    first, *others = batches
    if any(other.template != first.template for other in others):
        raise RuleBroken("certificates-mixed-templates", templates="-")
    return Batch(
        numbers=tuple(number for batch in batches for number in batch.numbers),
        contents=tuple(content for batch in batches for content in batch.contents),
        template=first.template,
    )
