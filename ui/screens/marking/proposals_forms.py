"""The questions of the proposals screen: handing one in, and what belongs to each step."""

from __future__ import annotations

from app.domain.points import plain_points, points_of
from app.domain.proposal_rules import ProposalRules, ProposalState
from app.domain.proposals import Proposal, step_back
from app.services.proposal_papers import kind_text
from app.services.proposing import benefit_values
from app.words import Words
from ui.screens.marking.proposals_presenter import BENEFIT, ProposalsPresenter
from ui.widgets.form_dialog import Field, FormQuestion


def hand_in_question(presenter: ProposalsPresenter, words: Words) -> FormQuestion:
    """A new proposal: whose, its title, the day, what it will save."""
    say, rules = words.say, presenter.rules
    assert rules is not None, "asked only where proposals are taken"
    people = tuple(
        (entry, f"{one.entry.number}  {one.name}") for entry, one in presenter.people.items()
    )
    return FormQuestion(
        say("proposals.new_title"),
        say("proposals.stated_what") if rules.kinds else "",
        say("proposals.new_go"),
        (
            Field("title", say("proposals.field_title")),
            Field("entry", say("proposals.field_entry"), options=people),
            Field("on", say("proposals.field_on"), presenter.today),
            *_benefit_fields(rules, "", words),
        ),
    )


def step_question(
    presenter: ProposalsPresenter, known: Proposal, state: ProposalState, words: Words
) -> FormQuestion:
    """What belongs to a step: the day, the benefit, the mark, the reward, the reason."""
    say, rules = words.say, presenter.rules
    assert rules is not None, "asked only where proposals are taken"
    is_back = state is step_back(known)
    fields = [Field("on", say("proposals.field_on"), presenter.today)]
    what = ""
    if is_back or state is ProposalState.REJECTED:
        fields.append(Field("reason", say("proposals.field_reason")))
    elif state is ProposalState.VERIFIED and rules.kinds:
        what = say("proposals.verified_what")
        fields += _benefit_fields(rules, known.verified or known.stated, words)
    elif state is ProposalState.REVIEWED and rules.review_most:
        most = plain_points(points_of(rules.review_most))
        fields.append(Field("mark", say("proposals.field_mark", most=most)))
    elif state is ProposalState.REWARDED:
        fields.append(Field("money", say("proposals.field_money")))
    shown = say(f"proposals.state_{state.value}")
    title = say("proposals.step_title", state=shown, title=known.title)
    if is_back:
        title = say("proposals.back_title", state=shown, title=known.title)
    return FormQuestion(
        title,
        what,
        say("proposals.step_go"),
        tuple(fields),
    )


def _benefit_fields(rules: ProposalRules, text: str, words: Words) -> list[Field]:
    held = benefit_values(text)
    return [
        Field(BENEFIT + kind.code, kind_text(rules, kind.code, words), held.get(kind.code, ""))
        for kind in rules.kinds
    ]
