"""Methods whose cell keeps what was typed: times, choices, catalogues, benefits; marks by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entries import RECUSED, Cell, check_cell, measured_cell, parts_cell, typed_cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.methods import (
    Adjustment,
    Benefit,
    BenefitBand,
    BenefitKind,
    Binary,
    Bonus,
    BonusItem,
    Choice,
    Fault,
    Faults,
    Gate,
    GateEffect,
    Item,
    Linear,
    Method,
    Option,
    Overtime,
    Panel,
    RankPoints,
    Tally,
    TimeBand,
    TimeBands,
    TimeLinear,
    TimeRatio,
    WeightedPart,
    WeightedSum,
    check_text,
    field_marks,
    field_value,
    single_mark,
    takes_parts,
    text_mark,
)
from app.domain.points import Points, parse_points, show_exact
from app.domain.scheme import Aspect
from app.domain.typed import format_parts, parse_parts, parse_seconds

D = Decimal


def mark(method: Method, maximum: str, text: str) -> str:
    return show_exact(text_mark(method, parse_points(maximum), text))


def refusal(method: Method, text: str, maximum: str = "10") -> str:
    refused = check_text(method, parse_points(maximum), text)
    assert refused is not None
    return refused.code


SAFETY = Faults(
    (
        Fault("GLOVE", "no gloves", D("0.5"), cap=2),
        Fault("TOOL", "tool misused", D(2)),
        Fault("HURT", "injury", fatal=True),
    ),
    most=D(7),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", "10"),
        ("GLOVE=1", "9.5"),
        # Five times without gloves counts twice: 10 - 0.5 * 2.
        ("GLOVE=5", "9"),
        ("TOOL=2;GLOVE=2", "5"),
        # 0.5 * 2 + 2 * 4 = 9 is more than the cap of 7 for all.
        ("TOOL=4;GLOVE=3", "3"),
        ("HURT=1;GLOVE=1", "0"),
        ("HURT=0;GLOVE=1", "9.5"),
    ],
)
def test_faults_take_off_their_points_within_their_caps(text: str, expected: str) -> None:
    assert mark(SAFETY, "10", text) == expected


def test_faults_never_take_more_than_there_is() -> None:
    assert mark(Faults((Fault("X", "x", D(3)),)), "5", "X=2") == "0"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NOISE=1", "part-unknown"),
        ("GLOVE=1;GLOVE=2", "part-repeated"),
        ("GLOVE=-1", "part-count"),
        ("GLOVE=1.5", "part-count"),
        ("GLOVE=1000", "part-count"),
        ("GLOVE", "parts-unreadable"),
        ("", "parts-unreadable"),
        ("GLOVE=1;", "parts-unreadable"),
    ],
)
def test_fault_counts_that_mean_nothing_are_refused(text: str, code: str) -> None:
    assert refusal(SAFETY, text) == code


def test_false_reports_are_taken_off_but_never_below_zero() -> None:
    # 1.5 for every fault found, 1 off for a false report (domain rules 1.3).
    found = Tally((Item("FOUND", "found", D("1.5")), Item("FALSE", "false", D(-1), cap=3)))
    assert mark(found, "6", "FOUND=3;FALSE=1") == "3.5"
    assert mark(found, "6", "FOUND=5") == "6"
    assert mark(found, "6", "FOUND=1;FALSE=9") == "0"
    assert mark(found, "6", "FOUND=4;FALSE=9") == "3"
    assert mark(found, "6", "-") == "0"


def test_a_line_runs_from_bad_to_good_and_no_further() -> None:
    gap = Linear(bad=D("0.5"), good=D("0.1"), unit="mm")
    assert [mark(gap, "4", text) for text in ("0.1", "0.05", "0.3", "0.4", "0.5", "0.9")] == [
        "4",
        "4",
        "2",
        "1",
        "0",
        "0",
    ]
    output = Linear(bad=D(80), good=D(100), unit="%")
    assert mark(output, "10", "93") == "6.5"
    assert text_mark(Linear(D(0), D(3)), parse_points("1"), "1") == Fraction(10_000, 3)


def test_a_choice_earns_the_mark_of_its_option() -> None:
    finding = Choice((Option("A", "as drawn", D(2)), Option("B", "reworked", D("0.75"))))
    assert mark(finding, "2", " B ") == "0.75"
    assert check_text(finding, parse_points("2"), "C") == RuleBroken(
        "choice-unknown", value="C", choices="A / B"
    )


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("905", "905"),
        ("15:05", "905"),
        ("0:15:05.2", "905.2"),
        ("90:00", "5400"),
        ("0", "0"),
        # 3600 + 2 * 60 + 3, 3600 + 59 * 60 + 59 and 72 hours.
        ("1:02:03", "3723"),
        ("1:59:59", "7199"),
        ("72:00:00", "259200"),
    ],
)
def test_a_time_is_seconds_or_minutes_or_hours(text: str, seconds: str) -> None:
    assert parse_seconds(text) == D(seconds)


@pytest.mark.parametrize(
    "text", ["", "-5", "5:60", "1:60:00", "1:75:00", "1:2:3:4", "5m", "1e3", "٣"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_seconds(text)
    assert refused.value.code == "time-unreadable"


def test_time_on_a_line() -> None:
    plain = TimeLinear(full=D(600), zero=D(1200))
    assert [mark(plain, "10", text) for text in ("9:00", "10:00", "15:00", "20:00", "21:00")] == [
        "10",
        "10",
        "5",
        "0",
        "0",
    ]
    # 0.1 for every full 10 seconds before 100 s, at most 1: 37 s saved are 3 steps.
    steps = TimeLinear(full=D(0), zero=D(100), step=D(10))
    assert mark(steps, "1", "63") == "0.3"
    assert mark(steps, "1", "60") == "0.4"
    assert mark(steps, "1", "0") == "1"


def test_so_much_for_each_whole_step_up_to_a_maximum_that_is_no_multiple_of_it() -> None:
    # 3 for every whole minute below 20 minutes, at most 10.
    run = TimeLinear(full=D(960), zero=D(1200), step=D(60), each=D(3))
    typed = ("25:00", "20:00", "19:01", "19:00", "17:00", "16:00.1", "16:00", "1:00")
    assert [mark(run, "10", text) for text in typed] == [
        "0",
        "0",
        "0",
        "3",
        "9",
        "9",
        "10",
        "10",
    ]
    # With less quality than 60 nothing.
    careful = TimeLinear(D(960), D(1200), D(60), D(3), quality=D(100), least_quality=D(60))
    assert mark(careful, "10", "Q=60;T=17:00") == "9"
    assert mark(careful, "10", "Q=59;T=17:00") == "0"


METRO = TimeBands(
    bands=(
        TimeBand(D(900), D(1)),
        *(TimeBand(D(900 + 15 * n), D(1) - D("0.05") * n) for n in range(1, 17)),
        TimeBand(D(1170), D("0.15")),
        TimeBand(D(1200), D("0.10")),
    ),
    scale=D("0.1"),
    offset=D(10),
    quality=D(90),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # b = 0.1 * (10 + c(t) * Q), the published constants (domain rules 3.3).
        ("T=900;Q=90", "10"),
        ("T=901;Q=90", "9.55"),
        ("T=915;Q=80", "8.6"),
        ("T=1140;Q=90", "2.8"),
        ("T=1141;Q=90", "2.35"),
        ("T=1170;Q=90", "2.35"),
        ("T=20:00;Q=60.5", "1.605"),
        ("T=1201;Q=90", "0"),
        ("T=1;Q=0", "1"),
    ],
)
def test_fast_bad_work_does_not_win(text: str, expected: str) -> None:
    assert mark(METRO, "10", text) == expected


def test_time_and_quality_are_both_needed() -> None:
    assert refusal(METRO, "T=900") == "part-missing"
    assert refusal(METRO, "T=900;Q=91") == "mark-out-of-range"
    assert refusal(METRO, "T=x;Q=9") == "time-unreadable"


def test_bands_of_time_alone_are_marks() -> None:
    bands = TimeBands((TimeBand(D(60), D(5)), TimeBand(D(90), D(3))))
    assert [mark(bands, "5", text) for text in ("60", "60.1", "1:30", "91")] == ["5", "3", "3", "0"]
    assert not takes_parts(bands)
    assert takes_parts(METRO)


def test_every_started_interval_of_overtime_counts() -> None:
    speech = Overtime(limit=D(300), per=D("0.5"), interval=D(30), grace=D(10), cutoff=D(120))
    times = ("4:50", "5:10", "5:10.1", "5:40", "5:41", "7:00", "7:01")
    assert [mark(speech, "3", text) for text in times] == ["3", "3", "2.5", "2.5", "2", "1", "0"]
    assert mark(Overtime(limit=D(300), per=D(2)), "3", "7:00") == "0"


def test_weighted_parts_are_scaled_to_the_maximum() -> None:
    both = WeightedSum(
        (
            WeightedPart("A", "a", D("0.3"), D(100)),
            WeightedPart("B", "b", D("0.7"), D(10), D("0.5")),
        )
    )
    # 20 * (0.3 * 0.8 + 0.7 * 0.75) = 15.3
    assert mark(both, "20", "A=80;B=7.5") == "15.3"
    assert refusal(both, "A=80") == "part-missing"
    assert refusal(both, "A=80;B=7.3") == "mark-off-step"
    assert refusal(both, "A=101;B=7") == "mark-out-of-range"


# Scheme A of the proposals: 500k yuan 26-30, 100-500k 15-25, less 10-14 (domain rules 3.6).
MONEY = BenefitKind(
    "money",
    "money",
    (
        BenefitBand(D(0), D(14), D(10)),
        BenefitBand(D(100_000), D(25), D(15)),
        BenefitBand(D(500_000), D(30), D(26)),
    ),
    "yuan/year",
)
HOURS = BenefitKind("hours", "hours", (BenefitBand(D(10), D(2)), BenefitBand(D(40), D(5))))
HAZARDS = BenefitKind("hazards", "hazards", (BenefitBand(D(1), D(3)), BenefitBand(D(3), D(6))))
PROPOSAL = Benefit((MONEY, HOURS, HAZARDS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("money=650000@28", "28"),
        ("money=500000@26", "26"),
        ("money=499999@25", "25"),
        ("hours=9", "0"),
        ("hours=10;hazards=1", "5"),
        ("hours=40;hazards=7", "11"),
        ("money=99999@12;hours=40;hazards=3", "23"),
        ("money=650000@30;hours=40", "30"),
        ("-", "0"),
    ],
)
def test_benefit_is_valued_by_bands(text: str, expected: str) -> None:
    assert mark(PROPOSAL, "30", text) == expected


def test_of_several_benefits_the_best_alone_can_count() -> None:
    assert mark(Benefit((HOURS, HAZARDS), best_kind=True), "30", "hours=40;hazards=3") == "6"


@pytest.mark.parametrize("text", ["money=650000", "money=650000@25.5", "money=90000@26"])
def test_a_mark_outside_its_band_of_benefit_is_refused(text: str) -> None:
    assert refusal(PROPOSAL, text) == "benefit-mark"


BONUS = Bonus(
    (
        BonusItem("CRAFT", "passing on the craft", D(2)),
        BonusItem("PROCESS", "process innovation", D(3), step=D("0.5")),
        # By level of commendation, +2/+1/+0.5 (domain rules 3.5): one of them counts.
        BonusItem("PROV", "province", D(2), group="honour"),
        BonusItem("CITY", "city", D(1), group="honour"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", "0"),
        ("CRAFT=2@文件 2026-14", "2"),
        ("PROCESS=1.5@P-7", "1.5"),
        ("PROV=2@a;CITY=1@b", "2"),
        ("CRAFT=2@a;PROCESS=3@b;PROV=2@c", "5"),
    ],
)
def test_a_bonus_is_proven_and_capped(text: str, expected: str) -> None:
    assert mark(BONUS, "5", text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CRAFT=2", "bonus-without-proof"),
        ("CRAFT=2@ ", "bonus-without-proof"),
        ("CRAFT=1@a", "mark-out-of-range"),
        ("PROCESS=3.5@a", "mark-out-of-range"),
        ("PROCESS=1.2@a", "mark-off-step"),
    ],
)
def test_a_bonus_without_proof_or_beyond_its_points_is_refused(text: str, code: str) -> None:
    assert refusal(BONUS, text) == code


def test_a_gate_is_kept_or_not() -> None:
    gate = Gate(GateEffect.CAP, cap=D(59))
    assert single_mark(gate, parse_points("2"), parse_points("1")) == 20_000
    assert single_mark(gate, parse_points("2"), parse_points("0")) == 0


def fractions(*values: int) -> dict[str, tuple[Fraction, ...]]:
    return {name: (Fraction(value),) for name, value in zip("ABCDE", values, strict=False)}


def test_places_earn_the_points_of_the_table_and_ties_share_them() -> None:
    places = RankPoints((D(10), D(8), D(6), D(5)))
    marks = field_marks(places, Points(100_000), fractions(70, 90, 70, 60, 50), set("ABCDE"))
    # B 1st; A and C span 2 and 3: (8 + 6) / 2; D 4th; E is beyond the table.
    assert marks == {"A": 70_000, "B": 100_000, "C": 70_000, "D": 50_000, "E": 0}
    # Three level in places 3 to 5: (6 + 5 + 0) / 3.
    level = field_marks(places, Points(100_000), fractions(9, 8, 7, 7, 7), set("ABCDE"))
    assert level["E"] == Fraction(110_000, 3)


def test_each_judge_places_the_field_and_the_mean_counts() -> None:
    places = RankPoints((D(10), D(8), D(6)), judges=2, lower_wins=True)
    values = {
        "A": (Fraction(1), Fraction(2)),
        "B": (Fraction(2), Fraction(1)),
        "C": (Fraction(3), Fraction(3)),
    }
    assert field_marks(places, Points(100_000), values, values) == {
        "A": 90_000,
        "B": 90_000,
        "C": 60_000,
    }


@pytest.mark.parametrize(
    ("watches", "text", "expected"),
    [
        # Nothing lost up to 60 s, a mark for every 10 s after it (domain rules 3.3).
        (1, "1:10", "9"),
        (2, "1:10.2+1:10", "8.99"),
        # The middle of three, however far off the third is.
        (3, "1:10+1:20.5+1:10.4", "8.96"),
        (3, "2:40+1:20+0:59", "8"),
    ],
)
def test_of_three_watches_the_middle_counts_and_of_two_the_mean(
    watches: int, text: str, expected: str
) -> None:
    run = TimeLinear(full=D(60), zero=D(160), watches=watches)
    assert mark(run, "10", text) == expected
    late = Overtime(limit=D(60), per=D(1), interval=D(10), watches=watches)
    started = {"9": "9", "8.99": "8", "8.96": "8", "8": "8"}
    assert mark(late, "10", text) == started[expected]


def test_every_watch_has_to_be_read() -> None:
    assert refusal(TimeLinear(full=D(60), zero=D(160), watches=2), "1:10") == "time-readings"
    assert refusal(TimeLinear(full=D(60), zero=D(160)), "1:10+1:11") == "time-readings"
    assert refusal(TimeRatio(watches=2), "1:10+") == "time-unreadable"
    ratio = TimeRatio(watches=2)
    assert field_value(ratio, "10+10.1") == Fraction("10.05")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 0.1 for every full 10 s under 1200 s, at most 5 (domain rules 3.3).
        ("Q=80;T=15:00", "3"),
        ("Q=80;T=15:09", "2.9"),
        ("Q=60;T=15:00", "3"),
        # Fast bad work, and work that was not finished.
        ("Q=59.9;T=11:00", "0"),
        ("Q=0;T=11:00", "0"),
        ("Q=100;T=20:00", "0"),
        ("Q=100;T=5:00", "5"),
    ],
)
def test_saved_time_earns_nothing_below_the_least_quality(text: str, expected: str) -> None:
    early = TimeLinear(full=D(700), zero=D(1200), step=D(10), quality=D(100), least_quality=D(60))
    assert takes_parts(early)
    assert mark(early, "5", text) == expected
    assert refusal(early, "Q=101;T=5:00") == "mark-out-of-range"
    assert refusal(early, "T=5:00") == "part-missing"
    assert refusal(early, "5:00") == "parts-unreadable"


TOUCHED = Adjustment("F1", "touched", D(5))
EARLY = Adjustment("B", "all done early", D(-10), cap=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Score as time, 600 s allowed (domain rules 3.3): 452.4 + 2 × 5 − 10 = 452.4 s.
        ("T=7:32.4;F1=2;B=1", "147.6"),
        ("T=7:32.4", "147.6"),
        ("B=3;T=7:32.4", "157.6"),
        # Faster, but with more penalties: behind the one above.
        ("T=7:20;F1=3", "145"),
        ("T=5;B=1", "600"),
        ("T=9:58;F1=1", "0"),
    ],
)
def test_the_lowest_time_with_penalties_and_bonuses_wins(text: str, expected: str) -> None:
    run = TimeLinear(D(0), D(600), adjustments=(TOUCHED, EARLY))
    assert takes_parts(run)
    assert mark(run, "600", text) == expected


def test_a_time_that_is_adjusted_is_always_typed() -> None:
    run = TimeLinear(D(0), D(600), adjustments=(TOUCHED,))
    assert refusal(run, "F1=2") == "part-missing"
    assert refusal(run, "T=5:00;F2=1") == "part-unknown"
    assert refusal(run, "T=5:00;F1=1.5") == "part-count"
    assert refusal(run, "5:00") == "parts-unreadable"
    both = TimeLinear(D(0), D(600), quality=D(10), least_quality=D(6), adjustments=(TOUCHED,))
    assert mark(both, "600", "F1=1;Q=6;T=95") == "500"
    assert mark(both, "600", "F1=1;Q=5;T=95") == "0"
    assert refusal(both, "T=95;F1=1") == "part-missing"


def test_the_best_adjusted_time_sets_the_measure() -> None:
    ratio = TimeRatio(adjustments=(TOUCHED, EARLY))
    assert field_value(ratio, "T=95;F1=1") == 100
    assert field_value(ratio, "T=90;B=1") == 80
    assert refusal(ratio, "T=10;B=1") == "time-unreadable"


def test_the_best_time_of_the_field_sets_the_measure() -> None:
    times = fractions(80, 100, 200, 50)
    # D is outside the awards: it moves nobody and earns no more than the maximum.
    marks = field_marks(TimeRatio(), Points(100_000), times, {"A", "B", "C"})
    assert marks == {"A": 100_000, "B": 80_000, "C": 40_000, "D": 100_000}
    assert refusal(TimeRatio(), "0") == "time-unreadable"


def test_what_is_compared_keeps_to_its_range() -> None:
    judged = RankPoints((D(10),), lowest=D(0), highest=D(100))
    assert refusal(judged, "101") == "mark-out-of-range"
    assert check_text(judged, Points(100_000), "99.5") is None


def aspect(method: Method) -> Aspect:
    return Aspect(id=AspectId("A1.1"), name="a", max=D(10), method=method)


def test_typed_parts_are_recorded_in_one_form() -> None:
    cell = typed_cell(aspect(SAFETY), " TOOL=1 ; GLOVE=2")
    assert cell == Cell(measured="GLOVE=2;TOOL=1")
    assert cell == parts_cell({"TOOL": "1", "GLOVE": "2"})
    assert check_cell(aspect(SAFETY), cell) is None
    assert parts_cell({}) == measured_cell("-")
    assert typed_cell(aspect(Binary()), "1") == Cell(value=Points(10_000))


def test_a_part_that_could_not_be_read_back_is_not_written() -> None:
    for parts in ({"A": ""}, {"A": "1;B=2"}, {"A B": "1"}, {"A": "1\n"}):
        with pytest.raises(RuleBroken):
            format_parts({**parts, "Z": "1;"})


@given(
    st.dictionaries(
        st.text("ABCxyz01.扣", min_size=1, max_size=8),
        st.text("0123456789.@:-文件", min_size=1, max_size=12),
        max_size=6,
    )
)
def test_parts_read_back_as_they_were_written(parts: dict[str, str]) -> None:
    text = format_parts(parts)
    assert parse_parts(text) == parts
    assert format_parts(parse_parts(text)) == text


def test_only_a_judge_of_a_panel_can_stand_down() -> None:
    panel = aspect(Panel(judges=3, highest=D(10)))
    assert check_cell(panel, RECUSED) is None
    assert check_cell(aspect(SAFETY), RECUSED) == RuleBroken("recused-alone", aspect="A1.1")
