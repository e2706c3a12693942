"""Who goes up from the sample event, who stands by, and what happens when somebody declines.

Rank 02, 01, 03, 04; two go up and one stands by. Units are 样例二厂, 样例一厂, 样例三厂, 样例四厂.
"""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from app.cli.program import main
from app.domain.errors import RuleBroken
from app.domain.qualifying import LeftOut
from app.domain.roles import Actor, Role
from app.domain.round_rules import Qualification
from app.reports.promotion_list import write_promotion_list
from app.services import undo
from app.services.promotion import decline, promotion
from app.services.promotion_papers import promotion_list, promotion_writer
from app.words import Words
from tests.reports.reading import whole_text
from tests.samples.results import (
    DIVIDED,
    E1,
    E2,
    E3,
    E4,
    EVENT,
    GROUPS,
    WELD,
    marked_event,
    publish,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.services.station import Station

RULES = msgspec.structs.replace(EVENT, promotes=Qualification(number=2, reserves=1))
REASON = "单位安排，不能参加"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = marked_event(tmp_path / "day.plumb", home=tmp_path / "home", rules=RULES)
    publish(opened)
    yield opened
    opened.close()


def listed(station: Station) -> list[tuple[str, int | None, str | None]]:
    found = promotion(station, WELD).found
    return [(one.row.entry, one.reserve, one.instead_of) for one in found]


def test_the_best_two_go_up_and_the_third_stands_by(station: Station) -> None:
    assert listed(station) == [(E2, None, None), (E1, None, None), (E3, 1, None)]
    assert promotion(station, WELD).others == ()


def test_who_ranks_well_enough_and_is_too_low_is_listed_with_the_reason() -> None:
    rule = Qualification(number=3, reserves=1, minimum=Decimal(15))
    station = marked_event(rules=msgspec.structs.replace(EVENT, promotes=rule))
    publish(station)
    assert listed(station) == [(E2, None, None), (E1, None, None)]
    (other,) = promotion(station, WELD).others
    assert (other.row.entry, other.declined, other.left_out) == (E3, "", LeftOut.TOO_LOW)
    decline(station, WELD, E2, REASON)
    assert listed(station) == [(E1, None, None)], "nobody stands by"
    assert [one.row.entry for one in promotion(station, WELD).others] == [E2, E3]
    station.close()


def test_for_who_declines_the_reserve_steps_up_until_it_is_undone(station: Station) -> None:
    decline(station, WELD, E2, REASON)
    assert listed(station) == [(E1, None, None), (E3, None, E2)]
    (other,) = promotion(station, WELD).others
    assert (other.row.entry, other.declined, other.left_out) == (E2, REASON, None)
    label = undo.last_undoable(station)
    assert label is not None
    assert label.kind == "promotion_declined"
    undo.undo_last(station)
    assert listed(station) == [(E2, None, None), (E1, None, None), (E3, 1, None)]


def test_declining_needs_the_chief_a_reason_and_a_place_on_the_list(station: Station) -> None:
    with pytest.raises(RuleBroken, match="declining-needs-reason"):
        decline(station, WELD, E2, " ")
    with pytest.raises(RuleBroken, match="promotion-not-listed"):
        decline(station, WELD, E4, REASON)
    decline(station, WELD, E2, REASON)
    with pytest.raises(RuleBroken, match="promotion-not-listed"):
        decline(station, WELD, E2, REASON)
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        decline(station, WELD, E1, REASON)


def test_the_paper_says_who_goes_up_for_whom_and_is_signed(station: Station) -> None:
    decline(station, WELD, E2, REASON)
    target = io.BytesIO()
    content = promotion_list(station, WELD, Words.load("zh"))
    assert [(row.rank, row.entry, row.total, row.standing, row.note) for row in content.rows] == [
        ("2", "01", "17.00", "晋级", ""),
        ("3", "03", "14.00", "递补晋级（替补 02）", ""),
        ("1", "02", "17.00", "放弃晋级", REASON),
    ]
    assert write_promotion_list(content, Words.load("zh"), target) == 1
    text = whole_text(target.getvalue())
    for said in ("晋级名单", "样例二厂", "晋级 2 人（队），递补 0 人（队）。", "裁判长"):
        assert said in text


def test_the_paper_of_a_divided_event_says_who_goes_up_in_which_division() -> None:
    rules = msgspec.structs.replace(DIVIDED, promotes=Qualification(number=2))
    station = marked_event(rules=rules, groups=GROUPS)
    publish(station)
    target = io.BytesIO()
    content = promotion_list(station, WELD, Words.load("zh"))
    write_promotion_list(content, Words.load("zh"), target)
    assert whole_text(target.getvalue()).splitlines()[3:8] == [
        "组别 名次 参赛号 姓名 单位 总分 晋级情况",
        "职工组 1 01 样例选手01 样例一厂 17.00 晋级",
        "职工组 2 03 样例·长名选手〇三 样例三厂 14.00 晋级",
        "学生组 1 02 单样 样例二厂 17.00 晋级",
        "学生组 2 04 样例选手04 样例四厂 11.50 晋级",
    ]
    station.close()


def test_the_command_line_writes_the_paper_and_tells_who_declined(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decline(station, WELD, E2, REASON)
    path = str(station.path)
    out = tmp_path / "up.pdf"
    assert main(["promote", path, "-o", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(row["entry"], row["instead_of"]) for row in said["rows"]] == [(E1, None), (E3, E2)]
    assert [(row["entry"], row["declined"]) for row in said["others"]] == [(E2, REASON)]
    assert out.read_bytes().startswith(b"%PDF")


def test_another_ending_is_refused_before_anything_is_written(
    station: Station, tmp_path: Path
) -> None:
    with pytest.raises(RuleBroken, match="table-form-unknown"):
        promotion_writer(station, WELD, Words.load("zh"), tmp_path / "up.docx")()
    assert list(tmp_path.glob("up.*")) == []
