"""Draws: re-runnable, the same whoever lists the entries, honest about what cannot be had."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from time import perf_counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draw import (
    DrawConstraint,
    DrawOutcome,
    DrawRecipe,
    Placement,
    UnmetConstraint,
    batches_of,
    may_draw,
    run_draw,
)
from app.domain.draw_arrange import DrawEntry, batch_sizes, least_sharing, least_touching
from app.domain.draw_source import commitment
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId, WorkplaceId

SEED = bytes(range(32))
APART = DrawConstraint.UNIT_NOT_ADJACENT
SPREAD = DrawConstraint.UNIT_NOT_IN_ONE_BATCH


def recipe(
    units: list[str],
    *,
    workplaces: int = 0,
    batches: int | None = None,
    constraints: tuple[DrawConstraint, ...] = (),
    purpose: str = "places",
    seed: bytes = SEED,
) -> DrawRecipe:
    """A draw in ROBOT, module A, of entries E-01, E-02 ... of these units."""
    return DrawRecipe(
        event=EventCode("ROBOT"),
        module=ModuleId("A"),
        purpose=purpose,
        commitment=commitment(seed),
        entries=tuple(
            DrawEntry(EntryId(f"E-{number:02d}"), unit) for number, unit in enumerate(units, 1)
        ),
        workplaces=tuple(WorkplaceId(f"W{place}") for place in range(1, workplaces + 1)),
        batches=batches,
        constraints=constraints,
    )


def drawn(outcome: DrawOutcome) -> list[str]:
    """The batches with the numbers of their entries in order."""
    batches: dict[int, list[str]] = {}
    for placed in outcome.placements:
        batches.setdefault(placed.batch, []).append(placed.entry.removeprefix("E-"))
    return [" ".join(entries) for entries in batches.values()]


def pairs_in_one_batch(outcome: DrawOutcome, units: dict[EntryId, str]) -> int:
    return sum(
        one.batch == other.batch and units[one.entry] == units[other.entry] != ""
        for one, other in combinations(outcome.placements, 2)
    )


def pairs_side_by_side(outcome: DrawOutcome, units: dict[EntryId, str]) -> int:
    return sum(
        one.batch == other.batch and units[one.entry] == units[other.entry] != ""
        for one, other in pairwise(outcome.placements)
    )


# The literal draws below were worked out by a separate program in another language.


def test_a_draw_without_constraints_is_the_plain_shuffle() -> None:
    plain = recipe([""] * 7, workplaces=4)
    entries = tuple(DrawEntry(EntryId(f"ROBOT-{n:02d}")) for n in range(1, 8))
    outcome = run_draw(msgspec.structs.replace(plain, entries=entries), SEED)
    assert outcome.placements == (
        Placement(EntryId("ROBOT-02"), 1, 1, WorkplaceId("W1")),
        Placement(EntryId("ROBOT-07"), 1, 2, WorkplaceId("W2")),
        Placement(EntryId("ROBOT-06"), 1, 3, WorkplaceId("W3")),
        Placement(EntryId("ROBOT-03"), 1, 4, WorkplaceId("W4")),
        Placement(EntryId("ROBOT-05"), 2, 5, WorkplaceId("W1")),
        Placement(EntryId("ROBOT-01"), 2, 6, WorkplaceId("W2")),
        Placement(EntryId("ROBOT-04"), 2, 7, WorkplaceId("W3")),
    )


def test_a_repaired_draw_gives_the_published_places() -> None:
    units = ["u1", "u1", "u1", "u2", "u2", "u2", "u3", "u3", "u4", ""]
    outcome = run_draw(recipe(units, workplaces=4, constraints=(SPREAD, APART)), SEED)
    assert drawn(outcome) == ["09 10 02 05", "07 03 06", "01 04 08"]
    assert outcome.unmet == ()


def test_a_stage_order_keeps_a_large_unit_apart_as_far_as_it_goes() -> None:
    units = ["u1"] * 6 + ["u2", "u2", "", ""]
    outcome = run_draw(recipe(units, constraints=(APART,), purpose="order"), SEED)
    assert drawn(outcome) == ["06 10 05 08 03 07 04 02 09 01"]
    assert [placed.workplace for placed in outcome.placements] == [None] * 10
    assert outcome.unmet == (UnmetConstraint(APART, "u1", pairs=1, least=1),)


def test_a_draw_that_repair_cannot_finish_is_dealt_evenly() -> None:
    units = ["u1"] * 7 + ["u2"] * 4
    outcome = run_draw(recipe(units, batches=2, constraints=(APART, SPREAD), purpose="try1"), SEED)
    assert drawn(outcome) == ["02 10 03 11 05 07", "06 09 01 08 04"]
    assert outcome.unmet == (
        UnmetConstraint(SPREAD, "u1", pairs=9, least=9),
        UnmetConstraint(SPREAD, "u2", pairs=2, least=2),
        UnmetConstraint(APART, "u1", pairs=1, least=1),
    )
    assert all(unmet.is_unavoidable for unmet in outcome.unmet)


def test_batches_are_as_even_as_can_be_and_as_many_as_the_workplaces_require() -> None:
    twenty_eight = recipe([""] * 28, workplaces=10)
    assert batches_of(twenty_eight) == 3
    sizes = Counter(placed.batch for placed in run_draw(twenty_eight, SEED).placements)
    assert sizes == {1: 10, 2: 9, 3: 9}


def test_another_module_purpose_or_seed_is_another_draw() -> None:
    base = recipe([""] * 12)
    other_seed = bytes(32)
    draws = [
        drawn(run_draw(base, SEED)),
        drawn(run_draw(msgspec.structs.replace(base, module=ModuleId("B")), SEED)),
        drawn(run_draw(msgspec.structs.replace(base, event=EventCode("CNC")), SEED)),
        drawn(run_draw(msgspec.structs.replace(base, purpose="order"), SEED)),
        drawn(run_draw(recipe([""] * 12, seed=other_seed), other_seed)),
    ]
    assert len({tuple(draw) for draw in draws}) == 5


def test_a_recipe_stored_as_json_gives_the_same_draw() -> None:
    stored = msgspec.json.encode(recipe(["u1", "u1", "u2", "u3"], constraints=(APART,)))
    again = msgspec.json.decode(stored, type=DrawRecipe)
    assert again == recipe(["u1", "u1", "u2", "u3"], constraints=(APART,))
    assert b'"constraints":["unit-not-adjacent"],"algorithm":"plumbline-draw-1"' in stored


def test_only_the_seed_committed_to_draws() -> None:
    with pytest.raises(RuleBroken, match="draw-seed-not-committed"):
        run_draw(recipe(["", ""]), bytes(32))


def test_every_entry_reaches_every_place_about_equally_often() -> None:
    seen: Counter[tuple[str, int]] = Counter()
    for number in range(2_000):
        outcome = run_draw(recipe([""] * 5, purpose=f"draw {number}"), SEED)
        seen.update((placed.entry, placed.order) for placed in outcome.placements)
    assert len(seen) == 25
    # 400 are expected of each, with a standard deviation of 18.
    assert min(seen.values()) > 310
    assert max(seen.values()) < 490


def test_constraints_favour_no_entry_of_a_unit() -> None:
    units = ["u1", "u1", "u2", "u2", "u3", "u3"]
    first: Counter[str] = Counter()
    for number in range(1_800):
        outcome = run_draw(
            recipe(units, workplaces=3, constraints=(SPREAD, APART), purpose=f"draw {number}"), SEED
        )
        assert outcome.unmet == ()
        first[outcome.placements[0].entry] += 1
    # 300 are expected of each, with a standard deviation of 16.
    assert min(first.values()) > 220
    assert max(first.values()) < 380


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"entries": ()}, RuleBroken("draw-without-entries")),
        (
            {"entries": (DrawEntry(EntryId("E-01")), DrawEntry(EntryId("E-01"), "u1"))},
            RuleBroken("draw-entry-twice", entry="E-01"),
        ),
        (
            {"workplaces": (WorkplaceId("W1"), WorkplaceId("W2"), WorkplaceId("W1"))},
            RuleBroken("draw-workplace-twice", workplace="W1"),
        ),
        ({"batches": 0}, RuleBroken("draw-batches-unfit", batches=0, entries=4)),
        ({"batches": 5}, RuleBroken("draw-batches-unfit", batches=5, entries=4)),
        (
            {"batches": 1},
            RuleBroken("draw-too-few-places", entries=4, places=2, batches=1),
        ),
        (
            {"algorithm": "plumbline-draw-9"},
            RuleBroken("draw-algorithm-unknown", algorithm="plumbline-draw-9"),
        ),
    ],
)
def test_a_recipe_that_cannot_be_drawn_says_why(
    changes: dict[str, object], refusal: RuleBroken
) -> None:
    asked = msgspec.structs.replace(recipe([""] * 4, workplaces=2), **changes)
    assert may_draw(asked) == [refusal]
    with pytest.raises(RuleBroken) as refused:
        run_draw(asked, SEED)
    assert refused.value == refusal


def test_the_least_number_of_broken_pairs_is_right_for_small_cases_worked_by_hand() -> None:
    assert [least_sharing(members, 3) for members in (0, 3, 4, 6, 7)] == [0, 0, 1, 3, 5]
    assert [least_touching(members, (4,)) for members in (2, 3, 4)] == [0, 1, 3]
    assert [least_touching(members, (3, 2)) for members in (3, 4, 5)] == [0, 1, 3]


units_of_entries = st.lists(st.sampled_from(["", "u1", "u2", "u3", "u4"]), min_size=1, max_size=12)


@given(units_of_entries, st.integers(1, 12), st.sets(st.sampled_from(DrawConstraint)), st.data())
def test_a_draw_depends_on_the_set_of_entries_only_and_places_each_once(
    units: list[str], batches: int, constraints: set[DrawConstraint], data: st.DataObject
) -> None:
    count = min(batches, len(units))
    asked = recipe(
        units,
        workplaces=batch_sizes(len(units), count)[0],
        batches=count,
        constraints=tuple(constraints),
    )
    outcome = run_draw(asked, SEED)
    listed_otherwise = msgspec.structs.replace(
        asked,
        entries=tuple(data.draw(st.permutations(asked.entries))),
        constraints=tuple(reversed(asked.constraints)),
    )
    assert run_draw(listed_otherwise, SEED) == outcome
    assert {placed.entry for placed in outcome.placements} == {e.entry for e in asked.entries}
    assert [placed.order for placed in outcome.placements] == list(range(1, len(units) + 1))
    taken = [(placed.batch, placed.workplace) for placed in outcome.placements]
    assert len(set(taken)) == len(units)


@given(units_of_entries, st.integers(1, 6), st.sets(st.sampled_from(DrawConstraint), min_size=1))
def test_what_could_not_be_kept_apart_is_reported_and_never_below_the_least(
    units: list[str], batches: int, constraints: set[DrawConstraint]
) -> None:
    asked = recipe(units, batches=min(batches, len(units)), constraints=tuple(constraints))
    outcome = run_draw(asked, SEED)
    unit_of = {entry.entry: entry.unit for entry in asked.entries}
    found = Counter[DrawConstraint]()
    for unmet in outcome.unmet:
        assert unmet.pairs >= max(1, unmet.least)
        found[unmet.constraint] += unmet.pairs
    if SPREAD in constraints:
        assert found[SPREAD] == pairs_in_one_batch(outcome, unit_of)
    if APART in constraints:
        assert found[APART] == pairs_side_by_side(outcome, unit_of)


@given(units_of_entries, st.integers(1, 6), st.integers(0, 1_000))
def test_no_unit_shares_a_batch_more_often_than_it_must(
    units: list[str], batches: int, number: int
) -> None:
    asked = recipe(
        units,
        batches=min(batches, len(units)),
        constraints=(SPREAD,),
        purpose=f"draw {number}",
    )
    assert all(unmet.is_unavoidable for unmet in run_draw(asked, SEED).unmet)


@given(units_of_entries, st.integers(0, 1_000))
def test_no_unit_stands_next_to_itself_in_one_order_more_often_than_it_must(
    units: list[str], number: int
) -> None:
    asked = recipe(units, constraints=(APART,), purpose=f"draw {number}")
    assert all(unmet.is_unavoidable for unmet in run_draw(asked, SEED).unmet)


def test_finals_of_1136_entries_are_drawn_at_once() -> None:
    units = [f"unit {number % 60}" for number in range(1_136)]
    asked = recipe(units, workplaces=40, constraints=(SPREAD, APART))
    began = perf_counter()
    outcome = run_draw(asked, SEED)
    assert perf_counter() - began < 2.0
    assert outcome.unmet == ()
    assert len(outcome.placements) == 1_136
