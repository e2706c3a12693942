"""What must hold in a whole field: with divisions, guests, attempts, bonus and compared entries.

``test_properties`` holds the same for every method that marks an entry by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.adding_up import adding_up_warnings
from app.domain.award_rules import Awards, Quota
from app.domain.awards import give_awards
from app.domain.division_rules import DividedBy, Group
from app.domain.entries import (
    NOT_ATTEMPTED,
    RECUSED,
    Cell,
    Entry,
    Penalty,
    measured_cell,
    value_cell,
)
from app.domain.ids import (
    PANEL,
    AspectId,
    ComponentId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    SubcriterionId,
)
from app.domain.methods import (
    Bonus,
    BonusItem,
    Carried,
    Direct,
    Method,
    Panel,
    RankPoints,
    StandardScore,
    TimeRatio,
)
from app.domain.points import SCALE, Points, Rounding, format_points
from app.domain.ranking import ApartReason, Ranking
from app.domain.scheme import (
    Aspect,
    Attempts,
    Component,
    Event,
    Module,
    PenaltyEffect,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scoreboard import Scoreboard, panels_of

THEORY, PRACTICE, EXTRA = ComponentId("theory"), ComponentId("practice"), ComponentId("extra")
T, S, R, X = ModuleId("T"), ModuleId("S"), ModuleId("R"), ModuleId("X")
JUDGES = tuple(JudgeId(f"J{number}") for number in (1, 2, 3))
COMPARED = (AspectId("S1.1"), AspectId("S1.2"), AspectId("S1.3"))


def part(code: str, *aspects: tuple[str, Method]) -> Subcriterion:
    return Subcriterion(
        id=SubcriterionId(code),
        name=code,
        aspects=tuple(
            Aspect(id=AspectId(f"{code}.{number}"), name=code, max=Decimal(most), method=method)
            for number, (most, method) in enumerate(aspects, 1)
        ),
    )


def module(code: ModuleId, component: ComponentId, *parts: Subcriterion, **more: object) -> Module:
    made = Module(id=code, name=code, component=component, subcriteria=parts)
    return msgspec.structs.replace(made, **more)


EVENT = Event(
    code=EventCode("X"),
    name="x",
    components=(
        Component(id=THEORY, weight=Decimal("0.3")),
        Component(id=PRACTICE, weight=Decimal("0.7")),
        Component(id=EXTRA, added=True),
    ),
    modules=(
        module(T, THEORY, part("T1", ("100", Carried(Decimal(3500))))),
        module(
            S,
            PRACTICE,
            part(
                "S1",
                ("20", RankPoints(tuple(map(Decimal, (20, 14, 9))), judges=3)),
                ("20", TimeRatio()),
                ("20", StandardScore(judges=3, per=Decimal(3), centre=Decimal(10), least=1)),
                ("20", Panel(judges=3, highest=Decimal(10), least=2)),
            ),
        ),
        module(
            R, PRACTICE, *(part(f"R{n}", ("20", Direct())) for n in (1, 2)), attempts=Attempts.BEST
        ),
        module(X, EXTRA, part("X1", ("3", Bonus((BonusItem("P", "p", Decimal(3)),))))),
    ),
    tie_keys=(TieKey(by="module:R"),),
    divided_by=DividedBy.GROUP,
    groups=(Group(name="职工组"), Group(name="学生组")),
    awards=Awards(
        quotas=(
            Quota(award="一等奖", percent=Decimal(20)),
            Quota(award="二等奖", percent=Decimal(30)),
        )
    ),
)
PANELS = panels_of(EVENT, {S: JUDGES})


@dataclass(frozen=True)
class Sheet:
    """All that is known of one entry: by each judge in turn, or by the team."""

    group: str
    competing: bool
    judged: Mapping[AspectId, tuple[Cell, ...]]
    agreed: Mapping[AspectId, Cell]
    penalty: tuple[PenaltyEffect, ModuleId | None, int] | None = None


def judged(*, by_text: bool, may_stand_down: bool) -> st.SearchStrategy[tuple[Cell, ...]]:
    """A score of each of three judges, of whom the last may stand down."""
    if by_text:
        score = st.integers(0, 20).map(lambda given: measured_cell(f"{given / 2:g}"))
    else:
        score = st.integers(0, 20).map(lambda given: value_cell(Points(given * SCALE // 2)))
    last = score | st.just(RECUSED) if may_stand_down else score
    return st.tuples(score, score, last)


SHEETS = st.builds(
    Sheet,
    group=st.sampled_from(["职工组", "学生组"]),
    competing=st.sampled_from([True, True, True, False]),
    judged=st.fixed_dictionaries(
        {
            AspectId("S1.1"): judged(by_text=True, may_stand_down=False),
            AspectId("S1.3"): judged(by_text=True, may_stand_down=True),
            AspectId("S1.4"): judged(by_text=False, may_stand_down=True),
        }
    ),
    agreed=st.fixed_dictionaries(
        {
            AspectId("T1.1"): st.sampled_from(["0", "1207", "3033.5", "3500"]).map(measured_cell),
            AspectId("S1.2"): st.sampled_from(["59", "83.3", "2:10"]).map(measured_cell),
            AspectId("R1.1"): st.integers(0, 20).map(lambda one: value_cell(Points(one * SCALE))),
            AspectId("R2.1"): st.sampled_from([NOT_ATTEMPTED, value_cell(Points(70_000))]),
            AspectId("X1.1"): st.sampled_from(["-", "P=3@no. 2"]).map(measured_cell),
        }
    ),
    penalty=st.none()
    | st.tuples(
        st.sampled_from([PenaltyEffect.DEDUCT, PenaltyEffect.CAP, PenaltyEffect.DISQUALIFY]),
        st.sampled_from([None, S]),
        st.sampled_from([5_000, 120_000]),
    ).filter(lambda one: one[0] is not PenaltyEffect.DISQUALIFY or one[1] is None),
)
FIELDS = st.lists(SHEETS, min_size=1, max_size=6)


def put(
    made: Scoreboard, entry: EntryId, sheet: Sheet, chairs: tuple[JudgeId, ...] = JUDGES
) -> None:
    for aspect, cells in sheet.judged.items():
        for judge, cell in zip(chairs, cells, strict=True):
            made.put(entry, aspect, judge, cell)
    for aspect, cell in sheet.agreed.items():
        made.put(entry, aspect, PANEL, cell)
    if sheet.penalty is not None:
        effect, of, points = sheet.penalty
        booked = Penalty(OpId("S7K2-000001"), entry, of, "P1", effect, Points(points))
        made.set_penalties(entry, [booked])


def board(
    field: list[Sheet],
    order: list[int] | None = None,
    chairs: tuple[JudgeId, ...] = JUDGES,
    event: Event = EVENT,
) -> Scoreboard:
    made = Scoreboard(event, PANELS)
    for number in order or range(len(field)):
        sheet, entry = field[number], EntryId(f"X-{number:02d}")
        made.set_entry(
            Entry(entry, event.code, f"{number:02d}", group=sheet.group, competing=sheet.competing)
        )
        put(made, entry, sheet, chairs)
    return made


def awards(made: Scoreboard, ranking: Ranking) -> dict[EntryId, str]:
    return give_awards(made.event, made.entries(), ranking)


@given(FIELDS, st.permutations(JUDGES), st.randoms(use_true_random=False))
def test_permuting_judges_or_entries_changes_nothing(
    field: list[Sheet], chairs: list[JudgeId], chance: Random
) -> None:
    order = list(range(len(field)))
    chance.shuffle(order)
    plain, mixed = board(field), board(field, order, tuple(chairs))
    ranking = plain.ranking()
    assert {row.reason for row in ranking.apart} <= {ApartReason.DISQUALIFIED}, "all are marked"
    assert mixed.ranking() == ranking
    assert awards(mixed, ranking) == awards(plain, ranking)


@given(FIELDS, SHEETS, SHEETS)
def test_no_mark_of_a_guest_moves_anybody_who_competes(
    field: list[Sheet], first: Sheet, second: Sheet
) -> None:
    guest = replace(first, competing=False)
    made = board([*field, guest])
    before = made.ranking()
    given_before = awards(made, before)
    entry = EntryId(f"X-{len(field):02d}")
    put(made, entry, second)
    after = made.ranking()
    assert after.rows == before.rows
    assert awards(made, after) == given_before | {entry: ""}
    assert board(field).ranking().rows == before.rows, "nor does it matter whether they came"


@given(FIELDS, SHEETS, st.integers(0, 5))
def test_a_mark_that_is_not_compared_moves_nobody_else_and_no_other_division(
    field: list[Sheet], sheet: Sheet, which: int
) -> None:
    number = which % len(field)
    changed, division = EntryId(f"X-{number:02d}"), field[number].group
    made = board(field)
    before, scores = made.ranking(), made.scores()
    alone = replace(
        sheet,
        judged={AspectId("S1.4"): sheet.judged[AspectId("S1.4")]},
        agreed={aspect: cell for aspect, cell in sheet.agreed.items() if aspect not in COMPARED},
        penalty=None,
    )
    put(made, changed, alone)
    after = made.ranking()
    for rows_before, rows_after in ((before.rows, after.rows), (before.guests, after.guests)):
        others = [row for row in rows_before if row.division != division]
        assert [row for row in rows_after if row.division != division] == others
        kept = [row.entry for row in rows_before if row.entry != changed]
        assert [row.entry for row in rows_after if row.entry != changed] == kept
    assert all(made.score(entry) is scores[entry] for entry in scores if entry != changed)


WHOLE = msgspec.structs.replace(
    EVENT,
    components=(Component(id=THEORY), Component(id=PRACTICE), Component(id=EXTRA, added=True)),
)


@pytest.mark.parametrize("attempts", Attempts)
@given(field=FIELDS, places=st.integers(0, 4))
def test_printed_modules_less_what_is_taken_off_make_the_printed_total(
    attempts: Attempts, field: list[Sheet], places: int
) -> None:
    modules = tuple(
        msgspec.structs.replace(one, attempts=attempts) if one.id == R else one
        for one in WHOLE.modules
    )
    stages = Stages(aspect=None, module=Rounding(places), total=Rounding(places))
    event = msgspec.structs.replace(WHOLE, modules=modules, rounding=stages)
    assert list(adding_up_warnings(event)) == []
    made = board(field, event=event)
    for number, sheet in enumerate(field):
        if not is_whole_part(sheet.penalty):
            made.set_penalties(EntryId(f"X-{number:02d}"), [])
    for score in made.scores().values():
        printed = [Decimal(format_points(int(one.mark), places)) for one in score.modules]
        assert all(int(one.mark) == one.mark for one in score.modules)
        taken_off = Decimal(format_points(int(score.deducted), places))
        assert format_points(score.total, places) == f"{sum(printed) - taken_off:.{places}f}"


def is_whole_part(penalty: tuple[PenaltyEffect, ModuleId | None, int] | None) -> bool:
    """Whether it prints as a part: no cap, and half a mark only where the module is rounded."""
    match penalty:
        case (PenaltyEffect.DEDUCT, of, points):
            return of is not None or points % SCALE == 0
        case _:
            return penalty is None
