"""Certificates: numbers given once, recipients by the published snapshot, printed as signed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from app.bundles.certificate_code import check_code
from app.domain.certificate_holders import Holder
from app.domain.certificate_numbers import is_wellformed
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered
from app.domain.ids import CertificateNumber, StationId
from app.domain.roles import Actor, Role
from app.reports.paper import Watched
from app.services import certificate_printing as printing
from app.services import certifying
from app.services.certifying import CertificateState
from app.services.station import Station, recording
from app.services.station_keys import make_key
from app.storage import people, queries
from app.storage.people import Person
from tests.samples.results import (
    E1,
    E2,
    E3,
    E4,
    E6,
    FIRST,
    PEOPLE,
    SECOND,
    THIRD,
    WELD,
    lock,
    mark,
    marked_event,
    publish,
    published_event,
    unlock,
)

if TYPE_CHECKING:
    from pathlib import Path

AWARDED = (E1, E2, E3)


@pytest.fixture
def station() -> Station:
    opened = published_event()
    opened.key = type(opened.key)(StationId("S7K2"), opened.key.key)
    return opened


def issue_all(station: Station) -> list[str]:
    issued = certifying.issue(station, WELD, [Holder(it) for it in AWARDED], template="honour")
    return [fact.number for fact in issued]


def test_before_anything_is_published_there_are_no_recipients() -> None:
    station = marked_event()
    assert certifying.recipients(station, WELD) == ()
    with pytest.raises(RuleBroken, match="nothing-published"):
        certifying.issue(station, WELD, [Holder(E2)], template="honour")


def test_recipients_are_those_with_an_award_in_order_of_rank(station: Station) -> None:
    found = certifying.recipients(station, WELD)
    assert [(one.entry, one.award, one.rank) for one in found] == [
        (E2, FIRST, 1),
        (E1, SECOND, 2),
        (E3, THIRD, 3),
    ]
    assert found[0].name == "单样"
    assert found[0].unit == "样例二厂"
    assert {one.state for one in found} == {CertificateState.NOT_ISSUED}


def test_numbers_follow_the_snapshot_and_carry_a_check_character(station: Station) -> None:
    numbers = issue_all(station)
    assert [number[:-1] for number in numbers] == [
        "2026WELD-S7K2-0001-",
        "2026WELD-S7K2-0002-",
        "2026WELD-S7K2-0003-",
    ]
    assert all(map(is_wellformed, numbers))
    held = certifying.recipients(station, WELD)
    assert [one.number for one in held] == numbers
    assert {one.state for one in held} == {CertificateState.ISSUED}


def test_who_has_no_award_gets_no_certificate(station: Station) -> None:
    for entry in (E4, E6):
        with pytest.raises(RuleBroken, match="certificate-without-award"):
            certifying.issue(station, WELD, [Holder(E2), Holder(entry)], template="honour")
    assert certifying.ledger(station, WELD) == []


def test_a_second_certificate_is_refused_while_one_is_in_force(station: Station) -> None:
    issue_all(station)
    with pytest.raises(RuleBroken, match="certificate-already-issued"):
        certifying.issue(station, WELD, [Holder(E1)], template="honour")


def test_a_void_number_is_never_used_again(station: Station) -> None:
    numbers = issue_all(station)
    certifying.void(station, WELD, CertificateNumber(numbers[1]), "姓名写错")
    assert certifying.recipients(station, WELD)[1].state is CertificateState.VOID
    (again,) = certifying.issue(station, WELD, [Holder(E1)], template="honour")
    assert again.number.startswith("2026WELD-S7K2-0004-")
    assert [one.is_in_force for one in certifying.ledger(station, WELD)] == [
        True,
        False,
        True,
        True,
    ]
    dead = certifying.certificate(station, WELD, CertificateNumber(numbers[1])).voided
    assert dead is not None
    assert dead.reason == "姓名写错"


def test_voiding_needs_a_reason_and_works_once(station: Station) -> None:
    number = CertificateNumber(issue_all(station)[0])
    with pytest.raises(RuleBroken, match="void-needs-reason"):
        certifying.void(station, WELD, number, "  ")
    certifying.void(station, WELD, number, "损坏")
    with pytest.raises(RuleBroken, match="certificate-void-already"):
        certifying.void(station, WELD, number, "损坏")
    with pytest.raises(RuleBroken, match="certificate-unknown"):
        certifying.void(station, WELD, CertificateNumber("X"), "损坏")


def test_a_reissue_voids_the_old_number_and_gives_a_new_one_in_one_step(station: Station) -> None:
    numbers = issue_all(station)
    last_before = queries.latest(station.connection, EntryRegistered)
    new = certifying.reissue(station, WELD, CertificateNumber(numbers[0]), "纸张损坏")
    assert last_before is not None
    assert new.entry == E2
    assert new.number.startswith("2026WELD-S7K2-0004-")
    states = {one.number: one.is_in_force for one in certifying.ledger(station, WELD)}
    assert states == {numbers[0]: False, numbers[1]: True, numbers[2]: True, new.number: True}


def test_another_template_of_numbers_still_never_repeats_one(station: Station) -> None:
    template = "{event}{n:03d}{check}"
    first = certifying.issue(station, WELD, [Holder(E1)], template="honour", numbers=template)[0]
    station.key = make_key(frozenset({"S7K2"}))
    second = certifying.issue(station, WELD, [Holder(E2)], template="honour", numbers=template)[0]
    assert first.number[:-1] == "WELD001"
    assert second.number[:-1] == "WELD002"


def test_the_printed_code_says_what_was_awarded_and_is_signed(station: Station) -> None:
    issue_all(station)
    content = printing.batch(station, WELD).contents[0]
    code = check_code(content.qr)
    assert code.is_genuine
    assert (code.claim.name, code.claim.award, code.claim.unit) == ("单样", FIRST, "样例二厂")
    assert code.claim.number == content.number
    assert code.claim.date == "2026-11-16"
    assert content.date == "2026年11月16日"
    found = printing.is_on_record(station, content.qr)
    assert found is not None
    assert found.number == content.number
    assert printing.is_on_record(station, content.qr + "0") is None


def test_no_name_enters_the_log(station: Station) -> None:
    issue_all(station)
    bodies = [row[0] for row in station.connection.execute("SELECT body FROM ops")]
    for person in PEOPLE.values():
        assert not any(person.name in body for body in bodies)
    assert "单样" not in str(certifying.ledger(station, WELD))


def test_a_character_no_font_has_names_the_entry_before_anything_is_issued() -> None:
    station = marked_event(persons={**PEOPLE, E1: Person(name="样例\U0001f600")})
    publish(station)
    with pytest.raises(RuleBroken, match="certificate-glyph-missing") as refused:
        issue_all(station)
    assert refused.value.details["entry"] == E1
    assert certifying.ledger(station, WELD) == []


def test_a_name_corrected_after_issuing_asks_for_a_reissue(station: Station) -> None:
    numbers = issue_all(station)
    with recording(station) as log:
        people.put(log.connection, E2, Person(name="单样样"), "salt")
    with pytest.raises(RuleBroken, match="certificate-outdated"):
        printing.batch(station, WELD)
    certifying.reissue(station, WELD, CertificateNumber(numbers[0]), "姓名更正")
    assert "单样样" in {one.name for one in printing.batch(station, WELD).contents}


def test_a_changed_award_shows_as_outdated(station: Station) -> None:
    issue_all(station)
    unlock(station)
    mark(station, E1, "A1.1", "9.5")
    lock(station)
    publish(station, reason="复核更正")
    found = {one.entry: one for one in certifying.recipients(station, WELD)}
    assert (found[E1].award, found[E1].is_outdated) == (FIRST, True)
    assert (found[E3].award, found[E3].is_outdated) == (THIRD, False)


def test_who_lost_the_award_stays_listed_until_the_certificate_is_void(station: Station) -> None:
    numbers = issue_all(station)
    unlock(station)
    mark(station, E3, "A1.1", "1")
    lock(station)
    publish(station, reason="复核更正")
    found = {one.entry: one for one in certifying.recipients(station, WELD)}
    assert (found[E3].award, found[E3].is_outdated) == ("", True)
    assert found[E4].award == THIRD
    certifying.void(station, WELD, CertificateNumber(numbers[2]), "复核更正")
    assert E3 not in {one.entry for one in certifying.recipients(station, WELD)}


def test_what_was_printed_is_remembered(station: Station, tmp_path: Path) -> None:
    numbers = issue_all(station)
    target = tmp_path / "certificates.pdf"
    assert printing.printed(station, WELD) == frozenset()
    first = {CertificateNumber(numbers[0])}
    assert printing.print_certificates(station, WELD, target, numbers=first) == 1
    assert printing.printed(station, WELD) == frozenset(numbers[:1])
    assert printing.print_certificates(station, WELD, io.BytesIO()) == 3
    assert printing.printed(station, WELD) == frozenset(numbers)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_cancelled_batch_counts_as_not_printed(station: Station, tmp_path: Path) -> None:
    issue_all(station)
    target = tmp_path / "certificates.pdf"
    stopped = Watched(target, lambda *_count: None, lambda: True)
    assert printing.print_certificates(station, WELD, stopped) == 0
    assert not target.exists()
    assert printing.printed(station, WELD) == frozenset()


def test_a_void_certificate_is_not_printed(station: Station) -> None:
    numbers = issue_all(station)
    certifying.void(station, WELD, CertificateNumber(numbers[0]), "损坏")
    assert printing.batch(station, WELD).numbers == tuple(numbers[1:])
    with pytest.raises(RuleBroken, match="certificate-void-already"):
        printing.batch(station, WELD, {CertificateNumber(numbers[0])})


def test_certificates_of_different_templates_are_printed_apart(station: Station) -> None:
    certifying.issue(station, WELD, [Holder(E1)], template="honour")
    (english,) = certifying.issue(station, WELD, [Holder(E2)], template="award")
    with pytest.raises(RuleBroken, match="certificates-mixed-templates"):
        printing.batch(station, WELD)
    (content,) = printing.batch(station, WELD, {english.number}).contents
    assert (content.name, content.award) == ("Sample Entrant 02", "First prize")
    assert content.date == "16 November 2026"


def test_another_laptop_prints_only_what_it_issued_itself(station: Station) -> None:
    issue_all(station)
    station.key = make_key(frozenset({"S7K2"}))
    with pytest.raises(RuleBroken, match="certificate-issued-elsewhere"):
        printing.batch(station, WELD)
    new = certifying.reissue(
        station, WELD, certifying.ledger(station, WELD)[0].number, "在本机打印"
    )
    assert new.number.startswith(f"2026WELD-{station.station_id}-0001-")
    assert printing.batch(station, WELD, {new.number}).contents[0].name == "单样"


def test_the_preview_is_a_specimen_until_the_certificate_is_issued(station: Station) -> None:
    before, _template = printing.preview(station, WELD, Holder(E2), "honour")
    assert (before.specimen, before.number, before.name) == (True, "--------", "单样")
    (number, *_) = issue_all(station)
    after, _template = printing.preview(station, WELD, Holder(E2), "award")
    assert (after.specimen, after.number) == (False, number)
    assert after == printing.batch(station, WELD).contents[0]


def test_only_the_chief_and_the_certificates_desk_may_issue(station: Station) -> None:
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        issue_all(station)
    station.actor = Actor(Role.CERTIFICATES)
    assert len(issue_all(station)) == 3


def test_without_a_date_set_the_certificate_takes_the_one_given(station: Station) -> None:
    (issued,) = certifying.issue(station, WELD, [Holder(E1)], template="honour", date="2026-12-01")
    assert replace(issued, code_hash="").date == "2026-12-01"
    with pytest.raises(RuleBroken, match="certificate-date-unreadable"):
        certifying.issue(station, WELD, [Holder(E2)], template="honour", date="1 Dec")


def test_two_certificates_for_one_entry_are_both_shown(station: Station) -> None:
    (first,) = certifying.issue(station, WELD, [Holder(E1)], template="honour")
    with recording(station) as log:
        # As a merge brings it in from a laptop that did not know of the first.
        log.add(replace(first, number=CertificateNumber("2026WELD-9XYZ-0001-?")))
    found = {one.entry: one for one in certifying.recipients(station, WELD)}
    assert found[E1].also == (first.number,)
