"""Whom a certificate is for (持证人): an entry, one person of a team, or a unit. No names.

A person alone gets one certificate whatever the rules say of teams.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.award_rules import CertificatesFor
from app.domain.ids import EntryId

_NONE = EntryId("")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a certificate, the same before and after it is issued.

    ``member`` counts the people of a team from 1 in the order of the roster; 0 is the entry itself.
    ``of`` is the unit or delegation in a combined standing: by itself, or with an ``entry`` that
    counted for it.
    """

    entry: EntryId = _NONE
    member: int = 0
    of: str = ""

    @property
    def label(self) -> str:
        """How the holder is told from all others in one event or standing, without a name."""
        member = f"/{self.member}" if self.member else ""
        return f"{self.entry}{member}" if self.entry else self.of

    @property
    def is_member(self) -> bool:
        """Whether it is a person's own certificate for what a team or a unit won."""
        return self.member > 0 or bool(self.of and self.entry)


def holders_of_entry(entry: EntryId, members: int, rule: CertificatesFor) -> tuple[Holder, ...]:
    """Who gets a certificate where an entry of so many ``members`` has won."""
    own = tuple(Holder(entry, number) for number in range(1, members + 1))
    return _by(rule, Holder(entry), own if members > 1 else ())


def holders_of_unit(
    of: str, counted: Iterable[EntryId], rule: CertificatesFor
) -> tuple[Holder, ...]:
    """Who gets a certificate where a unit or delegation has won, by the entries that counted."""
    return _by(rule, Holder(of=of), tuple(Holder(entry, of=of) for entry in counted))


def _by(rule: CertificatesFor, together: Holder, members: tuple[Holder, ...]) -> tuple[Holder, ...]:
    match rule:
        case CertificatesFor.MEMBER if members:
            return members
        case CertificatesFor.BOTH:
            return (together, *members)
        case _:
            return (together,)
