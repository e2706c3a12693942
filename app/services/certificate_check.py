"""Whether a certificate is genuine, and what the competition's own record says of it.

The signature needs nothing but the code itself. That the number was not made void or replaced
since, only the file of the competition can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.bundles.certificate_code import check_code
from app.domain.errors import RuleBroken
from app.services.certificate_printing import is_on_record
from app.services.certificate_source import occasion_of
from app.services.certifying import in_force, ledger
from app.services.station import Station
from app.services.verification import Check, Findings, Kind, Verification, tried


def verify_codes(
    codes: Sequence[str], *, subject: str = "", station: Station | None = None
) -> Verification:
    """Verify certificate codes; with a ``station``, look each up in its file too.

    Whose key signed it, the fingerprint tells; compare it with the one the organiser published.
    """
    checks: list[Check] = []
    for code in codes:
        genuine = tried("code", partial(_signed, code))
        checks.append(genuine)
        if station is not None and genuine.ok:
            number = str(genuine.findings["number"])
            checks.append(tried("standing", partial(_standing, station, code, number)))
    number = str(checks[0].findings.get("number", "")) if checks else ""
    return Verification(subject or number, Kind.CERTIFICATE, tuple(checks))


def _signed(code: str) -> Findings:
    checked = check_code(code)
    if not checked.is_genuine:
        raise RuleBroken("certificate-code-forged")
    claim = checked.claim
    return {
        "competition": claim.competition,
        "event": claim.event,
        "number": claim.number,
        "award": claim.award,
        "name": claim.name,
        "unit": claim.unit,
        "date": claim.date,
        "result_hash": claim.result_hash,
        "station": claim.station,
        "fingerprint": checked.fingerprint,
    }


def _standing(station: Station, code: str, number: str) -> Findings:
    """In force, void, replaced by another number, or not of this file."""
    found = is_on_record(station, code)
    if found is None:
        raise RuleBroken("certificate-not-on-record", number=number)
    fact = found.issued.fact
    if found.voided is None:
        return {"number": fact.number, "entry": found.holder.label, "op": found.issued.op_id}
    instead = in_force(ledger(station, occasion_of(fact))).get(found.holder)
    op = found.voided.op_id
    if instead is None:
        raise RuleBroken("certificate-made-void", number=fact.number, op=op)
    raise RuleBroken("certificate-replaced", number=fact.number, instead=instead.number, op=op)
