"""The verification report (核验报告) as a paper: every check in words, passed or not, and why."""

from __future__ import annotations

from app.reports.audit_papers import CheckLine, VerificationReport, write_verification_report
from app.reports.paper import Heading, Imprint, Target
from app.services.verification import Check, Verification
from app.services.verification_words import found
from app.words import Words


def print_verification(
    verification: Verification, heading: Heading, imprint: Imprint, words: Words, target: Target
) -> int:
    """Write the report; returns the number of pages."""
    report = VerificationReport(
        heading=heading,
        imprint=imprint,
        subject=verification.subject,
        facts=(),
        checks=tuple(_line(check, words) for check in verification.checks),
    )
    return write_verification_report(report, words, target)


def _line(check: Check, words: Words) -> CheckLine:
    said = words.say(f"exchange.check_{check.name}")
    return CheckLine(said, check.ok, found(words, check))
