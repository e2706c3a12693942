"""Versions of the rules and their differences in words: where, what, before, after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.errors import RuleBroken
from app.domain.scheme import Event
from app.services import rules
from app.services.rule_changes import RuleChange
from app.services.station import Station
from app.words import Words

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Version:
    """The rules of an event as they stood, stand or are proposed."""

    name: str
    rules: Event


def change_rows(words: Words, changes: Sequence[RuleChange]) -> list[tuple[str, str, str, str]]:
    """Differences for reading: where, what, before, after."""
    return [
        (_where(words, change), _what(words, change), change.old or "–", change.new or "–")
        for change in changes
    ]


def versions(station: Station, words: Words, drafted: Event) -> list[Version]:
    """The rules of an event as they were at every freeze and amendment, the draft last."""
    say = words.say
    frozen = [
        Version(say("setup.compare_version", number=number, at=at_words(one.at)), one.fact.rules)
        for number, one in enumerate(rules.freezings(station, drafted.code), start=1)
    ]
    return [*frozen, Version(say("setup.compare_draft"), drafted)]


def explained(words: Words, refused: RuleBroken) -> str:
    """A refusal in words; a cell that cannot be read is named by the heading of its column."""
    if refused.code != "cell-unreadable":
        return words.explain(refused)
    column = words.say(f"setup.column_{refused.details['column']}")
    return words.explain(RuleBroken(refused.code, **refused.details | {"column": column}))


def grouped(digest: str) -> str:
    """A hash in groups of four, to be compared aloud."""
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))


def at_words(at: int) -> str:
    """A moment (UTC ms) in this laptop's time."""
    return f"{datetime.fromtimestamp(at / 1000, UTC).astimezone():%Y-%m-%d %H:%M:%S}"


def rounding_words(words: Words, choice: str) -> str:
    """A rounding of its own, one of ``ROUNDINGS``, or that the stage of the event holds."""
    places, _, mode = choice.partition(" ")
    if not mode:
        return words.say("setup.rounding_as_event")
    count = words.say("setup.decimals", count=places)
    return words.say("setup.rounding_own", decimals=count, mode=words.say(f"setup.mode_{mode}"))


def _where(words: Words, change: RuleChange) -> str:
    # A standing is named by a code that anybody may choose: "quality" is no field there.
    code = change.where[1] if _is_of_standing(change) else ""
    kinds = ("part", "field")
    parts = [part if part == code else _named(words, part, kinds) for part in change.where]
    return " ▸ ".join(parts) or words.say("setup.kind_event")


def _what(words: Words, change: RuleChange) -> str:
    if change.kind.value != "changed":
        return words.say(f"setup.change_{change.kind.value}", what=change.field)
    own = f"setup.rule_{'_'.join((*change.where, change.field))}"
    first = ("standing",) if _is_of_standing(change) else ()
    kinds = (*first, "field", "part", "stage", "column")
    return words.texts.get(own, "") or _named(words, change.field, kinds)


def _is_of_standing(change: RuleChange) -> bool:
    return change.where[:1] == ("standings",) and len(change.where) > 1


def _named(words: Words, name: str, kinds: Sequence[str]) -> str:
    """The word for a name of the scheme; an id stays as it is."""
    known = (f"setup.{kind}_{name}" for kind in kinds)
    return next((words.texts[key] for key in known if key in words.texts), name)
