"""Certificates where teams have won: for the team, for each member, or both."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from app.bundles.certificate_code import check_code
from app.domain.award_rules import CertificatesFor
from app.domain.certificate_holders import Holder
from app.domain.errors import RuleBroken
from app.services import certificate_printing as printing
from app.services import certifying
from app.services.certificate_papers import certificates_ledger, ledger_writer
from app.services.certifying import CertificateState
from app.services.overview import event_progress
from app.services.progress import Phase
from app.services.station import Station, recording
from app.services.verification_words import found
from app.services.verifying import verify
from app.storage import people
from app.storage.people import Person
from app.words import Words
from tests.reports.reading import page_texts
from tests.samples.results import (
    E1,
    E2,
    E3,
    EVENT,
    FIRST,
    SECOND,
    TEAMS,
    WELD,
    marked_event,
    publish,
)

pytestmark = pytest.mark.usefixtures("station_home")

ONE, TWO, THREE = Holder(E2, 1), Holder(E2, 2), Holder(E2, 3)


def team_event(rule: CertificatesFor, path: Path | None = None) -> Station:
    """Teams of three and two are first and second, somebody alone is third; published."""
    rules = replace(EVENT, awards=replace(EVENT.awards, certificates=rule))
    station = marked_event(path, persons=TEAMS, rules=rules)
    publish(station)
    return station


def issued_event(path: Path | None = None) -> Station:
    station = team_event(CertificatesFor.MEMBER, path)
    everyone = [one.holder for one in certifying.recipients(station, WELD)]
    certifying.issue(station, WELD, everyone, template="honour")
    return station


@pytest.mark.parametrize(
    ("rule", "holders"),
    [
        (CertificatesFor.ENTRY, [Holder(E2), Holder(E1), Holder(E3)]),
        (CertificatesFor.MEMBER, [ONE, TWO, THREE, Holder(E1, 1), Holder(E1, 2), Holder(E3)]),
        (
            CertificatesFor.BOTH,
            [Holder(E2), ONE, TWO, THREE, Holder(E1), Holder(E1, 1), Holder(E1, 2), Holder(E3)],
        ),
    ],
)
def test_the_rules_say_who_of_a_team_gets_one(rule: CertificatesFor, holders: list[Holder]) -> None:
    station = team_event(rule)
    assert [one.holder for one in certifying.recipients(station, WELD)] == holders
    assert certifying.due(station, WELD) == len(holders)


def test_each_member_has_a_number_and_a_signed_code_of_their_own() -> None:
    station = issued_event()
    contents = printing.batch(station, WELD).contents
    assert [(one.name, one.team, one.award) for one in contents[:4]] == [
        ("样例丙", "样例二队", FIRST),
        ("样例丁", "样例二队", FIRST),
        ("样例戊", "样例二队", FIRST),
        ("样例甲", "样例一队", SECOND),
    ]
    assert contents[0].members == ("样例丙", "样例丁", "样例戊")
    assert (contents[5].name, contents[5].team) == ("样例·长名选手〇三", "")
    codes = [check_code(one.qr) for one in contents]
    assert all(one.is_genuine for one in codes)
    assert [one.claim.name for one in codes[:3]] == ["样例丙", "样例丁", "样例戊"]
    assert len({one.claim.number for one in codes}) == 6


def test_the_paper_of_a_member_names_the_team_and_everyone_in_it(tmp_path: Path) -> None:
    station = issued_event()
    target = tmp_path / "all.pdf"
    assert printing.print_certificates(station, WELD, target) == 6
    first = page_texts(target.read_bytes())[0]
    assert "样例丁" not in first.partition("样例二队")[0]
    assert "样例二队：样例丙" in first


def test_one_member_is_voided_and_reissued_without_the_others() -> None:
    station = issued_event()
    number = certifying.recipients(station, WELD)[1].number
    assert number is not None
    certifying.void(station, WELD, number, "样例：姓名有误")
    states = {one.holder: one.state for one in certifying.recipients(station, WELD)}
    assert states[TWO] is CertificateState.VOID
    assert states[ONE] is states[THREE] is CertificateState.ISSUED
    (again,) = certifying.issue(station, WELD, [TWO], template="honour")
    assert (again.entry, again.member) == (E2, 2)
    new = certifying.reissue(station, WELD, again.number, "样例：纸张破损")
    assert (new.member, new.number[:-1]) == (2, f"2026WELD-{station.station_id}-0008-")
    with pytest.raises(RuleBroken, match="certificate-already-issued"):
        certifying.issue(station, WELD, [TWO], template="honour")


def test_a_member_s_certificate_is_verified_against_the_file(tmp_path: Path) -> None:
    station = issued_event(tmp_path / "day.plumb")
    number = certifying.recipients(station, WELD)[1].number
    assert number is not None
    paper = tmp_path / "one.pdf"
    printing.print_certificates(station, WELD, paper, numbers={number})
    signed, standing = (found(Words.load("en"), it) for it in verify(paper, station=station).checks)
    assert signed.startswith(f"{number}: 一等奖, 样例丁")
    assert standing.startswith(f"{number} is valid: issued to WELD-02/2 by record ")
    new = certifying.reissue(station, WELD, number, "样例：纸张破损")
    replaced = verify(paper, station=station).checks[1]
    assert replaced.refusal is not None
    assert replaced.refusal.details["instead"] == new.number
    station.close()
    assert verify(tmp_path / "day.plumb").ok


def test_a_member_without_a_name_cannot_have_one_issued() -> None:
    station = team_event(CertificatesFor.MEMBER)
    with recording(station) as log:
        people.put(log.connection, E2, Person(name="样例二队", members=("样例丙",)), "salt")
    with pytest.raises(RuleBroken, match="certificate-name-missing") as refused:
        certifying.issue(station, WELD, [ONE, TWO], template="honour")
    assert refused.value.details["entry"] == "WELD-02/2"
    assert certifying.ledger(station, WELD) == []


def test_the_team_s_own_is_flagged_when_the_rules_are_for_members_only() -> None:
    station = team_event(CertificatesFor.MEMBER)
    with pytest.raises(RuleBroken, match="certificate-without-award"):
        certifying.issue(station, WELD, [Holder(E2)], template="honour")


def test_the_ledger_names_the_team_beside_the_member(tmp_path: Path) -> None:
    station, words = issued_event(), Words.load("zh")
    lines = certificates_ledger(station, WELD, words).rows
    assert [line.recipient for line in lines[4:]] == ["单乙（样例一队）", "样例·长名选手〇三"]
    target = tmp_path / "ledger.xlsx"
    assert ledger_writer(station, WELD, words, target)() == 6
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[:2]] == [
        ["竞赛", "样例职业技能竞赛"],
        ["赛项", "焊接（样例）"],
    ]
    assert rows[3][:4] == ["证书编号", "获奖人", "奖项", "状态"]
    assert rows[4][1:4] == ["样例丙（样例二队）", "一等奖", "有效"]
    with pytest.raises(RuleBroken, match="list-form-unknown"):
        ledger_writer(station, WELD, words, tmp_path / "ledger.doc")


def test_the_overview_counts_every_member() -> None:
    station = team_event(CertificatesFor.BOTH)
    certifying.issue(station, WELD, [ONE, TWO], template="honour")
    step = event_progress(station, WELD).step(Phase.CERTIFICATES)
    assert (step.done, step.total) == (2, 8)
