"""What a check of a verification found, in words: the same on screen, paper and command line."""

from __future__ import annotations

from app.services.verification import Check
from app.words import Words

_HASH_SHOWN = 16


def found(words: Words, check: Check) -> str:
    """What a check has looked at, or why it failed."""
    if check.refusal is not None:
        return words.explain(check.refusal)
    findings = dict(check.findings)
    match check.name:
        case "rules" | "results":
            shown = (f"{event} {str(value)[:_HASH_SHOWN]}" for event, value in findings.items())
            return ", ".join(shown) or words.say("exchange.found_none")
        case "signatures":
            counted = {name: findings.pop(name) for name in ("signatures", "unsigned")}
            keys = ", ".join(f"{station} {key}" for station, key in findings.items())
            return words.say("exchange.found_signatures", **counted, keys=keys)
        case "manifest":
            findings["digest"] = grouped(str(findings["digest"]))
            return words.say("exchange.found_manifest", **findings)
        case name:
            return words.say(f"exchange.found_{name}", **findings)


def grouped(digest: str) -> str:
    """The first sixteen characters in groups of four, to be compared by reading aloud."""
    head = digest[:_HASH_SHOWN].upper()
    return " ".join(head[start : start + 4] for start in range(0, len(head), 4))
