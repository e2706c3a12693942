"""From the record to what the draw screen shows of one module; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import DrawCommitted, DrawMade
from app.domain.scheme import Event, Module
from app.services import drawing, rules
from app.services.draw_wording import unmet_sentences
from app.services.drawing import Draw, Stage, purpose_of
from app.services.paper_heads import local_second
from app.services.roll import registered, roll
from app.services.station import Station
from app.services.works import work_codes
from app.storage.queries import Recorded
from app.words import Words
from ui.screens.draw.shown import Act, Grid, ModuleLine, Options, Shown, grid_of, grouped
from ui.theme.tokens import Tone

_STAGES = {
    Stage.OPEN: Tone.IDLE,
    Stage.COMMITTED: Tone.ATTENTION,
    Stage.DRAWN: Tone.DONE,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the person looks at: a module, how it will be drawn, and why again, if so."""

    events: tuple[Event, ...]
    event: Event
    module: Module
    options: Options
    reason: str


def drawable(station: Station) -> tuple[Event, ...]:
    """The frozen events with entrants and something done at a place or in an order."""
    return tuple(
        event
        for event in rules.events(station)
        if drawn_modules(event)
        and rules.frozen_rules(station, event.code) is not None
        and roll(station, event.code)
    )


def drawn_modules(event: Event) -> tuple[Module, ...]:
    """The modules there is a draw for: timed, with workplaces, or marked blind."""
    return tuple(
        module
        for module in event.modules
        if module.limit_minutes or module.workplaces or module.blind
    )


def describe(station: Station, words: Words, look: Look, act: Act) -> Shown:
    """One module as it stands, or as it would be drawn again."""
    event, module, again = look.event, look.module, bool(look.reason)
    standing = drawing.draw(station, event.code, module.id, purpose_of(module))
    modules = drawn_modules(event)
    made = None if again else standing.made
    committed = None if again else standing.committed
    known = {one.entry.id: one for one in registered(station, event.code)}
    return Shown(
        events=look.events,
        event=event.code,
        lines=tuple(_line(station, words, event, one) for one in modules),
        chosen=[one.id for one in modules].index(module.id),
        stage=Stage.OPEN if again else standing.stage,
        pot=_pot(station, words, look),
        options=look.options,
        summary=_summary(words, standing),
        hash=_hash(committed, is_large=made is None),
        hash_note=_hash_note(words, committed),
        seed=grouped(standing.seed, in_line=8) if made else "",
        seed_note=_seed_note(words, made),
        grid=grid_of(made.fact.placements, known, words) if made else Grid(),
        constraints=_constraints(words, standing) if made else (),
        codes_note=_codes_note(station, words, event, module),
        has_codes=module.blind and bool(work_codes(station, event.code, module.id)),
        act=act,
    )


def _line(station: Station, words: Words, event: Event, module: Module) -> ModuleLine:
    """Done when everybody has a place and, in a blind module, a code."""
    say = words.say
    stage = drawing.stage(station, event.code, module.id, purpose_of(module))
    tone, state = _STAGES[stage], say(f"draw.state_{stage.value}")
    if module.blind:
        coded, total = _coded(station, event, module)
        state += "  ·  " + say("draw.codes_some", count=coded, total=total)
        if stage is Stage.DRAWN and coded < total:
            tone = Tone.ATTENTION
    name = words.pick(module.name, module.name_en)
    title = say("draw.module_line", module=module.id, name=name)
    return ModuleLine(module.id, title, state, tone)


def _coded(station: Station, event: Event, module: Module) -> tuple[int, int]:
    """How many of those in the pot have a work code."""
    codes = work_codes(station, event.code, module.id)
    present = drawing.pot(station, event.code)
    return sum(entry.id in codes for entry in present), len(present)


def _pot(station: Station, words: Words, look: Look) -> tuple[str, ...]:
    """Who is drawn for, and where."""
    say, code = words.say, look.event.code
    present = len(drawing.pot(station, code))
    missing = len(drawing.pot(station, code, include_registered=True)) - present
    joined = look.options.include_missing
    said = [say("draw.pot", count=present + (missing if joined else 0))]
    if missing:
        said.append(say("draw.pot_with_missing" if joined else "draw.pot_missing", count=missing))
    places = look.module.workplaces
    if places:
        shown = _spoken(places)
        said.append(say("draw.workplaces", count=len(places), places=shown))
    else:
        said.append(say("draw.no_workplaces"))
    if look.reason:
        said.append(say("draw.drawing_again", reason=look.reason))
    return tuple(said)


def _spoken(places: Sequence[str]) -> str:
    return ", ".join(places) if len(places) <= 8 else f"{places[0]} … {places[-1]}"


def _summary(words: Words, standing: Draw) -> tuple[str, ...]:
    """What was fixed in step 1, once it is fixed."""
    recipe = standing.recipe
    if recipe is None:
        return ()
    asked = [words.say(f"draw.constraint_{one.value}") for one in recipe.constraints]
    places = recipe.workplaces
    where = words.say("draw.no_workplaces")
    if places:
        where = words.say("draw.workplaces", count=len(places), places=_spoken(places))
    return (
        words.say("draw.pot", count=len(recipe.entries)),
        where,
        *(asked or [words.say("draw.no_constraints")]),
    )


def _hash(committed: Recorded[DrawCommitted] | None, *, is_large: bool) -> str:
    if committed is None:
        return ""
    return grouped(committed.fact.recipe.commitment, in_line=4 if is_large else 8)


def _hash_note(words: Words, committed: Recorded[DrawCommitted] | None) -> str:
    if committed is None:
        return words.say("draw.hash_later")
    at = local_second(committed.at)
    return words.say("draw.hash_note", at=at, record=committed.op_id)


def _seed_note(words: Words, made: Recorded[DrawMade] | None) -> str:
    if made is None:
        return words.say("draw.seed_later")
    return words.say("draw.seed_note", at=local_second(made.at), record=made.op_id)


def _constraints(words: Words, standing: Draw) -> tuple[tuple[Tone, str], ...]:
    """What was asked for and how far it is met."""
    if standing.recipe is None or not standing.recipe.constraints:
        return ((Tone.IDLE, words.say("draw.no_constraints")),)
    unmet = unmet_sentences(standing, words)
    if not unmet:
        return ((Tone.DONE, words.say("draw.met")),)
    return tuple((Tone.ATTENTION, sentence) for sentence in unmet)


def _codes_note(station: Station, words: Words, event: Event, module: Module) -> str:
    if not module.blind:
        return ""
    coded, total = _coded(station, event, module)
    if not total:
        return words.say("draw.codes_wait")
    return words.say("draw.codes_note", count=coded, total=total)
