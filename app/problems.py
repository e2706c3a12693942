"""The environment failed: a full disk, a locked or damaged file, a file from a newer version.

A ``Problem`` is nobody's mistake at the station; it is shown as a banner with advice. Like
``RuleBroken`` it carries a code and details, and its sentence is in ``resources/i18n``.
"""

from __future__ import annotations

from app.domain.errors import Detail


class Problem(Exception):
    """The machine, a file or a device failed; ``code`` names how, ``details`` say where."""

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code}({shown})" if shown else self.code
