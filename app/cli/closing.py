"""``sign``, ``lock`` and ``publish``: what closes an event, for marks that came in on paper.

Each checks everything it is about to do first, so that a refusal leaves nothing half done.
"""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import event_of, opened
from app.cli.output import FINE, tell
from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import EventCode, JudgeId, ModuleId
from app.services import backups, results, rules, signing_off
from app.services.station import Station
from app.services.works import sheet_plan
from app.words import Words


def sign(
    words: Words, *, file: Path, event: str | None, module: str | None, judge: str | None
) -> int:
    """Record the signatures on the paper sheets: one judge's, or all that are still missing."""
    with opened(file) as station:
        code = event_of(station, event)
        modules = _modules(station, code, module)
        if judge is None:
            wanted = [
                (one, signature.judge)
                for one in modules
                for signature in signing_off.signatures(station, code, one)
                if not signature.holds
            ]
        else:
            wanted = _sheets_of(station, code, modules, JudgeId(judge))
        for one, signer in wanted:
            for blocker in signing_off.sign_blockers(station, code, one, signer):
                raise blocker
        for one, signer in wanted:
            signing_off.sign_sheets(station, code, one, signer)
    tell(words.say("cli.signed", count=len(wanted)))
    return FINE


def lock(words: Words, *, file: Path, event: str | None, module: str | None) -> int:
    """Lock one module, or every module that is still open, and take a backup."""
    with opened(file) as station:
        code = event_of(station, event)
        wanted = _modules(station, code, module)
        if module is None:
            wanted = [one for one in wanted if not signing_off.is_locked(station, code, one)]
        for one in wanted:
            for blocker in signing_off.lock_blockers(station, code, one):
                raise blocker
        for one in wanted:
            signing_off.lock_module(station, code, one)
        if wanted:
            backups.back_up_now(station)
    tell(words.say("cli.locked", count=len(wanted)))
    return FINE


def publish(words: Words, *, file: Path, event: str | None, status: str, reason: str) -> int:
    """Publish the result as it stands, as a new revision."""
    with opened(file) as station:
        code = event_of(station, event)
        rules.rules(station, code)
        shown = results.leaderboard(station, code).result_hash
        published = results.publish(
            station, code, ResultStatus(status), expected_hash=shown, reason=reason
        )
    tell(words.say("cli.published", revision=published.revision))
    tell(words.say("cli.result_hash", status=status, hash=published.result_hash))
    return FINE


def _modules(station: Station, event: EventCode, wanted: str | None) -> list[ModuleId]:
    """The module named, or all of the rules in force."""
    in_force = rules.rules(station, event)
    if wanted is not None:
        return [in_force.module(ModuleId(wanted)).id]
    return [module.id for module in in_force.modules]


def _sheets_of(
    station: Station, event: EventCode, modules: list[ModuleId], judge: JudgeId
) -> list[tuple[ModuleId, JudgeId]]:
    """Where this judge has something to sign."""
    found = [
        (module, judge) for module in modules if judge in sheet_plan(station, event, module).sheets
    ]
    if not found:
        raise RuleBroken("signer-not-on-panel", judge=judge[:40], module=", ".join(modules))
    return found
