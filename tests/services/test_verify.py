"""Verifying: a sound file passes every check, and each kind of tampering fails the check it should.

The triggers that protect the log are no obstacle to whoever holds the file, so the tests drop them.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.bootstrap import open_station
from app.bundles.certificate_code import CertificateClaim, sign_code
from app.domain.certificate_numbers import certificate_number
from app.domain.draw import DrawRecipe, Placement, run_draw
from app.domain.draw_arrange import DrawEntry
from app.domain.draw_source import commitment
from app.domain.facts import CertificateIssued, DrawCommitted, DrawMade, ResultStatus
from app.domain.ids import CertificateNumber
from app.problems import Problem
from app.services import exchange, results
from app.services.certificate_check import verify_codes
from app.services.station import recording
from app.services.verification import Kind, Verification
from app.services.verifying import verify
from tests.samples.results import E1, E2, WELD, B, lock, mark, publish, published_event, unlock

if TYPE_CHECKING:
    from pathlib import Path

COMPETITION_CHECKS = [
    "file",
    "chains",
    "signatures",
    "people",
    "tables",
    "rules",
    "draws",
    "ties",
    "results",
    "standings",
    "certificates",
]
BUNDLE_CHECKS = [
    "file",
    "manifest",
    "chains",
    "signatures",
    "people",
    "rules",
    "draws",
    "ties",
    "results",
    "standings",
    "certificates",
]
SEED = bytes(range(32))
SOUND = certificate_number(
    "{year}{event}-{n:04d}-{check}", year=2026, event=WELD, station="S7K2", n=1
)


@pytest.fixture
def competition(tmp_path: Path) -> Path:
    path = tmp_path / "day.plumb"
    station = published_event(path)
    with recording(station) as log:
        recipe = DrawRecipe(
            event=WELD,
            module=B,
            purpose="order",
            commitment=commitment(SEED),
            entries=(DrawEntry(E1, "样例一厂"), DrawEntry(E2, "样例二厂")),
        )
        committed = log.add(DrawCommitted(event=WELD, module=B, recipe=recipe))
        log.add(
            DrawMade(
                event=WELD,
                module=B,
                committed=committed.op_id,
                seed=SEED.hex(),
                placements=run_draw(recipe, SEED).placements,
            )
        )
        log.sign_head()
    station.close()
    return path


def tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER IF EXISTS ops_never_change")
    connection.execute("DROP TRIGGER IF EXISTS ops_never_vanish")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def failing(verification: Verification) -> list[tuple[str, str]]:
    return [(check.name, check.refusal.code) for check in verification.failed() if check.refusal]


def test_a_sound_competition_file_passes_every_check(competition: Path) -> None:
    verification = verify(competition)
    assert verification.kind is Kind.COMPETITION
    assert [check.name for check in verification.checks] == COMPETITION_CHECKS
    assert failing(verification) == []
    assert verification.ok


def test_a_sound_bundle_passes_every_check(competition: Path, tmp_path: Path) -> None:
    station = open_station(competition)
    path = tmp_path / "day.bundle"
    exchange.export_bundle(station, path)
    station.close()
    verification = verify(path)
    assert verification.kind is Kind.BUNDLE
    assert [check.name for check in verification.checks] == BUNDLE_CHECKS
    assert failing(verification) == []


def test_verifying_writes_nothing(competition: Path) -> None:
    before = competition.read_bytes()
    verify(competition)
    assert competition.read_bytes() == before


def test_an_altered_mark_fails_the_chain_and_is_named(competition: Path) -> None:
    tamper(
        competition,
        "UPDATE ops SET body = replace(body, '80000', '90000') WHERE position ="
        " (SELECT min(position) FROM ops WHERE kind = 'mark-given')",
    )
    verification = verify(competition)
    assert failing(verification) == [("chains", "op-altered")]
    assert [check.name for check in verification.checks] == ["file", "chains"]


def test_a_removed_record_fails_the_chain(competition: Path) -> None:
    tamper(
        competition,
        "DELETE FROM marks",
        "DELETE FROM ops WHERE position = (SELECT min(position) FROM ops WHERE kind='mark-given')",
    )
    assert failing(verify(competition)) == [("chains", "chain-gap")]


def test_an_altered_name_fails(competition: Path) -> None:
    tamper(competition, "UPDATE people SET details = replace(details, '单样', '双样')")
    assert failing(verify(competition)) == [("people", "verify-person-altered")]


def test_a_purged_person_does_not_fail(competition: Path) -> None:
    tamper(competition, "DELETE FROM people")
    assert verify(competition).ok


def test_a_score_table_changed_behind_the_log_fails(competition: Path) -> None:
    tamper(competition, "UPDATE marks SET value = 100000 WHERE entry = 'WELD-03'")
    assert failing(verify(competition)) == [("tables", "verify-tables-differ")]


def test_a_fact_that_no_longer_stands_behind_the_log_fails(competition: Path) -> None:
    tamper(competition, "DELETE FROM standing WHERE kind = 'module-locked'")
    assert failing(verify(competition)) == [("tables", "verify-tables-differ")]


def test_a_result_the_marks_do_not_give_fails(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    station = published_event(path)
    before = results.published(station, WELD)
    assert before is not None
    fact = before.fact
    first, *others = fact.rows
    rows = (msgspec.structs.replace(first, total="99.00"), *others)
    with recording(station) as log:
        log.add(
            msgspec.structs.replace(
                fact,
                revision=2,
                rows=rows,
                result_hash=results.result_hash(WELD, fact.rules_hash, rows),
            )
        )
    station.close()
    assert failing(verify(path)) == [("results", "verify-result-differs")]


def test_a_mark_corrected_after_publication_does_not_fail_what_was_published(
    tmp_path: Path,
) -> None:
    path = tmp_path / "day.plumb"
    station = published_event(path)
    unlock(station)
    mark(station, E1, "A1.1", "9.5")
    station.close()
    assert verify(path).ok


def test_every_revision_may_be_followed_by_another(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    station = published_event(path)
    unlock(station)
    mark(station, E1, "A1.1", "9.5")
    lock(station)
    publish(station, ResultStatus.FINAL, reason="样例更正")
    station.close()
    assert verify(path).ok


def test_a_draw_that_comes_out_otherwise_fails(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    station = published_event(path)
    with recording(station) as log:
        recipe = DrawRecipe(
            event=WELD,
            module=B,
            purpose="order",
            commitment=commitment(SEED),
            entries=(DrawEntry(E1, "a"), DrawEntry(E2, "b")),
        )
        committed = log.add(DrawCommitted(event=WELD, module=B, recipe=recipe))
        wished = (Placement(E1, 1, 1), Placement(E1, 1, 2))
        log.add(
            DrawMade(
                event=WELD,
                module=B,
                committed=committed.op_id,
                seed=SEED.hex(),
                placements=wished,
            )
        )
    station.close()
    assert failing(verify(path)) == [("draws", "verify-draw-differs")]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((SOUND, SOUND), "verify-certificate-twice"),
        ((SOUND, SOUND[:-1] + "?"), "verify-certificate-without-result"),
    ],
)
def test_a_certificate_number_given_twice_or_unsound_fails(
    tmp_path: Path, numbers: tuple[str, ...], code: str
) -> None:
    path = tmp_path / "day.plumb"
    station = published_event(path)
    snapshot = results.published(station, WELD)
    assert snapshot is not None
    with recording(station) as log:
        for number in numbers:
            log.add(
                CertificateIssued(
                    event=WELD,
                    entry=E1,
                    number=CertificateNumber(number),
                    award="一等奖",
                    template="honour",
                    revision=1,
                    result_hash=snapshot.fact.result_hash,
                    date="2026-11-20",
                    code_hash="0" * 64,
                )
            )
    station.close()
    assert failing(verify(path)) == [("certificates", code)]


def test_a_damaged_page_fails(competition: Path) -> None:
    connection = sqlite3.connect(competition)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    content = bytearray(competition.read_bytes())
    content[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    competition.write_bytes(content)
    (name, _code), *_ = failing(verify(competition))
    assert name == "file"


def test_a_tampered_bundle_fails_and_stops_there(competition: Path, tmp_path: Path) -> None:
    station = open_station(competition)
    path = tmp_path / "day.bundle"
    exchange.export_bundle(station, path)
    station.close()
    tamper(path, "UPDATE ops SET body = replace(body, '80000', '90000') WHERE kind = 'mark-given'")
    verification = verify(path)
    assert failing(verification) == [("chains", "bundle-op-altered")]
    tamper(path, "CREATE VIEW more AS SELECT 1")
    assert failing(verify(path)) == [("file", "bundle-schema-foreign")]


def test_a_certificate_code_is_verified_from_text_and_from_a_text_file(tmp_path: Path) -> None:
    claim = CertificateClaim(
        competition="S",
        event="WELD",
        number="2026WELD-0001-K",
        award="一等奖",
        name="样例选手01",
        unit="样例一厂",
        result_hash="cd" * 32,
        station="S7K2",
        date="2026-11-20",
    )
    code = sign_code(Ed25519PrivateKey.from_private_bytes(bytes(range(32))), claim)
    verification = verify_codes([code])
    assert verification.ok
    assert verification.kind is Kind.CERTIFICATE
    assert verification.subject == "2026WELD-0001-K"
    assert verification.checks[0].findings["fingerprint"] == "03A1 07BF F3CE 10BE"
    path = tmp_path / "code.txt"
    path.write_text(code, encoding="utf-8")
    assert verify(path).ok
    path.write_text(code[:-4] + "ABCD", encoding="utf-8")
    assert not verify(path).ok


def test_what_cannot_be_verified_at_all_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")
    for name, code in (("letter.txt", "file-not-sqlite"), ("gone.plumb", "file-missing")):
        with pytest.raises(Problem) as refused:
            verify(tmp_path / name)
        assert refused.value.code == code
