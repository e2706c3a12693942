"""What the certificates screen shows, as plain values: no Qt, no station."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.certificate_holders import Holder
from app.domain.ids import CertificateNumber
from ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; ``tone`` belongs to the cell in column ``toned``."""

    key: str
    cells: tuple[str, ...]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Work:
    """What the primary button would do: issue to these holders, then print so many pages.

    ``again`` means that everything was printed already and all would be printed once more.
    """

    to_issue: tuple[Holder, ...] = ()
    to_print: tuple[CertificateNumber, ...] = ()
    again: bool = False

    @property
    def pages(self) -> int:
        return len(self.to_issue) + len(self.to_print)


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole screen; ``revision`` is 0 while nothing is published.

    ``occasions`` are the events and standings to choose from, each a key and its title.
    Nominations and promotion follow from an event only.
    """

    occasions: tuple[tuple[str, str], ...]
    occasion: str | None
    revision: int = 0
    is_provisional: bool = False
    status: str = ""
    counted: str = ""
    lines: tuple[Line, ...] = ()
    ledger: tuple[Line, ...] = ()
    work: Work = Work()
    is_event: bool = True
    may_see: bool = True
