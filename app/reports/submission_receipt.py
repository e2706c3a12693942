"""The receipt for work handed in (作品提交回执): for the competitor to keep, one page each.

It carries no file name, which often is the competitor's own; the SHA-256 tells the file again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import GREY, Page
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_papers
from app.reports.tables import Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it was received: when, by how much late, its size and digest, who took it.

    ``reason`` says why it was handed in once more; empty for the first.
    """

    at: str
    late: str
    size: str
    sha256: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionReceipt:
    """One entry in one module; ``identity`` is the name or the work code, as the module's
    blindness allows, and ``entry`` empty in a blind one. Of several files the last counts."""

    heading: Heading
    imprint: Imprint
    module: str
    entry: str
    identity: str
    workplace: str
    counts: HandedIn
    earlier: tuple[HandedIn, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_submission_receipts(
    receipts: Sequence[SubmissionReceipt], words: Words, target: Target
) -> int:
    """Print the receipts, each on its own pages; returns all pages."""
    title = words.say("timing.receipt_title")
    return print_papers(
        receipts, lambda one: _pages(one, words), target, title=title, language=words.language
    )


def _pages(receipt: SubmissionReceipt, words: Words) -> tuple[Page, ...]:
    say, counts = words.say, receipt.counts
    flow = Flow(receipt.heading, receipt.imprint, words)
    flow.title(say("timing.receipt_title"), receipt.module)
    named = [(say("reports.entry"), receipt.entry)] if receipt.entry else []
    identity = "reports.slip_identity" if receipt.entry else "reports.work_code"
    flow.facts(
        [
            (say(identity), receipt.identity),
            *named,
            (say("reports.workplace"), receipt.workplace),
            (say("timing.receipt_at"), counts.at),
            (say("timing.receipt_late"), counts.late),
            (say("timing.receipt_size"), counts.size),
            (say("timing.receipt_by"), counts.by),
        ]
    )
    flow.facts([("SHA-256", counts.sha256)], columns=1)
    if counts.reason:
        flow.facts([(say("timing.receipt_again"), counts.reason)], columns=1)
    if receipt.earlier:
        flow.section(say("timing.receipt_earlier"))
        columns = [
            Column(say("timing.receipt_at")),
            Column(say("timing.receipt_late")),
            Column(say("timing.receipt_size"), "right"),
            Column("SHA-256", wraps=True),
        ]
        rows = [(one.at, one.late, one.size, one.sha256) for one in receipt.earlier]
        table(flow, columns, rows)
    flow.paragraph(say("timing.receipt_note"), colour=GREY)
    flow.signatures(receipt.signatures)
    return flow.finish()
