"""Facts of checking what was keyed in: by a second person, and by sampling (核对、复核抽查)."""

from __future__ import annotations

from enum import StrEnum

from app.domain.checking_rules import EntryCheck, RecheckRule
from app.domain.facts.form import Form
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId


class CheckOutcome(StrEnum):
    """What a second look at a sheet came to.

    ``corrected``: what differed was settled at the paper there and then, each correction being a
    mark with a reason of its own; ``differs``: it was left for the chief judge.
    """

    AGREES = "agrees"
    CORRECTED = "corrected"
    DIFFERS = "differs"


class SheetChecked(Form, frozen=True):
    """二次核对: somebody else compared one judge's sheet of one work with what was entered.

    ``marks_digest`` is over the marks as they stand after it; ``aspects`` are those that differed.
    """

    event: EventCode
    module: ModuleId
    entry: EntryId
    judge: JudgeId
    marks_digest: str
    outcome: CheckOutcome
    how: EntryCheck
    aspects: tuple[AspectId, ...] = ()


class RecheckCommitted(Form, frozen=True):
    """抽查承诺: the ranked list a sample will be drawn from, and the hash of the seed."""

    event: EventCode
    rule: RecheckRule
    ranked: tuple[EntryId, ...]
    commitment: str


class RecheckDrawn(Form, frozen=True):
    """抽查抽签: the seed, and who is rechecked: the best, and those drawn from the rest."""

    event: EventCode
    committed: OpId
    seed: str
    top: tuple[EntryId, ...]
    rest: tuple[EntryId, ...]


class RecheckDone(Form, frozen=True):
    """抽查结果: an entry's sheets were compared with the paper.

    Of a wrong one, ``module`` says where, ``errors`` how many marks, and ``note`` what is wrong;
    putting it right is a correction of its own. The latest for an entry counts.
    """

    event: EventCode
    entry: EntryId
    is_right: bool
    module: ModuleId | None = None
    errors: int = 0
    note: str = ""
