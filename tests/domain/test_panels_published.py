"""Two published skating competitions come out exactly: every total and every ranked list.

The data (BuzzFeed News, CC BY 4.0) lies beside the project and is never copied into it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.entries import Entry, Penalty, value_cell
from app.domain.ids import (
    PANEL,
    AspectId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    SubcriterionId,
)
from app.domain.methods import Direct, Panel
from app.domain.points import Rounding, format_points, parse_points, round_exact
from app.domain.ranking import rank
from app.domain.scheme import (
    Aspect,
    Event,
    Module,
    PenaltyEffect,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scoreboard import Scoreboard, panels_of

PANELS = Path(__file__).parents[3] / "shared" / "data" / "panels"
JUDGES = tuple(JudgeId(f"J{number}") for number in range(1, 10))
NINE_JUDGES = Panel(
    judges=9, highest=Decimal(10), step=Decimal("0.25"), drop_highest=1, drop_lowest=1
)
pytestmark = pytest.mark.skipif(
    not PANELS.is_dir(), reason="the published skating scores are not beside the project"
)


class Segment(NamedTuple):
    """One ranked list: its performances as published, and the scores of its components."""

    performances: list[dict[str, str]]
    components: dict[str, list[dict[str, str]]]
    scores: dict[str, dict[str, str]]


def read(name: str) -> list[dict[str, str]]:
    with (PANELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def segments() -> dict[tuple[str, str], Segment]:
    components: dict[str, list[dict[str, str]]] = defaultdict(list)
    for aspect in read("judged-aspects.csv"):
        if aspect["section"] == "components":
            components[aspect["performance_id"]].append(aspect)
    scores: dict[str, dict[str, str]] = defaultdict(dict)
    for score in read("judge-scores.csv"):
        scores[score["aspect_id"]][score["judge"]] = score["score"]
    lists: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for performance in read("performances.csv"):
        lists[performance["competition"], performance["program"]].append(performance)
    return {
        name: Segment(
            performances,
            {p["performance_id"]: components[p["performance_id"]] for p in performances},
            scores,
        )
        for name, performances in lists.items()
    }


def event_of(program: str, components: list[dict[str, str]]) -> Event:
    judged = tuple(
        Aspect(
            id=AspectId(component["aspect_desc"]),
            name=component["aspect_desc"],
            max=10 * Decimal(component["factor"]),
            method=NINE_JUDGES,
        )
        for component in sorted(components, key=lambda component: component["aspect_desc"])
    )
    elements = Aspect(id=AspectId("TES"), name="Elements", max=Decimal(200), method=Direct())
    modules = tuple(
        Module(
            id=ModuleId(name),
            name=name,
            subcriteria=(Subcriterion(id=SubcriterionId(f"{name}1"), name=name, aspects=aspects),),
        )
        for name, aspects in (("elements", (elements,)), ("components", judged))
    )
    first = "module:elements" if "SHORT" in program else "module:components"
    return Event(
        code=EventCode("SKATE"),
        name=program,
        modules=modules,
        rounding=Stages(judge=Rounding(), aspect=Rounding()),
        tie_keys=(TieKey(by=first),),
    )


def board_of(program: str, segment: Segment) -> Scoreboard:
    event = event_of(program, next(iter(segment.components.values())))
    board = Scoreboard(event, panels_of(event, {ModuleId("components"): JUDGES}))
    for performance in segment.performances:
        entry = EntryId(performance["performance_id"])
        board.set_entry(Entry(entry, event.code, performance["starting_number"]))
        elements = value_cell(parse_points(performance["total_element_score"]))
        board.put(entry, AspectId("TES"), PANEL, elements)
        for component in segment.components[entry]:
            for judge, score in segment.scores[component["aspect_id"]].items():
                aspect = AspectId(component["aspect_desc"])
                board.put(entry, aspect, JudgeId(judge), value_cell(parse_points(score)))
        lost = parse_points(performance["total_deductions"])
        if lost:
            falls = Penalty(OpId("S7K2-000001"), entry, None, "FALL", PenaltyEffect.DEDUCT, lost)
            board.set_penalties(entry, [falls])
    return board


def test_every_component_total_and_segment_total_is_the_published_one(
    segments: dict[tuple[str, str], Segment],
) -> None:
    compared = 0
    for (_, program), segment in segments.items():
        board = board_of(program, segment)
        for performance in segment.performances:
            score = board.score(EntryId(performance["performance_id"]))
            components = round_exact(score.module(ModuleId("components")).mark, Rounding())
            assert score.is_complete
            assert format_points(components, 2) == performance["total_component_score"]
            assert format_points(score.total, 2) == performance["total_segment_score"]
            compared += 1
    assert compared == 162


def test_every_ranked_list_is_the_published_one(
    segments: dict[tuple[str, str], Segment],
) -> None:
    for (_, program), segment in segments.items():
        board = board_of(program, segment)
        ranking = rank(board.event, board.entries(), board.scores())
        assert [(row.rank, row.entry) for row in ranking.rows] == sorted(
            (int(performance["rank"]), performance["performance_id"])
            for performance in segment.performances
        )
    assert len(segments) == 16


def test_ties_of_the_short_programmes_are_parted_by_the_elements(
    segments: dict[tuple[str, str], Segment],
) -> None:
    decided = []
    for (_, program), segment in segments.items():
        board = board_of(program, segment)
        ranking = rank(board.event, board.entries(), board.scores())
        decided += [
            (row.rank, format_points(row.total, 2), row.decided_by.by)
            for row in ranking.rows
            if row.decided_by is not None
        ]
    assert sorted(decided) == [(7, "53.15", "module:elements"), (7, "66.90", "module:elements")]
