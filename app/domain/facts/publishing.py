"""Facts of publishing: results and the certificates that follow them (公示、证书)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.facts.form import Form
from app.domain.ids import CertificateNumber, EntryId, EventCode, ModuleId
from app.domain.standing_rules import CombinedStanding


class ResultStatus(StrEnum):
    """Whether a published result may still change on appeal."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class PublishedRow(Form, frozen=True):
    """One entry as published; decimals as they were printed, no name.

    ``division`` is empty where the event is not divided, or for an entry without a group.
    """

    entry: EntryId
    rank: int | None
    total: str
    award: str
    modules: Mapping[ModuleId, str]
    state: str
    reasons: tuple[str, ...] = ()
    division: str = ""


class ResultsPublished(Form, frozen=True):
    """成绩公示: a snapshot of one event's result; everything public is read from here."""

    event: EventCode
    revision: int
    status: ResultStatus
    rules_hash: str
    result_hash: str
    rows: tuple[PublishedRow, ...]


class StandingRow(Form, frozen=True):
    """One person, unit or delegation of a combined standing as published, by entries, no name.

    ``of`` is a unit, or empty for a person, who is known by the entries. ``total`` is a decimal as
    printed; ``average``, ``counts``, ``scores`` and ``mean`` are those of an overall ranking.
    """

    of: str
    rank: int | None
    total: str
    counted: tuple[EntryId, ...]
    left_out: tuple[EntryId, ...] = ()
    star: str = ""
    average: str = ""
    counts: tuple[int, ...] = ()
    scores: str = ""
    mean: str = ""
    award: str = ""


class StandingPublished(Form, frozen=True):
    """综合排名公布: a snapshot of a standing over several events, by its rules as they then were.

    ``sources`` are the result hashes of the published events it was made from; ``same`` are the
    groups of entries that are one person, so that it can be worked out again without any name.
    ``status`` is final when the results of all its events were.
    """

    rules: CombinedStanding
    revision: int
    sources: Mapping[EventCode, str]
    standing_hash: str
    rows: tuple[StandingRow, ...]
    same: tuple[tuple[EntryId, ...], ...] = ()
    status: ResultStatus = ResultStatus.PROVISIONAL


class CertificateIssued(Form, frozen=True):
    """证书签发: a number went to an entry for an award of a published revision.

    ``member`` counts a team's people from 1 in the order of the roster; 0 is the entry itself. A
    certificate of a combined standing names the ``standing`` instead of an event and has its hash
    in ``result_hash``; ``of`` is then the unit, and ``entry`` empty where the unit itself gets it.
    ``code_hash`` is the SHA-256 (hex) of the signed code on the paper. The code itself holds the
    name, so it is not in the log; whoever holds a certificate can find it here by its hash, and
    nobody can try names against it without the station's key. ``date`` is ISO, as on the paper.
    """

    event: EventCode
    entry: EntryId
    number: CertificateNumber
    award: str
    template: str
    date: str
    revision: int
    result_hash: str
    code_hash: str
    member: int = 0
    standing: str = ""
    of: str = ""


class CertificateVoided(Form, frozen=True):
    """证书作废: the number is dead for good; a reason goes with it. Event and entry as issued."""

    event: EventCode
    entry: EntryId
    number: CertificateNumber
