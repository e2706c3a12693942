"""The one refusal of the domain: a rule stands in the way and a person can put it right.

A refusal has a code and details, never a sentence: the sentences are in ``resources/i18n`` in both
languages, so that a screen, the command line and a test all speak of the same thing.
"""

from __future__ import annotations

from typing import TypeAlias

Detail: TypeAlias = str | int


class RuleBroken(Exception):
    """A rule refuses what was asked for, and somebody at the station can put it right.

    ``code`` is a stable kebab-case name; ``details`` fill the placeholders of its sentence.
    Details never hold personal data: an exception may end up in a log.
    """

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code}({shown})" if shown else self.code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleBroken) and (self.code, self.details) == (
            other.code,
            other.details,
        )

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.details.items()))))
