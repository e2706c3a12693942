"""The commands and their options, and how a failure becomes one line and an exit status.

Commands are imported when they run, so that ``--help`` and a misspelt option answer at once.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from app.cli.choosing import check_arguments
from app.cli.making import FILE, Maker
from app.cli.output import BAD_INPUT, FINE, complain, explained
from app.domain.errors import RuleBroken
from app.problems import Problem
from app.words import Words, system_language

_MARK_PAPERS = (
    *("scheme", "blank", "blank-grid", "missing", "violations"),
    *("filled", "filled-grid", "summary"),
)
_FEWEST = 11
"""The sample day tells a story about single entrants up to this one."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console that is not told otherwise cannot show Chinese when it is redirected.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    words = Words.load(system_language())
    try:
        check_arguments(arguments)
        status = program(words).main(
            list(arguments), prog_name="python -m app", standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message(), err=True)
        return BAD_INPUT
    except click.ClickException as error:
        complain(words.say("cli.usage", cause=error.format_message()))
    except (RuleBroken, Problem) as refusal:
        complain(explained(words, refusal))
    except (OSError, sqlite3.Error) as error:
        complain(words.say("cli.system", cause=str(error)))
    except (click.Abort, KeyboardInterrupt):
        complain(words.say("cli.stopped"))
    else:
        return status if isinstance(status, int) else FINE
    return BAD_INPUT


