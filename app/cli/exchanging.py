"""``export``, ``join``, ``merge`` and ``verify``: bundles in and out, and what is genuine."""

from __future__ import annotations

import contextlib
from pathlib import Path

from app.bundles.certificate_code import is_code
from app.cli.choosing import opened
from app.cli.output import FAILED, FINE, complain, explained, print_json, tell
from app.services import exchange
from app.services.certificate_check import verify_codes
from app.services.verification import Verification
from app.services.verification_words import found
from app.services.verifying import verify as verify_file
from app.words import Words


def export(words: Words, *, file: Path, out: Path, without_people: bool, photos: bool) -> int:
    """Write everything as a signed bundle."""
    with opened(file) as station:
        written = exchange.export_bundle(
            station, out, with_people=not without_people, with_photos=photos
        )
    tell(
        words.say(
            "cli.exported",
            file=out.name,
            count=written.manifest.ops,
            revision=written.manifest.revision,
            digest=written.digest,
        )
    )
    return FINE


def merge(words: Words, *, file: Path, bundles: tuple[Path, ...]) -> int:
    """Take in bundles one after the other; the first that is refused ends it."""
    with opened(file) as station:
        for bundle in bundles:
            merged = exchange.merge(station, bundle)
            tell(
                words.say(
                    "cli.merged",
                    file=bundle.name,
                    count=merged.new_ops,
                    people=merged.new_people,
                    disputes=len(merged.disputes),
                )
            )
    return FINE


def join(words: Words, *, file: Path, bundle: Path) -> int:
    """Make this laptop's file of a competition that runs on another one."""
    count = exchange.open_bundle_as_new_file(bundle, file)
    tell(words.say("cli.joined", file=file.name, bundle=bundle.name, count=count))
    return FINE


def verify(words: Words, *, subject: str, record: Path | None, as_json: bool) -> int:
    """Check a competition file, a bundle or a certificate's code, given as a file or as text.

    A certificate is looked up in the ``record`` of its competition too, when that is given.
    """
    with contextlib.ExitStack() as stack:
        station = stack.enter_context(opened(record)) if record else None
        if is_code(subject):
            verification = verify_codes([subject], station=station)
        else:
            verification = verify_file(Path(subject), station=station)
    if as_json:
        print_json(_verification_object(words, verification))
    else:
        _say_verification(words, verification)
    failed = verification.failed()
    if failed:
        complain(words.say("cli.verify_failed", file=verification.subject, count=len(failed)))
        return FAILED
    return FINE


def _verification_object(words: Words, verification: Verification) -> dict[str, object]:
    return {
        "file": verification.subject,
        "kind": verification.kind.value,
        "ok": verification.ok,
        "checks": [
            {
                "name": check.name,
                "ok": check.ok,
                "error": check.refusal.code if check.refusal else None,
                "message": explained(words, check.refusal) if check.refusal else "",
                "details": dict(check.refusal.details if check.refusal else check.findings),
            }
            for check in verification.checks
        ],
    }


def _say_verification(words: Words, verification: Verification) -> None:
    kind = words.say(f"exchange.kind_{verification.kind.value}")
    tell(f"{kind}: {verification.subject}")
    for check in verification.checks:
        outcome = words.say("cli.passed") if check.ok else words.say("cli.not_passed")
        tell(f"  [{outcome}] {words.say(f'exchange.check_{check.name}')}  {found(words, check)}")
