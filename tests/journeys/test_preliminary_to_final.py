"""From the results of a preliminary to the published final, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.bootstrap import create_competition
from app.cli.program import main
from app.domain.round_rules import Qualification
from app.domain.scheme import Competition, Scheme
from app.services import setup
from tests.services.test_selecting import E, event

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_forty_entrants_of_a_preliminary_come_down_to_three_ranked_finalists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "final.plumb"
    scheme = Scheme(
        competition=Competition(code="S-1", title="样例竞赛"),
        events=(event(E, Qualification(number=3, per_unit=1, reserves=1)),),
    )
    station = create_competition(file, scheme)
    setup.freeze(station, E)
    station.close()
    # Entrant n has 70 n of 3500 points; 39 and 40, 37 and 38 and so on are of one unit.
    lines = [f"样例选手{n:02d},样例{(n + 1) // 2}厂,{70 * n}" for n in range(1, 41)]
    preliminary = tmp_path / "preliminary.csv"
    preliminary.write_text("\n".join(("姓名,单位,初赛成绩", *lines)), encoding="utf-8")
    marks = tmp_path / "marks.csv"
    marks.write_text(
        "entry,aspect,judge,value\n01,A1.1,,60\n02,A1.1,,70\n03,A1.1,,90\n", encoding="utf-8"
    )
    assert main(["select", str(file), str(preliminary)]) == 0
    assert main(["marks", str(file), str(marks)]) == 0
    for step in ("sign", "lock", "publish"):
        assert main([step, str(file)]) == 0
    capsys.readouterr()
    assert main(["results", str(file), "--json"]) == 0
    # 40, 38 and 36 bring 2800, 2660 and 2520 points: 80, 76 and 72 of 100, worth 24, 22.8 and 21.6.
    # The final adds 0.7 of 60, 70 and 90: 66.0, 71.8 and 84.6.
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["entry"], row["name"], row["total"]) for row in rows] == [
        ("E-03", "样例选手36", "84.60"),
        ("E-02", "样例选手38", "71.80"),
        ("E-01", "样例选手40", "66.00"),
    ]
