"""The verification report (核验报告) as a paper: every check in words, passed or not, and why."""

from __future__ import annotations

from app.reports.audit_list import CheckLine, VerificationReport, write_verification_report
from app.reports.paper import Heading, Imprint, Target
from app.services.verification import Check, Verification
from app.words import Words


def print_verification(
    found: Verification, heading: Heading, imprint: Imprint, words: Words, target: Target
) -> int:
    """Write the report; returns the number of pages."""
    report = VerificationReport(
        heading=heading,
        imprint=imprint,
        subject=found.subject,
        facts=(),
        checks=tuple(_line(check, words) for check in found.checks),
    )
    return write_verification_report(report, words, target)


def _line(check: Check, words: Words) -> CheckLine:
    if check.refusal is not None:
        detail = words.explain(check.refusal)
    else:
        detail = "; ".join(f"{name}: {value}" for name, value in check.findings.items())
    return CheckLine(words.say(f"exchange.check_{check.name}"), check.ok, detail)
