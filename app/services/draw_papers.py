"""The papers of a draw (抽签记录, 加密对照表), put together from the record."""

from __future__ import annotations

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode, ModuleId
from app.reports.draw_record import CodeMap, CodeRow, DrawnPlace, DrawRecord
from app.services import code_drawing, drawing, rules
from app.services.draw_wording import unmet_sentences
from app.services.drawing import Draw, purpose_of
from app.services.paper_heads import heading, imprint, local_minute, signatures
from app.services.roll import registered
from app.services.station import Station
from app.words import Words

_OFFICES = ("draw.sign_encryption", "draw.sign_supervision", "draw.sign_chief")


def draw_record(
    station: Station, event: EventCode, module: ModuleId, words: Words, *, with_names: bool = True
) -> DrawRecord:
    """The record of a module's draw, committed or drawn; anyone can re-run it from the paper."""
    found = rules.event(station, event).module(module)
    purpose = purpose_of(found)
    standing = drawing.draw(station, event, module, purpose)
    if standing.recipe is None or standing.committed is None:
        raise RuleBroken("draw-not-committed", module=module)
    recorded = standing.made or standing.committed
    return DrawRecord(
        heading=heading(station, event, words),
        imprint=imprint(station, reference=recorded.op_id),
        module=f"{module} {words.pick(found.name, found.name_en)}",
        purpose=words.say(f"draw.purpose_{purpose}"),
        commitment=standing.recipe.commitment,
        seed=standing.seed,
        algorithm=standing.recipe.algorithm,
        drawn_at=local_minute(recorded.at),
        constraints=tuple(
            words.say(f"draw.constraint_{one.value}") for one in standing.recipe.constraints
        )
        or (words.say("draw.constraint_none"),),
        unmet=unmet_sentences(standing, words),
        places=_places(station, event, standing, with_names=with_names),
        signatures=signatures(words, *_OFFICES),
    )


def code_map(station: Station, event: EventCode, module: ModuleId, words: Words) -> CodeMap:
    """The confidential map of a module; refused to anyone but encryption and chief."""
    found = rules.event(station, event).module(module)
    lines = code_drawing.code_map(station, event, module)
    return CodeMap(
        heading=heading(station, event, words),
        imprint=imprint(station),
        module=f"{module} {words.pick(found.name, found.name_en)}",
        rows=tuple(CodeRow(line.code, line.number, line.name, line.unit) for line in lines),
        signatures=signatures(words, *_OFFICES),
    )


def _places(
    station: Station, event: EventCode, standing: Draw, *, with_names: bool
) -> tuple[DrawnPlace, ...]:
    if standing.made is None:
        return ()
    known = {one.entry.id: one for one in registered(station, event)}
    return tuple(
        DrawnPlace(
            entry=known[placed.entry].entry.number if placed.entry in known else placed.entry,
            name=known[placed.entry].name if with_names and placed.entry in known else "",
            unit=known[placed.entry].entry.unit if placed.entry in known else "",
            batch=str(placed.batch),
            order=str(placed.order),
            workplace=placed.workplace or "",
        )
        for placed in standing.made.fact.placements
    )
