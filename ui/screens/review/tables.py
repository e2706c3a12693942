"""The rows of the review screen's tables: what was read, in words, with a tone for every state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, JudgeId
from app.domain.points import Rounding, plain_points, round_exact
from app.domain.scheme import PenaltyEffect
from app.services.check_states import CheckState
from app.services.disputes import CellDispute
from app.services.mark_words import DASH, aspect_name, cell_text, giver_name, judge_name, time_text
from app.services.panel_rows import PanelRow
from app.services.penalties import PenaltyLine
from app.services.review import Blocker, MatrixCell, MissingMatrix, ModuleProgress, OddScore
from app.services.sheet_checks import CheckLine
from app.services.signing_off import Signature
from app.words import Words
from ui.theme.tokens import Tone
from ui.widgets.score_dialog import ScoreField, ScoreQuestion
from ui.widgets.text_model import Heading, Toned

Row = Sequence[str | Toned]

TO_CHECK = {CheckState.WAITING, CheckState.DIFFERS}
_CHECK_TONES = {
    CheckState.WAITING: Tone.RUNNING,
    CheckState.DIFFERS: Tone.ATTENTION,
    CheckState.CHECKED: Tone.DONE,
}


def headings(words: Words, area: str, names: str, numbers: str = "") -> list[Heading]:
    """Column headings ``review.<area>-<name>``; those named in ``numbers`` hold numbers."""
    return [
        Heading(words.say(f"review.{area}-{name}"), name in numbers.split())
        for name in names.split()
    ]


def blocker_text(words: Words, refusal: RuleBroken) -> str:
    """The sentence of a blocker, with judges called what they are called everywhere else."""
    details = dict(refusal.details)
    if isinstance(judges := details.get("judges"), str):
        named = (judge_name(words, JudgeId(one)) for one in judges.split(", "))
        details["judges"] = words.say("review.and").join(named)
    return words.say(f"error.{refusal.code}", **details)


def blocker_rows(words: Words, found: Sequence[Blocker]) -> list[Row]:
    return [
        (
            Toned(one.module, Tone.BLOCKED),
            blocker_text(words, one.refusal),
            words.say(f"review.remedy-{one.remedy.value}"),
        )
        for one in found
    ]


def progress_rows(words: Words, found: Sequence[ModuleProgress]) -> list[Row]:
    return [
        (
            one.module,
            f"{one.cells - one.missing} / {one.cells}",
            str(one.missing) if one.missing else DASH,
            str(one.spread_broken) if one.spread_broken else DASH,
            str(one.disputed) if one.disputed else DASH,
            _module_state(words, one),
        )
        for one in found
    ]


def _module_state(words: Words, one: ModuleProgress) -> Toned:
    if one.is_locked:
        return Toned(words.say("review.module-locked"), Tone.DONE)
    if one.spread_broken or one.disputed:
        return Toned(words.say("review.module-panel"), Tone.ATTENTION)
    if one.missing == one.cells:
        return Toned(words.say("review.module-idle"), Tone.IDLE)
    if one.missing:
        return Toned(words.say("review.module-marking"), Tone.RUNNING)
    return Toned(words.say("review.module-signing"), Tone.RUNNING)


def matrix_headings(words: Words, matrix: MissingMatrix) -> list[Heading]:
    sheets = [Heading(judge_name(words, judge)) for judge in matrix.sheets]
    return [Heading(words.say("review.work")), *sheets]


def matrix_rows(words: Words, matrix: MissingMatrix) -> list[Row]:
    shown = cache(partial(_matrix_cell, words))
    return [(row.work, *map(shown, row.cells)) for row in matrix.rows]


def _matrix_cell(words: Words, cell: MatrixCell) -> Toned:
    """How hot a cell is, by word, number, icon and colour."""
    if not cell.missing:
        return Toned(words.say("review.cell-complete", cells=cell.cells), Tone.DONE)
    if cell.missing == cell.cells:
        return Toned(words.say("review.cell-empty", cells=cell.cells), Tone.BLOCKED)
    missing = words.say("review.cell-missing", missing=cell.missing, cells=cell.cells)
    return Toned(missing, Tone.ATTENTION)


def spread_rows(words: Words, found: Sequence[PanelRow]) -> list[Row]:
    return [
        (
            row.work,
            row.aspect.id,
            aspect_name(words, row.aspect),
            Toned(scores_text(words, row), Tone.ATTENTION),
        )
        for row in found
    ]


def vote_question(words: Words, row: PanelRow) -> ScoreQuestion:
    """The panel's scores side by side, to be entered anew with a reason."""
    fields = tuple(
        ScoreField(
            cell.judge,
            judge_name(words, cell.judge),
            cell_text(words, row.aspect, cell.held) if isinstance(cell.held, Cell | None) else "?",
        )
        for cell in row.cells
    )
    return ScoreQuestion(
        title=words.say("marking.revote-title"),
        large=row.work,
        what=f"{row.aspect.id}  {aspect_name(words, row.aspect)}",
        fields=fields,
        reason=words.say("marking.revote-reason"),
        now=words.say("marking.stands-now"),
        action=words.say("marking.revote-go"),
        lines=tuple(f"{score}   {text}" for score, text in enumerate(row.aspect.descriptors)),
    )


