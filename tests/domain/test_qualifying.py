"""Who goes up to the next round and who stands by, worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.award_rules import BoundaryTie
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points
from app.domain.qualifying import Contender, check_qualification, qualify
from app.domain.round_rules import Qualification
from app.domain.scheme import Event

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
        (None, []),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(rule: Qualification | None, codes: list[str]) -> None:
    event = Event(code=EventCode("E"), name="样例", promotes=rule)
    assert [fault.code for fault in check_qualification(event)] == codes
