"""Facts of the floor: who is here, the draw, the clocks (检录、抽签、计时)."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.clock_events import ClockEvent
from app.domain.draw import DrawRecipe, Placement
from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode, ModuleId, OpId, WorkCode
from app.domain.readings import Reading


class CheckedIn(Form, frozen=True):
    """检录: the competitor is here. ``late_ms`` after the start needs the chief."""

    event: EventCode
    entry: EntryId
    late_ms: int = 0


class MarkedAbsent(Form, frozen=True):
    """缺考: the competitor did not come."""

    event: EventCode
    entry: EntryId


class EntryWithdrawn(Form, frozen=True):
    """弃权: the competitor gave up; a reason goes with it."""

    event: EventCode
    entry: EntryId


class DrawCommitted(Form, frozen=True):
    """抽签承诺: what will be drawn and the hash of the seed, before anybody knows the seed."""

    event: EventCode
    module: ModuleId
    recipe: DrawRecipe


class DrawMade(Form, frozen=True):
    """抽签结果: the seed and what came of it, so that anyone can draw it again."""

    event: EventCode
    module: ModuleId
    committed: OpId
    seed: str
    placements: tuple[Placement, ...]
    codes: Mapping[EntryId, WorkCode] = {}


class ClockMoved(Form, frozen=True):
    """计时: something happened to the clock of one entry in one module."""

    event: EventCode
    module: ModuleId
    entry: EntryId
    moved: ClockEvent


class SubmissionReceived(Form, frozen=True):
    """交作品: a file was handed in; the file stays outside, its SHA-256 in hex tells it again.

    ``handed`` is the moment it was handed over, before it was read; ``late_ms`` by how much the
    time of the module was over then, as the clock stood. A second one needs a reason; both stay.
    """

    event: EventCode
    module: ModuleId
    entry: EntryId
    handed: Reading
    late_ms: int
    sha256: str
    size: int
