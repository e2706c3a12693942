"""What blocks an event, and where it is put right: the list an overview shows (阻碍事项).

A block is a refusal in form only, so that it has words; it names the screen to go to and what to
show there. The list is in the order of the day: what comes first has to be done first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import RuleBroken
from app.services.progress import EventProgress, ModuleProgress, Phase, StepState

if TYPE_CHECKING:
    from app.services.enrolment import Judge


class Where(StrEnum):
    """The screen where something is put right; the values are those of the window's places."""

    SETUP = "setup"
    CHECKIN = "checkin"
    DRAW = "draw"
    TIMING = "timing"
    MARKING = "marking"
    REVIEW = "review"
    RESULTS = "results"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that is missing. ``urgent`` wants a person now; the rest is simply next."""

    why: RuleBroken
    where: Where
    focus: Mapping[str, str]
    urgent: bool = False


def blocks(progress: EventProgress) -> tuple[Block, ...]:
    """What is missing in an event, in the order of the day."""
    return tuple(_found(progress))


def _found(progress: EventProgress) -> Iterator[Block]:
    yield from _rules(progress)
    yield from _judges(progress)
    yield from _entrants(progress)
    for module in progress.modules:
        yield from _module(progress, module)
    yield from _ending(progress)


def _rules(progress: EventProgress) -> Iterator[Block]:
    event = progress.code
    if progress.faults:
        why = RuleBroken("scheme-has-faults", event=event, count=progress.faults)
        yield _block(progress, why, Where.SETUP, step="rules", urgent=True)
    elif not progress.frozen:
        yield _block(
            progress, RuleBroken("rules-to-freeze", event=event), Where.SETUP, step="rules"
        )
    elif progress.proposed:
        why = RuleBroken("amendment-pending", event=event, count=len(progress.proposed))
        yield _block(progress, why, Where.SETUP, step="rules")


def _judges(progress: EventProgress) -> Iterator[Block]:
    known = {judge.id: judge for judge in progress.judges}
    for module in progress.modules:
        needed = progress.needed_judges(module.module.id)
        given = len(module.panel)
        if given < needed:
            why = RuleBroken("panel-too-small", module=module.module.id, needed=needed, given=given)
            yield _block(progress, why, Where.SETUP, module=module, step="judges", urgent=True)
        for judge in module.panel:
            if _is_off(known.get(judge)):
                why = RuleBroken("panel-judge-off-duty", module=module.module.id, judge=judge)
                yield _block(progress, why, Where.SETUP, module=module, step="judges", urgent=True)
    for conflict in progress.conflicts:
        why = RuleBroken(
            "judge-own-unit",
            judge=conflict.judge,
            unit=conflict.unit,
            count=len(conflict.entries),
            modules=", ".join(conflict.modules),
        )
        yield _block(progress, why, Where.SETUP, step="judges")


def _is_off(judge: Judge | None) -> bool:
    return judge is not None and judge.standing_down


def _entrants(progress: EventProgress) -> Iterator[Block]:
    entries = progress.entries
    if not entries.total:
        why = RuleBroken("event-without-entrants", event=progress.code)
        yield _block(progress, why, Where.SETUP, step="entrants")
    elif entries.registered and progress.frozen:
        why = RuleBroken("entries-not-here", event=progress.code, count=entries.registered)
        yield _block(progress, why, Where.CHECKIN)


def _module(progress: EventProgress, module: ModuleProgress) -> Iterator[Block]:
    if not (progress.frozen and progress.entries.to_be_marked):
        return
    name = module.module.id
    if module.step(Phase.DRAW).state in {StepState.WAITING, StepState.UNDER_WAY}:
        why = RuleBroken("module-not-drawn", module=name)
        yield _block(progress, why, Where.DRAW, module=module)
    if module.paused:
        why = RuleBroken("clocks-paused", module=name, count=module.paused)
        yield _block(progress, why, Where.TIMING, module=module, urgent=True)
    marking = module.step(Phase.MARKING)
    left = marking.total - marking.done
    if left > 0 and _is_time_to_mark(module):
        why = RuleBroken("marks-to-give", module=name, count=left)
        yield _block(progress, why, Where.MARKING, module=module)
    if module.spread_broken:
        why = RuleBroken("spread-to-settle", module=name, count=module.spread_broken)
        yield _block(progress, why, Where.REVIEW, module=module, urgent=True)
    elif left <= 0 and marking.total:
        yield from _closing(progress, module)


def _is_time_to_mark(module: ModuleProgress) -> bool:
    """Nobody is asked for marks while the module is still being worked on."""
    begun = module.step(Phase.MARKING).done > 0
    timing = module.step(Phase.TIMING).state
    return begun or timing in {StepState.DONE, StepState.NOT_NEEDED}


def _closing(progress: EventProgress, module: ModuleProgress) -> Iterator[Block]:
    name = module.module.id
    if module.unsigned:
        why = RuleBroken(
            "sheets-to-sign",
            module=name,
            count=len(module.unsigned),
            judges=", ".join(module.unsigned),
        )
        yield _block(progress, why, Where.REVIEW, module=module)
    elif module.step(Phase.LOCK).state is not StepState.DONE:
        yield _block(
            progress, RuleBroken("module-to-lock", module=name), Where.REVIEW, module=module
        )


def _ending(progress: EventProgress) -> Iterator[Block]:
    event = progress.code
    if progress.disputed:
        why = RuleBroken("disputes-to-settle", event=event, count=progress.disputed)
        yield _block(progress, why, Where.REVIEW, urgent=True)
    published = progress.step(Phase.PUBLISHING).state is StepState.DONE
    if progress.step(Phase.LOCK).state is StepState.DONE and not published:
        yield _block(progress, RuleBroken("results-to-publish", event=event), Where.RESULTS)
    papers = progress.step(Phase.CERTIFICATES)
    if published and papers.done < papers.total:
        why = RuleBroken("certificates-to-issue", event=event, count=papers.total - papers.done)
        yield _block(progress, why, Where.CERTIFICATES)


def _block(
    progress: EventProgress,
    why: RuleBroken,
    where: Where,
    *,
    module: ModuleProgress | None = None,
    step: str = "",
    urgent: bool = False,
) -> Block:
    focus = {"event": str(progress.code)}
    if module is not None:
        focus["module"] = str(module.module.id)
    if step:
        focus["step"] = step
    return Block(why, where, focus, urgent)
