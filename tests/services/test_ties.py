"""Ties the rules want parted: on the record, by lot from a committed seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered, RulesFrozen, TieDecided, TieLotCommitted
from app.domain.ids import EntryId
from app.domain.roles import Actor, Role
from app.domain.scheme import OnRemaining, rules_hash
from app.domain.ties import Ignored
from app.services import live, results, ties, undo
from app.services.station import Station, recording
from app.services.verifying import verify
from app.storage import drafts, projections, queries
from tests.samples.results import (
    E1,
    E2,
    E3,
    E4,
    EVENT,
    WELD,
    lock,
    mark,
    marked_event,
    publish,
    unlock,
)

if TYPE_CHECKING:
    from pathlib import Path

SEED = bytes(range(32))
SEED_HASH = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


def tied_event(kind: OnRemaining, path: Path | None = None) -> Station:
    """01 and 02 both have 8 and 9, so 17.00 each and the same in module A."""
    station = marked_event(path)
    unlock(station)
    mark(station, E2, "A1.1", "8")
    mark(station, E2, "B1.1", "9")
    rules = msgspec.structs.replace(EVENT, on_remaining=kind)
    with recording(station) as log:
        fact = RulesFrozen(event=WELD, rules=rules, rules_hash=rules_hash(rules))
        log.add(fact, reason="样例：同分处理")
    lock(station)
    return station


def places(station: Station) -> str:
    rows = live.board(station, WELD).ranking.rows
    return " ".join(f"{row.entry[-2:]}:{row.rank}" for row in rows)


def refused(code: str) -> pytest.RaisesExc[RuleBroken]:
    return pytest.raises(RuleBroken, match=code)


def test_a_tie_waits_for_the_chief_and_blocks_publishing_until_it_is_decided() -> None:
    station = tied_event(OnRemaining.CHIEF)
    assert places(station) == "01:1 02:1 03:3 04:4"
    (tie,) = ties.open_ties(station, WELD)
    assert (tie.entries, tie.rank, tie.kind) == ((E1, E2), 1, OnRemaining.CHIEF)
    assert [why.code for why in results.blockers(station, WELD)] == ["ties-open"]
    ties.decide(station, WELD, (E2, E1), reason="样例：焊缝外观更好")
    assert places(station) == "02:1 01:2 03:3 04:4"
    assert ties.open_ties(station, WELD) == ()
    published = publish(station)
    assert [(row.entry, row.rank, row.award) for row in published.rows[:2]] == [
        (E2, 1, "一等奖"),
        (E1, 2, "二等奖"),
    ]


def test_the_decision_is_told_with_its_reason_to_whoever_asks_why() -> None:
    station = tied_event(OnRemaining.PLAYOFF)
    ties.decide(station, WELD, (E2, E1), reason="加赛 3:2")
    above = results.why(station, WELD, E1).above
    assert above is not None
    assert above.decision is not None
    assert (above.entry, above.decision.reason) == (E2, "加赛 3:2")


def test_a_decision_needs_a_reason_the_whole_tie_and_the_chief() -> None:
    station = tied_event(OnRemaining.CHIEF)
    with refused("tie-needs-reason"):
        ties.decide(station, WELD, (E2, E1), reason=" ")
    with refused("tie-not-open"):
        ties.decide(station, WELD, (E1, E2, E3), reason="x")
    with refused("tie-decided-otherwise"):
        ties.announce_lot(station, WELD, (E1, E2))
    station.actor = Actor(Role.SCOREKEEPER)
    with refused("role-may-not"):
        ties.decide(station, WELD, (E2, E1), reason="x")
    assert [tie.entries for tie in ties.open_ties(station, WELD)] == [(E1, E2)]
    assert places(station) == "01:1 02:1 03:3 04:4"


def test_where_the_rules_share_the_rank_there_is_nothing_to_decide() -> None:
    station = tied_event(OnRemaining.SHARE)
    assert ties.open_ties(station, WELD) == ()
    with refused("tie-is-shared"):
        ties.decide(station, WELD, (E2, E1), reason="x")
    with refused("tie-is-shared"):
        ties.announce_lot(station, WELD, (E1, E2))
    assert places(station) == "01:1 02:1 03:3 04:4"


def test_a_tie_decided_again_follows_the_later_decision() -> None:
    station = tied_event(OnRemaining.CHIEF)
    ties.decide(station, WELD, (E2, E1), reason="x")
    ties.decide(station, WELD, (E1, E2), reason="样例：重看录像")
    assert places(station) == "01:1 02:2 03:3 04:4"
    assert ties.ignored(station, WELD) == ()
    undo.undo_last(station)
    assert places(station) == "02:1 01:2 03:3 04:4"


def test_of_two_decisions_that_did_not_know_of_each_other_one_is_reported() -> None:
    station = tied_event(OnRemaining.CHIEF)
    for entries in ((E2, E1), (E1, E2)):
        with recording(station) as log:
            fact = TieDecided(event=WELD, entries=entries, kind=OnRemaining.CHIEF)
            log.add(fact, reason="x")
    assert places(station) == "01:1 02:2 03:3 04:4"
    (found,) = ties.ignored(station, WELD)
    assert (found.decision.entries, found.reason) == ((E2, E1), Ignored.OVERTAKEN)


def test_a_changed_mark_puts_the_decision_out_of_force_and_says_so() -> None:
    station = tied_event(OnRemaining.CHIEF)
    ties.decide(station, WELD, (E2, E1), reason="x")
    unlock(station)
    mark(station, E1, "A1.1", "8.5")
    assert places(station) == "01:1 02:2 03:3 04:4"
    (found,) = ties.ignored(station, WELD)
    assert (found.decision.entries, found.reason) == ((E2, E1), Ignored.TIE_CHANGED)


def test_a_lot_shows_the_hash_first_and_the_seed_with_the_result() -> None:
    station = tied_event(OnRemaining.LOT)
    with refused("tie-lot-not-announced"):
        ties.draw_lot(station, WELD, (E1, E2), reason="样例抽签")
    with refused("tie-lot-without-draw"):
        ties.decide(station, WELD, (E2, E1), reason="x")
    ties.announce_lot(station, WELD, (E2, E1), seeds=lambda: SEED)
    announced = queries.latest(station.connection, TieLotCommitted)
    assert announced is not None
    assert announced.fact.recipe.commitment == SEED_HASH
    assert announced.fact.recipe.purpose == "tie:WELD-01,WELD-02"
    (tie,) = ties.open_ties(station, WELD)
    assert tie.is_here
    with refused("tie-lot-announced"):
        ties.announce_lot(station, WELD, (E1, E2))
    with refused("tie-needs-reason"):
        ties.draw_lot(station, WELD, (E1, E2), reason="")
    ties.draw_lot(station, WELD, (E1, E2), reason="样例抽签")
    decided = queries.latest(station.connection, TieDecided)
    assert decided is not None
    assert decided.fact.seed == SEED.hex()
    assert decided.fact.committed == announced.op_id
    # SHA-256 of the seed, eight zero bytes and the label begins 72d529ef7a4a5879, an odd number:
    # the swap is of the second with itself, so 01 stays before 02.
    assert decided.fact.entries == (E1, E2)
    assert places(station) == "01:1 02:2 03:3 04:4"
    assert drafts.names(station.connection, "tie-seed/") == []


def test_a_seed_that_waits_elsewhere_can_only_be_replaced_with_a_reason() -> None:
    station = tied_event(OnRemaining.LOT)
    op = ties.announce_lot(station, WELD, (E1, E2), seeds=lambda: SEED)
    with recording(station) as log:
        drafts.drop(log.connection, f"tie-seed/{op.op_id}")
    with refused("draw-seed-elsewhere"):
        ties.draw_lot(station, WELD, (E1, E2), reason="x")
    with refused("draw-again-needs-reason"):
        ties.announce_lot(station, WELD, (E1, E2))
    again = ties.announce_lot(station, WELD, (E1, E2), reason="样例：该机已坏")
    assert again.replaces == op.op_id


def test_a_ruling_can_be_taken_back_until_it_is_published_and_a_lot_never() -> None:
    station = tied_event(OnRemaining.CHIEF)
    ties.decide(station, WELD, (E2, E1), reason="x")
    label = undo.undo_last(station)
    assert (label.kind, label.details) == ("tie", {"entries": "02, 01"})
    assert places(station) == "01:1 02:1 03:3 04:4"
    ties.decide(station, WELD, (E2, E1), reason="x")
    publish(station)
    assert undo.last_undoable(station) is None

    station = tied_event(OnRemaining.LOT)
    ties.announce_lot(station, WELD, (E1, E2))
    ties.draw_lot(station, WELD, (E1, E2), reason="x")
    assert undo.last_undoable(station) is None


def test_decisions_survive_a_rebuild_and_a_fresh_look_at_the_file() -> None:
    station = tied_event(OnRemaining.CHIEF)
    ties.decide(station, WELD, (E2, E1), reason="x")
    projections.rebuild(station.database)
    station.boards.clear()
    assert places(station) == "02:1 01:2 03:3 04:4"


def test_whoever_verifies_the_file_draws_the_lot_again(tmp_path: Path) -> None:
    path = tmp_path / "tie.plumb"
    station = tied_event(OnRemaining.LOT, path)
    ties.announce_lot(station, WELD, (E1, E2), seeds=lambda: SEED)
    drawn = ties.draw_lot(station, WELD, (E1, E2), reason="x")
    publish(station)
    assert verify(path).ok
    fact = queries.latest(station.connection, TieDecided)
    assert fact is not None
    turned = msgspec.structs.replace(fact.fact, entries=fact.fact.entries[::-1])
    with recording(station) as log:
        log.add(turned, replaces=drawn.op_id, reason="x")
    station.close()
    failed = [check.name for check in verify(path).failed()]
    assert "ties" in failed


def test_guests_and_a_tie_further_down_are_told_apart() -> None:
    station = tied_event(OnRemaining.CHIEF)
    unlock(station)
    mark(station, E4, "A1.1", "7")
    mark(station, E4, "B1.1", "7")
    found = [(tie.rank, tie.entries) for tie in ties.open_ties(station, WELD)]
    assert found == [(1, (E1, E2)), (3, (E3, E4))]
    with recording(station) as log:
        log.add(
            EntryRegistered(
                event=WELD,
                entry=E4,
                number="04",
                unit="样例四厂",
                person_digest="",
                competing=False,
            ),
            reason="样例：改为打星",
        )
    assert [tie.entries for tie in ties.open_ties(station, WELD)] == [(E1, E2)]
    assert EntryId("WELD-04") == E4
