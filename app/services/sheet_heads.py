"""What the papers of marking have in common: who may have them, head, foot, columns, signatures."""

from __future__ import annotations

from app.domain.disputes import Dispute
from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, JudgeId
from app.domain.methods import judges_needed
from app.domain.roles import Role
from app.domain.scheme import Aspect, rules_hash
from app.reports.paper import Heading, Imprint, Signature
from app.services import enrolment
from app.services.mark_words import cell_text
from app.services.paper_heads import heading, imprint
from app.services.station import Station
from app.services.works import SheetPlan
from app.words import Words

_DIGITS_OF_HASH = 16


def refuse_judge(station: Station) -> None:
    """Raise when whoever acts is a judge, who would see what other judges gave."""
    if station.actor.role is Role.JUDGE:
        raise RuleBroken("scores-of-others-hidden", judge=station.actor.judge or "-")


def rules_imprint(station: Station, plan: SheetPlan, words: Words) -> Imprint:
    """The foot of a paper that is marked on: by which rules."""
    short = rules_hash(plan.event)[:_DIGITS_OF_HASH]
    return imprint(station, reference=words.say("reports.rules_foot", hash=short))


def module_heading(station: Station, plan: SheetPlan, words: Words) -> Heading:
    """The head of the papers of a module."""
    found = heading(station, plan.event.code, words)
    return Heading(found.competition, f"{found.event} · {plan.module.id}")


def work_heading(module: Heading, work: str) -> Heading:
    """The head of every page: a page that came loose still says whose it is."""
    return Heading(module.competition, f"{module.event} · {work}")


def module_title(plan: SheetPlan, words: Words) -> str:
    return f"{plan.module.id} {words.pick(plan.module.name, plan.module.name_en)}"


def number_is(plan: SheetPlan, words: Words) -> str:
    """What a work is known by in this module: its code, or the entry number."""
    return words.say("reports.work_code" if plan.module.blind else "reports.entry_number")


def seats(plan: SheetPlan) -> tuple[JudgeId, ...]:
    """The columns of the judged aspects: the judges, or numbers while nobody is appointed."""
    named = tuple(judge for judge in plan.sheets if judge != PANEL)
    needed = max((judges_needed(aspect.method) for aspect in plan.module.aspects()), default=0)
    return named or tuple(JudgeId(f"J{seat}") for seat in range(1, needed + 1))


def judge_signatures(station: Station, plan: SheetPlan, words: Words) -> tuple[Signature, ...]:
    """A line for each judge of the module with the printed name, and the chief judge's."""
    names = {one.id: one.name for one in enrolment.judges(station, plan.event.code)}
    role = words.say("reports.sheet_sign_judge")
    judges = tuple(Signature(f"{role} {judge}", names.get(judge, "")) for judge in plan.panel)
    chief = Signature(words.say("reports.sheet_sign_chief"))
    return (*(judges or (Signature(role),)), chief)


def held_text(words: Words, aspect: Aspect, held: Cell | Dispute | None) -> str:
    """What a cell holds, in words; a disputed one says so."""
    if isinstance(held, Dispute):
        return words.say("mark_sheets.disputed")
    return cell_text(words, aspect, held)
