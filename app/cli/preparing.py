"""``new``, ``scheme``, ``roster`` and ``marks``: what goes into a competition file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from app.bootstrap import create_competition
from app.cli.choosing import chosen_event, event_of, opened
from app.cli.output import BAD_INPUT, FAILED, FINE, complain, explained, print_json, tell
from app.domain.errors import RuleBroken
from app.domain.facts import JudgeEnrolled
from app.domain.ids import JudgeId
from app.domain.methods import judges_needed
from app.domain.points import format_points, points_of
from app.domain.scheme import Event, Module, Quota, Scheme, rules_hash
from app.domain.scoring import event_maximum
from app.problems import Problem
from app.services import marks_import, roster_import, roster_plan, rules, setup
from app.services.counts_import import import_counts, read_counts_file
from app.services.marks_files import read_marks_file
from app.services.station import Station, recording
from app.services.station_keys import forget_key
from app.sheets.roster import match_columns, read_roster
from app.sheets.roster_check import Severity
from app.sheets.scheme_files import read_scheme, templates
from app.words import Words

_PLACES = 2
_DIGITS = 6


def new(
    words: Words,
    *,
    file: Path,
    scheme: str,
    roster: Path | None,
    award: tuple[str, ...],
    draft: bool,
) -> int:
    """A competition file from a scheme; unless a draft is wanted, ready to take marks.

    ``award`` are quotas for every event, for schemes that say nothing of awards.
    """
    if file.exists():
        raise Problem("file-exists", file=file.name)
    read = read_scheme(_scheme_path(scheme)).scheme
    station = create_competition(file, _with_awards(read, award) if award else read)
    try:
        status = _import(words, station, roster, reason="") if roster is not None else FINE
        if status == FINE and not draft:
            _make_ready(station)
    except BaseException:
        _give_up(station, file)
        raise
    if status != FINE:
        _give_up(station, file)
        return status
    station.close()
    tell(words.say("cli.made", file=file.name))
    return FINE


def scheme(words: Words, *, file: Path, event: str | None, as_json: bool, out: Path | None) -> int:
    """Read and check a scheme; its totals, warnings and faults. One without faults is converted."""
    read = read_scheme(_scheme_path(str(file)))
    if read.faults:
        # Nothing is added up by rules that cannot be used.
        _complain_of(words, file.name, [_at_line(words, fault) for fault in read.faults])
        return FAILED
    found = chosen_event(read.scheme.events, event)
    warnings = [explained(words, warning) for warning in read.warnings]
    if as_json:
        print_json(_scheme_object(words, read.scheme.competition.title, found, warnings))
    else:
        _say_scheme(words, read.scheme.competition.title, found, warnings)
    if out is not None:
        from app.cli.converting import convert

        convert(words, read.scheme, found, out, silent=as_json)
    return FINE


def roster(words: Words, *, file: Path, roster_file: Path, reason: str) -> int:
    """Import entries; with an error in any row nothing is imported."""
    with opened(file) as station:
        return _import(words, station, roster_file, reason)


def marks(words: Words, *, file: Path, marks_file: Path, event: str | None, reason: str) -> int:
    """Import keyed marks, all or none."""
    keyed = read_marks_file(marks_file)
    with opened(file) as station:
        code = event_of(station, event)
        try:
            done = marks_import.import_marks(
                station, code, keyed.rows, reason=reason, source=keyed.source(code)
            )
        except RuleBroken as refusal:
            if "row" not in refusal.details:
                raise
            _complain_of(words, marks_file.name, [explained(words, refusal)])
            return BAD_INPUT
    tell(words.say("cli.marks_imported", count=done.given, unchanged=done.unchanged))
    return FINE


def counts(words: Words, *, file: Path, counts_file: Path, event: str | None, reason: str) -> int:
    """Import counts of output, all or none."""
    keyed = read_counts_file(counts_file)
    with opened(file) as station:
        given = import_counts(station, event_of(station, event), keyed, reason=reason)
    tell(words.say("output.imported", file=keyed.name, count=given))
    return FINE


def _scheme_path(named: str) -> Path:
    """A file, or the key of a template that is shipped."""
    path = Path(named)
    if not path.exists():
        for template in templates():
            if template.key == named:
                return template.path
    return path


def _with_awards(scheme: Scheme, quotas: Sequence[str]) -> Scheme:
    """The scheme with these quotas in every event in place of its own."""
    given = tuple(_quota(text) for text in quotas)
    events = tuple(
        replace(event, awards=replace(event.awards, quotas=given)) for event in scheme.events
    )
    return replace(scheme, events=events)


def _quota(text: str) -> Quota:
    """``Gold=1``, ``一等奖/First prize=10%``: a name, perhaps one in English, and how many."""
    names, _, size = text.rpartition("=")
    name, _, name_en = (part.strip() for part in names.partition("/"))
    number = size.strip().removesuffix("%")
    if not name or not (number.isascii() and number.isdecimal() and len(number) < _DIGITS):
        raise RuleBroken("award-unreadable", text=text[:40])
    if size.strip().endswith("%"):
        return Quota(award=name, award_en=name_en, percent=Decimal(number))
    return Quota(award=name, award_en=name_en, number=int(number))


def _give_up(station: Station, file: Path) -> None:
    """As if there had never been such a file."""
    station.close()
    forget_key(station.home, station.file_id, station.station_id)
    for path in (file, *file.parent.glob(file.name + "-*")):
        path.unlink(missing_ok=True)


def _make_ready(station: Station) -> None:
    """Put the rules in force and give out as many judge numbers as the aspects ask for.

    Names can be given to the numbers later; marks can be imported at once.
    """
    for event in rules.events(station):
        setup.freeze(station, event.code)
        needed = max((judges_needed(aspect.method) for aspect in event.aspects()), default=0)
        with recording(station) as log:
            for number in range(1, needed + 1):
                log.add(JudgeEnrolled(event=event.code, judge=JudgeId(f"J{number}")))


def _import(words: Words, station: Station, path: Path, reason: str) -> int:
    sheet = read_roster(path)
    plan = roster_plan.plan_roster(
        station, sheet, match_columns(sheet.headers), sha256=roster_plan.file_digest(path)
    )
    faults = [
        words.say("cli.in_row", row=row.row, text=explained(words, problem.refusal))
        for row in plan.rows
        for problem in row.problems
        if problem.severity is Severity.ERROR
    ]
    if faults:
        _complain_of(words, path.name, faults)
        return BAD_INPUT
    done = roster_import.import_roster(station, plan, reason=reason)
    tell(words.say("cli.roster_imported", count=done.new, changed=done.changed))
    return FINE


def _complain_of(words: Words, file: str, faults: Sequence[str]) -> None:
    """One line on standard error; where there are several, the list of them is the report."""
    match faults:
        case []:
            return
        case [only]:
            complain(f"{file}: {only}")
        case [first, *_]:
            for fault in faults:
                tell(f"{file}: {fault}")
            complain(words.say("cli.faults", file=file, count=len(faults), first=first))


def _at_line(words: Words, fault: RuleBroken) -> str:
    said, line = explained(words, fault), fault.details.get("line")
    return said if line is None else words.say("cli.at_line", line=line, text=said)


def _scheme_object(
    words: Words, title: str, event: Event, warnings: list[str]
) -> dict[str, object]:
    judged = sum(judges_needed(aspect.method) > 0 for aspect in event.aspects())
    aspects = sum(1 for _ in event.aspects())
    return {
        "title": title,
        "total": format_points(event_maximum(event), _PLACES),
        "criteria": [
            {
                "id": module.id,
                "name": words.pick(module.name, module.name_en),
                "mark": _maximum(module),
            }
            for module in event.modules
        ],
        "aspects": aspects,
        "measurement": aspects - judged,
        "judgement": judged,
        "rules_hash": rules_hash(event),
        "warnings": warnings,
    }


def _maximum(module: Module) -> str:
    whole = sum((aspect.max for aspect in module.aspects()), Decimal(0))
    return format_points(points_of(whole), _PLACES)


def _say_scheme(words: Words, title: str, event: Event, warnings: list[str]) -> None:
    read = _scheme_object(words, title, event, warnings)
    tell(title)
    for module in event.modules:
        name = words.pick(module.name, module.name_en)
        tell(f"  {module.id}  {_maximum(module):>7}  {name}")
    tell(
        words.say(
            "cli.scheme_totals",
            total=str(read["total"]),
            aspects=str(read["aspects"]),
            measurement=str(read["measurement"]),
            judgement=str(read["judgement"]),
        )
    )
    tell(words.say("cli.rules_hash", hash=rules_hash(event)))
    for warning in warnings:
        tell(words.say("cli.warning", text=warning))
