"""Penalties are booked as the scheme says, lifted with a reason, and never leave the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, EntryId, OpId
from app.domain.roles import Actor, Role
from app.services.live import board
from app.services.marking import commit_sheet, sheet
from app.services.penalties import give_penalty, ledger, lift_penalty
from app.services.station import Station
from tests.services.marking_samples import E1, E2, A, B, R, marking_station, points, scores


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


def test_a_booked_penalty_takes_the_marks_the_scheme_says(station: Station) -> None:
    commit_sheet(station, sheet(station, R, B, "01", PANEL), scores("8.5", "B1.1"))
    give_penalty(station, R, E1, "LATE", module=B, note="08:20 到场")
    (line,) = ledger(station, R)
    assert (line.number, line.module, line.points) == ("01", "B", points("2"))
    assert (line.reason.code, line.note, line.lifted) == ("LATE", "08:20 到场", None)
    assert board(station, R).scores.score(E1).module(B).mark == points("6.5")


def test_a_lifted_penalty_stays_in_the_ledger_and_takes_nothing(station: Station) -> None:
    commit_sheet(station, sheet(station, R, B, "01", PANEL), scores("8.5", "B1.1"))
    given = give_penalty(station, R, E1, "LATE", module=B)
    lift_penalty(station, R, given, "核实后确认不属实")
    (line,) = ledger(station, R)
    assert line.lifted is not None
    assert line.lifted.reason == "核实后确认不属实"
    assert board(station, R).scores.score(E1).module(B).mark == points("8.5")


def test_lifting_needs_a_reason_the_chief_and_a_penalty_in_force(station: Station) -> None:
    given = give_penalty(station, R, E1, "LATE", module=B)
    with pytest.raises(RuleBroken, match="lifting-needs-reason"):
        lift_penalty(station, R, given, " ")
    with pytest.raises(RuleBroken, match="penalty-not-booked"):
        lift_penalty(station, R, OpId("ZZZZ-000001"), "误记")
    station.actor = Actor(Role.FLOOR)
    with pytest.raises(RuleBroken, match="role-may-not"):
        lift_penalty(station, R, given, "误记")
    station.actor = Actor(Role.CHIEF)
    lift_penalty(station, R, given, "误记")
    with pytest.raises(RuleBroken, match="penalty-already-lifted"):
        lift_penalty(station, R, given, "误记")


def test_a_deduction_the_scheme_fixes_is_not_haggled_over(station: Station) -> None:
    with pytest.raises(RuleBroken) as broken:
        give_penalty(station, R, E1, "LATE", module=B, points=points("5"))
    assert broken.value == RuleBroken("penalty-points-fixed", reason="LATE", points="2")


def test_a_deduction_left_open_by_the_scheme_has_to_be_said(station: Station) -> None:
    with pytest.raises(RuleBroken, match="penalty-needs-points"):
        give_penalty(station, R, E1, "OPEN", module=B)
    give_penalty(station, R, E1, "OPEN", module=B, points=points("1.5"))
    assert ledger(station, R)[0].points == points("1.5")


def test_a_reason_that_voids_a_module_has_to_name_it(station: Station) -> None:
    with pytest.raises(RuleBroken, match="penalty-needs-module"):
        give_penalty(station, R, E1, "SAFETY")
    give_penalty(station, R, E1, "SAFETY", module=A)
    assert board(station, R).scores.score(E1).module(A).zeroed_by == ("SAFETY",)


def test_an_unknown_reason_or_entry_is_refused(station: Station) -> None:
    with pytest.raises(RuleBroken, match="penalty-unknown"):
        give_penalty(station, R, E1, "NOSUCH", module=B)
    with pytest.raises(RuleBroken, match="entry-unknown"):
        give_penalty(station, R, EntryId("R-9"), "LATE", module=B)


def test_a_warning_in_force_is_followed_by_what_the_rules_name(station: Station) -> None:
    first = give_penalty(station, R, E1, "DISTURB")
    with pytest.raises(RuleBroken) as broken:
        give_penalty(station, R, E1, "DISTURB", module=B)
    assert broken.value == RuleBroken("penalty-used-up", reason="DISTURB", times=1, then="SAFETY")
    # Another entry has its own count, and a warning that was lifted is none.
    give_penalty(station, R, E2, "DISTURB")
    lift_penalty(station, R, first, "核实后确认不属实")
    give_penalty(station, R, E1, "DISTURB")
    assert [line.entry for line in ledger(station, R)] == [E1, E2, E1]
