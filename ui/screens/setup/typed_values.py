"""How a value of the scheme is written in a form and read back, by the type of its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from app.domain.errors import RuleBroken
from app.domain.points import PLACES, Rounding, RoundingMode
from app.domain.typed import parse_measured, parse_seconds
from app.services.rule_changes import written

_COMMAS = str.maketrans("，、；;", ",,,,")
_LARGEST_WHOLE = 100_000
_MINUTE = 60
_SECONDS = {"full", "zero", "until", "limit", "grace", "cutoff", "interval"}


ROUNDINGS = (
    "",
    *(f"{places} {mode.value}" for places in range(PLACES + 1) for mode in RoundingMode),
)
"""A rounding of its own as one choice: places and mode."""


def read_as(kind: Any, name: str, text: str) -> Any:
    """What was typed, as the type of the field has it. Raises ``RuleBroken`` when it is none."""
    stripped = text.strip()
    if get_origin(kind) in {Union, UnionType}:
        if not stripped:
            return None
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(read_as(get_args(kind)[0], name, part) for part in parts_of(text))
    if kind is Rounding:
        return read_rounding(stripped)
    if kind is Decimal and name in _SECONDS:
        return _plain(parse_seconds(stripped))
    if _is_choice(kind):
        return _read_choice(kind, stripped)
    return _READERS[kind](stripped) if kind in _READERS else stripped


def shown_as(name: str, value: object) -> str:
    """A value as text that ``read_as`` reads back; a time of a minute or more as ``m:ss``."""
    if name in _SECONDS and isinstance(value, Decimal) and value >= _MINUTE:
        minutes, seconds = divmod(value, _MINUTE)
        whole, point, rest = written(seconds).partition(".")
        return f"{minutes:f}:{whole:>02}{point}{rest}"
    return rounding_text(value) if isinstance(value, Rounding) else written(value)


def read_whole(text: str) -> int:
    """A whole number, not negative."""
    if not text.isascii() or not text.isdecimal() or int(text) > _LARGEST_WHOLE:
        raise RuleBroken("whole-number-needed", value=text[:20])
    return int(text)


def read_decimal(text: str) -> Decimal:
    """An exact number without idle zeros; how fine it may be is for the checks of the method."""
    return _plain(parse_measured(text.removesuffix("%")))


def parts_of(text: str) -> list[str]:
    """The pieces of a list typed with commas of either width."""
    return [part.strip() for part in text.translate(_COMMAS).split(",") if part.strip()]


def choice_type(kind: Any) -> type[Enum] | None:
    """The enumeration that a field holds one of, or one of or nothing."""
    found = next((one for one in (kind, *get_args(kind)) if _is_choice(one)), None)
    return found if found is kind or get_origin(kind) in {Union, UnionType} else None


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def rounding_text(rounding: Rounding) -> str:
    """One of ``ROUNDINGS``."""
    return f"{rounding.places} {rounding.mode.value}"


def read_rounding(text: str) -> Rounding | None:
    """The rounding that such a text stands for."""
    places, _, mode = text.strip().partition(" ")
    return Rounding(read_whole(places), RoundingMode(mode)) if mode else None


def _read_choice(kind: type[Enum], text: str) -> Enum:
    found = next((one for one in kind if one.value == text), None)
    if found is None:
        raise RuleBroken("award-choice-unknown", value=text[:20])
    return found


def _plain(number: Decimal) -> Decimal:
    # ``normalize`` writes 100 as 1E+2, which no person and no scheme file reads.
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


_READERS: Mapping[Any, Callable[[str], Any]] = {
    bool: lambda text: text == "yes",
    int: read_whole,
    Decimal: read_decimal,
}
