"""From one level to the next: who goes up, and their totals carried into the next file."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from app.cli.program import main
from app.services import results
from tests.templates.worked import as_table, run, table, worked

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _roster(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_best_of_each_unit_go_up_and_carry_their_totals_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    case = worked("selection-round")
    (event,) = case.events
    station = run(case, tmp_path)
    path = station.path
    assert path is not None
    station.close()
    given, later = case.more["promotion"], case.more["next"]

    out = tmp_path / "next-roster.csv"
    capsys.readouterr()
    assert main(["promote", str(path), "-o", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    rows = said["rows"]
    number = [row["entry"].rpartition("-")[2] for row in rows]
    assert [one for one, row in zip(number, rows, strict=True) if row["reserve"] is None] == given[
        "going"
    ]
    assert [one for one, row in zip(number, rows, strict=True) if row["reserve"] == 1] == given[
        "standing_by"
    ]
    listed = [tuple(row.values()) for row in _roster(out)]
    assert [(row[0], row[1], row[7], row[8]) for row in listed] == [
        ("样例选手01", "样例一厂", "1", "94.90"),
        ("样例选手03", "样例二厂", "2", "85.60"),
        ("样例选手04", "样例三厂", "5", "66.50"),
        ("样例选手02", "样例一厂", "3", "84.50"),
    ]
    assert [bool(row[9]) for row in listed] == [False, False, False, True]

    # The next file numbers them anew in the order of the list, whose totals it takes along; the
    # reserve is withdrawn from it.
    before = dict(zip(given["going"], ("01", "02", "03"), strict=True))
    marks = [
        {name: text for name, text in row.items() if name != "P1.1"}
        | {"entry": before[row["entry"]]}
        for row in table(later["marks"])
    ]
    going = out.read_text(encoding="utf-8-sig").splitlines()[:4]
    wanted = [{**row, "entry": before[row["entry"]]} for row in table(later["expected"])]
    folder = tmp_path / "next"
    folder.mkdir()
    following = replace(
        case, roster="\n".join(going), events=[replace(event, marks=marks, expected=wanted)]
    )
    station = run(following, folder)
    found = results.in_force(station, event.code).fact.rows
    assert as_table(found, list(wanted[0])) == wanted
    station.close()
