"""Facts of proposals (合理化建议). A proposal is known by the record that submitted it."""

from __future__ import annotations

from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.points import Points
from app.domain.proposal_rules import ProposalState


class ProposalSubmitted(Form, frozen=True):
    """提交: an entrant hands a proposal in on an ISO date, and states what it will save.

    ``stated`` is one canonical text of named values, as ``typed`` writes it; ``-`` for none.
    """

    event: EventCode
    entry: EntryId
    title: str
    on: str
    stated: str = "-"


class ProposalMoved(Form, frozen=True):
    """流转: a proposal reached another state on an ISO date.

    ``mark`` is the committee's, given with the review; ``money`` the reward in yuan, as typed.
    """

    event: EventCode
    entry: EntryId
    proposal: OpId
    state: ProposalState
    on: str
    mark: Points | None = None
    money: str = ""


class BenefitVerified(Form, frozen=True):
    """效益核实: what a proposal really saves, in the form of ``stated``. The latest counts."""

    event: EventCode
    entry: EntryId
    proposal: OpId
    on: str
    verified: str
