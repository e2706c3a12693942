"""The body of every op kind: what happened, in the past tense, as frozen data.

A fact never holds personal data. A person stands in it as a salted digest of the record that the
``people`` table keeps, so that purging the person later leaves the chain verifiable. Facts about an
entry carry its event as well, because a log line must be understood without looking elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from app.domain.clock_events import ClockEvent
from app.domain.draw import DrawRecipe, Placement
from app.domain.entries import MarkState
from app.domain.ids import (
    AspectId,
    CertificateNumber,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    StationId,
    WorkCode,
)
from app.domain.points import Points
from app.domain.scheme import Competition, Event


class _Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The form every fact shares; it adds no behaviour and is no fact itself."""


class StationOpened(_Form, frozen=True):
    """工作站启用: a laptop's first op in a file; its later signatures are checked against it."""

    public_key: str
    label: str = ""
    program: str = ""


class HeadSigned(_Form, frozen=True):
    """链首签名: the station signed its chain as it stood, ``hash`` being that of op ``seq``."""

    seq: int
    hash: str
    signature: str


class CompetitionSet(_Form, frozen=True):
    """竞赛信息: title, venue, dates as they stand on every paper."""

    competition: Competition


class RulesFrozen(_Form, frozen=True):
    """规则冻结: the rules of one event, whole. An amendment is the same with a reason."""

    event: EventCode
    rules: Event
    rules_hash: str


class JudgeEnrolled(_Form, frozen=True):
    """裁判登记: a judge number was given to a person of a unit (for 回避)."""

    event: EventCode
    judge: JudgeId
    unit: str = ""
    person_digest: str = ""
    standing_down: bool = False


class PanelSet(_Form, frozen=True):
    """评分组: the judges who mark a module, in the order of the sheet's columns."""

    event: EventCode
    module: ModuleId
    judges: tuple[JudgeId, ...]


class EntryRegistered(_Form, frozen=True):
    """报名: an entry as it competes. A later one for the same entry corrects it, with a reason."""

    event: EventCode
    entry: EntryId
    number: str
    unit: str
    person_digest: str
    group: str = ""
    grade: str = ""
    competing: bool = True
    members: int = 1


class CheckedIn(_Form, frozen=True):
    """检录: the competitor is here. ``late_ms`` after the start needs the chief."""

    event: EventCode
    entry: EntryId
    late_ms: int = 0


class MarkedAbsent(_Form, frozen=True):
    """缺考: the competitor did not come."""

    event: EventCode
    entry: EntryId


class EntryWithdrawn(_Form, frozen=True):
    """弃权: the competitor gave up; a reason goes with it."""

    event: EventCode
    entry: EntryId


class DrawCommitted(_Form, frozen=True):
    """抽签承诺: what will be drawn and the hash of the seed, before anybody knows the seed."""

    event: EventCode
    module: ModuleId
    recipe: DrawRecipe


class DrawMade(_Form, frozen=True):
    """抽签结果: the seed and what came of it, so that anyone can draw it again."""

    event: EventCode
    module: ModuleId
    committed: OpId
    seed: str
    placements: tuple[Placement, ...]
    codes: Mapping[EntryId, WorkCode] = {}


class ClockMoved(_Form, frozen=True):
    """计时: something happened to the clock of one entry in one module."""

    event: EventCode
    module: ModuleId
    entry: EntryId
    moved: ClockEvent


class MarkGiven(_Form, frozen=True):
    """录分: one judge's entry for one aspect of one work; the op names the one it replaces."""

    event: EventCode
    entry: EntryId
    aspect: AspectId
    judge: JudgeId
    state: MarkState
    value: Points | None = None
    measured: str | None = None


class DisputeSettled(_Form, frozen=True):
    """争议裁定: of the marks in one cell that did not know of each other, ``chosen`` stands.

    The others are named, so that a mark still to arrive from another laptop is not overruled by a
    decision that never saw it.
    """

    event: EventCode
    entry: EntryId
    aspect: AspectId
    judge: JudgeId
    chosen: OpId
    overruled: tuple[OpId, ...]


class PenaltyGiven(_Form, frozen=True):
    """违规记录: a reason of the scheme booked against an entry, in a module or in the event."""

    event: EventCode
    entry: EntryId
    penalty: str
    module: ModuleId | None = None
    points: Points = Points(0)
    note: str = ""


class PenaltyLifted(_Form, frozen=True):
    """违规撤销: the chief took a booked penalty back; a reason goes with it."""

    event: EventCode
    entry: EntryId
    given: OpId


