"""A real marking scheme, from the CIS workbook to ranked certificates and a second laptop.

The scheme is that of EuroSkills 2023, skill 17; entrants and marks are made up by a plain rule.
What every entry should come to is worked out here, from the cells of the workbook, in hundredths.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
import pypdf
import pytest

from app.paths import resource
from tests.journeys.laptops import Laptop

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOK = (
    resource().parent.parent / "shared/data/cis/ES2023_marking_scheme_Web_Development_17.xlsx"
)
ENTRANTS = 24
AWARDS = ("金牌/Gold=1", "银牌/Silver=1", "铜牌/Bronze=1", "优胜奖/Medallion=50%")

pytestmark = pytest.mark.skipif(
    not WORKBOOK.exists(), reason="the real CIS workbook is not on this machine"
)


@dataclass(frozen=True)
class Aspect:
    id: str
    judged: bool
    hundredths: int


def aspects_in_the_workbook() -> list[Aspect]:
    """Sub-criterion, type and maximum out of the columns A, D and K, read by another library."""
    sheet = openpyxl.load_workbook(WORKBOOK, data_only=True)["CIS Marking Scheme Import"]
    found: list[Aspect] = []
    part, count = "", 0
    for row in sheet.iter_rows(min_row=1, values_only=True):
        if row[3] in ("M", "J") and part:
            count += 1
            found.append(Aspect(f"{part}.{count}", row[3] == "J", round(float(row[10]) * 100)))
        elif isinstance(row[0], str) and len(row[0]) == 2 and row[0][0] in "ABCDEF":
            part, count = row[0], 0
    return found


def met(entrant: int, place: int) -> bool:
    return (5 * place + 11 * entrant) % 29 > entrant


def scores(entrant: int, place: int) -> tuple[int, int, int]:
    """Three judges, never more than one apart."""
    lowest = (place + entrant) % 3
    return lowest, lowest + (place + 2 * entrant) // 3 % 2, lowest + entrant % 2


def hundredths(aspect: Aspect, entrant: int, place: int) -> int:
    if not aspect.judged:
        return aspect.hundredths if met(entrant, place) else 0
    # max * mean of three / 3, half up: nine is odd, so there is no half to lose.
    return (2 * aspect.hundredths * sum(scores(entrant, place)) + 9) // 18


def totals_by_hand(aspects: list[Aspect]) -> dict[str, dict[str, int]]:
    """Hundredths by entry and module, with the sum under ``total``."""
    found: dict[str, dict[str, int]] = {}
    for entrant in range(1, ENTRANTS + 1):
        modules = dict.fromkeys("ABCDEF", 0)
        for place, aspect in enumerate(aspects):
            modules[aspect.id[0]] += hundredths(aspect, entrant, place)
        found[f"17-{entrant:02d}"] = {**modules, "total": sum(modules.values())}
    return found


def decimal(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def write_roster(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("参赛编号", "姓名", "单位"))
        for n in range(1, ENTRANTS + 1):
            rows.writerow((f"{n:02d}", f"样例选手{n:02d}", f"样例{'一二三四五六'[n % 6]}厂"))


def write_marks(path: Path, aspects: list[Aspect]) -> int:
    """Every cell of every entrant; returns how many."""
    lines: list[tuple[object, ...]] = []
    for n in range(1, ENTRANTS + 1):
        for place, aspect in enumerate(aspects):
            if aspect.judged:
                judges = zip(("J1", "J2", "J3"), scores(n, place), strict=True)
                lines += [(f"{n:02d}", aspect.id, judge, score) for judge, score in judges]
            else:
                lines.append((f"{n:02d}", aspect.id, "", int(met(n, place))))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("entry", "aspect", "judge", "value"), *lines])
    return len(lines)


@pytest.fixture(scope="module")
def aspects() -> list[Aspect]:
    return aspects_in_the_workbook()


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory, aspects: list[Aspect]) -> Laptop:
    """The chief judge's laptop at the end of the event: marked, signed, locked and published."""
    chief = Laptop(tmp_path_factory.mktemp("chief"))
    roster, marks = chief.folder / "roster.csv", chief.folder / "marks.csv"
    write_roster(roster)
    quotas = [word for award in AWARDS for word in ("--award", award)]
    chief.do("new", chief.file, "--scheme", WORKBOOK, "--roster", roster, *quotas)
    count = write_marks(marks, aspects)
    assert f"{count} marks recorded" in chief.do("marks", chief.file, marks)
    assert chief.asked("results", chief.file)["status"] == "draft"
    modules = {aspect.id[0] for aspect in aspects}
    judged = {aspect.id[0] for aspect in aspects if aspect.judged}
    measured = {aspect.id[0] for aspect in aspects if not aspect.judged}
    signatures = 3 * len(judged) + len(measured)
    assert f"{signatures} signatures recorded" in chief.do("sign", chief.file)
    assert f"{len(modules)} modules locked" in chief.do("lock", chief.file)
    chief.do("publish", chief.file, "--status", "final")
    return chief


