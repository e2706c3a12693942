"""How a sentence is filled: one thing is not several."""

from __future__ import annotations

import pytest

from app.domain.errors import RuleBroken
from app.words import Words

EN, ZH = Words.load("en"), Words.load("zh")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Event WELD: 0 ties are not decided (01, 02)."),
        (1, "Event WELD: 1 tie is not decided (01, 02)."),
        (21, "Event WELD: 21 ties are not decided (01, 02)."),
    ],
)
def test_one_thing_is_not_several(count: int, said: str) -> None:
    assert EN.explain(RuleBroken("ties-open", event="WELD", count=count, entries="01, 02")) == said


def test_chinese_has_one_form_for_any_number() -> None:
    assert ZH.say("setup.roster_rows", rows=1).replace("1", "2") == ZH.say(
        "setup.roster_rows", rows=2
    )


def test_what_fills_a_sentence_is_written_as_it_is() -> None:
    assert EN.say("undo.sheet", work="A|B", count=1) == "the sheet of A|B (1 mark)"
