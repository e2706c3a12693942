"""What a draw could not keep apart, said the same on screen and on paper."""

from __future__ import annotations

from app.services.drawing import Draw
from app.words import Words


def unmet_sentences(standing: Draw, words: Words) -> tuple[str, ...]:
    """What a draw was asked for and could not give, unit by unit; whether it could be helped."""
    if standing.outcome is None:
        return ()
    return tuple(
        words.say(
            "draw.unmet_unavoidable" if one.is_unavoidable else "draw.unmet_avoidable",
            constraint=words.say(f"draw.constraint_{one.constraint.value}"),
            unit=one.unit,
            pairs=one.pairs,
            least=one.least,
        )
        for one in standing.outcome.unmet
    )
