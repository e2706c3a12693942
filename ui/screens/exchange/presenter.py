"""Decisions of the exchange screen: what to ask, what to run beside the window, what to show.

Everything that reads or writes a bundle runs on a worker with a connection of its own; a sample
competition in memory has only one, so there it runs at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.bundles.code_pictures import is_picture
from app.bundles.writer import Written
from app.domain.facts import CompetitionSet
from app.services import backups, exchange
from app.services.backups import Drill
from app.services.exchange import Merged, MergePreview
from app.services.station import Station
from app.services.verification import Verification
from app.services.verification_words import grouped
from app.services.verifying import verify
from app.storage import queries
from ui.beside import run_beside
from ui.dialogs import FileKind
from ui.screens.exchange import wording
from ui.theme.tokens import Tone
from ui.widgets.text_model import Cell

if TYPE_CHECKING:
    from ui.context import ScreenContext
    from ui.tasks import Cancelled, Progress, Task

T = TypeVar("T")

_VERIFIED = ("*.bundle", "*.plumb", "*.png", "*.jpg", "*.jpeg", "*.pdf", "*.txt")


class View(Protocol):
    """What the presenter shows things on."""

    def show_unshared(self, count: int, *, record: str) -> None: ...

    def show_backup(self, sentence: str, *, is_possible: bool) -> None: ...

    def show_ledger(self, rows: Sequence[Sequence[Cell]]) -> None: ...

    def show_preview(
        self, title: str, facts: str, disputes: str, rows: Sequence[Sequence[Cell]], action: str
    ) -> None: ...

    def show_verification(
        self, title: str, verdict: str, tone: Tone, rows: Sequence[Sequence[Cell]]
    ) -> None: ...

    def show_start(self) -> None: ...

    def say(self, tone: Tone, text: str, review: bool = False) -> None: ...

    def follow(self, task: Task, what: str) -> None: ...


class ExchangePresenter:
    """Holds the preview that waits for a yes; everything else is read anew."""

    def __init__(self, context: ScreenContext, view: View) -> None:
        self._context = context
        self._station = context.station
        self._words = context.words
        self._view = view
        self._waiting: Path | None = None

    def refresh(self) -> None:
        """Read and show the current state."""
        facts = backups.status(self._station)
        self._view.show_unshared(facts.unshared, record=facts.record or "–")
        self._view.show_backup(
            wording.backup_sentence(self._words, facts),
            is_possible=self._station.path is not None,
        )
        lines = exchange.ledger(self._station)
        own = self._station.station_id
        self._view.show_ledger(wording.ledger_rows(self._words, lines, own))

    def export(self, *, with_people: bool, with_photos: bool) -> None:
        """Ask where to, then write a bundle."""
        say = self._words.say
        target = self._context.ask.save_file(
            say("exchange.export_title"), self._suggested(), [self._bundles()]
        )
        if target is None:
            return

        def work(station: Station, progress: Progress, cancelled: Cancelled) -> Written:
            return exchange.export_bundle(
                station,
                target,
                with_people=with_people,
                with_photos=with_photos,
                progress=progress,
                cancelled=cancelled,
            )

        self._run(say("exchange.exporting", file=target.name), work, self._on_exported)

    def choose_merge(self) -> None:
        """Ask for a bundle and show what it would add."""
        say = self._words.say
        path = self._context.ask.open_file(say("exchange.merge_title"), [self._bundles()])
        if path is not None:
            self.preview(path)

    def preview(self, path: Path) -> None:
        def work(station: Station, progress: Progress, cancelled: Cancelled) -> MergePreview:
            return exchange.preview_merge(station, path, progress=progress, cancelled=cancelled)

        def done(preview: MergePreview) -> None:
            self._on_previewed(path, preview)

        self._run(self._words.say("exchange.reading", file=path.name), work, done)

    def merge(self) -> None:
        """Merge the bundle whose preview is shown."""
        path = self._waiting
        if path is None:
            return

        def work(station: Station, progress: Progress, cancelled: Cancelled) -> Merged:
            return exchange.merge(station, path, progress=progress, cancelled=cancelled)

        self._run(self._words.say("exchange.merging", file=path.name), work, self._on_merged)

    def give_up(self) -> None:
        """Back to the start; nothing was taken in."""
        self._waiting = None
        self._view.show_start()

    def choose_verify(self) -> None:
        say = self._words.say
        kind = FileKind(say("exchange.any_kind"), _VERIFIED)
        path = self._context.ask.open_file(say("exchange.verify_title"), [kind])
        if path is not None:
            self.verify(path)

    def verify(self, path: Path) -> None:
        if is_picture(path):
            # At once: the preview of certificates reads its PDF on this thread too.
            self._context.attempt(lambda: self._on_verified(verify(path, station=self._station)))
            return

        def work(station: Station, _progress: Progress, cancelled: Cancelled) -> Verification:
            return verify(path, station=station, cancelled=cancelled)

        self._run(self._words.say("exchange.verifying", file=path.name), work, self._on_verified)

    def back_up(self) -> None:
        def work(station: Station, progress: Progress, _cancelled: Cancelled) -> list[Path]:
            return backups.back_up_now(station, on_progress=progress)

        def done(taken: list[Path]) -> None:
            folders = ", ".join(path.parent.name for path in taken)
            self._view.say(Tone.DONE, self._words.say("exchange.backed_up", folders=folders))
            self.refresh()

        self._run(self._words.say("exchange.backing_up"), work, done)

    def drill(self) -> None:
        """Open the newest backup and compare."""

        def work(station: Station, _progress: Progress, _cancelled: Cancelled) -> Drill:
            return backups.restore_drill(station)

        def done(drill: Drill) -> None:
            said = self._words.say(
                "exchange.drill_passed",
                file=drill.path.name,
                records=drill.records,
                behind=drill.behind,
            )
            self._view.say(Tone.DONE, said)

        self._run(self._words.say("exchange.drilling"), work, done)

    def _on_exported(self, written: Written) -> None:
        said = self._words.say(
            "exchange.exported",
            file=written.path.name,
            records=written.manifest.ops,
            digest=grouped(written.digest),
        )
        self._view.say(Tone.DONE, said)
        self._context.announce(self._words.say("exchange.exported_short", file=written.path.name))
        self.refresh()

    def _on_previewed(self, path: Path, preview: MergePreview) -> None:
        say = self._words.say
        if preview.is_nothing_new:
            self.give_up()
            self._view.say(Tone.DONE, say("exchange.nothing_new", file=path.name))
            return
        self._waiting = path
        count = len(preview.disputes)
        self._view.show_preview(
            say("exchange.preview_title", file=path.name)
            + "\n"
            + wording.preview_heading(self._words, preview),
            wording.preview_facts(self._words, preview),
            say("exchange.preview_disputes", count=count) if count else "",
            wording.preview_rows(self._words, preview),
            say("exchange.merge_now", count=preview.new_ops),
        )

    def _on_merged(self, merged: Merged) -> None:
        self.give_up()
        said = self._words.say("exchange.merged", records=merged.new_ops, people=merged.new_people)
        if merged.disputes:
            count = len(merged.disputes)
            said += " " + self._words.say("exchange.merged_disputes", count=count)
        tone = Tone.ATTENTION if merged.disputes else Tone.DONE
        self._view.say(tone, said, review=bool(merged.disputes))
        self.refresh()

    def _on_verified(self, verification: Verification) -> None:
        say = self._words.say
        kind = say(f"exchange.kind_{verification.kind.value}")
        failed = len(verification.failed())
        verdict = (
            say("exchange.verify_failed", count=failed)
            if failed
            else say("exchange.verify_passed", count=len(verification.checks))
        )
        self._view.show_verification(
            f"{kind}: {verification.subject}",
            verdict,
            Tone.BLOCKED if failed else Tone.DONE,
            wording.check_rows(self._words, verification),
        )

    def _run(
        self,
        what: str,
        work: Callable[[Station, Progress, Cancelled], T],
        done: Callable[[T], None],
    ) -> None:
        task = run_beside(self._context, work, done, self._context.fail)
        if task is not None:
            self._view.follow(task, what)

    def _bundles(self) -> FileKind:
        return FileKind(self._words.say("exchange.bundle_kind"), ("*.bundle",))

    def _suggested(self) -> str:
        recorded = queries.latest(self._station.connection, CompetitionSet)
        code = recorded.fact.competition.code if recorded else "competition"
        plain = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in code)
        return f"{plain or 'competition'}-{self._station.station_id}.bundle"
