"""The demonstration: the sample day, its results, certificates, bundle and their verification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.demo import story
from app.demo.beginning import begin
from app.demo.sample_people import write_sample_roster
from app.demo.sample_time import SampleTime
from app.demo.story import SampleDay
from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import CertificateNumber
from app.domain.roles import CHIEF, Role
from app.reports.draw_record import write_draw_record
from app.reports.time_slip import write_time_slips
from app.services import (
    certificate_printing,
    certifying,
    draw_papers,
    exchange,
    papers,
    results,
    time_slips,
    verifying,
)
from app.services.benches import benches
from app.services.certificate_papers import ledger_writer
from app.services.paper_heads import heading, imprint
from app.services.station import Station
from app.services.verification import Verification
from app.services.verification_paper import print_verification
from app.words import Words

_BEGINS_MS = 1_794_612_600_000
"""14 November 2026, 07:30 in China, when the doors of the sample competition open."""

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Everything the demonstration leaves behind."""

    folder: Path

    @property
    def roster(self) -> Path:
        return self.folder / "roster.csv"

    @property
    def competition(self) -> Path:
        return self.folder / "robot-sample.plumb"

    @property
    def results_pdf(self) -> Path:
        return self.folder / "results.pdf"

    @property
    def results_xlsx(self) -> Path:
        return self.folder / "results.xlsx"

    @property
    def certificates(self) -> Path:
        return self.folder / "certificates.pdf"

    @property
    def ledger(self) -> Path:
        return self.folder / "certificates-ledger.pdf"

    @property
    def draw_record(self) -> Path:
        return self.folder / "draw-record.pdf"

    @property
    def time_slips(self) -> Path:
        return self.folder / "time-slips.pdf"

    @property
    def bundle(self) -> Path:
        return self.folder / "robot-sample.bundle"

    @property
    def verification(self) -> Path:
        return self.folder / "verification.pdf"


def run_demo(
    folder: Path,
    words: Words,
    *,
    entries: int = 28,
    seed: int = 1,
    home: Path | None = None,
    tell: Told,
) -> Verification:
    """Run the whole main job and leave every file in ``folder``; returns what verifying found.

    ``tell`` hears each step as it is done. Raises ``RuleBroken`` when the folder already holds a
    competition, which is never written over.
    """
    files = DemoFiles(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if files.competition.exists():
        raise RuleBroken("demo-there-already", folder=folder.name)
    time = SampleTime(_BEGINS_MS)
    write_sample_roster(files.roster, entries, words.language)
    day = begin(
        files.competition, files.roster, time, seed=seed, language=words.language, home=home
    )
    try:
        _live_through(day, words, tell)
        _write_papers(day, files, words)
        tell(words.say("demo.papers"))
        found = _exchange(day.station, day, files, words)
        tell(words.say("demo.verified", count=len(found.checks)))
    finally:
        day.station.close()
    return found


def _live_through(day: SampleDay, words: Words, tell: Told) -> None:
    story.prepare(day)
    tell(words.say("demo.frozen", judges=5, modules=len(day.event.modules)))
    story.check_everybody_in(day)
    tell(words.say("demo.checked_in"))
    story.draw_places(day)
    tell(words.say("demo.drawn"))
    story.run_modules(day)
    tell(words.say("demo.timed"))
    story.mark_everything(day, lambda module: tell(words.say("demo.marked", module=module)))
    story.sign_and_lock(day)
    tell(words.say("demo.locked"))
    _publish(day)
    tell(words.say("demo.published"))


def _publish(day: SampleDay) -> None:
    """公示: provisional first; when nobody has appealed, the same result as final."""
    day.station.actor = CHIEF
    code = day.event.code
    shown = results.leaderboard(day.station, code).result_hash
    results.publish(day.station, code, ResultStatus.PROVISIONAL, expected_hash=shown)
    day.time.pass_minutes(120)
    results.publish(
        day.station, code, ResultStatus.FINAL, expected_hash=shown, reason="公示期满无异议"
    )


def _write_papers(day: SampleDay, files: DemoFiles, words: Words) -> None:
    station, code = day.station, day.event.code
    papers.print_results(station, code, words, files.results_pdf)
    papers.export_results(station, code, words, files.results_xlsx)
    drawn = next(module for module in day.event.modules if module.limit_minutes)
    record = draw_papers.draw_record(station, code, drawn.id, words)
    write_draw_record(record, words, files.draw_record)
    clocks = [bench.id for bench in benches(station, code) if bench.clock.grants]
    slips = time_slips.time_slips(station, code, clocks, words)
    write_time_slips(slips, words, files.time_slips)
    _certify(day, files, words)


def _certify(day: SampleDay, files: DemoFiles, words: Words) -> None:
    """证书: one for each award; one is spoilt, voided and issued anew."""
    station, code = day.station, day.event.code
    day.act_as(Role.CERTIFICATES)
    template = "honour" if words.language == "zh" else "award"
    awarded = [one.holder for one in certifying.recipients(station, code) if one.award]
    issued = certifying.issue(station, code, awarded, template=template)
    spoilt: CertificateNumber = issued[-1].number
    certifying.reissue(station, code, spoilt, "样例：打印时卡纸")
    certificate_printing.print_certificates(station, code, files.certificates)
    ledger_writer(station, code, words, files.ledger)()


def _exchange(station: Station, day: SampleDay, files: DemoFiles, words: Words) -> Verification:
    station.actor = CHIEF
    exchange.export_bundle(station, files.bundle)
    found = verifying.verify(files.bundle)
    top, foot = heading(station, day.event.code, words), imprint(station)
    print_verification(found, top, foot, words, files.verification)
    return found
