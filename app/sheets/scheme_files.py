"""Opens a marking scheme whatever it is written in, and lists the schemes shipped as templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.scheme import Competition, Scheme
from app.domain.scheme_check import check_scheme, scheme_warnings
from app.paths import resource
from app.sheets.cis import cis_import_of
from app.sheets.delimited import decode
from app.sheets.scheme_toml import parse_and_check, template_table
from app.sheets.workbook import is_workbook, read_bytes, workbook_of


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme read from a file.

    ``faults`` keep it from being used and are all given at once; ``warnings`` do not stand in the
    way. Both have words like any refusal. A fault in a TOML file has the detail ``line`` as well.
    """

    scheme: Scheme
    faults: tuple[RuleBroken, ...] = ()
    warnings: tuple[RuleBroken, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeTemplate:
    """A shipped scheme to start from: its key, titles and one sentence, in both languages."""

    key: str
    title: str
    title_en: str
    sentence: str
    sentence_en: str
    path: Path


def read_scheme(path: Path) -> SchemeFile:
    """Read a TOML scheme or a CIS workbook, told apart by content.

    A CIS workbook becomes a competition with one event, named after the sheet's title.
    """
    content = read_bytes(path)
    if not is_workbook(content):
        scheme, faults = parse_and_check(decode(path.name, content), path.name)
        # Warnings take the rules to be usable: they add up the marks.
        events = () if faults else scheme.events
        noticed = [warning for event in events for warning in scheme_warnings(event)]
        return SchemeFile(scheme, tuple(faults), tuple(noticed))
    found = cis_import_of(workbook_of(path.name, content))
    competition = Competition(code=found.event.code, title=found.title or path.stem)
    scheme = Scheme(competition=competition, events=(found.event,))
    return SchemeFile(scheme, tuple(check_scheme(scheme)), found.warnings)


def templates() -> list[SchemeTemplate]:
    """The shipped templates, by title key; each describes itself in its ``[template]`` table."""
    found = []
    for path in sorted(resource("schemes").glob("*.toml")):
        table = template_table(path.read_text(encoding="utf-8"), path.name)
        found.append(
            SchemeTemplate(
                key=path.stem,
                title=table["title"],
                title_en=table["title_en"],
                sentence=table["sentence"],
                sentence_en=table["sentence_en"],
                path=path,
            )
        )
    return found
