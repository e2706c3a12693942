"""Decides what the certificates screen shows and does; no Qt.

Printing itself is the screen's: it needs a printer or a worker. What was printed comes back here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.changes import Changes, Topic
from app.domain.facts import CertificateIssued, ResultStatus
from app.domain.ids import CertificateNumber, EventCode
from app.domain.roles import may_record
from app.reports.certificate import CertificateContent, Template, load_template, template_names
from app.services import certificate_printing as printing
from app.services import certifying, nomination_papers, rules
from app.services.certificate_names import Names
from app.services.certificate_papers import certificates_ledger, ledger_writer
from app.services.certificate_printing import Batch
from app.services.certificate_source import Occasion, OfStanding, occasions, source
from app.services.certifying import CertificateState, Recipient
from app.services.station import Station
from app.words import Words
from ui.dialogs import Confirmation, Questions
from ui.screens.certificates.asking import doubts, reason_to_reissue, reason_to_void
from ui.screens.certificates.lines import ledger_lines, recipient_line
from ui.screens.certificates.promotion_presenter import PromotionPresenter
from ui.screens.certificates.rows import Shown, Work
from ui.theme.tokens import Tone

_TOPICS = frozenset(
    {
        Topic.RESULTS,
        Topic.CERTIFICATES,
        Topic.ENTRIES,
        Topic.PEOPLE,
        Topic.RULES,
        Topic.COMPETITION,
        Topic.EXCHANGE,
    }
)


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, shown: Shown) -> None: ...


class CertificatesPresenter:
    """The certificates of one event or combined standing at a time."""

    def __init__(self, station: Station, words: Words, ask: Questions, view: View) -> None:
        self._station = station
        self._words = words
        self._ask = ask
        self._view = view
        self._chosen: Occasion | None = None
        self._known: dict[str, Occasion] = {}
        self._recipients: tuple[Recipient, ...] = ()
        self.shown = Shown((), None)
        self.templates = {name: load_template(name) for name in template_names()}
        own = (name for name, one in self.templates.items() if one.language == words.language)
        self.template = next(own, next(iter(self.templates)))

    @property
    def may_see(self) -> bool:
        return may_record(self._station.actor, CertificateIssued)

    def show(self) -> None:
        """Read everything and show it."""
        self._known = {_key(one): one for one in occasions(self._station)}
        if self._chosen not in self._known.values():
            self._chosen = self._first_published()
        self.shown = self._read()
        self._view.show_state(self.shown)

    def reload(self, changes: Changes) -> None:
        if changes.topics & _TOPICS:
            self.show()

    def choose(self, key: str) -> None:
        """Show another of the events and standings, by its key."""
        self._chosen = self._known.get(key, self._chosen)
        self.show()

    def choose_template(self, name: str) -> None:
        """Print with this template; one batch holds certificates of one template only."""
        self.template = name
        self.show()

    def waiting(self) -> int:
        """Certificates still to issue, in all events and standings."""
        if not self.may_see:
            return 0
        station = self._station
        return sum(
            max(0, certifying.due(station, one) - certifying.valid(station, one))
            for one in occasions(station)
        )

    def preview(self, key: str) -> tuple[CertificateContent, Template]:
        """What the page of this recipient is drawn from; cheap, the drawing is not."""
        found = self.recipient(key)
        assert found is not None
        return printing.preview(self._station, self._occasion, found.holder, self.template)

    def recipient(self, key: str) -> Recipient | None:
        return next((one for one in self._recipients if one.holder.label == key), None)

    def confirm_work(self) -> bool:
        """Repeat what is about to be issued and printed, and ask."""
        say, work = self._words.say, self.shown.work
        found = doubts(self._station, self._words, is_provisional=self.shown.is_provisional)
        return self._ask.confirm(
            Confirmation(
                title=say("certificates.confirm_title"),
                what="\n\n".join((say("certificates.confirm_text"), *found)),
                action=self.action(),
                rows=(
                    (say("certificates.confirm_event"), self.title),
                    (say("certificates.confirm_result"), self.shown.status),
                    (say("certificates.confirm_issue"), str(len(work.to_issue))),
                    (say("certificates.confirm_print"), str(work.pages)),
                    (say("certificates.template"), self.templates[self.template].title),
                ),
                tone=Tone.ATTENTION if found else Tone.RUNNING,
            )
        )

    def issue(self) -> Batch:
        """Issue what is to be issued and hand over the pages to print, in order of the ledger."""
        work = self.shown.work
        numbers = set(work.to_print)
        if work.to_issue:
            issued = certifying.issue(
                self._station,
                self._occasion,
                work.to_issue,
                template=self.template,
                origin=self,
            )
            numbers |= {fact.number for fact in issued}
        self.show()
        return printing.batch(self._station, self._occasion, numbers)

    def printed(self, numbers: Sequence[CertificateNumber]) -> None:
        """The printer or the file has taken these."""
        printing.remember_printed(self._station, self._occasion, numbers)
        self.show()

    def void(self, key: str) -> bool:
        """Ask why, and make the certificate's number dead."""
        number = self._number(key)
        reason = reason_to_void(self._ask, self._words, number) if number else None
        if number is None or reason is None:
            return False
        certifying.void(self._station, self._occasion, number, reason, origin=self)
        self.show()
        return True

    def reissue(self, key: str) -> CertificateNumber | None:
        """Ask why, void the number and issue a new one, which then waits to be printed."""
        number = self._number(key)
        reason = reason_to_reissue(self._ask, self._words, number) if number else None
        if number is None or reason is None:
            return None
        issued = certifying.reissue(
            self._station,
            self._occasion,
            number,
            reason,
            template=self.template,
            origin=self,
        )
        self.show()
        return issued.number

    def ledger_writer(self, target: Path) -> Callable[[], int]:
        """What writes the ledger, as a paper or a workbook."""
        return ledger_writer(self._station, self._occasion, self._words, target)

    def nominations_writer(self, target: Path) -> Callable[[], int]:
        """What writes the list of nominations; it is read here and may be written elsewhere."""
        return nomination_papers.nominations_writer(self._station, self.event, self._words, target)

    @property
    def promotes(self) -> bool:
        """Whether the rules of the event send anybody up to a next round."""
        match self._chosen:
            case None | OfStanding():
                return False
            case event:
                return rules.event(self._station, event).promotes is not None

    def promotion(self) -> PromotionPresenter:
        return PromotionPresenter(self._station, self.event, self._words)

    def action(self) -> str:
        """What the primary button says."""
        work = self.shown.work
        if work.again:
            return self._words.say("certificates.print_again", count=work.pages)
        key = "issue_and_print" if work.to_issue else "print"
        return self._words.say(f"certificates.{key}", count=work.pages)

    @property
    def title(self) -> str:
        """The event or the standing, in words."""
        return Names(self._station, self._occasion).title(self._words)

    def file_name(self) -> str:
        return f"{self._occasion}-{self._words.say('certificates.file')}.pdf"

    @property
    def event(self) -> EventCode:
        """The event shown; whoever asks has seen that it is one."""
        assert isinstance(self._chosen, str)
        return self._chosen

    @property
    def _occasion(self) -> Occasion:
        assert self._chosen is not None
        return self._chosen

    def _first_published(self) -> Occasion | None:
        known = tuple(self._known.values())
        published = (one for one in known if source(self._station, one))
        return next(published, known[0] if known else None)

    def _number(self, key: str) -> CertificateNumber | None:
        found = self.recipient(key)
        return found.number if found else None

    def _read(self) -> Shown:
        say, station, chosen = self._words.say, self._station, self._chosen
        titles = tuple(
            (key, Names(station, one).title(self._words)) for key, one in self._known.items()
        )
        found = source(station, chosen) if chosen else None
        shown = Shown(
            titles,
            _key(chosen) if chosen else None,
            is_event=not isinstance(chosen, OfStanding),
            may_see=self.may_see,
        )
        if chosen is None or found is None or not self.may_see:
            self._recipients = ()
            return shown
        self._recipients = certifying.recipients(station, chosen)
        printed = printing.printed(station, chosen)
        in_force = [one for one in self._recipients if one.state is CertificateState.ISSUED]
        paper, names = certificates_ledger(station, chosen, self._words), Names(station, chosen)
        return replace(
            shown,
            revision=found.revision,
            is_provisional=found.status is ResultStatus.PROVISIONAL,
            status=say(
                "certificates.follows",
                revision=found.revision,
                status=say(f"results.status_{found.status.value}"),
            ),
            counted=say(
                "certificates.counted",
                recipients=sum(bool(one.award) for one in self._recipients),
                issued=len(in_force),
                printed=sum(one.number in printed for one in in_force),
                void=sum(one.state == say("papers.void") for one in paper.rows),
            ),
            lines=tuple(
                recipient_line(one, names, printed, self._words) for one in self._recipients
            ),
            ledger=ledger_lines(paper, self._words),
            work=self._work(printed),
        )

    def _work(self, printed: frozenset[CertificateNumber]) -> Work:
        to_issue = tuple(one.holder for one in self._recipients if one.may_be_issued)
        ready = [
            one.number
            for one in self._recipients
            if one.number and one.template == self.template and not one.is_outdated
        ]
        unprinted = tuple(number for number in ready if number not in printed)
        if to_issue or unprinted:
            return Work(to_issue, unprinted)
        return Work((), tuple(ready), again=bool(ready))


def _key(occasion: Occasion) -> str:
    """Tells a standing from an event of the same code."""
    return f"standing/{occasion}" if isinstance(occasion, OfStanding) else occasion
