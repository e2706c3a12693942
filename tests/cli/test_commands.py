"""The command line as a script sees it: exit status, one line of error, JSON of a stable shape."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import open_station
from app.cli.program import main, program
from app.domain.ids import ModuleId
from app.services import timing
from app.services.exchange import open_bundle_as_new_file
from app.services.roll import registered
from app.services.timing import ClockId
from app.words import Words
from tests.samples.floor import ROBOT, SampleTime, entry_id, floor
from tests.samples.results import E1, WELD, mark, published_event
from tests.samples.welding import MARKS, ROSTER, SCHEME
from tests.services.fed_samples import fed_station

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "marks.csv").write_text(MARKS, encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """The one JSON object on standard output; nothing may be on standard error."""
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    found: dict[str, object] = json.loads(out)
    return found


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error."""
    err = capsys.readouterr().err
    assert err.count("\n") == 1, err
    return err.strip()


def made(files: Path) -> Path:
    path = files / "day.plumb"
    scheme, roster = files / "scheme.toml", files / "roster.csv"
    assert run("new", path, "--scheme", scheme, "--roster", roster) == 0
    assert run("marks", path, files / "marks.csv") == 0
    return path


def test_a_scheme_is_read_into_the_promised_object(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("scheme", files / "scheme.toml", "--json") == 0
    read = printed(capsys)
    assert list(read) == [
        "title",
        "total",
        "criteria",
        "aspects",
        "measurement",
        "judgement",
        "rules_hash",
        "warnings",
    ]
    assert read["title"] == "样例竞赛"
    assert read["total"] == "100.00"
    assert read["criteria"] == [{"id": "A", "name": "Flat welds", "mark": "100.00"}]
    assert (read["aspects"], read["measurement"], read["judgement"]) == (2, 1, 1)
    assert len(str(read["rules_hash"])) == 64


def test_a_faulty_scheme_fails_the_check(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files / "scheme.toml"
    path.write_text(SCHEME.replace('id = "A1.2"', 'id = "A1.1"'), encoding="utf-8")
    assert run("scheme", path) == 1
    assert "A1.1" in capsys.readouterr().err
    assert run("new", files / "new.plumb", "--scheme", path) == 2
    assert not (files / "new.plumb").exists()


def test_from_scheme_and_roster_to_results(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(files)
    capsys.readouterr()
    assert run("results", path, "--json") == 0
    read = printed(capsys)
    assert list(read) == ["event", "rules_hash", "result_hash", "status", "rows"]
    assert (read["event"], read["status"]) == ("WELD", "draft")
    rows = read["rows"]
    assert isinstance(rows, list)
    # 55.50 + 40 x (8/3)/3 = 91.06 (35.56 rounded half up); 60 + 40 x 1/3 = 73.33.
    assert [(row["entry"], row["rank"], row["total"]) for row in rows] == [
        ("WELD-01", 1, "91.06"),
        ("WELD-02", 2, "73.33"),
    ]
    assert list(rows[0]) == [
        "entry",
        "name",
        "unit",
        "rank",
        "total",
        "award",
        "modules",
        "state",
        "division",
    ]
    assert (rows[0]["name"], rows[0]["unit"]) == ("样例选手01", "样例一厂")
    assert run("results", path) == 0
    assert "样例选手01" in capsys.readouterr().out


def test_marks_with_a_wrong_row_are_refused_whole(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files / "day.plumb"
    run("new", path, "--scheme", files / "scheme.toml", "--roster", files / "roster.csv")
    (files / "marks.csv").write_text(MARKS.replace("02,A1.1,,60", "02,A1.1,,61"), encoding="utf-8")
    capsys.readouterr()
    assert run("marks", path, files / "marks.csv") == 2
    assert "6" in complaint(capsys)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM marks").fetchone() == (0,)
    connection.close()


def test_a_faulty_roster_leaves_no_half_made_file(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "roster.csv").write_text("参赛编号,姓名,单位\n01,,样例一厂\n", encoding="utf-8")
    path = files / "day.plumb"
    status = run("new", path, "--scheme", files / "scheme.toml", "--roster", files / "roster.csv")
    assert status == 2
    assert "roster.csv" in complaint(capsys)
    assert list(files.glob("day.plumb*")) == []


def test_an_existing_file_is_never_written_over(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files / "day.plumb"
    path.write_bytes(b"something else")
    assert run("new", path, "--scheme", files / "scheme.toml") == 2
    assert "day.plumb" in complaint(capsys)
    assert path.read_bytes() == b"something else"


def test_bundles_go_from_laptop_to_laptop(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(files)
    bundle, other = files / "first.bundle", files / "other.plumb"
    assert run("export", path, "-o", bundle) == 0
    open_bundle_as_new_file(bundle, other)
    assert run("roster", other, files / "roster.csv") == 2
    capsys.readouterr()
    back = files / "back.bundle"
    assert run("export", other, "-o", back) == 0
    assert run("merge", path, back) == 0
    assert "back.bundle: 3 new records" in capsys.readouterr().out
    assert run("merge", path, back, bundle) == 0
    assert "back.bundle: 0 new records" in capsys.readouterr().out


def test_verifying_says_pass_or_fail_by_status_and_object(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(files)
    capsys.readouterr()
    assert run("verify", path, "--json") == 0
    read = printed(capsys)
    assert (read["file"], read["kind"], read["ok"]) == ("day.plumb", "competition", True)
    checks = read["checks"]
    assert isinstance(checks, list)
    assert all(list(it) == ["name", "ok", "error", "message", "details"] for it in checks)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE marks SET value = 0")
    connection.commit()
    connection.close()
    assert run("verify", path, "--json") == 1
    out, err = capsys.readouterr()
    (failed,) = [it for it in json.loads(out)["checks"] if not it["ok"]]
    assert (failed["name"], failed["error"]) == ("tables", "verify-tables-differ")
    assert err.count("\n") == 1
    assert run("rebuild", path) == 0
    assert "had differed" in capsys.readouterr().out
    assert run("rebuild", path) == 0
    assert "were right" in capsys.readouterr().out
    assert run("verify", path) == 0


def test_certificates_are_issued_and_printed_for_a_published_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "day.plumb", tmp_path / "certificates.pdf"
    published_event(path).close()
    assert run("certificates", path, "-o", out) == 0
    assert "3 certificates" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"%PDF")
    assert run("certificates", path, "-o", out) == 0
    assert "3 certificates" in capsys.readouterr().out
    assert run("results", path, "--json") == 0
    assert printed(capsys)["status"] == "provisional"


def test_a_published_result_stays_as_published_whatever_is_marked_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.plumb"
    published_event(path).close()
    run("results", path, "--json")
    before = printed(capsys)
    station = open_station(path)
    mark(station, E1, "A1.1", "9.9")
    station.close()
    run("results", path, "--json")
    assert printed(capsys) == before
    assert before["event"] == WELD


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["results"],
        ["results", "gone.plumb", "--no-such-option"],
        ["demo", "--entries", "one"],
        ["certificates", "gone.plumb"],
        ["results", "gone.plumb"],
        ["verify", "gone.bundle"],
        ["merge", "gone.plumb", "gone.bundle"],
        ["scheme", "gone.toml"],
        ["roster", "gone.plumb", "gone.csv"],
        ["new", "new.plumb", "--scheme", "gone.toml"],
    ],
)
def test_bad_usage_is_one_line_and_status_two(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    assert complaint(capsys)
    assert list(tmp_path.glob("*.plumb*")) == []


def test_errors_are_said_in_the_language_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run("results", tmp_path / "gone.plumb") == 2
    assert "找不到 gone.plumb" in complaint(capsys)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    out = capsys.readouterr().out
    for name in program(Words.load("en")).commands:
        assert name in out
        assert f"cli.help_{name}" in Words.load("zh").texts
        assert run(name, "--help") == 0


def test_a_template_that_is_shipped_is_a_scheme_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("scheme", "robot-operation", "--json") == 0
    assert printed(capsys)["total"] == "100.00"


def test_a_scheme_is_written_in_another_form_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, sheet, again = (tmp_path / name for name in ("s.toml", "s.xlsx", "t.TOML"))
    source.write_text(SCHEME, encoding="utf-8")
    assert main(["scheme", str(source), "-o", str(sheet)]) == 0
    assert "name_en" in capsys.readouterr().err
    assert main(["scheme", str(sheet), "-o", str(again)]) == 0
    assert main(["scheme", str(again), "--json"]) == 0
    out = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(out)["total"] == "100.00"
    assert main(["scheme", str(source), "-o", str(tmp_path / "s.pdf")]) == 2


def test_a_fault_of_a_scheme_is_told_with_its_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.toml").write_text(SCHEME.replace('"40"', "40.00001"), encoding="utf-8")
    assert main(["scheme", str(tmp_path / "s.toml"), "-o", str(tmp_path / "s.xlsx")]) == 1
    assert "28" in capsys.readouterr().err.split(":")[1]
    assert not (tmp_path / "s.xlsx").exists()


def test_a_file_handed_in_is_recorded_with_its_digest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, film = tmp_path / "film.plumb", tmp_path / "film.mp4"
    station = floor(path, checked_in=1)
    film.write_bytes(b"abc")
    order = ("submit", path, film, "--module", "A", "--entry", "01")
    station.close()
    assert run(*order) == 2
    assert complaint(capsys).startswith("The clock of this entry has not started")
    station = open_station(path, time=SampleTime())
    timing.start(station, ClockId(ROBOT, ModuleId("A"), entry_id(1)))
    station.close()
    assert run(*order, "--json") == 0
    told = printed(capsys)
    assert (told["entry"], told["module"], told["size"]) == ("ROBOT-01", "A", 3)
    assert told["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert run(*order) == 2
    assert "needs a reason" in complaint(capsys)


def test_receipts_are_printed_for_what_was_handed_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, film, out = (tmp_path / name for name in ("film.plumb", "film.mp4", "receipts.pdf"))
    station = floor(path, checked_in=2)
    film.write_bytes(b"abc")
    for number in (1, 2):
        timing.start(station, ClockId(ROBOT, ModuleId("A"), entry_id(number)))
    station.close()
    assert run("receipts", path, "-o", out) == 2
    assert complaint(capsys).startswith("Nothing of this has been handed in yet")
    for entry in ("01", "02"):
        assert run("submit", path, film, "--module", "A", "--entry", entry) == 0
    capsys.readouterr()
    assert run("receipts", path, "-o", out, "--entry", "02") == 0
    assert capsys.readouterr().out == "1 receipt in receipts.pdf.\n"
    assert run("receipts", path, "-o", out) == 0
    assert capsys.readouterr().out == "2 receipts in receipts.pdf.\n"
    assert run("receipts", path, "-o", out, "--module", "Z") == 2
    assert complaint(capsys) == "There is no module Z in this event."


def test_counts_of_output_are_imported_from_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = tmp_path / "crews.plumb", tmp_path / "counts.csv"
    fed_station("team-output", path).close()
    table.write_text("entry,day,count\n01,2026-09-03,7\n02,2026-09-03,8\n", encoding="utf-8")
    assert run("counts", path, table) == 0
    assert capsys.readouterr().out == "Recorded from counts.csv: 2 counts\n"
    table.write_text("entry,2026-09-03\n01,6\n", encoding="utf-8")
    assert run("counts", path, table) == 2
    assert "Say why it changes" in complaint(capsys)
    assert run("counts", path, table, "--reason", "recounted") == 0
    assert capsys.readouterr().out == "Recorded from counts.csv: 1 count\n"


def test_a_person_is_forgotten_and_the_file_still_verifies(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = made(files)
    assert "样例选手01".encode() in file.read_bytes()
    assert run("forget", file, "--entry", "01") == 0
    assert "Name, contact data and photo of 01 are deleted" in capsys.readouterr().out
    assert "样例选手01".encode() not in file.read_bytes()
    station = open_station(file)
    assert [one.name for one in registered(station, WELD)] == ["01", "样例选手02"]
    station.close()
    assert run("verify", file) == 0
    assert run("results", file) == 0
    assert run("forget", file, "--entry", "01") == 2
    assert run("forget", file, "--entry", "99") == 2
