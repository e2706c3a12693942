"""A whole event without the window, as a script drives it: what each step waits for, and says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.laptops import Laptop, small_event
from tests.samples.welding import MARKS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return small_event(tmp_path / "chief")


def test_an_event_runs_from_a_scheme_to_a_printed_certificate(laptop: Laptop) -> None:
    # Three judges and the marking team.
    assert laptop.do("sign", laptop.file) == "4 signatures recorded.\n"
    assert laptop.do("lock", laptop.file) == "1 module locked.\n"
    assert laptop.do("publish", laptop.file).startswith("Published as revision 1.\n")
    pdf = laptop.folder / "certificates.pdf"
    assert (
        laptop.do("certificates", laptop.file, "-o", pdf) == "1 certificate in certificates.pdf.\n"
    )
    (first, second) = laptop.asked("results", laptop.file)["rows"]
    assert (first["rank"], first["total"], first["award"]) == (1, "91.06", "一等奖")
    assert (second["rank"], second["total"], second["award"]) == (2, "73.33", "")


def test_a_step_that_was_done_is_not_done_again(laptop: Laptop) -> None:
    laptop.do("sign", laptop.file)
    laptop.do("lock", laptop.file)
    assert laptop.do("sign", laptop.file) == "0 signatures recorded.\n"
    assert laptop.do("lock", laptop.file) == "0 modules locked.\n"


def test_judges_sign_one_by_one(laptop: Laptop) -> None:
    for judge in ("J1", "J2", "J3", "PANEL"):
        assert "J" in laptop.refused("lock", laptop.file) or judge == "PANEL"
        assert laptop.do("sign", laptop.file, "--judge", judge) == "1 signature recorded.\n"
    assert "J1 has already signed" in laptop.refused("sign", laptop.file, "--judge", "J1")
    laptop.do("lock", laptop.file, "--module", "A")


def test_nothing_is_signed_while_a_mark_is_missing(tmp_path: Path) -> None:
    laptop = small_event(tmp_path / "chief", marks=MARKS.replace("02,A1.2,J3,1\n", ""))
    assert "A1.2" in laptop.refused("sign", laptop.file)


def test_nothing_is_published_before_the_lock(laptop: Laptop) -> None:
    laptop.do("sign", laptop.file)
    assert "A" in laptop.refused("publish", laptop.file)
    assert "WELD" in laptop.refused("certificates", laptop.file, "-o", laptop.folder / "c.pdf")


def test_a_second_publication_needs_a_reason(laptop: Laptop) -> None:
    for step in ("sign", "lock", "publish"):
        laptop.do(step, laptop.file)
    assert "revision 2" in laptop.refused("publish", laptop.file, "--status", "final")
    laptop.do("publish", laptop.file, "--status", "final", "--reason", "nobody appealed")
    assert laptop.asked("results", laptop.file)["status"] == "final"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("sign", "--judge", "J9"), "J9"),
        (("sign", "--module", "Z"), "Z"),
        (("lock", "--module", "Z"), "Z"),
        (("publish", "--status", "perhaps"), "perhaps"),
        (("sign", "--event", "NONE"), "NONE"),
        (("lock", "--event", "NONE"), "NONE"),
        (("publish", "--event", "NONE"), "NONE"),
        (("results", "--event", "NONE"), "NONE"),
        (("results", "--event", ""), "-"),
        (("results", "--event", "焊" * 5_000), "焊"),
    ],
)
def test_what_does_not_exist_is_named(
    laptop: Laptop, arguments: tuple[str, ...], named: str
) -> None:
    command, *options = arguments
    said = laptop.refused(command, laptop.file, *options)
    assert named in said
    assert len(said) < 300


def test_an_unknown_event_is_named_wherever_one_can_be_given(laptop: Laptop) -> None:
    scheme, marks = laptop.folder / "scheme.toml", laptop.folder / "marks.csv"
    pdf = laptop.folder / "out.pdf"
    for arguments in (
        ("marks", laptop.file, marks),
        ("certificates", laptop.file, "-o", pdf),
        ("scheme", scheme),
    ):
        assert "NONE" in laptop.refused(*arguments, "--event", "NONE")


@pytest.mark.parametrize(
    "award", ["", "=", "Gold", "Gold=", "=1", "Gold=x", "Gold=-1", "Gold=1.5", "Gold=1%%", "金=一"]
)
def test_an_award_that_cannot_be_read_makes_no_file(laptop: Laptop, award: str) -> None:
    new = laptop.folder / "new.plumb"
    said = laptop.refused("new", new, "--scheme", laptop.folder / "scheme.toml", "--award", award)
    assert f"“{award}” cannot be read" in said
    assert not new.exists()


@pytest.mark.parametrize("award", ["Gold=0", "Gold=101%", "Gold=0%"])
def test_an_award_the_rules_do_not_allow_makes_no_file(laptop: Laptop, award: str) -> None:
    new = laptop.folder / "new.plumb"
    said = laptop.refused("new", new, "--scheme", laptop.folder / "scheme.toml", "--award", award)
    assert "Gold" in said
    assert not new.exists()


def test_without_awards_there_is_nothing_to_print_and_it_says_so(tmp_path: Path) -> None:
    laptop = small_event(tmp_path / "chief")
    other = laptop.folder / "plain.plumb"
    scheme, roster = laptop.folder / "scheme.toml", laptop.folder / "roster.csv"
    laptop.do("new", other, "--scheme", scheme, "--roster", roster)
    laptop.do("marks", other, laptop.folder / "marks.csv")
    for step in ("sign", "lock", "publish"):
        laptop.do(step, other)
    said = laptop.refused("certificates", other, "-o", laptop.folder / "c.pdf")
    assert said.startswith("WELD: nobody has an award")


def test_a_second_laptop_never_joins_over_a_file_that_exists(laptop: Laptop) -> None:
    bundle = laptop.folder / "day.bundle"
    laptop.do("export", laptop.file, "-o", bundle)
    assert "day.plumb" in laptop.refused("join", laptop.file, bundle)


def test_the_sample_day_needs_the_entrants_it_tells_of(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path)
    assert "10" in laptop.refused("demo", "--out", tmp_path / "out", "--entries", 10)
    laptop.do("demo", "--out", tmp_path / "out", "--entries", 11)