def test_the_workbook_is_checked_and_summed_up(tmp_path: Path) -> None:
    """Once as a program of its own, as a script would call it."""
    ran = subprocess.run(
        [sys.executable, "-m", "app", "scheme", str(WORKBOOK), "--json"],
        capture_output=True,
        check=False,
        cwd=resource().parent,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", "PLUMBLINE_HOME": str(tmp_path)},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    read = json.loads(ran.stdout)
    assert len(read.pop("rules_hash")) == 64
    assert read == {
        "title": "17 Web Development",
        "total": "100.00",
        "criteria": [
            {"id": "A", "name": "Static Website Design", "mark": "17.00"},
            {
                "id": "B",
                "name": "Dynamic website with server-side rendering",
                "mark": "23.00",
            },
            {"id": "C", "name": "Commercial Open API", "mark": "17.00"},
            {"id": "D", "name": "Interactive Frontend using an API", "mark": "22.00"},
            {"id": "E", "name": "Advanced Web Development", "mark": "16.00"},
            {"id": "F", "name": "Fun: Collaborative Challenge", "mark": "5.00"},
        ],
        "aspects": 149,
        "measurement": 123,
        "judgement": 26,
        "warnings": ["Event 17: 24 % of the marks are judged, usual is up to 20 %."],
    }


def test_all_hundred_marks_of_every_entry_come_to_what_they_should(
    laptop: Laptop, aspects: list[Aspect]
) -> None:
    assert len(aspects) == 149
    assert sum(aspect.hundredths for aspect in aspects) == 100_00
    read = laptop.asked("results", laptop.file)
    assert list(read) == ["event", "rules_hash", "result_hash", "status", "rows"]
    assert (read["event"], read["status"]) == ("17", "final")
    expected = totals_by_hand(aspects)
    assert {row["entry"]: row["total"] for row in read["rows"]} == {
        entry: decimal(of["total"]) for entry, of in expected.items()
    }
    for row in read["rows"]:
        assert list(row) == [
            *("entry", "name", "unit", "rank", "total", "award", "modules", "state", "division"),
        ]
        of = expected[row["entry"]]
        assert row["modules"] == {module: decimal(of[module]) for module in "ABCDEF"}
        # Competition ranking: one more than those who have more.
        assert row["rank"] == 1 + sum(one["total"] > of["total"] for one in expected.values())
        assert row["state"] == "ranked"
        assert row["name"] == f"样例选手{row['entry'][-2:]}"


def test_the_awards_go_by_rank(laptop: Laptop) -> None:
    rows = laptop.asked("results", laptop.file)["rows"]
    # 1 + 1 + 1, then half of 24.
    assert [row["award"] for row in rows] == [
        *("金牌", "银牌", "铜牌"),
        *["优胜奖"] * 12,
        *[""] * 9,
    ]


def test_certificates_bear_name_award_and_number_of_each_recipient(laptop: Laptop) -> None:
    out = laptop.folder / "certificates.pdf"
    assert "15 certificates" in laptop.do("certificates", laptop.file, "-o", out)
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    rows = laptop.asked("results", laptop.file)["rows"][:15]
    for page, row in zip(pages, rows, strict=True):
        assert row["name"] in page
        assert row["award"] in page


def test_what_was_published_verifies_on_the_file_and_on_the_bundle(laptop: Laptop) -> None:
    bundle = laptop.folder / "verified.bundle"
    laptop.do("export", laptop.file, "-o", bundle)
    for path, kind in ((laptop.file, "competition"), (bundle, "bundle")):
        read = laptop.asked("verify", path)
        assert list(read) == ["file", "kind", "ok", "checks"]
        assert (read["kind"], read["ok"]) == (kind, True)
        assert {"chains", "signatures", "people"} <= {check["name"] for check in read["checks"]}


def test_a_second_laptop_joins_marks_nothing_twice_and_shows_the_same_result(
    laptop: Laptop, tmp_path: Path
) -> None:
    second = Laptop(tmp_path)
    bundle, back = laptop.folder / "second.bundle", tmp_path / "back.bundle"
    laptop.do("export", laptop.file, "-o", bundle)
    second.do("join", second.file, bundle)
    assert second.asked("results", second.file) == laptop.asked("results", laptop.file)
    assert "0 new records" in second.do("merge", second.file, bundle)
    second.do("export", second.file, "-o", back)
    laptop.do("merge", laptop.file, back)
    assert "0 new records" in laptop.do("merge", laptop.file, back)
    assert second.asked("results", second.file) == laptop.asked("results", laptop.file)


def test_a_locked_event_takes_no_more_marks(laptop: Laptop) -> None:
    late = laptop.folder / "late.csv"
    late.write_text("entry,aspect,judge,value\n01,A1.1,J1,0\n02,A1.1,J1,1\n", encoding="utf-8")
    ran = laptop.run("marks", laptop.file, late, "--reason", "too late")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "A" in ran.err
