"""What keys mean on a sheet, and that nothing is taken which the rules do not allow."""

from __future__ import annotations

import pytest

from app.domain.entries import ABSENT, NOT_ATTEMPTED, MarkState, measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, AspectId, JudgeId
from app.services.marking import sheet
from app.services.signing_off import sign_sheets
from app.services.station import Station
from tests.services.marking_samples import J1, A, B, R, complete_module_a, points
from ui.screens.marking.sheet_editor import SheetEditor

A11, A12, A21, A22, B11 = (AspectId(name) for name in ("A1.1", "A1.2", "A2.1", "A2.2", "B1.1"))


def editor_of(station: Station, judge: JudgeId = J1, work: str = "5127") -> SheetEditor:
    module = B if work.startswith("0") else A
    return SheetEditor(sheet(station, R, module, work, judge), {})


def type_into(editor: SheetEditor, keys: str) -> None:
    for key in keys:
        editor.press(key)


def test_a_score_on_a_short_scale_takes_one_key_and_another_key_replaces_it(
    station: Station,
) -> None:
    editor = editor_of(station)
    editor.press("3")
    assert editor.typed == {A11: value_cell(points("3"))}
    editor.press("0")
    assert editor.typed == {A11: value_cell(points("0"))}
    assert editor.cursor == 0


def test_a_score_beyond_the_scale_is_refused_and_the_row_keeps_what_it_had(
    station: Station,
) -> None:
    editor = editor_of(station)
    editor.press("2")
    editor.press("4")
    assert editor.refusal == RuleBroken("mark-out-of-range", value="4", low="0", high="3")
    assert editor.typed == {A11: value_cell(points("2"))}


@pytest.mark.parametrize(
    ("key", "typed"), [("y", "1"), ("Y", "1"), ("1", "1"), ("n", "0"), ("0", "0")]
)
def test_met_or_not_takes_one_key(station: Station, key: str, typed: str) -> None:
    editor = editor_of(station, PANEL)
    editor.press(key)
    assert editor.typed == {A21: value_cell(points(typed))}


def test_x_is_not_attempted_in_every_row_and_n_wherever_it_does_not_mean_no(
    station: Station,
) -> None:
    editor = editor_of(station, PANEL)
    editor.press("x")
    editor.move_to(1)
    editor.press("n")
    assert editor.typed == {A21: NOT_ATTEMPTED, A22: NOT_ATTEMPTED}


def test_a_measured_value_is_kept_as_it_was_typed(station: Station) -> None:
    editor = editor_of(station, PANEL)
    editor.move_to(1)
    type_into(editor, "119.950")
    assert editor.typed == {}, "not before Enter"
    assert editor.next_unset()
    assert editor.typed == {A22: measured_cell("119.950")}


@pytest.mark.parametrize(
    ("keys", "refusal"),
    [
        ("10.5", RuleBroken("mark-out-of-range", value="10.5", low="0", high="10")),
        ("3.3", RuleBroken("mark-off-step", value="3.3", step="0.5")),
        ("3..5", RuleBroken("number-unreadable", value="3..5")),
    ],
)
def test_a_refused_number_stays_in_its_row_with_the_cursor(
    station: Station, keys: str, refusal: RuleBroken
) -> None:
    editor = editor_of(station, PANEL, "01")
    type_into(editor, keys)
    assert not editor.next_unset()
    assert editor.refusal == refusal
    assert editor.buffer == keys
    assert not editor.move_to(5)
    assert editor.give_up()
    assert (editor.buffer, editor.refusal) == ("", None)


def test_enter_goes_to_the_next_unset_row_and_round_to_the_top(station: Station) -> None:
    editor = editor_of(station)
    editor.move_to(1)
    editor.press("2")
    editor.next_unset()
    assert editor.cursor == 0
    editor.press("2")
    editor.next_unset()
    assert editor.cursor == 0, "nothing is unset any more"


def test_backspace_takes_a_character_and_then_the_typed_mark(station: Station) -> None:
    editor = editor_of(station, PANEL, "01")
    type_into(editor, "9.5")
    editor.rub_out()
    assert editor.buffer == "9."
    editor.next_unset()
    assert editor.typed == {B11: value_cell(points("9"))}
    editor.rub_out()
    assert editor.typed == {}


def test_filling_says_the_same_of_what_is_unset_and_touches_nothing_else(
    station: Station,
) -> None:
    editor = editor_of(station)
    editor.press("2")
    editor.fill_unset(MarkState.ABSENT)
    assert editor.typed == {A11: value_cell(points("2")), A12: ABSENT}
    assert editor.unset == []


def test_typing_what_is_already_recorded_is_no_change(station: Station) -> None:
    complete_module_a(station)
    editor = editor_of(station)
    editor.press("2")
    assert not editor.has_changes


def test_a_signed_row_takes_no_key(station: Station) -> None:
    complete_module_a(station)
    sign_sheets(station, R, A, J1)
    editor = editor_of(station)
    editor.press("1")
    assert editor.typed == {}
    assert editor.refusal == RuleBroken("sheet-signed", judge="J1", aspect="A1.1")
