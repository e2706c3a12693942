"""Who goes up to the next round and who stands by, worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.award_rules import BoundaryTie
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, SubcriterionId
from app.domain.methods import Carried, Direct, Method
from app.domain.points import Points
from app.domain.qualifying import (
    Contender,
    LeftOut,
    carried_aspect,
    check_qualification,
    qualify,
)
from app.domain.round_rules import Qualification
from app.domain.scheme import Aspect, Event, Module, Subcriterion

# The first letter is the unit; totals fall by 5 a rank from 100.
PLACED = (("N1", 1), ("N2", 2), ("S1", 3), ("N3", 4), ("E1", 4), ("S2", 6), ("E2", 7))
FIELD = [
    Contender(EntryId(name), rank, Points((105 - 5 * rank) * 10_000), name[0])
    for name, rank in PLACED
]


@pytest.mark.parametrize(
    ("rule", "going", "reserves"),
    [
        (Qualification(number=3), "N1 N2 S1", ""),
        (Qualification(number=3, reserves=1), "N1 N2 S1", "N3 E1"),
        # The tie at rank 4 straddles the last place.
        (Qualification(number=4), "N1 N2 S1 N3 E1", ""),
        (Qualification(number=4, boundary=BoundaryTie.EXCLUDE), "N1 N2 S1", ""),
        # At most so many of one unit; the next of another unit moves up.
        (Qualification(number=4, per_unit=1, reserves=2), "N1 S1 E1", "N2 S2"),
        (Qualification(number=4, per_unit=2), "N1 N2 S1 E1", ""),
        (Qualification(per_unit=1), "N1 S1 E1", ""),
        (Qualification(number=9, minimum=Decimal(85)), "N1 N2 S1 N3 E1", ""),
        (Qualification(number=9, minimum=Decimal("85.01")), "N1 N2 S1", ""),
    ],
)
def test_who_goes_up_and_who_stands_by(rule: Qualification, going: str, reserves: str) -> None:
    found = qualify(rule, FIELD)
    assert (" ".join(found.entries), " ".join(found.reserves)) == (going, reserves)


@pytest.mark.parametrize(
    ("rule", "declined", "going", "reserves", "instead_of"),
    [
        # One after the other: who stepped up may decline as well.
        (Qualification(number=3, reserves=2), "N2", "N1 S1 N3", "E1", {"N3": "N2"}),
        (
            Qualification(number=3, reserves=2),
            "N2 N3",
            "N1 S1 E1",
            "",
            {"N3": "N2", "E1": "N3"},
        ),
        # A reserve who declines is passed over later; somebody not on the list changes nothing.
        (Qualification(number=3, reserves=2), "N3 E2 S1", "N1 N2 E1", "", {"E1": "S1"}),
        # Five went up to four places, so the first to decline leaves nobody short.
        (Qualification(number=4, reserves=1), "N1", "N2 S1 N3 E1", "S2", {}),
        (Qualification(number=4, reserves=1), "N1 N2", "S1 N3 E1 S2", "", {"S2": "N2"}),
        # The reserves N2 and S2 are of units that have their one already.
        (Qualification(number=4, per_unit=1, reserves=2), "E1", "N1 S1", "N2 S2", {}),
        (Qualification(number=4, per_unit=1, reserves=2), "N1", "S1 E1 N2", "S2", {"N2": "N1"}),
    ],
)
def test_for_who_declines_the_first_reserve_steps_up_whom_the_limits_allow(
    rule: Qualification, declined: str, going: str, reserves: str, instead_of: dict[str, str]
) -> None:
    found = qualify(rule, FIELD, [EntryId(name) for name in declined.split()])
    assert (" ".join(found.entries), " ".join(found.reserves)) == (going, reserves)
    assert found.instead_of == instead_of


@pytest.mark.parametrize(
    ("rule", "left_out"),
    [
        (Qualification(number=3), {}),
        (
            Qualification(number=4, boundary=BoundaryTie.EXCLUDE),
            {"N3": LeftOut.SHARED_LAST, "E1": LeftOut.SHARED_LAST},
        ),
        (
            Qualification(number=4, per_unit=1, reserves=2),
            {"N2": LeftOut.UNIT_LIMIT, "N3": LeftOut.UNIT_LIMIT},
        ),
        (
            Qualification(number=4, minimum=Decimal("85.01")),
            {"N3": LeftOut.TOO_LOW, "E1": LeftOut.TOO_LOW},
        ),
    ],
)
def test_who_is_left_out_although_the_rank_would_do_is_told_why(
    rule: Qualification, left_out: dict[str, LeftOut]
) -> None:
    assert qualify(rule, FIELD).left_out == left_out


TWINS = [
    Contender(EntryId("N1"), 1, Points(1_000_000), "N"),
    Contender(EntryId("N2"), 2, Points(950_000), "N"),
    Contender(EntryId("N3"), 2, Points(950_000), "N"),
    Contender(EntryId("S1"), 4, Points(900_000), "S"),
]


@pytest.mark.parametrize(
    ("boundary", "going", "left_out"),
    [
        (BoundaryTie.INCLUDE, "N1 N2 N3 S1", {}),
        (
            BoundaryTie.EXCLUDE,
            "N1 S1",
            {"N2": LeftOut.UNIT_LIMIT, "N3": LeftOut.UNIT_LIMIT},
        ),
    ],
)
def test_a_tie_for_the_last_place_of_a_unit_goes_up_or_stays_as_one(
    boundary: BoundaryTie, going: str, left_out: dict[str, LeftOut]
) -> None:
    found = qualify(Qualification(number=4, per_unit=2, boundary=boundary), TWINS)
    assert (" ".join(found.entries), found.left_out) == (going, left_out)


def test_the_limit_of_a_unit_counts_only_those_who_go_up() -> None:
    # N1 and N2 go up, a third of N might: the tie at the last place is what leaves N3 out.
    rule = Qualification(number=4, per_unit=3, boundary=BoundaryTie.EXCLUDE)
    assert qualify(rule, FIELD).left_out == {
        "N3": LeftOut.SHARED_LAST,
        "E1": LeftOut.SHARED_LAST,
    }


def test_entries_without_a_unit_are_held_to_no_units_limit() -> None:
    alone = [Contender(EntryId(name), rank, Points(0)) for name, rank in PLACED[:3]]
    assert qualify(Qualification(per_unit=1), alone).entries == ("N1", "N2", "S1")


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        (Qualification(number=0), ["promotion-number"]),
        (Qualification(number=3, reserves=-1), ["promotion-number"]),
        (Qualification(per_unit=0, number=3), ["promotion-number"]),
        (Qualification(), ["promotion-without-limit"]),
        (Qualification(minimum=Decimal("60.00001")), ["promotion-minimum"]),
        (Qualification(minimum=Decimal(60)), []),
        (Qualification(number=1, per_unit=1), []),
        (None, []),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(rule: Qualification | None, codes: list[str]) -> None:
    event = Event(code=EventCode("E"), name="样例", promotes=rule)
    assert [fault.code for fault in check_qualification(event)] == codes


@pytest.mark.parametrize(("carried", "found"), [(0, None), (1, "A1.0"), (2, None)])
def test_the_round_before_fills_the_one_aspect_that_carries_it(
    carried: int, found: str | None
) -> None:
    methods: list[Method] = [*[Carried(Decimal(100))] * carried, Direct()]
    aspects = tuple(
        Aspect(id=AspectId(f"A1.{n}"), name="a", max=Decimal(50), method=method)
        for n, method in enumerate(methods)
    )
    part = Subcriterion(id=SubcriterionId("A1"), name="a", aspects=aspects)
    module = Module(id=ModuleId("A"), name="a", subcriteria=(part,))
    aspect = carried_aspect(Event(code=EventCode("E"), name="样例", modules=(module,)))
    assert (aspect.id if aspect else None) == found
