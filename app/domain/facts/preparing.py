"""Facts of preparing an event: the station, the competition, its rules and judges (赛前准备)."""

from __future__ import annotations

from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode, JudgeId, ModuleId
from app.domain.scheme import Competition, Event


class StationOpened(Form, frozen=True):
    """工作站启用: a laptop's first op in a file; its later signatures are checked against it."""

    public_key: str
    label: str = ""
    program: str = ""


class CompetitionSet(Form, frozen=True):
    """竞赛信息: title, venue, dates as they stand on every paper."""

    competition: Competition


class RulesFrozen(Form, frozen=True):
    """规则冻结: the rules of one event, whole. An amendment is the same with a reason."""

    event: EventCode
    rules: Event
    rules_hash: str


class JudgeEnrolled(Form, frozen=True):
    """裁判登记: a judge number was given to a person of a unit (for 回避)."""

    event: EventCode
    judge: JudgeId
    unit: str = ""
    person_digest: str = ""
    standing_down: bool = False


class PanelSet(Form, frozen=True):
    """评分组: the judges who mark a module, in the order of the sheet's columns."""

    event: EventCode
    module: ModuleId
    judges: tuple[JudgeId, ...]


class EntryRegistered(Form, frozen=True):
    """报名: an entry as it competes. A later one for the same entry corrects it, with a reason.

    ``earlier`` is the total of an earlier round as it was published (初赛成绩), empty without one;
    ``delegation`` (代表队) the team it competes for in a combined standing, where not its unit.
    """

    event: EventCode
    entry: EntryId
    number: str
    unit: str
    person_digest: str
    group: str = ""
    grade: str = ""
    competing: bool = True
    members: int = 1
    earlier: str = ""
    delegation: str = ""
