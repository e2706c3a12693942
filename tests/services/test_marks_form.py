"""The table to key marks into is read back by the import of marks, cell for cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.cli.program import main
from app.domain.errors import RuleBroken
from app.services.marks_files import read_marks_file
from app.services.marks_form import marks_form_writer
from app.services.marks_import import import_marks
from app.services.station import Station
from app.words import LANGUAGES, Language, Words
from tests.services.marking_samples import A, B, R, marking_station

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = marking_station(tmp_path / "day.plumb")
    yield opened
    opened.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_comes_back_as_the_marks_of_that_work(
    station: Station, tmp_path: Path, language: Language
) -> None:
    target = tmp_path / "a.csv"
    assert marks_form_writer(station, R, A, Words.load(language), target)() == 3
    heading, *lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert heading.split(",")[1:] == [
        "A1.1/J1", "A1.1/J2", "A1.1/J3", "A1.2/J1", "A1.2/J2", "A1.2/J3", "A2.1", "A2.2",
    ]  # fmt: skip
    # By code alone, in the order of the codes: nothing tells who is behind one.
    assert [line.split(",")[0] for line in lines] == ["2385", "5127", "6089"]
    filled = "\n".join([heading, lines[0], "5127,2,1,2,3,,,1,120.05"])
    target.write_text(filled, encoding="utf-8")
    done = import_marks(station, R, read_marks_file(target).rows)
    assert (done.given, done.unchanged) == (6, 0)


def test_an_open_module_goes_by_entry_numbers(station: Station, tmp_path: Path) -> None:
    target = tmp_path / "b.csv"
    marks_form_writer(station, R, B, Words.load("zh"), target)()
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("参赛编号,B1.1,B1.2/J1")
    assert [line.split(",")[0] for line in lines[1:]] == ["01", "02", "03"]


def test_the_command_line_writes_one_and_refuses_another_form(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "form.xlsx"
    assert main(["marks-form", str(station.path), "-o", str(out), "--module", "B"]) == 0
    assert out.exists()
    with pytest.raises(RuleBroken, match="table-form-unknown"):
        marks_form_writer(station, R, A, Words.load("en"), tmp_path / "form.pdf")()
