"""Certificate templates (证书模板): which text stands where, how large, and how far it may shrink.

A template is a TOML file in ``resources/certificates``; lengths are millimetres from the upper left
corner, type sizes are points. Someone with a text editor can make one without touching the program.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from app.domain.errors import RuleBroken
from app.paths import resource

PLACEHOLDERS = (
    "name", "members", "unit", "award", "event", "group", "competition", "sentence", "issuers",
    "date", "number",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_COLOUR = r"^#[0-9a-fA-F]{6}$"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a template: an unknown key is a misspelling, so it is refused."""


class Element(_Strict, frozen=True, kw_only=True):
    """A piece of text. ``x`` is its left edge, centre or right edge, as ``align`` says.

    ``y`` is the baseline of the first line, the middle of the block or the baseline of the last
    line, as ``anchor`` says. Text too wide first shrinks to ``smallest``, then takes up to
    ``lines`` lines; with ``fit = "wrap"`` it takes the lines first. ``spacing`` is letter
    spacing in ems.
    """

    name: str
    text: str
    x: float
    y: float
    width: float
    size: float
    smallest: float = 0.0
    lines: int = 1
    height: float = 0.0
    fit: Literal["shrink", "wrap"] = "shrink"
    align: Literal["left", "centre", "right"] = "centre"
    anchor: Literal["first", "middle", "last"] = "first"
    leading: float = 1.4
    spacing: float = 0.0
    colour: str = "#1A1A1A"
    bold: bool = False

    @property
    def is_static(self) -> bool:
        """Whether it is the same on every certificate, so drawn once."""
        return not _PLACEHOLDER.search(self.text)


class QrPlace(_Strict, frozen=True, kw_only=True):
    """Where the QR code stands: its upper left corner and its side."""

    x: float
    y: float
    size: float


class Ornament(_Strict, frozen=True, kw_only=True):
    """The border: a double rule with corner pieces, and a divider under the title."""

    corner: Literal["fret", "arc"]
    rule: str
    accent: str
    paper: str
    inset: float
    divider_y: float
    divider_width: float


class Template(_Strict, frozen=True, kw_only=True):
    """One certificate design. ``sentence`` is used where a certificate brings none of its own.

    ``standing_sentence`` is that of a combined standing (综合排名), which is no event.
    ``{members}`` are a team's people; on the certificate of one of them the team stands before.
    """

    title: str
    language: Literal["zh", "en"]
    sentence: str
    standing_sentence: str = ""
    specimen: str
    member_separator: str
    team_separator: str = ": "
    width: float
    height: float
    ornament: Ornament
    qr: QrPlace
    element: tuple[Element, ...]


def template_names() -> tuple[str, ...]:
    """The templates that come with the station, by name."""
    return tuple(sorted(path.stem for path in resource("certificates").glob("*.toml")))


def load_template(template: str | Path) -> Template:
    """Read a shipped template by name or a file by path; a mistake in it is ``RuleBroken``."""
    if isinstance(template, str) and template not in template_names():
        raise RuleBroken("certificate-template-unknown", template=template)
    path = resource("certificates", f"{template}.toml") if isinstance(template, str) else template
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        read = msgspec.convert(document, Template)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise RuleBroken("certificate-template-broken", template=path.name, where=str(wrong)) from (
            wrong
        )
    if wrong_place := _mistake(read):
        raise RuleBroken("certificate-template-broken", template=path.name, where=wrong_place)
    return read


def _mistake(template: Template) -> str:
    """The first thing that would print wrongly, or nothing."""
    texts = [
        ("sentence", template.sentence),
        ("standing_sentence", template.standing_sentence),
        *((e.name, e.text) for e in template.element),
    ]
    for name, text in texts:
        for placeholder in _PLACEHOLDER.findall(text):
            if placeholder not in PLACEHOLDERS:
                return f"{name}: {{{placeholder}}}"
    colours = [template.ornament.rule, template.ornament.accent, template.ornament.paper]
    for colour in (*colours, *(element.colour for element in template.element)):
        if not re.match(_COLOUR, colour):
            return colour
    return ""
