"""What every sheet of paper carries: whose event it is, which result it shows, who signs it.

All values are finished text: a report lays words out, it never computes a score or a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias


@dataclass(frozen=True, slots=True)
class Watched:
    """A target with somebody who follows the printing: told how much is done of how much in all.

    Once ``cancelled`` says yes nothing is written, and the answer is that there are 0 pages.
    """

    target: Path | BinaryIO
    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]


Target: TypeAlias = Path | BinaryIO | Watched
"""Where a PDF goes: a file, replaced only when the new one is whole, or an open binary stream."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The competition (赛事) and the event (赛项) a sheet belongs to."""

    competition: str
    event: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of every page: which state of the result this is and when it was printed.

    ``printed_at`` is the local time as people read it. ``result_hash`` is the whole hexadecimal
    hash, or empty where the sheet shows no result; ``reference`` names the record it came from.
    A ``provisional`` sheet has DRAFT (草稿) across every page.
    """

    printed_at: str
    result_hash: str = ""
    revision: int = 0
    reference: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on (签字): the role, and the printed name where it is known."""

    role: str
    name: str = ""
