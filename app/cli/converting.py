"""``scheme -o``: the same scheme in another form."""

from __future__ import annotations

from pathlib import Path

from app.cli.output import complain, explained, tell
from app.domain.errors import RuleBroken
from app.domain.scheme import Event, Scheme
from app.sheets.cis_export import write_cis_workbook
from app.sheets.scheme_toml import format_scheme
from app.sheets.whole_files import write_whole
from app.words import Words


def convert(words: Words, scheme: Scheme, event: Event, out: Path, *, silent: bool) -> None:
    """Write all of the scheme as TOML or the event as a CIS workbook, as the name ends.

    What the form cannot hold goes to standard error, a line each.
    """
    match out.suffix.lower():
        case ".toml":
            write_whole(out, format_scheme(scheme).encode("utf-8"))
        case ".xlsx":
            for lost in write_cis_workbook(event, out, words):
                complain(explained(words, lost))
        case _:
            raise RuleBroken("scheme-form-unknown", file=out.name)
    if not silent:
        tell(words.say("cli.scheme_written", file=out.name))
