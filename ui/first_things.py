"""What has to come first, elsewhere: the empty state that leads there."""

from __future__ import annotations

from ui.context import Place, ScreenContext
from ui.widgets.empty_state import EmptyState


def first_things(
    context: ScreenContext, icon: str, title: str, text: str, place: Place
) -> EmptyState:
    """Why there is nothing to show yet, and a button to where it begins."""
    say = context.words.say
    there = say("marking.go-there", place=say(f"frame.place_{place.value}"))
    return EmptyState(context.theme, icon, title, text, there, lambda: context.go_to(place))
