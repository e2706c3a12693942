"""The time slip (时间单): one entry's clock in one module, as the competitor signs it.

It doubles as the form for granted time (补时单): every stop and grant stands there with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import ALERT, Page
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_papers
from app.reports.tables import Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One thing that happened to the clock: wall time, what, by how much, why, who decided."""

    at: str
    what: str
    length: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class TimeSlip:
    """One clock; ``identity`` is the name or the work code, as the module's blindness allows."""

    heading: Heading
    imprint: Imprint
    module: str
    entry: str
    identity: str
    workplace: str
    limit: str
    used: str
    paused: str
    granted: str
    remaining: str
    events: tuple[ClockLine, ...]
    flags: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_time_slips(slips: Sequence[TimeSlip], words: Words, target: Target) -> int:
    """Print the slips, each on its own pages; returns all pages."""
    title = words.say("reports.slip_title")
    return print_papers(
        slips, lambda one: _pages(one, words), target, title=title, language=words.language
    )


def _pages(slip: TimeSlip, words: Words) -> tuple[Page, ...]:
    say = words.say
    flow = Flow(slip.heading, slip.imprint, words)
    flow.title(say("reports.slip_title"), slip.module)
    flow.facts(
        [
            (say("reports.entry"), slip.entry),
            (say("reports.slip_identity"), slip.identity),
            (say("reports.workplace"), slip.workplace),
            (say("reports.slip_limit"), slip.limit),
            (say("reports.slip_used"), slip.used),
            (say("reports.slip_remaining"), slip.remaining),
            (say("reports.slip_paused"), slip.paused),
            (say("reports.slip_granted"), slip.granted),
        ]
    )
    flow.section(say("reports.slip_events"))
    columns = [
        Column(say("reports.at")),
        Column(say("reports.slip_what"), wraps=True),
        Column(say("reports.slip_length"), "right"),
        Column(say("reports.reason"), wraps=True),
        Column(say("reports.by"), wraps=True),
    ]
    rows = [(line.at, line.what, line.length, line.reason, line.by) for line in slip.events]
    table(flow, columns, rows)
    if slip.flags:
        flow.section(say("reports.slip_flags"))
        for flag in slip.flags:
            flow.paragraph(flag, colour=ALERT)
    flow.signatures(slip.signatures)
    return flow.finish()
