"""What is read below the row under the cursor: the requirement, what may be entered, its result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.entries import Cell, MarkState
from app.domain.methods import Choice, Gate, Judgement
from app.domain.points import SCALE, plain_points, points_of
from app.domain.scheme import Aspect
from app.services.mark_words import asked_text
from app.services.marking import SheetRow
from app.services.method_words import gate_words, part_name, part_words, part_worth, result_words
from app.words import Words
from ui.screens.marking.parts_entry import PartsEntry
from ui.screens.marking.sheet_editor import SheetEditor, has_short_list
from ui.theme.tokens import Tone

_MOST_PARTS = 9
"""A longer catalogue is shown around the part under the cursor."""

HERE = "▸"


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A line below the aspect's name; the chosen descriptor stands out, a refusal is red."""

    text: str
    tone: Tone | None = None
    is_strong: bool = False


def row_details(words: Words, editor: SheetEditor, row: SheetRow) -> tuple[DetailLine, ...]:
    """What a person needs while the cursor is on this row."""
    aspect, cell = row.aspect, editor.cell(editor.cursor)
    asked = words.say("marking.enter-here", asked=asked_text(words, aspect))
    found = [DetailLine(text) for text in (aspect.requirement, aspect.note) if text]
    found.append(DetailLine(asked))
    found += _on_offer(words, aspect, cell)
    if editor.parts is not None:
        found += _parts(words, aspect, editor.parts)
    result = result_words(words, aspect, _text_typed(editor, cell))
    if result:
        found.append(DetailLine(result, is_strong=True))
    if editor.refusal is not None:
        found.append(DetailLine(words.explain(editor.refusal), Tone.BLOCKED, is_strong=True))
    return tuple(found)


def _on_offer(words: Words, aspect: Aspect, cell: Cell | None) -> Iterator[DetailLine]:
    """The descriptors, options or meanings that one key chooses, the chosen one standing out."""
    match aspect.method:
        case Judgement():
            chosen = _number(cell)
            for score, text in enumerate(aspect.descriptors):
                yield _offered(f"{score}   {text}", is_chosen=score == chosen)
        case Gate() as gate:
            for number, kept in ((1, True), (0, False)):
                shown = f"{'Y' if kept else 'N'}   {gate_words(words, gate, kept=kept)}"
                yield _offered(shown, is_chosen=_number(cell) == number)
        case Choice(options=options) as choice:
            by_number = has_short_list(choice) and any(len(one.code) > 1 for one in options)
            for number, one in enumerate(options, start=1):
                name = words.pick(one.name, one.name_en)
                shown = f"{one.code}   {name}   {plain_points(points_of(one.mark))}"
                is_chosen = cell is not None and cell.measured == one.code
                yield _offered(f"{number}   {shown}" if by_number else shown, is_chosen=is_chosen)
        case _:
            return


def _parts(words: Words, aspect: Aspect, entry: PartsEntry) -> Iterator[DetailLine]:
    """The parts around the cursor with what each is worth and holds."""
    method, count = aspect.method, len(entry.parts)
    first = max(0, min(entry.place - _MOST_PARTS // 2, count - _MOST_PARTS))
    shown = range(first, min(count, first + _MOST_PARTS))
    if first:
        yield DetailLine(words.say("methods.more-above", count=first))
    for place in shown:
        part = entry.parts[place]
        is_here, typed = place == entry.place, entry.typed.get(part.code, "")
        value = part_words(words, method, part.code, part.prefix + typed if typed else "")
        line = words.say(
            "methods.part",
            name=part_name(words, method, part.code),
            worth=part_worth(words, method, part.code),
            value=value,
        )
        tone = Tone.RUNNING if is_here else None
        yield DetailLine(f"{HERE if is_here else '    '} {line}", tone, is_here)
    if shown.stop < count:
        yield DetailLine(words.say("methods.more-below", count=count - shown.stop))


def _text_typed(editor: SheetEditor, cell: Cell | None) -> str:
    """What stands in the row as text, also while it is being typed."""
    if editor.is_typing:
        return editor.buffer if editor.parts is None else editor.parts.text()
    return "" if cell is None or cell.measured is None else cell.measured


def _offered(text: str, *, is_chosen: bool) -> DetailLine:
    return DetailLine(text, Tone.RUNNING if is_chosen else None, is_chosen)


def _number(cell: Cell | None) -> int | None:
    if cell is None or cell.state is not MarkState.VALUE or cell.value is None:
        return None
    return cell.value // SCALE
