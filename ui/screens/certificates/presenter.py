"""Decides what the certificates screen shows and does; no Qt.

Printing itself is the screen's: it needs a printer or a worker. What was printed comes back here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from app.changes import Changes, Topic
from app.domain.facts import CertificateIssued, ResultStatus
from app.domain.ids import CertificateNumber, EntryId, EventCode
from app.domain.roles import may_record
from app.reports.audit_list import CertificatesLedger
from app.reports.certificate import CertificateContent, Template, load_template, template_names
from app.services import certificate_printing as printing
from app.services import certifying, nomination_papers, papers, results, rules
from app.services.certificate_printing import Batch
from app.services.certifying import CertificateState, Recipient
from app.services.station import Station
from app.storage import counts
from app.words import Words
from ui.dialogs import Confirmation, Questions, Reason
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
_REASONS = ("damaged", "name", "result", "other")


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, shown: Shown) -> None: ...


class CertificatesPresenter:
    """The certificates of one event at a time."""

    def __init__(self, station: Station, words: Words, ask: Questions, view: View) -> None:
        self._station = station
        self._words = words
        self._ask = ask
        self._view = view
        self._event: EventCode | None = None
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
        found = rules.events(self._station)
        known = [event.code for event in found]
        if self._event not in known:
            self._event = self._first_published(known)
        titles = tuple((event.code, self._words.pick(event.name, event.name_en)) for event in found)
        self.shown = self._read(titles)
        self._view.show_state(self.shown)

    def reload(self, changes: Changes) -> None:
        if changes.topics & _TOPICS:
            self.show()

    def choose_event(self, event: EventCode) -> None:
        self._event = event
        self.show()

    def choose_template(self, name: str) -> None:
        """Print with this template; one batch holds certificates of one template only."""
        self.template = name
        self.show()

    def waiting(self) -> int:
        """Certificates still to issue, in all events."""
        if not self.may_see:
            return 0
        waiting = 0
        for event in rules.events(self._station):
            snapshot = results.published(self._station, event.code)
            if snapshot is not None:
                awarded = sum(bool(row.award) for row in snapshot.fact.rows)
                valid, _void = counts.certificates(self._station.connection, event.code)
                waiting += max(0, awarded - valid)
        return waiting

    def preview(self, entry: EntryId) -> tuple[CertificateContent, Template]:
        """What the page of this entry is drawn from; cheap, the drawing is not."""
        return printing.preview(self._station, self._code, entry, self.template)

    def recipient(self, entry: str) -> Recipient | None:
        return next((one for one in self._recipients if one.entry == entry), None)

    def confirm_work(self) -> bool:
        """Repeat what is about to be issued and printed, and ask."""
        say, work = self._words.say, self.shown.work
        provisional = say("certificates.confirm_provisional") if self.shown.is_provisional else ""
        text = say("certificates.confirm_text")
        return self._ask.confirm(
            Confirmation(
                title=say("certificates.confirm_title"),
                what="\n\n".join(part for part in (text, provisional) if part),
                action=self.action(),
                rows=(
                    (say("certificates.confirm_event"), self.event_title()),
                    (say("certificates.confirm_result"), self.shown.status),
                    (say("certificates.confirm_issue"), str(len(work.to_issue))),
                    (say("certificates.confirm_print"), str(work.pages)),
                    (say("certificates.template"), self.templates[self.template].title),
                ),
                tone=Tone.ATTENTION if provisional else Tone.RUNNING,
            )
        )

    def issue(self) -> Batch:
        """Issue what is to be issued and hand over the pages to print, in order of the ledger."""
        work = self.shown.work
        numbers = set(work.to_print)
        if work.to_issue:
            issued = certifying.issue(
                self._station,
                self._code,
                work.to_issue,
                template=self.template,
                origin=self,
            )
            numbers |= {fact.number for fact in issued}
        self.show()
        return printing.batch(self._station, self._code, numbers)

    def printed(self, numbers: Sequence[CertificateNumber]) -> None:
        """The printer or the file has taken these."""
        printing.remember_printed(self._station, self._code, numbers)
        self.show()

    def void(self, entry: str) -> bool:
        """Ask why, and make the certificate's number dead."""
        found = self.recipient(entry)
        if found is None or found.number is None:
            return False
        say = self._words.say
        reason = self._reason(say("certificates.void_title"), found.number)
        if reason is None:
            return False
        lost = say("certificates.void_lost", number=found.number)
        asked = Confirmation(
            title=say("certificates.void_title"),
            what=say("certificates.void_text", reason=reason),
            action=say("certificates.void_action"),
            shown_large=found.number,
            lost=(lost,),
        )
        if not self._ask.confirm(asked):
            return False
        certifying.void(self._station, self._code, found.number, reason, origin=self)
        self.show()
        return True

    def reissue(self, entry: str) -> CertificateNumber | None:
        """Ask why, void the number and issue a new one, which then waits to be printed."""
        found = self.recipient(entry)
        if found is None or found.number is None:
            return None
        reason = self._reason(self._words.say("certificates.reissue_title"), found.number)
        if reason is None:
            return None
        issued = certifying.reissue(
            self._station,
            self._code,
            found.number,
            reason,
            template=self.template,
            origin=self,
        )
        self.show()
        return issued.number

    def ledger_paper(self) -> CertificatesLedger:
        return papers.certificates_ledger(self._station, self._code, self._words)

    def nominations_writer(self, target: Path) -> Callable[[], int]:
        """What writes the list of nominations; it is read here and may be written elsewhere."""
        return nomination_papers.nominations_writer(self._station, self._code, self._words, target)

    @property
    def promotes(self) -> bool:
        """Whether the rules of the event send anybody up to a next round."""
        return (
            self._event is not None and rules.event(self._station, self._event).promotes is not None
        )

    def promotion(self) -> PromotionPresenter:
        return PromotionPresenter(self._station, self._code, self._words)

    def action(self) -> str:
        """What the primary button says."""
        work = self.shown.work
        if work.again:
            return self._words.say("certificates.print_again", count=work.pages)
        key = "issue_and_print" if work.to_issue else "print"
        return self._words.say(f"certificates.{key}", count=work.pages)

    def event_title(self) -> str:
        event = rules.event(self._station, self._code)
        return self._words.pick(event.name, event.name_en)

    def file_name(self) -> str:
        return f"{self._event}-{self._words.say('certificates.file')}.pdf"

    @property
    def _code(self) -> EventCode:
        assert self._event is not None
        return self._event

    def _first_published(self, known: Sequence[EventCode]) -> EventCode | None:
        published = (code for code in known if results.published(self._station, code))
        return next(published, known[0] if known else None)

    def _read(self, titles: tuple[tuple[EventCode, str], ...]) -> Shown:
        say = self._words.say
        snapshot = results.published(self._station, self._event) if self._event else None
        if self._event is None or snapshot is None or not self.may_see:
            self._recipients = ()
            return Shown(titles, self._event, may_see=self.may_see)
        self._recipients = certifying.recipients(self._station, self._event)
        printed = printing.printed(self._station, self._event)
        in_force = [one for one in self._recipients if one.state is CertificateState.ISSUED]
        paper, event = self.ledger_paper(), rules.event(self._station, self._event)
        return Shown(
            titles,
            self._event,
            revision=snapshot.fact.revision,
            is_provisional=snapshot.fact.status is ResultStatus.PROVISIONAL,
            status=say(
                "certificates.follows",
                revision=snapshot.fact.revision,
                status=say(f"results.status_{snapshot.fact.status.value}"),
            ),
            counted=say(
                "certificates.counted",
                recipients=sum(bool(one.award) for one in self._recipients),
                issued=len(in_force),
                printed=sum(one.number in printed for one in in_force),
                void=sum(one.state == say("papers.void") for one in paper.lines),
            ),
            lines=tuple(
                recipient_line(event, one, printed, self._words) for one in self._recipients
            ),
            ledger=ledger_lines(paper, self._words),
            work=self._work(printed),
        )

    def _work(self, printed: frozenset[CertificateNumber]) -> Work:
        to_issue = tuple(one.entry for one in self._recipients if one.may_be_issued)
        ready = [
            one.number
            for one in self._recipients
            if one.number and one.template == self.template and not one.is_outdated
        ]
        unprinted = tuple(number for number in ready if number not in printed)
        if to_issue or unprinted:
            return Work(to_issue, unprinted)
        return Work((), tuple(ready), again=bool(ready))

    def _reason(self, title: str, number: CertificateNumber) -> str | None:
        say = self._words.say
        offered = [
            Reason(code, say(f"certificates.reason_{code}"), needs_note=code == "other")
            for code in _REASONS
        ]
        chosen = self._ask.reason(title, say("certificates.reason_text", number=number), offered)
        if chosen is None:
            return None
        label = "" if chosen.code == "other" else say(f"certificates.reason_{chosen.code}")
        return " · ".join(part for part in (label, chosen.note) if part)
