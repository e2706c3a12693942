"""What the certificates screen offers, and what it asks before a number is given or dies."""

from __future__ import annotations

import msgspec
import pytest

from app.domain.certificate_holders import Holder
from app.domain.facts import CompetitionSet, ResultStatus
from app.domain.ids import JudgeId
from app.domain.roles import Actor, Role
from app.services import certifying
from app.services.station import Station, recording
from app.words import Words
from tests.samples.results import (
    COMPETITION,
    E1,
    E2,
    E3,
    WELD,
    lock,
    mark,
    marked_event,
    publish,
    published_event,
    unlock,
)
from tests.ui.around import Person
from ui.dialogs import ChosenReason
from ui.screens.certificates.presenter import CertificatesPresenter
from ui.screens.certificates.rows import Shown
from ui.theme.tokens import Tone


class SampleView:
    """A view that shows nothing."""

    def show_state(self, shown: Shown) -> None:
        pass


def presenter_of(station: Station, ask: Person | None = None) -> CertificatesPresenter:
    made = CertificatesPresenter(station, Words.load("zh"), ask or Person(), SampleView())
    made.show()
    return made


def states(presenter: CertificatesPresenter) -> list[tuple[str, str, Tone]]:
    return [(line.cells[0], line.cells[-1], line.tone) for line in presenter.shown.lines]


def test_before_a_publication_there_is_nothing_to_issue() -> None:
    presenter = presenter_of(marked_event())
    assert presenter.shown.revision == 0
    assert presenter.waiting() == 0


@pytest.mark.parametrize("role", [Role.JUDGE, Role.SCOREKEEPER, Role.FLOOR])
def test_others_than_the_chief_and_the_desk_see_no_names(role: Role) -> None:
    station = published_event()
    station.actor = Actor(role, JudgeId("J1") if role is Role.JUDGE else None)
    presenter = presenter_of(station)
    assert not presenter.shown.may_see
    assert presenter.shown.lines == ()
    assert presenter.waiting() == 0


def test_the_button_counts_what_is_to_issue_and_to_print() -> None:
    presenter = presenter_of(published_event())
    assert presenter.waiting() == 3
    assert presenter.action() == "签发并打印 3 张证书"
    batch = presenter.issue()
    assert [content.name for content in batch.contents] == [
        "单样",
        "样例选手01",
        "样例·长名选手〇三",
    ]
    assert presenter.waiting() == 0
    assert presenter.action() == "打印 3 张证书"
    presenter.printed(batch.numbers[:2])
    assert presenter.action() == "打印 1 张证书"
    assert states(presenter) == [
        ("单样", "已打印", Tone.DONE),
        ("样例选手01", "已打印", Tone.DONE),
        ("样例·长名选手〇三", "已签发", Tone.RUNNING),
    ]
    presenter.printed(batch.numbers[2:])
    assert presenter.action() == "重新打印全部 3 张"
    assert presenter.shown.counted == "应发 3 张 · 已签发 3 · 已打印 3 · 已作废 0"


def test_a_batch_holds_certificates_of_the_chosen_template_only() -> None:
    station = published_event()
    certifying.issue(station, WELD, [Holder(E1)], template="award")
    presenter = presenter_of(station)
    assert presenter.shown.work.to_issue == (Holder(E2), Holder(E3))
    assert presenter.shown.work.to_print == ()
    presenter.choose_template("award")
    assert presenter.shown.work.pages == 3


def test_issuing_from_a_provisional_result_says_so_first() -> None:
    reader = Person()
    presenter = presenter_of(published_event(), reader)
    assert presenter.confirm_work()
    (asked,) = reader.confirmed
    assert "公示期内可能因申诉复核而变动" in asked.what
    assert asked.rows == (
        ("获奖项目", "焊接（样例）"),
        ("依据", "依据第 1 版成绩 · 公示"),
        ("新签发编号", "3"),
        ("打印张数", "3"),
        ("证书模板", "荣誉证书"),
    )
    final = Person()
    presenter_of(published_event(status=ResultStatus.FINAL), final).confirm_work()
    assert "公示期内" not in final.confirmed[0].what


def test_issuing_without_an_organiser_says_that_nobody_will_stand_below() -> None:
    station = published_event(status=ResultStatus.FINAL)
    reader = Person()
    presenter_of(station, reader).confirm_work()
    with recording(station) as log:
        log.add(CompetitionSet(competition=msgspec.structs.replace(COMPETITION, organisers=())))
    presenter_of(station, reader).confirm_work()
    named, unnamed = reader.confirmed
    assert (named.tone, unnamed.tone) == (Tone.RUNNING, Tone.ATTENTION)
    assert unnamed.what.removeprefix(named.what).strip() == (
        "“竞赛信息”中未填主办、承办单位，证书上将没有落款单位。"
    )


def test_voiding_asks_for_a_reason_and_names_what_is_lost() -> None:
    station, reader = published_event(), Person(picks=None)
    presenter = presenter_of(station, reader)
    number = presenter.issue().numbers[0]
    assert not presenter.void(E2)
    reader.picks = ChosenReason("damaged", "")
    assert presenter.void(E2)
    assert reader.confirmed[0].lost == (f"证书 {number} 将永久失效。请收回纸质证书并留存。",)
    assert states(presenter)[0] == ("单样", "已作废", Tone.BLOCKED)
    assert presenter.shown.ledger[-1].cells[0] == number
    assert presenter.shown.ledger[-1].cells[-2:] == ("损坏或打印错误", "作废")
    assert presenter.action() == "签发并打印 3 张证书"


def test_a_reissued_certificate_waits_to_be_printed() -> None:
    station, ask = published_event(), Person(picks=ChosenReason("other", "换纸"))
    presenter = presenter_of(station, ask)
    batch = presenter.issue()
    presenter.printed(batch.numbers)
    new = presenter.reissue(E1)
    assert new is not None
    assert presenter.shown.work.to_print == (new,)
    assert certifying.ledger(station, WELD)[1].voided is not None


def test_an_award_that_changed_is_not_printed_but_flagged() -> None:
    station = published_event()
    presenter = presenter_of(station)
    presenter.issue()
    unlock(station)
    mark(station, E1, "A1.1", "9.5")
    lock(station)
    publish(station, reason="复核更正")
    presenter.show()
    assert [state for _, state, _ in states(presenter)] == ["奖项有变", "奖项有变", "已签发"]
    assert len(presenter.shown.work.to_print) == 1


def test_the_page_of_an_unissued_certificate_is_a_specimen() -> None:
    presenter = presenter_of(published_event())
    content, template = presenter.preview(E2)
    assert (content.specimen, template.title) == (True, "荣誉证书")
    presenter.issue()
    assert not presenter.preview(E2)[0].specimen