def program(words: Words) -> click.Group:
    """Every command of the command line."""
    make = Maker(words)
    return click.Group(
        name="plumbline",
        help=words.say("cli.about"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        commands=[
            make.command(
                "demo",
                "app.cli.running:demo",
                make.option("--out", type=FILE, default=Path("demo-out"), metavar="DIR"),
                make.option(
                    "--entries", type=click.IntRange(_FEWEST, 400), default=28, metavar="N"
                ),
                make.option("--seed", type=int, default=1, metavar="S"),
            ),
            make.command(
                "new",
                "app.cli.preparing:new",
                make.file("file", "FILE.plumb"),
                make.option("--scheme", required=True, metavar="SCHEME"),
                make.option("--roster", type=FILE, metavar="ROSTER"),
                make.option("--award", multiple=True, metavar="NAME=SIZE"),
                make.flag("--draft"),
            ),
            make.command(
                "scheme",
                "app.cli.preparing:scheme",
                make.file("file", "SCHEME"),
                make.event(),
                make.flag("--json", "as_json"),
                make.out("OUT.toml|OUT.xlsx", required=False),
            ),
            make.command(
                "roster",
                "app.cli.preparing:roster",
                make.file("file", "FILE.plumb"),
                make.file("roster_file", "ROSTER"),
                make.option("--reason", default="", metavar="TEXT"),
            ),
            make.command(
                "marks",
                "app.cli.preparing:marks",
                make.file("file", "FILE.plumb"),
                make.file("marks_file", "MARKS.csv"),
                make.event(),
                make.option("--reason", default="", metavar="TEXT"),
            ),
            make.command(
                "counts",
                "app.cli.preparing:counts",
                make.file("file", "FILE.plumb"),
                make.file("counts_file", "COUNTS.csv"),
                make.event(),
                make.option("--reason", default="", metavar="TEXT"),
            ),
            make.command(
                "marks-form",
                "app.cli.sheets:marks_form",
                make.file("file", "FILE.plumb"),
                make.out("OUT.csv|OUT.xlsx"),
                make.event(),
                make.option("--module", metavar="ID"),
            ),
            make.command(
                "sign",
                "app.cli.closing:sign",
                make.file("file", "FILE.plumb"),
                make.event(),
                make.option("--module", metavar="ID"),
                make.option("--judge", metavar="ID"),
            ),
            make.command(
                "lock",
                "app.cli.closing:lock",
                make.file("file", "FILE.plumb"),
                make.event(),
                make.option("--module", metavar="ID"),
            ),
            make.command(
                "publish",
                "app.cli.closing:publish",
                make.file("file", "FILE.plumb"),
                make.event(),
                make.option(
                    "--status", type=click.Choice(["provisional", "final"]), default="provisional"
                ),
                make.option("--reason", default="", metavar="TEXT"),
            ),
            make.command(
                "results",
                "app.cli.outcome:results",
                make.file("file", "FILE.plumb"),
                make.event(),
                make.flag("--json", "as_json"),
            ),
            make.command(
                "certificates",
                "app.cli.certificates:certificates",
                make.file("file", "FILE.plumb"),
                make.out("OUT.pdf"),
                make.event(),
                make.option("--standing", metavar="ID"),
                make.option("--template", default="honour", metavar="NAME"),
            ),
            make.command(
                "nominations",
                "app.cli.outcome:nominations",
                make.file("file", "FILE.plumb"),
                make.out("OUT.pdf|OUT.xlsx"),
                make.event(),
            ),
            make.command(
                "promote",
                "app.cli.outcome:promote",
                make.file("file", "FILE.plumb"),
                make.out("OUT.csv|OUT.xlsx|OUT.pdf"),
                make.event(),
                make.flag("--json", "as_json"),
            ),
            make.command(
                "select",
                "app.cli.selecting:select",
                make.file("file", "FILE.plumb"),
                make.file("preliminary", "RESULTS.csv|RESULTS.xlsx"),
                make.option("--reason", default="", metavar="TEXT"),
                make.option("--reserves", type=FILE, metavar="OUT.csv|OUT.xlsx"),
                make.flag("--dry-run"),
                make.flag("--json", "as_json"),
            ),
            make.command(
                "sheets",
                "app.cli.sheets:sheets",
                make.file("file", "FILE.plumb"),
                make.out("OUT.pdf"),
                make.event(),
                make.option("--module", metavar="ID"),
                make.option("--kind", type=click.Choice(_MARK_PAPERS), default="blank"),
            ),
            make.command(
                "submit",
                "app.cli.submitting:submit",
                make.file("file", "FILE.plumb"),
                make.file("submission", "SUBMISSION"),
                make.event(),
                make.option("--module", required=True, metavar="ID"),
                make.option("--entry", required=True, metavar="NUMBER"),
                make.option("--reason", default="", metavar="TEXT"),
                make.flag("--json", "as_json"),
            ),
            make.command(
                "receipts",
                "app.cli.submitting:receipts",
                make.file("file", "FILE.plumb"),
                make.out("OUT.pdf"),
                make.event(),
                make.option("--module", metavar="ID"),
                make.option("--entry", metavar="NUMBER"),
            ),
            make.command(
                "standings",
                "app.cli.standing:standings",
                make.file("file", "FILE.plumb"),
                make.option("--standing", metavar="ID"),
                make.out("OUT.pdf|OUT.xlsx", required=False),
                make.flag("--json", "as_json"),
            ),
            make.command(
                "export",
                "app.cli.exchanging:export",
                make.file("file", "FILE.plumb"),
                make.out("OUT.bundle"),
                make.flag("--without-people"),
                make.flag("--photos"),
            ),
            make.command(
                "join",
                "app.cli.exchanging:join",
                make.file("file", "FILE.plumb"),
                make.file("bundle", "IN.bundle"),
            ),
            make.command(
                "merge",
                "app.cli.exchanging:merge",
                make.file("file", "FILE.plumb"),
                click.Argument(
                    ["bundles"], nargs=-1, required=True, type=FILE, metavar="IN.bundle..."
                ),
            ),
            make.command(
                "verify",
                "app.cli.exchanging:verify",
                click.Argument(["subject"], metavar="FILE"),
                make.option("--record", type=FILE, metavar="FILE.plumb"),
                make.flag("--json", "as_json"),
            ),
            make.command(
                "forget",
                "app.cli.forgetting:forget",
                make.file("file", "FILE.plumb"),
                make.event(),
                make.option("--entry", required=True, metavar="NUMBER"),
            ),
            make.command("rebuild", "app.cli.running:rebuild", make.file("file", "FILE.plumb")),
        ],
    )
