"""Facts of marking: marks, disputes, penalties, signatures and locks (录分、复核)."""

from __future__ import annotations

from app.domain.entries import Cell, MarkState
from app.domain.facts.form import Form
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId
from app.domain.points import Points


class MarkGiven(Form, frozen=True):
    """录分: one judge's entry for one aspect of one work; the op names the one it replaces."""

    event: EventCode
    entry: EntryId
    aspect: AspectId
    judge: JudgeId
    state: MarkState
    value: Points | None = None
    measured: str | None = None


class DisputeSettled(Form, frozen=True):
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


class SpreadLetStand(Form, frozen=True):
    """分差裁定: a panel's scores count although they lie further apart than the rules allow.

    It holds for exactly these ``scores``: once a judge's changes the panel has to look again.
    """

    event: EventCode
    entry: EntryId
    aspect: AspectId
    scores: dict[JudgeId, Cell]


class PenaltyGiven(Form, frozen=True):
    """违规记录: a reason of the scheme booked against an entry, in a module or in the event."""

    event: EventCode
    entry: EntryId
    penalty: str
    module: ModuleId | None = None
    points: Points = Points(0)
    note: str = ""


class PenaltyLifted(Form, frozen=True):
    """违规撤销: the chief took a booked penalty back; a reason goes with it."""

    event: EventCode
    entry: EntryId
    given: OpId


class SheetsSigned(Form, frozen=True):
    """裁判签字: a judge signed every sheet of a module; ``marks_digest`` says which marks."""

    event: EventCode
    module: ModuleId
    judge: JudgeId
    marks_digest: str


class ModuleLocked(Form, frozen=True):
    """成绩锁定: the chief closed a module; ``marks_digest`` is over all its standing marks."""

    event: EventCode
    module: ModuleId
    marks_digest: str


class ModuleUnlocked(Form, frozen=True):
    """解除锁定: the chief opened a module again; a reason goes with it."""

    event: EventCode
    module: ModuleId
