"""The signed code of a certificate: it reads back, it is small, and no change goes unnoticed."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.bundles import base45
from app.bundles.certificate_code import CertificateClaim, check_code, sign_code
from app.domain.errors import RuleBroken

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CLAIM = CertificateClaim(
    competition="SAMPLE-4",
    event="ROBOT",
    number="2026ROBOT-0007-K",
    award="一等奖",
    name="样例选手07",
    unit="样例一厂",
    result_hash="ab" * 32,
    station="S7K2",
    date="2026-11-20",
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
    ],
)
def test_base45_is_that_of_the_rfc(content: bytes, text: str) -> None:
    assert base45.encode(content) == text
    assert base45.decode(text) == content


@pytest.mark.parametrize("text", ["GGW", ":::", "A", "::", "ab0", "B中0"])
def test_base45_refuses_what_no_encoder_writes(text: str) -> None:
    with pytest.raises(ValueError, match="base45"):
        base45.decode(text)


def test_a_code_reads_back_as_it_was_signed() -> None:
    text = sign_code(KEY, CLAIM)
    checked = check_code(text)
    assert (checked.claim, checked.is_genuine) == (CLAIM, True)
    assert checked.fingerprint == "03A1 07BF F3CE 10BE"


def test_a_code_fits_a_small_qr_code() -> None:
    assert len(sign_code(KEY, CLAIM)) < 380


def test_no_changed_character_goes_unnoticed() -> None:
    text = sign_code(KEY, CLAIM)
    chance = random.Random(7)
    for place in range(len("PLUMB1."), len(text)):
        sign = chance.choice([other for other in "0123456789ABCXYZ*" if other != text[place]])
        changed = text[:place] + sign + text[place + 1 :]
        assert not is_accepted(changed)


def is_accepted(text: str) -> bool:
    try:
        return check_code(text).is_genuine
    except RuleBroken:
        return False


@pytest.mark.parametrize(
    "text", ["", "PLUMB1.", "PLUMB1.中文", "https://example.org", "PLUMB1." + "A" * 9000]
)
def test_a_text_that_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="certificate-code-unreadable"):
        check_code(text)
