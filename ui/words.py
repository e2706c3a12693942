"""The sentence for whatever a command may raise; the window shows it and adds nothing."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.errors import RuleBroken
from app.domain.scheme import Module
from app.problems import Problem
from app.words import Words
from ui.theme.tokens import Tone


def sentence(words: Words, raised: BaseException) -> str | None:
    """What to tell the person, or ``None`` when it is a bug and nobody at the station can help."""
    match raised:
        case RuleBroken() | Problem():
            return words.explain(raised)
        case _:
            return None


def attempted(act: Callable[[], object], refuse: Callable[[RuleBroken | Problem], object]) -> bool:
    """Do something that may be refused; whether it was done, else ``refuse`` is told why not."""
    try:
        act()
    except (RuleBroken, Problem) as refused:
        refuse(refused)
        return False
    return True


def refusal(words: Words, act: Callable[[], object]) -> str:
    """Do something that may be refused; the sentence of the refusal, empty when it was done."""
    try:
        act()
    except (RuleBroken, Problem) as refused:
        return words.explain(refused)
    return ""


def tone_of(raised: BaseException) -> Tone:
    """A broken rule wants a person; a failed machine blocks, and so does a bug."""
    return Tone.ATTENTION if isinstance(raised, RuleBroken) else Tone.BLOCKED


def module_words(words: Words, module: Module) -> str:
    """A module as it is called everywhere: "B Robot teaching"."""
    return f"{module.id} {words.pick(module.name, module.name_en)}"


def age_words(words: Words, age_ms: int | None) -> str:
    """How long ago the last backup was, in the grain a person thinks in."""
    if age_ms is None:
        return words.say("frame.backup_never")
    minutes = age_ms // 60_000
    if minutes < 1:
        return words.say("frame.backup_now")
    if minutes < 120:
        return words.say("frame.backup_minutes", minutes=minutes)
    return words.say("frame.backup_hours", hours=minutes // 60)
