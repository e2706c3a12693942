"""Getting the records out of a file that nothing can be saved in any more (另存副本、恢复备份)."""

from __future__ import annotations

from pathlib import Path

from app.problems import Problem
from app.words import Words
from ui.desk import Desk
from ui.dialogs import Confirmation, FileKind, Questions
from ui.frame.trouble import DAMAGED


def save_copy(desk: Desk, words: Words, ask: Questions, kind: FileKind) -> Path | None:
    """Save all that the open file holds where the person says; returns where to go on.

    That is nowhere after saving what can be read of a damaged file, for its copy is damaged too.
    """
    trouble = desk.status().trouble
    target = _ask_target(desk, words, ask, kind, what="copy")
    if target is None:
        return None
    desk.save_copy(target)
    if trouble is not None and trouble.code == DAMAGED:
        said = words.say("frame.damaged_copy", file=target.name)
        ask.tell(words.say("frame.copy_title"), said)
        return None
    return target


def restore(desk: Desk, words: Words, ask: Questions, kind: FileKind) -> Path | None:
    """Make a file to go on in out of the newest good backup; returns where."""
    target = _ask_target(desk, words, ask, kind, what="restored")
    if target is not None:
        desk.restore(target)
    return target


def may_lose(trouble: Problem, words: Words, ask: Questions) -> bool:
    """Ask before a file is let go of while only this program still holds what is in it."""
    lost = "frame.lose_typed" if trouble.code in {DAMAGED, "disk-full"} else "frame.lose_records"
    return ask.confirm(
        Confirmation(
            title=words.say("frame.lose_title"),
            what=words.explain(trouble),
            action=words.say("frame.lose_anyway"),
            lost=(words.say(lost),),
        )
    )


def may_stop(words: Words, ask: Questions) -> bool:
    """Ask before work that is under way is stopped by closing."""
    return ask.confirm(
        Confirmation(
            title=words.say("frame.quit_busy_title"),
            what=words.say("frame.quit_busy_text"),
            action=words.say("frame.quit_anyway"),
            lost=(words.say("frame.quit_busy_lost"),),
        )
    )


def _ask_target(
    desk: Desk, words: Words, ask: Questions, kind: FileKind, *, what: str
) -> Path | None:
    stem = desk.path.stem if desk.path else ""
    name = words.say(f"frame.{what}_name", stem=stem)
    return ask.save_file(words.say(f"frame.{what}_title"), name, [kind])
