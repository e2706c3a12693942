"""What must hold for any marks: order changes nothing, others stay where they are, parts add up."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.adding_up import adding_up_warnings
from app.domain.entries import Cell, Entry, measured_cell, value_cell
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, JudgeId, ModuleId, SubcriterionId
from app.domain.methods import (
    Band,
    Benefit,
    BenefitBand,
    BenefitKind,
    Binary,
    Bonus,
    BonusItem,
    Choice,
    Closest,
    Count,
    Deduct,
    Direct,
    Fault,
    Faults,
    Gate,
    Item,
    Judgement,
    Ladder,
    Linear,
    Median,
    Method,
    Option,
    Overtime,
    Panel,
    Tally,
    TimeBand,
    TimeBands,
    TimeLinear,
    Tolerance,
    WeightedPart,
    WeightedSum,
)
from app.domain.points import SCALE, Points, Rounding, RoundingMode, format_points, parse_points
from app.domain.ranking import Ranking
from app.domain.scheme import Aspect, Event, Module, Stages, Subcriterion, TieKey
from app.domain.scoreboard import Scoreboard, panels_of

TEN = Decimal(10)


def part(code: str, weight: str) -> WeightedPart:
    return WeightedPart(code, code, Decimal(weight), highest=TEN)


def band(until: int, factor: str) -> TimeBand:
    return TimeBand(Decimal(until), Decimal(factor))


METHODS: tuple[tuple[str, str, Method], ...] = (
    ("A1", "7", Panel(judges=5, highest=TEN, drop_highest=1, drop_lowest=1)),
    ("A2", "5", Median(judges=5, highest=TEN)),
    ("A3", "3", Closest(judges=5, highest=TEN, keep=3)),
    ("A4", "11", Judgement(judges=5, scale=10, spread=10)),
    ("B1", "13", Direct(step=Decimal("0.0001"))),
    ("B2", "3", Deduct(per=Decimal("0.4"))),
    ("B3", "7", Linear(bad=Decimal(0), good=Decimal(3))),
    ("B4", "9", TimeLinear(full=Decimal(60), zero=Decimal(130))),
    ("B5", "6", Faults((Fault("F", "f", Decimal("0.35"), cap=4),))),
    ("C1", "6", Tally((Item("R", "r", Decimal("1.25")), Item("W", "w", Decimal("-0.5"))))),
    ("C2", "10", WeightedSum((part("D", "0.35"), part("P", "0.65")))),
    ("C3", "9", TimeBands((band(60, "1"), band(90, "0.35")), Decimal("0.1"), quality=Decimal(90))),
    ("C4", "5", Overtime(limit=Decimal(60), per=Decimal("0.7"), interval=Decimal(15))),
    ("C5", "2", Tolerance(Decimal(25), (Band(Decimal("0.02"), Decimal(2)),))),
    ("C6", "2", Ladder((Decimal(0), Decimal("0.75"), Decimal(2)))),
    ("C7", "3", Count(per=Decimal("0.35"))),
    ("C8", "4", Choice((Option("A", "a", Decimal(4)), Option("B", "b", Decimal("1.3"))))),
    ("C9", "8", Benefit((BenefitKind("M", "m", (BenefitBand(Decimal(9), Decimal(8)),)),))),
    ("C10", "3", Bonus((BonusItem("P", "p", Decimal(3), step=Decimal("0.5")),))),
    ("C11", "1", Binary()),
    ("C12", "1", Gate()),
)
JUDGES = tuple(JudgeId(f"J{number}") for number in range(1, 6))
MODULES = {"A": METHODS[:4], "B": METHODS[4:9], "C": METHODS[9:]}


def module(name: str) -> Module:
    aspects = tuple(
        Aspect(id=AspectId(one), name=one, max=Decimal(most), method=method)
        for one, most, method in MODULES[name]
    )
    part = Subcriterion(id=SubcriterionId(f"{name}0"), name=name, aspects=aspects)
    return Module(id=ModuleId(name), name=name, subcriteria=(part,))


EVENT = Event(
    code=EventCode("X"),
    name="x",
    modules=(module("A"), module("B"), module("C")),
    tie_keys=(TieKey(by="module:B"),),
)
SCORES = st.lists(st.integers(0, 10), min_size=5, max_size=5)
SHEETS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("A1", "A2", "A3", "A4"), SCORES),
        "B1": st.integers(0, 13 * SCALE).map(lambda mark: value_cell(Points(mark))),
        "B2": st.integers(0, 9).map(lambda errors: value_cell(Points(errors * SCALE))),
        "B3": st.sampled_from(["0", "0.7", "1", "2.99", "4"]).map(measured_cell),
        "B4": st.sampled_from(["59", "1:17", "83.3", "2:10"]).map(measured_cell),
        "B5": st.sampled_from(["-", "F=1", "F=3", "F=9"]).map(measured_cell),
        "C1": st.sampled_from(["-", "R=3;W=1", "R=1;W=9", "R=9"]).map(measured_cell),
        "C2": st.sampled_from(["D=10;P=10", "D=7.37;P=3.33", "D=0;P=1"]).map(measured_cell),
        "C3": st.sampled_from(["Q=90;T=60", "Q=61.7;T=75", "Q=90;T=91"]).map(measured_cell),
        "C4": st.sampled_from(["59", "1:00.1", "1:31", "9:00"]).map(measured_cell),
        "C5": st.sampled_from(["25.02", "24.979", "26"]).map(measured_cell),
        "C6": st.sampled_from([0, 7_500, 20_000]).map(lambda mark: value_cell(Points(mark))),
        "C7": st.integers(0, 12).map(lambda hits: value_cell(Points(hits * SCALE))),
        "C8": st.sampled_from(["A", "B"]).map(measured_cell),
        "C9": st.sampled_from(["-", "M=8.99", "M=9"]).map(measured_cell),
        "C10": st.sampled_from(["-", "P=0.5@no. 1", "P=3@no. 2"]).map(measured_cell),
        "C11": st.sampled_from([0, SCALE]).map(lambda met: value_cell(Points(met))),
        "C12": st.sampled_from([0, SCALE]).map(lambda kept: value_cell(Points(kept))),
    }
)
Sheet = dict[str, list[int] | Cell]
FIELDS = st.lists(SHEETS, min_size=1, max_size=6)


def put(board: Scoreboard, entry: EntryId, sheet: Sheet, judges: tuple[JudgeId, ...]) -> None:
    for aspect, held in sheet.items():
        if isinstance(held, Cell):
            board.put(entry, AspectId(aspect), PANEL, held)
            continue
        for judge, score in zip(judges, held, strict=True):
            board.put(entry, AspectId(aspect), judge, value_cell(Points(score * SCALE)))


def board(
    event: Event, field: list[Sheet], order: list[int], judges: tuple[JudgeId, ...]
) -> Scoreboard:
    made = Scoreboard(event, panels_of(event, dict.fromkeys((ModuleId("A"),), JUDGES)))
    for number in order:
        entry = EntryId(f"X-{number:02d}")
        made.set_entry(Entry(entry, event.code, f"{number:02d}"))
        put(made, entry, field[number], judges)
    return made


def table(ranking: Ranking) -> list[tuple[str, int, int]]:
    return [(row.entry, row.rank, row.total) for row in ranking.rows]


@given(FIELDS, st.permutations(JUDGES), st.randoms(use_true_random=False))
def test_permuting_judges_or_entries_changes_nothing(
    field: list[Sheet], judges: list[JudgeId], chance: object
) -> None:
    order = list(range(len(field)))
    shuffled = order[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    plain = board(EVENT, field, order, JUDGES)
    mixed = board(EVENT, field, shuffled, tuple(judges))
    assert mixed.ranking() == plain.ranking()
    assert {entry: score.total for entry, score in mixed.scores().items()} == {
        entry: score.total for entry, score in plain.scores().items()
    }


@given(FIELDS, SHEETS, st.integers(0, 5))
def test_a_mark_never_moves_an_unrelated_entry(
    field: list[Sheet], sheet: Sheet, which: int
) -> None:
    made = board(EVENT, field, list(range(len(field))), JUDGES)
    changed = EntryId(f"X-{which % len(field):02d}")
    before = made.ranking()
    scores = made.scores()
    put(made, changed, sheet, JUDGES)
    after = made.ranking()
    kept = [row.entry for row in before.rows if row.entry != changed]
    assert [row.entry for row in after.rows if row.entry != changed] == kept
    assert all(made.score(entry) is scores[entry] for entry in kept)


@given(FIELDS, SHEETS)
def test_who_is_marked_better_everywhere_never_stands_lower(
    field: list[Sheet], sheet: Sheet
) -> None:
    best: Sheet = {
        **{name: [10] * 5 for name in ("A1", "A2", "A3", "A4")},
        "B1": value_cell(parse_points("13")),
        "B2": value_cell(Points(0)),
        "B3": measured_cell("3"),
        "B4": measured_cell("60"),
        "B5": measured_cell("-"),
        "C1": measured_cell("R=9"),
        "C2": measured_cell("D=10;P=10"),
        "C3": measured_cell("Q=90;T=60"),
        "C4": measured_cell("59"),
        "C5": measured_cell("25"),
        "C6": value_cell(parse_points("2")),
        "C7": value_cell(parse_points("12")),
        "C8": measured_cell("A"),
        "C9": measured_cell("M=9"),
        "C10": measured_cell("P=3@no. 2"),
        "C11": value_cell(parse_points("1")),
        "C12": value_cell(parse_points("1")),
    }
    made = board(EVENT, [*field, sheet, best], list(range(len(field) + 2)), JUDGES)
    first = made.ranking().rows[0]
    assert (first.total, made.ranking().rows[0].rank) == (1_180_000, 1)
    assert made.score(EntryId(f"X-{len(field) + 1:02d}")).total == 1_180_000


ROUNDINGS = st.builds(Rounding, st.integers(0, 4), st.sampled_from(RoundingMode))
STAGES = st.builds(
    Stages,
    judge=st.none() | ROUNDINGS,
    aspect=st.none() | ROUNDINGS,
    subcriterion=st.none() | ROUNDINGS,
    module=st.none() | ROUNDINGS,
    component=st.none(),
    total=ROUNDINGS,
)


@given(SHEETS, STAGES)
def test_printed_parts_add_up_to_the_printed_total_unless_the_rules_were_warned_about(
    sheet: Sheet, stages: Stages
) -> None:
    event = msgspec.structs.replace(EVENT, rounding=stages)
    if list(adding_up_warnings(event)):
        return
    score = board(event, [sheet], [0], JUDGES).score(EntryId("X-00"))
    places = stages.total.places
    # format_points refuses to hide a digit, so every part is printed as it is.
    printed = [format_points(int(part.mark), places) for part in score.modules]
    assert all(int(part.mark) == part.mark for part in score.modules)
    total = sum(Decimal(text) for text in printed)
    assert format_points(score.total, places) == f"{total:.{places}f}"
