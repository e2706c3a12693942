"""What is shown of an exception: a sentence for what a person can help, a report for a bug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app.words import Words
from ui.context import Place
from ui.failures import write_report
from ui.theme.tokens import Theme
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.words import sentence, tone_of


def show_failure(
    banner: Banner, words: Words, raised: BaseException, again: Callable[[], object] | None = None
) -> None:
    """Say it in a banner, which for a bug offers to open the screen ``again``."""
    told = sentence(words, raised)
    if told is not None:
        banner.say(tone_of(raised), told)
        return
    told = words.say("frame.bug", report=_report(raised))
    offered = [(words.say("frame.try_again"), again)] if again else []
    banner.say(tone_of(raised), told, offered)


def failed_screen(
    theme: Theme, words: Words, place: Place, raised: Exception, again: Callable[[], object]
) -> EmptyState:
    """What stands in place of a screen that could not be opened."""
    missing = isinstance(raised, ModuleNotFoundError) and raised.name == (
        f"ui.screens.{place.value}"
    )
    told = words.say("frame.screen_missing") if missing else sentence(words, raised)
    if told is None:
        told = words.say("frame.screen_failed", report=_report(raised))
    title = words.say(f"frame.place_{place.value}")
    return EmptyState(theme, "attention", title, told, words.say("frame.try_again"), again)


def _report(bug: BaseException) -> str:
    return str(write_report(bug, datetime.now(UTC).astimezone()))
