"""The shipped templates to choose from: what each is called, and a sentence on what it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.words import Words
from ui.theme.tokens import Theme
from ui.widgets.offer import Offer


def template_offers(theme: Theme, words: Words, on_chosen: Callable[[Path], object]) -> list[Offer]:
    """One for each template, in their order; ``on_chosen`` gets its scheme file."""
    # What reads schemes takes longer to load than the welcome page to appear.
    from app.sheets.scheme_files import templates

    return [
        Offer(
            theme,
            "setup",
            words.pick(template.title, template.title_en),
            words.pick(template.sentence, template.sentence_en),
            partial(on_chosen, template.path),
        )
        for template in templates()
    ]
