"""What the results screen shows to whom, and what publishing asks first."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest

from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import JudgeId
from app.domain.roles import Actor, Role
from app.domain.scheme import OnRemaining
from app.services import results, rules, setup
from app.services.station import Station
from app.words import Words
from tests.samples.results import E1, E2, E4, WELD, lock, mark, marked_event, publish, unlock
from tests.ui.around import Person
from ui.dialogs import ChosenReason
from ui.screens.results.presenter import ResultsPresenter
from ui.screens.results.rows import Shown


@dataclass
class SampleView:
    """Remembers what it was told to show."""

    shown: list[Shown] = field(default_factory=list)

    def show_state(self, shown: Shown) -> None:
        self.shown.append(shown)

    def blockers_changed(self) -> None:
        pass


FIRST, SECOND = ("First prize", "Ranked"), ("Second prize", "Ranked")


def presenter_of(station: Station, ask: Person | None = None) -> ResultsPresenter:
    made = ResultsPresenter(station, Words.load("en"), ask or Person(), SampleView())
    made.show()
    return made


def cells(presenter: ResultsPresenter) -> list[tuple[str, ...]]:
    return [line.cells for line in presenter.shown.lines]


def test_the_chief_judge_sees_the_live_leaderboard_with_names() -> None:
    shown = cells(presenter_of(marked_event()))
    assert shown[:2] == [
        (
            "1",
            "02",
            "Sample Entrant 02",
            "样例二厂",
            "9.00",
            "8.00",
            "17.00",
            "First prize",
            "",
            "Ranked",
        ),
        (
            "2",
            "01",
            "Sample Entrant 01",
            "样例一厂",
            "8.00",
            "9.00",
            "17.00",
            "Second prize",
            "Module A",
            "Ranked",
        ),
    ]
    assert shown[4][:3] == ("(1)", "06", "样例选手06")
    assert shown[5] == ("", "05", "样例选手05", "样例五厂", "–", "–", "–", "", "", "Absent")


@pytest.mark.parametrize(
    "actor", [Actor(Role.JUDGE, JudgeId("J1")), Actor(Role.SCOREKEEPER), Actor(Role.CERTIFICATES)]
)
def test_nobody_else_sees_anything_before_it_is_published(actor: Actor) -> None:
    station = marked_event()
    station.actor = actor
    presenter = presenter_of(station)
    assert len(presenter.shown.lines) == 0
    assert presenter.shown.standings is None
    assert presenter.why(E1) is None
    assert presenter.blockers() == ()


def test_a_judge_sees_the_snapshot_by_number_only() -> None:
    station = marked_event()
    publish(station)
    unlock(station)
    mark(station, E4, "A1.1", "10")
    station.actor = Actor(Role.JUDGE, JudgeId("J1"))
    presenter = presenter_of(station)
    assert cells(presenter)[0] == ("1", "02", "9.00", "8.00", "17.00", "First prize", "Ranked")
    assert cells(presenter)[3][:5] == ("4", "04", "6.50", "5.00", "11.50")
    assert presenter.why(E1) is None
    assert not presenter.shown.is_live


def test_publishing_repeats_what_will_be_published() -> None:
    station, reader = marked_event(), Person()
    presenter = presenter_of(station, reader)
    presenter.publish_as(ResultStatus.FINAL)
    hashed = results.leaderboard(station, WELD).result_hash[:16].upper()
    assert presenter.publish()
    (asked,) = reader.confirmed
    assert asked.rows == (
        ("Event", "Welding (sample)"),
        ("Revision", "1"),
        ("Status", "Final"),
        ("Entries ranked", "4"),
        ("Rank 1", "02 · Sample Entrant 02  17.00"),
        ("Rank 2", "01 · Sample Entrant 01  17.00"),
        ("Rank 3", "03 · Sample Entrant 03  14.00"),
        ("Result hash", f"{hashed[:4]} {hashed[4:8]} {hashed[8:12]} {hashed[12:]}"),
    )
    assert results.in_force(station, WELD).fact.status is ResultStatus.FINAL


def test_the_same_result_is_published_again_only_under_another_status() -> None:
    presenter = presenter_of(marked_event(), Person(picks=ChosenReason("final", "")))
    assert presenter.is_news
    assert presenter.publish()
    assert presenter.shown.publish_as is ResultStatus.FINAL
    assert presenter.is_news
    presenter.publish_as(ResultStatus.PROVISIONAL)
    assert not presenter.is_news
    presenter.publish_as(ResultStatus.FINAL)
    assert presenter.publish()
    assert not presenter.is_news


def test_a_result_that_was_final_stays_final_when_it_changes() -> None:
    picks = Person(picks=ChosenReason("appeal", ""))
    station = marked_event()
    presenter = presenter_of(station, picks)
    assert presenter.shown.publish_as is ResultStatus.PROVISIONAL
    assert presenter.publish()
    assert presenter.publish()
    unlock(station)
    mark(station, E1, "A1.1", "9")
    lock(station)
    # As whoever opens the station the next morning sees it.
    presenter = presenter_of(station, picks)
    assert presenter.shown.publish_as is ResultStatus.FINAL
    assert presenter.is_news
    assert presenter.publish()
    assert results.in_force(station, WELD).fact.status is ResultStatus.FINAL
    assert [it.fact.status.value for it in results.publications(station, WELD)] == [
        "provisional",
        "final",
        "final",
    ]


def test_a_provisional_result_that_changes_stays_open_to_appeals() -> None:
    station = marked_event()
    presenter = presenter_of(station)
    assert presenter.publish()
    assert presenter.shown.publish_as is ResultStatus.FINAL
    unlock(station)
    mark(station, E1, "A1.1", "9")
    assert presenter_of(station).shown.publish_as is ResultStatus.PROVISIONAL


def test_to_reopen_a_final_result_is_said_in_as_many_words() -> None:
    reader = Person(picks=ChosenReason("appeal", ""))
    presenter = presenter_of(marked_event(), reader)
    presenter.publish_as(ResultStatus.FINAL)
    assert presenter.publish()
    presenter.publish_as(ResultStatus.PROVISIONAL)
    assert presenter.publish()
    assert "reopens it to appeals" in reader.confirmed[-1].what
    assert presenter.shown.standings is not None
    assert presenter.shown.standings.status is ResultStatus.PROVISIONAL


def test_thinking_better_of_it_publishes_nothing() -> None:
    station = marked_event()
    assert not presenter_of(station, Person(agrees=False)).publish()
    assert results.published(station, WELD) is None


def test_a_second_revision_asks_for_the_reason_and_keeps_it() -> None:
    station = marked_event()
    publish(station)
    ask = Person(picks=None)
    presenter = presenter_of(station, ask)
    assert not presenter.publish()
    ask.picks = ChosenReason("appeal", "item 3")
    assert presenter.publish()
    latest = results.publications(station, WELD)[-1]
    assert (latest.fact.revision, latest.reason) == (2, "Decision on an appeal · item 3")


def test_what_the_chief_judge_did_not_see_is_refused() -> None:
    station = marked_event()
    presenter = presenter_of(station)
    unlock(station)
    mark(station, E4, "A1.1", "10")
    lock(station)
    with pytest.raises(RuleBroken, match="result-changed-meanwhile"):
        presenter.publish()


def test_the_strip_says_when_the_public_sees_something_else() -> None:
    station = marked_event()
    publish(station)
    presenter = presenter_of(station)
    assert presenter.shown.standings is not None
    assert presenter.shown.standings.word == "Published · revision 1 · Provisional"
    assert not presenter.prints_draft()
    unlock(station)
    mark(station, E4, "A1.1", "10")
    presenter.show()
    assert presenter.shown.standings is not None
    assert presenter.shown.standings.word == "Changed since revision 1"
    assert presenter.prints_draft()
    assert presenter.file_name(".pdf") == "WELD-results-draft.pdf"


def test_the_strip_says_when_the_rules_were_amended_since() -> None:
    station = marked_event()
    publish(station)
    wanted = msgspec.structs.replace(rules.rules(station, WELD), on_remaining=OnRemaining.CHIEF)
    setup.amend(station, WELD, wanted, "the briefing asked for it")
    standings = presenter_of(station).shown.standings
    assert standings is not None
    assert standings.word == "Changed since revision 1"
    assert standings.text.startswith("The rules were amended since.")


def test_blockers_say_where_they_are_put_right() -> None:
    station = marked_event()
    unlock(station)
    (blocker,) = presenter_of(station).blockers()
    assert (blocker.why.code, blocker.place) == ("modules-unlocked", "review")


def test_why_this_rank_comes_with_the_calculation() -> None:
    why = presenter_of(marked_event()).why(E2)
    assert why is not None
    assert why.heading == "02 · Sample Entrant 02"
    assert why.sentences[0] == "WELD-02 stands at rank 1 with a total of 17.00."
    assert why.tree is not None
    assert (why.tree.what, why.tree.result) == ("Total", "17")
    assert why.tree.notes == "rounded to 2 decimals, half up"
    modules = why.tree.children[0].children
    assert [(one.what, one.result) for one in modules] == [
        ("Module A Flat welds", "9"),
        ("Module B Vertical welds", "8"),
    ]


def test_the_chart_stacks_what_each_module_adds() -> None:
    names, bars = presenter_of(marked_event()).chart()
    assert names == ["A Flat welds", "B Vertical welds"]
    assert [(bar.label, bar.parts) for bar in bars[:2]] == [("02", (9.0, 8.0)), ("01", (8.0, 9.0))]
