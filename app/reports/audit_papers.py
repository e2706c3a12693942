"""Papers for whoever checks later: the certificates ledger and the verification report.

A void number stays in the ledger with its reason; none is ever used again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Target
from app.reports.printing import print_pages
from app.reports.signed_list import SignedList
from app.reports.tables import ALERTING, Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One certificate number, which is never used again (证书编号)."""

    number: str
    recipient: str
    award: str
    state: str
    at: str
    reason: str = ""


CertificatesLedger: TypeAlias = SignedList[LedgerLine]
"""Every number issued, with the void ones and why (证书台账)."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of a verification and how it came out."""

    name: str
    is_passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What was verified, by which facts, and every check with its outcome (核验报告)."""

    heading: Heading
    imprint: Imprint
    subject: str
    facts: tuple[tuple[str, str], ...]
    checks: tuple[CheckLine, ...]


def write_certificates_ledger(ledger: CertificatesLedger, words: Words, target: Target) -> int:
    """Print the ledger; returns the number of pages."""
    say = words.say
    flow = Flow(ledger.heading, ledger.imprint, words)
    flow.title(say("reports.ledger_title"), ledger.heading.event)
    columns = [
        Column(say("reports.number"), names_item=True),
        Column(say("reports.recipient"), wraps=True, is_name=True),
        Column(say("reports.award"), wraps=True),
        Column(say("reports.state")),
        Column(say("reports.at")),
        Column(say("reports.reason"), wraps=True),
    ]
    rows = [
        (line.number, line.recipient, line.award, line.state, line.at, line.reason)
        for line in ledger.rows
    ]
    table(flow, columns, rows)
    flow.signatures(ledger.signatures)
    title = say("reports.ledger_title")
    return print_pages(flow.finish(), target, title=title, language=words.language)


def write_verification_report(report: VerificationReport, words: Words, target: Target) -> int:
    """Print what was checked and how it came out; returns the number of pages."""
    say = words.say
    flow = Flow(report.heading, report.imprint, words)
    flow.title(say("reports.verify_title"), report.subject)
    failed = sum(not check.is_passed for check in report.checks)
    verdict = (
        say("reports.verify_failed", failed=failed) if failed else say("reports.verify_passed")
    )
    flow.section(verdict, keep=0)
    flow.facts(report.facts, columns=1)
    columns = [
        Column(say("reports.check"), wraps=True, names_item=True),
        Column(say("reports.outcome")),
        Column(say("reports.detail"), wraps=True),
    ]
    passed, not_passed = say("reports.passed"), say("reports.not_passed")
    rows = [(c.name, passed if c.is_passed else not_passed, c.detail) for c in report.checks]
    failing = [n for n, check in enumerate(report.checks) if not check.is_passed]
    table(flow, columns, rows, looks=dict.fromkeys(failing, ALERTING))
    title = say("reports.verify_title")
    return print_pages(flow.finish(), target, title=title, language=words.language)
