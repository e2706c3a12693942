"""What a certificate says, and how names are set on one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """One certificate. ``entry`` is how an error names it; it is not printed.

    ``name`` is the person's or the team's; ``members`` are a team's, in the order of the roster.
    On the certificate of one of them ``team`` is the team's name. ``qr`` is the signed text of the
    code. An empty ``sentence`` takes the template's.
    A ``specimen`` is marked as one across the page.
    """

    entry: str
    number: str
    name: str
    unit: str
    award: str
    event: str
    competition: str
    issuers: tuple[str, ...]
    date: str
    qr: str
    team: str = ""
    members: tuple[str, ...] = ()
    group: str = ""
    sentence: str = ""
    specimen: bool = False


def texts_of(content: CertificateContent) -> Iterator[str]:
    """Every text of a certificate that is printed in letters."""
    yield _composed(content.name)
    yield _composed(content.unit)
    yield from map(_composed, (content.team, *content.members))
    yield from (content.award, content.event, content.group, content.competition, content.date)
    yield from (content.number, content.sentence.replace("\n", ""), *content.issuers)


def values_of(
    content: CertificateContent, *, sentence: str, member_separator: str, team_separator: str
) -> dict[str, str]:
    """The text for each placeholder of a template; ``sentence`` is the template's own."""
    members = member_separator.join(map(spaced_name, content.members))
    people = team_separator.join(part for part in (content.team, members) if part)
    values = {
        "name": _composed(spaced_name(content.name)),
        "members": _composed(people),
        "unit": _composed(content.unit),
        "award": content.award,
        "event": content.event,
        "group": content.group,
        "competition": content.competition,
        "issuers": "\n".join(content.issuers),
        "date": content.date,
        "number": content.number,
    }
    values["sentence"] = (content.sentence or sentence).format_map(values)
    return values


def spaced_name(name: str) -> str:
    """A name of two Chinese characters is set over the width of three (张　三)."""
    is_short = len(name) == 2 and all(unicodedata.name(c, "").startswith("CJK") for c in name)
    return f"{name[0]}\u3000{name[1]}" if is_short else name


def _composed(text: str) -> str:
    # A letter and its accent as two characters would be drawn beside each other.
    return unicodedata.normalize("NFC", text)
