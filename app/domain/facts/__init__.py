"""The body of every op kind: what happened, in the past tense, as frozen data.

A fact never holds personal data. A person stands in it as a salted digest of the record that the
``people`` table keeps, so that purging the person later leaves the chain verifiable. Facts about an
entry carry its event as well, because a log line must be understood without looking elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from app.domain.facts.checking import (
    CheckOutcome,
    RecheckCommitted,
    RecheckDone,
    RecheckDrawn,
    SheetChecked,
)
from app.domain.facts.floor import (
    CheckedIn,
    ClockMoved,
    DrawCommitted,
    DrawMade,
    EntryWithdrawn,
    MarkedAbsent,
    SubmissionReceived,
)
from app.domain.facts.marking import (
    DisputeSettled,
    MarkGiven,
    ModuleLocked,
    ModuleUnlocked,
    PenaltyGiven,
    PenaltyLifted,
    SheetsSigned,
    SpreadLetStand,
)
from app.domain.facts.output import OutputCounted
from app.domain.facts.preparing import (
    CompetitionSet,
    EntryRegistered,
    JudgeEnrolled,
    PanelSet,
    RulesFrozen,
    StationOpened,
)
from app.domain.facts.proposals import BenefitVerified, ProposalMoved, ProposalSubmitted
from app.domain.facts.publishing import (
    CertificateIssued,
    CertificateVoided,
    PublishedRow,
    ResultsPublished,
    ResultStatus,
    StandingPublished,
    StandingRow,
)
from app.domain.facts.quiz import QuizAnswered
from app.domain.facts.record import BundleExported, BundleMerged, FileImported, HeadSigned, OpUndone
from app.domain.facts.rounds import PromotionDeclined
from app.domain.facts.ties import TieDecided, TieLotCommitted

__all__ = [
    "KINDS",
    "KIND_OF",
    "BenefitVerified",
    "BundleExported",
    "BundleMerged",
    "CertificateIssued",
    "CertificateVoided",
    "CheckOutcome",
    "CheckedIn",
    "ClockMoved",
    "CompetitionSet",
    "DisputeSettled",
    "DrawCommitted",
    "DrawMade",
    "EntryRegistered",
    "EntryWithdrawn",
    "Fact",
    "FileImported",
    "HeadSigned",
    "JudgeEnrolled",
    "MarkGiven",
    "MarkedAbsent",
    "ModuleLocked",
    "ModuleUnlocked",
    "OpUndone",
    "OutputCounted",
    "PanelSet",
    "PenaltyGiven",
    "PenaltyLifted",
    "PromotionDeclined",
    "ProposalMoved",
    "ProposalSubmitted",
    "PublishedRow",
    "QuizAnswered",
    "RecheckCommitted",
    "RecheckDone",
    "RecheckDrawn",
    "ResultStatus",
    "ResultsPublished",
    "RulesFrozen",
    "SheetChecked",
    "SheetsSigned",
    "SpreadLetStand",
    "StandingPublished",
    "StandingRow",
    "StationOpened",
    "SubmissionReceived",
    "TieDecided",
    "TieLotCommitted",
]

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
    | SubmissionReceived
    | MarkGiven
    | DisputeSettled
    | SpreadLetStand
    | QuizAnswered
    | ProposalSubmitted
    | ProposalMoved
    | BenefitVerified
    | OutputCounted
    | PenaltyGiven
    | PenaltyLifted
    | SheetChecked
    | SheetsSigned
    | ModuleLocked
    | ModuleUnlocked
    | RecheckCommitted
    | RecheckDrawn
    | RecheckDone
    | TieLotCommitted
    | TieDecided
    | ResultsPublished
    | StandingPublished
    | PromotionDeclined
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
    "submission-received": SubmissionReceived,
    "mark-given": MarkGiven,
    "dispute-settled": DisputeSettled,
    "spread-let-stand": SpreadLetStand,
    "quiz-answered": QuizAnswered,
    "proposal-submitted": ProposalSubmitted,
    "proposal-moved": ProposalMoved,
    "benefit-verified": BenefitVerified,
    "output-counted": OutputCounted,
    "penalty-given": PenaltyGiven,
    "penalty-lifted": PenaltyLifted,
    "sheet-checked": SheetChecked,
    "sheets-signed": SheetsSigned,
    "module-locked": ModuleLocked,
    "module-unlocked": ModuleUnlocked,
    "recheck-committed": RecheckCommitted,
    "recheck-drawn": RecheckDrawn,
    "recheck-done": RecheckDone,
    "tie-lot-committed": TieLotCommitted,
    "tie-decided": TieDecided,
    "results-published": ResultsPublished,
    "standing-published": StandingPublished,
    "promotion-declined": PromotionDeclined,
    "certificate-issued": CertificateIssued,
    "certificate-voided": CertificateVoided,
    "file-imported": FileImported,
    "bundle-exported": BundleExported,
    "bundle-merged": BundleMerged,
    "op-undone": OpUndone,
}
"""Every kind by its name in the log. A kind is never renamed and never reused."""

KIND_OF: Mapping[type[Fact], str] = {fact: kind for kind, fact in KINDS.items()}
