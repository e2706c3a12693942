"""Certificate numbers (证书编号) with a check character, so that a mistyped one is noticed.

The check character is ISO 7064 MOD 37-2 over the letters and digits of the number, other signs left
out. It notices every single wrong character and every swap of two neighbours; ``*`` can be one.
The station is part of a number, so that two laptops that issue without knowing of each other
never give out the same one.
"""

from __future__ import annotations

import string

from app.domain.errors import RuleBroken
from app.domain.ids import CertificateNumber, StationId

DEFAULT_TEMPLATE = "{year}{event}-{station}-{n:04d}-{check}"

_SIGNS = string.digits + string.ascii_uppercase
_CHECKS = _SIGNS + "*"
_MODULUS = 37


def certificate_number(
    template: str, *, year: int, event: str, n: int, station: StationId
) -> CertificateNumber:
    """The n-th number of an event or a combined standing, by its code.

    ``template`` must end with ``{check}`` and hold ``{n``.
    Raises ``RuleBroken("certificate-number-template")`` for a template that cannot work.
    """
    if not template.endswith("{check}") or "{n" not in template:
        raise RuleBroken("certificate-number-template", template=template[:60])
    try:
        bare = template.removesuffix("{check}").format(year=year, event=event, n=n, station=station)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise RuleBroken("certificate-number-template", template=template[:60]) from error
    return CertificateNumber(bare + check_character(bare))


def check_character(bare: str) -> str:
    """The character that ends a number; only its letters and digits count, in any case."""
    product = 0
    for sign in _counted(bare):
        product = (product + _SIGNS.index(sign)) * 2 % _MODULUS
    return _CHECKS[(1 - product) % _MODULUS]


def is_wellformed(number: str) -> bool:
    """Whether the last character fits the others: no proof that the number was ever issued."""
    bare, check = number[:-1], number[-1:].upper()
    return bool(_counted(bare)) and "*" not in bare and check == check_character(bare)


def _counted(text: str) -> list[str]:
    return [sign for sign in text.upper() if sign in _SIGNS]
