"""Setting up, freezing and amending the rules of a competition, against a real file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from app.bootstrap import create_competition, create_station, open_station
from app.domain.errors import RuleBroken
from app.domain.facts import HeadSigned, ModuleLocked, RulesFrozen
from app.domain.ids import AspectId, EventCode, ModuleId, SubcriterionId
from app.domain.roles import Actor, Role
from app.domain.scheme import Aspect, Competition, Event, Module, Scheme, Subcriterion, TieKey
from app.services import editing, rules, setup
from app.services.rule_changes import ChangeKind, RuleChange
from app.services.station import Station, record
from app.sheets.scheme_files import read_scheme
from app.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterator


ROBOT = EventCode("ROBOT")
A = ModuleId("A")


def aspect(name: str, most: int) -> Aspect:
    return Aspect(id=AspectId(name), name=f"样例评分点 {name}", max=Decimal(most))


def module(name: str, most: int) -> Module:
    part = Subcriterion(
        id=SubcriterionId(f"{name}1"), name="样例子项", aspects=(aspect(f"{name}1.1", most),)
    )
    return Module(id=ModuleId(name), name=f"样例模块 {name}", limit_minutes=60, subcriteria=(part,))


def scheme() -> Scheme:
    event = Event(
        code=ROBOT,
        name="样例赛项",
        modules=(module("A", 40), module("B", 60)),
        tie_keys=(TieKey(by="module:B"), TieKey(by="time:A")),
    )
    return Scheme(competition=Competition(code="S-1", title="样例竞赛"), events=(event,))


@pytest.fixture
def station() -> Iterator[Station]:
    opened = create_competition(None, scheme())
    yield opened
    opened.close()


def with_limit(minutes: int) -> Event:
    changed = msgspec.structs.replace(module("A", 40), limit_minutes=minutes)
    return editing.with_node(scheme(), (0, 0), changed).events[0]


def test_a_new_competition_holds_the_scheme_as_a_draft(station: Station) -> None:
    assert setup.scheme_in_hand(station) == scheme()
    assert rules.competition(station).title == "样例竞赛"
    assert not setup.rules_state(station, ROBOT).frozen


def test_a_faulty_scheme_makes_no_file(tmp_path: Path) -> None:
    broken = editing.without(scheme(), (0, 0, 0))
    with pytest.raises(RuleBroken) as refused:
        create_competition(tmp_path / "new.plumb", broken)
    assert refused.value == RuleBroken("module-without-aspects", event="ROBOT", module="A")
    assert list(tmp_path.glob("new*")) == []


def test_a_file_is_set_up_once(station: Station) -> None:
    with pytest.raises(RuleBroken, match="competition-already-set-up"):
        setup.start_competition(station, scheme())


def test_a_draft_may_be_faulty_while_it_is_written_and_survives_closing(tmp_path: Path) -> None:
    path = tmp_path / "draft.plumb"
    station = create_competition(path, scheme())
    half_done = editing.without(scheme(), (0, 0, 0))
    setup.save_scheme(station, half_done)
    station.close()
    again = open_station(path)
    assert setup.scheme_in_hand(again) == half_done
    again.close()


def test_only_the_chief_judge_edits_the_scheme(station: Station) -> None:
    station.actor = Actor(Role.CHECK_IN)
    with pytest.raises(RuleBroken, match="role-may-not"):
        setup.save_scheme(station, scheme())


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [("2026-11-14", "2026-11-13", "dates-reversed"), ("14.11.2026", "", "date-unreadable")],
)
def test_dates_that_make_no_sense_are_refused(starts: str, ends: str, code: str) -> None:
    competition = Competition(code="S-1", title="样例竞赛", starts=starts, ends=ends)
    assert [fault.code for fault in setup.check_competition(competition)] == [code]


def test_freezing_records_the_rules_with_their_hash_and_signs_the_chain(station: Station) -> None:
    setup.freeze(station, ROBOT)
    frozen = rules.frozen_rules(station, ROBOT)
    assert frozen is not None
    assert frozen.rules == scheme().events[0]
    assert rules.is_unchanged(frozen)
    assert queries.latest(station.connection, HeadSigned) is not None
    assert setup.rules_state(station, ROBOT).hash == frozen.rules_hash
    with pytest.raises(RuleBroken, match="rules-already-frozen"):
        setup.freeze(station, ROBOT)


def test_a_scheme_with_faults_cannot_be_frozen(station: Station) -> None:
    setup.save_scheme(station, editing.without(scheme(), (0, 1, 0)))
    with pytest.raises(RuleBroken, match="module-without-aspects"):
        setup.freeze(station, ROBOT)
    assert queries.latest(station.connection, RulesFrozen) is None


def test_editing_a_frozen_event_proposes_and_does_not_change_the_rules(station: Station) -> None:
    setup.freeze(station, ROBOT)
    changed = msgspec.structs.replace(scheme(), events=(with_limit(75),))
    setup.save_scheme(station, changed)
    assert rules.rules(station, ROBOT).module(A).limit_minutes == 60
    assert setup.rules_state(station, ROBOT).proposed == (
        RuleChange(ChangeKind.CHANGED, ("modules", "A"), "limit_minutes", "60", "75"),
    )
    setup.drop_proposal(station, ROBOT)
    assert setup.rules_state(station, ROBOT).proposed == ()


def test_an_amendment_needs_a_reason_and_a_change(station: Station) -> None:
    setup.freeze(station, ROBOT)
    with pytest.raises(RuleBroken, match="amendment-without-reason"):
        setup.amend(station, ROBOT, with_limit(75), " ")
    with pytest.raises(RuleBroken, match="amendment-changes-nothing"):
        setup.amend(station, ROBOT, with_limit(60), "样例理由")


def test_an_amendment_is_in_force_and_readable_with_its_reason(station: Station) -> None:
    setup.freeze(station, ROBOT)
    setup.amend(station, ROBOT, with_limit(75), "样例理由")
    assert rules.rules(station, ROBOT).module(A).limit_minutes == 75
    assert setup.rules_state(station, ROBOT).proposed == ()
    (amended,) = setup.amendments(station, ROBOT)
    assert amended.reason == "样例理由"
    assert [change.new for change in amended.changes] == ["75"]


def test_the_rules_of_a_locked_module_cannot_be_amended(station: Station) -> None:
    setup.freeze(station, ROBOT)
    record(station, ModuleLocked(event=ROBOT, module=A, marks_digest=""))
    with pytest.raises(RuleBroken, match="module-locked"):
        setup.amend(station, ROBOT, with_limit(75), "样例理由")


def test_a_frozen_event_can_neither_leave_nor_change_its_code(station: Station) -> None:
    setup.freeze(station, ROBOT)
    renamed = msgspec.structs.replace(scheme().events[0], code=EventCode("OTHER"))
    with pytest.raises(RuleBroken, match="event-is-frozen"):
        setup.save_scheme(station, editing.with_node(scheme(), (0,), renamed))


def test_a_file_without_a_draft_shows_what_is_frozen() -> None:
    station = create_station(None)
    assert setup.scheme_in_hand(station) is None
    station.close()


def test_tie_keys_follow_a_module_that_is_renamed() -> None:
    renamed = msgspec.structs.replace(module("A", 40), id=ModuleId("C"))
    edited = editing.with_node(scheme(), (0, 0), renamed)
    assert [key.by for key in edited.events[0].tie_keys] == ["module:B", "time:C"]


def test_a_new_child_takes_the_next_free_id() -> None:
    added = [
        editing.node_id(editing.new_child(scheme(), place, "样例"))
        for place in ((), (0,), (0, 0), (0, 0, 0))
    ]
    assert added == ["E1", "C", "A2", "A1.2"]


def test_a_copied_event_has_the_same_rules_under_a_code_and_a_name_of_its_own() -> None:
    copies = editing.with_event_copied(editing.with_event_copied(scheme(), 0), 1)
    first, second, third = copies.events
    assert (first.code, second.code, third.code) == ("ROBOT", "ROBOT2", "ROBOT3")
    assert (second.name, third.name) == ("样例赛项 2", "样例赛项 3")
    assert (third.name_en, third.modules) == ("", first.modules)


def test_a_module_moves_among_its_siblings_and_stays_at_the_end() -> None:
    moved, place = editing.with_moved(scheme(), (0, 0), 1)
    assert [part.id for part in moved.events[0].modules] == ["B", "A"]
    assert place == (0, 1)
    assert editing.with_moved(moved, place, 1) == (moved, (0, 1))


@pytest.mark.parametrize(
    ("typed", "kept"), [("100", "100"), ("0.30", "0.3"), ("2.50", "2.5"), ("1000", "1000")]
)
def test_a_typed_number_is_kept_exactly_and_plainly(typed: str, kept: str) -> None:
    assert str(editing.parse_number(typed)) == kept


def test_the_scheme_of_a_real_competition_becomes_frozen_rules() -> None:
    workbook = next(Path("../shared/data/cis").glob("*.xlsx"), None)
    if workbook is None:
        pytest.skip("the real workbook in ../shared/data/cis is not here")
    station = create_competition(None, read_scheme(workbook).scheme)
    (event,) = rules.events(station)
    setup.freeze(station, event.code)
    frozen = rules.rules(station, event.code)
    sums = [sum(aspect.max for aspect in module.aspects()) for module in frozen.modules]
    assert sums == [17, 23, 17, 22, 16, 5]
    station.close()