class SheetsSigned(_Form, frozen=True):
    """裁判签字: a judge signed every sheet of a module; ``marks_digest`` says which marks."""

    event: EventCode
    module: ModuleId
    judge: JudgeId
    marks_digest: str


class ModuleLocked(_Form, frozen=True):
    """成绩锁定: the chief closed a module; ``marks_digest`` is over all its standing marks."""

    event: EventCode
    module: ModuleId
    marks_digest: str


class ModuleUnlocked(_Form, frozen=True):
    """解除锁定: the chief opened a module again; a reason goes with it."""

    event: EventCode
    module: ModuleId


class ResultStatus(StrEnum):
    """Whether a published result may still change on appeal."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class PublishedRow(_Form, frozen=True):
    """One entry as published; decimals as they were printed, no name."""

    entry: EntryId
    rank: int | None
    total: str
    award: str
    modules: Mapping[ModuleId, str]
    state: str
    reasons: tuple[str, ...] = ()


class ResultsPublished(_Form, frozen=True):
    """成绩公示: a snapshot of one event's result; everything public is read from here."""

    event: EventCode
    revision: int
    status: ResultStatus
    rules_hash: str
    result_hash: str
    rows: tuple[PublishedRow, ...]


class CertificateIssued(_Form, frozen=True):
    """证书签发: a number went to an entry for an award of a published revision."""

    event: EventCode
    entry: EntryId
    number: CertificateNumber
    award: str
    template: str
    revision: int
    result_hash: str
    code: str


class CertificateVoided(_Form, frozen=True):
    """证书作废: the number is dead for good; a reason goes with it."""

    event: EventCode
    entry: EntryId
    number: CertificateNumber


class FileImported(_Form, frozen=True):
    """导入: a roster or a file of marks was taken in; the digest says which file."""

    what: str
    file_name: str
    sha256: str
    rows: int
    event: EventCode = EventCode("")


class BundleExported(_Form, frozen=True):
    """导出: a bundle was written; ``heads`` says up to which op of every station."""

    heads: Mapping[StationId, int]


class BundleMerged(_Form, frozen=True):
    """合并: records of other stations were taken in."""

    sha256: str
    added: int


class OpUndone(_Form, frozen=True):
    """撤销: the op named in ``undoes`` no longer counts; it stays readable."""

    kind: str


Fact: TypeAlias = (
    StationOpened
    | HeadSigned
    | CompetitionSet
    | RulesFrozen
    | JudgeEnrolled
    | PanelSet
    | EntryRegistered
    | CheckedIn
    | MarkedAbsent
    | EntryWithdrawn
    | DrawCommitted
    | DrawMade
    | ClockMoved
    | MarkGiven
    | DisputeSettled
    | PenaltyGiven
    | PenaltyLifted
    | SheetsSigned
    | ModuleLocked
    | ModuleUnlocked
    | ResultsPublished
    | CertificateIssued
    | CertificateVoided
    | FileImported
    | BundleExported
    | BundleMerged
    | OpUndone
)

KINDS: Mapping[str, type[Fact]] = {
    "station-opened": StationOpened,
    "head-signed": HeadSigned,
    "competition-set": CompetitionSet,
    "rules-frozen": RulesFrozen,
    "judge-enrolled": JudgeEnrolled,
    "panel-set": PanelSet,
    "entry-registered": EntryRegistered,
    "checked-in": CheckedIn,
    "marked-absent": MarkedAbsent,
    "entry-withdrawn": EntryWithdrawn,
    "draw-committed": DrawCommitted,
    "draw-made": DrawMade,
    "clock-moved": ClockMoved,
    "mark-given": MarkGiven,
    "dispute-settled": DisputeSettled,
    "penalty-given": PenaltyGiven,
    "penalty-lifted": PenaltyLifted,
    "sheets-signed": SheetsSigned,
    "module-locked": ModuleLocked,
    "module-unlocked": ModuleUnlocked,
    "results-published": ResultsPublished,
    "certificate-issued": CertificateIssued,
    "certificate-voided": CertificateVoided,
    "file-imported": FileImported,
    "bundle-exported": BundleExported,
    "bundle-merged": BundleMerged,
    "op-undone": OpUndone,
}
"""Every kind by its name in the log. A kind is never renamed and never reused."""

KIND_OF: Mapping[type[Fact], str] = {fact: kind for kind, fact in KINDS.items()}
