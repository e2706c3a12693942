"""The text that F1 shows: what a screen is for, and the keys that work everywhere."""

from __future__ import annotations

from app.words import Words
from ui.context import Place


def explanation(words: Words, place: Place, key: str) -> tuple[str, str]:
    """Title and text; ``key`` names the screen's own part, which may have no words."""
    own = words.say(key) + "\n\n" if key in words.texts else ""
    title = words.say("frame.help_title", place=words.say(f"frame.place_{place.value}"))
    return title, own + words.say("frame.help_none")
