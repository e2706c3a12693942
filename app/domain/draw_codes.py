"""Work codes (加密号): what a work is called while it is marked blind.

A code is random digits and a check digit, all of them on a numeric keypad; it says nothing of entry
number, unit or order. The check digit (Damm) notices every single wrong digit and every swap of
neighbours. Codes need a seed of their own that stays sealed until the results are decrypted (解密):
revealing the seed of the places must not reveal who is behind a code.

Algorithm ``plumbline-codes-1``, on the stream of ``draw_source`` with the label
"plumbline-codes-1", module, prefix and number of random digits, joined by line feeds: entries in
code point order each take 10^(d-1) + below(9 * 10^(d-1)), drawn again while that number is taken;
the code is prefix, number, check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.draw_source import LotSource, commitment
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, ModuleId, WorkCode

CODES_ALGORITHM = "plumbline-codes-1"
FEWEST_DIGITS = 3

# No I, L or O: they are read as digits.
_PREFIX = re.compile(r"(?:[A-HJKMNP-Z]+-?)?")

# The quasigroup of order 10 from H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004).
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def draw_codes(
    seed: bytes,
    module: ModuleId,
    entries: Iterable[EntryId],
    *,
    prefix: str = "",
    digits: int | None = None,
) -> dict[EntryId, WorkCode]:
    """A work code for every entry of a module; ``digits`` counts without the check digit.

    Left open, ``digits`` is at least 3 and leaves at least half of the numbers unused. Refuses a
    prefix other than capital letters without I, L and O, and too few digits for the entries.
    """
    commitment(seed)
    if not _PREFIX.fullmatch(prefix):
        raise RuleBroken("code-prefix-unreadable", prefix=prefix[:20])
    ordered = sorted(set(entries))
    length = _digits_for(len(ordered)) if digits is None else digits
    smallest = 10 ** (max(length, FEWEST_DIGITS) - 1)
    if length < FEWEST_DIGITS or len(ordered) > 9 * smallest:
        raise RuleBroken("codes-too-short", digits=length, entries=len(ordered))
    label = "\n".join((CODES_ALGORITHM, module, prefix, str(length)))
    source = LotSource(seed, label)
    taken: set[int] = set()
    codes: dict[EntryId, WorkCode] = {}
    for entry in ordered:
        number = smallest + source.below(9 * smallest)
        while number in taken:
            number = smallest + source.below(9 * smallest)
        taken.add(number)
        codes[entry] = WorkCode(f"{prefix}{number}{check_digit(str(number))}")
    return codes


def check_digit(digits: str) -> str:
    """The Damm check digit of decimal digits."""
    return str(_damm(digits))


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


def _digits_for(count: int) -> int:
    digits = FEWEST_DIGITS
    while 9 * 10 ** (digits - 1) < 2 * count:
        digits += 1
    return digits