def scores_text(words: Words, row: PanelRow) -> str:
    """A panel's scores in one line, each with its judge."""
    return "   ".join(
        f"{one.judge} {cell_text(words, row.aspect, one.held)}"
        for one in row.cells
        if isinstance(one.held, Cell | None)
    )


def check_rows(words: Words, found: Sequence[CheckLine]) -> list[Row]:
    # Thousands of sheets, entered and checked by a handful of people.
    giver = cache(partial(giver_name, words))
    judge = cache(partial(judge_name, words))
    state = cache(partial(_check_state, words))
    joint = words.say("review.and")
    return [
        (
            joint.join(map(giver, one.entered_by)) or DASH,
            one.work,
            judge(one.judge),
            state(one.state, one.aspects, is_own=one.is_own),
            f"{time_text(one.at)}  {giver(one.checked_by)}" if one.at else DASH,
        )
        for one in found
    ]


def _check_state(
    words: Words, state: CheckState, aspects: tuple[AspectId, ...], *, is_own: bool
) -> Toned:
    if is_own and state is CheckState.WAITING:
        return Toned(words.say("checking.state-own"), Tone.IDLE)
    said = words.say(f"checking.state-{state.value}")
    if state is CheckState.DIFFERS:
        said = f"{said}: {', '.join(aspects)}"
    return Toned(said, _CHECK_TONES[state])


def odd_rows(words: Words, found: Sequence[OddScore]) -> list[Row]:
    return [
        (
            one.work,
            f"{one.aspect.id}  {aspect_name(words, one.aspect)}",
            judge_name(words, one.outlier.of),
            plain_points(one.outlier.value),
            plain_points(round_exact(one.outlier.middle, Rounding())),
        )
        for one in found
    ]


def dispute_rows(words: Words, found: Sequence[CellDispute]) -> list[Row]:
    return [
        (
            one.work,
            f"{one.aspect.id}  {aspect_name(words, one.aspect)}",
            judge_name(words, one.judge),
            Toned(
                "  ≠  ".join(cell_text(words, one.aspect, claim.cell) for claim in one.claims),
                Tone.ATTENTION,
            ),
        )
        for one in found
    ]


def penalty_rows(words: Words, found: Sequence[PenaltyLine]) -> list[Row]:
    return [
        (
            line.number,
            line.module or words.say("review.whole-event"),
            words.pick(line.reason.name, line.reason.name_en),
            effect_text(words, line.reason.effect, plain_points(line.points)),
            line.note,
            f"{time_text(line.at)}  {giver_name(words, line.by)}",
            _penalty_state(words, line),
        )
        for line in found
    ]


def effect_text(words: Words, effect: PenaltyEffect, points: str) -> str:
    """``−3``, or what else the reason does."""
    if effect is PenaltyEffect.DEDUCT:
        return f"−{points}"
    return words.say(f"review.effect-{effect.value}")


def _penalty_state(words: Words, line: PenaltyLine) -> Toned:
    if line.lifted is None:
        return Toned(words.say("review.penalty-in-force"), Tone.BLOCKED)
    return Toned(words.say("review.penalty-lifted", reason=line.lifted.reason), Tone.IDLE)


def signature_rows(words: Words, found: Sequence[Signature]) -> list[Row]:
    return [
        (judge_name(words, one.judge), _signature_state(words, one), *_signed_by(words, one))
        for one in found
    ]


def _signature_state(words: Words, one: Signature) -> Toned:
    if one.holds:
        return Toned(words.say("review.signed"), Tone.DONE)
    if one.at is not None:
        return Toned(words.say("review.signed-before-change"), Tone.ATTENTION)
    return Toned(words.say("review.unsigned"), Tone.IDLE)


def _signed_by(words: Words, one: Signature) -> tuple[str, str]:
    if one.at is None:
        return DASH, DASH
    return time_text(one.at), giver_name(words, one.by)
