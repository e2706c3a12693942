"""Decides what the results screen shows and does; no Qt.

The chief judge sees the live leaderboard. Everybody else sees the published snapshot and nothing
before it; names are for the chief judge and for whoever prints certificates.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from app.changes import Changes, Topic
from app.domain.facts import ResultsPublished, ResultStatus
from app.domain.ids import EntryId, EventCode
from app.domain.roles import Role
from app.domain.scheme import Event
from app.reports.results_list import ResultsList
from app.services import live, paper_heads, papers, results, rules
from app.services.result_words import division_text
from app.services.station import Station
from app.sheets.result_tables import ResultsTable
from app.storage.queries import Recorded
from app.words import Words
from ui.charts.bars import Bar
from ui.context import Place
from ui.dialogs import Questions
from ui.screens.results.lines import Lines
from ui.screens.results.publishing import ask_reason, becomes_final, confirmation
from ui.screens.results.rows import Blocker, Shown, Standings, Why, short_hash
from ui.screens.results.why import why_of
from ui.theme.tokens import Tone

_NAMED = frozenset({Role.CHIEF, Role.CERTIFICATES})
_PEOPLE = frozenset({Topic.ENTRIES, Topic.PEOPLE, Topic.CHECK_IN, Topic.EXCHANGE})
_ABOUT_RESULTS = frozenset(Topic) - {Topic.DRAW, Topic.CERTIFICATES}
_PLACES = {
    "rules-not-frozen": Place.SETUP,
    "entries-undivided": Place.SETUP,
    "nobody-ranked": Place.CHECKIN,
}
"""Where a blocker is put right; the others at the review."""


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, shown: Shown) -> None: ...

    def blockers_changed(self) -> None:
        """Ask for ``blockers`` soon: finding them costs more than a frame."""


class ResultsPresenter:
    """One event's result at a time."""

    def __init__(self, station: Station, words: Words, ask: Questions, view: View) -> None:
        self._station = station
        self._words = words
        self._ask = ask
        self._view = view
        self._lines: Lines | None = None
        self._event: EventCode | None = None
        self.shown = Shown((), None)
        self._publish_as: ResultStatus | None = None

    @property
    def sees_live(self) -> bool:
        return self._station.actor.role is Role.CHIEF

    @property
    def sees_names(self) -> bool:
        return self._station.actor.role in _NAMED

    @property
    def lines(self) -> Lines:
        """Makes the rows of the event shown; made anew when people change."""
        if self._lines is None:
            assert self._event is not None
            self._lines = Lines(self._station, self._event, self._words, with_names=self.sees_names)
        return self._lines

    def show(self) -> None:
        """Read everything and show it."""
        self._lines = None
        found = rules.events(self._station)
        known = [event.code for event in found]
        if self._event not in known:
            self._event = known[0] if known else None
        titles = tuple((event.code, self._words.pick(event.name, event.name_en)) for event in found)
        self.shown = replace(self._read(), events=titles)
        self._view.show_state(self.shown)
        self._view.blockers_changed()

    def reload(self, changes: Changes) -> None:
        if changes.topics & _PEOPLE:
            self._lines = None
        if changes.topics & {Topic.RULES, Topic.COMPETITION, Topic.EXCHANGE}:
            self.show()
        elif changes.topics & _ABOUT_RESULTS:
            self.shown = replace(self._read(), events=self.shown.events)
            self._view.show_state(self.shown)
            self._view.blockers_changed()

    def choose_event(self, event: EventCode) -> None:
        self._event = event
        self._publish_as = None
        self._lines = None
        self.show()

    def publish_as(self, status: ResultStatus) -> None:
        self._publish_as = status
        self.shown = replace(self.shown, publish_as=status)

    @property
    def is_news(self) -> bool:
        """Whether publishing now would tell the public anything new."""
        shown = self.shown.standings
        return not (shown and shown.is_public and shown.status is self.shown.publish_as)

    def blockers(self) -> tuple[Blocker, ...]:
        """Why the result cannot be published yet, each with the place where it is put right."""
        if not self.sees_live or self._event is None:
            return ()
        return tuple(
            Blocker(why, _PLACES.get(why.code, Place.REVIEW).value)
            for why in results.blockers_as(self._station, self._event, self.shown.publish_as)
        )

    def why(self, entry: EntryId) -> Why | None:
        """Why this rank; ``None`` for whoever may not see what is not published."""
        if not self.sees_live or self._event is None:
            return None
        explanation = results.why(self._station, self._event, entry)
        row = explanation.row or explanation.apart
        division = division_text(self._rules(), row.division if row else "", self._words)
        label = " · ".join(part for part in (self.lines.label(entry), division) if part)
        return why_of(self._rules(), explanation, self._words, label)

    def publish(self) -> bool:
        """Ask once more with everything that matters repeated, then publish."""
        shown = self.shown
        if self._event is None or shown.standings is None:
            return False
        revision = shown.standings.revision + 1
        reason = ""
        if revision > 1:
            final = becomes_final(shown)
            given = ask_reason(self._ask, self._words, revision, is_becoming_final=final)
            if given is None:
                return False
            reason = given
        if not self._ask.confirm(confirmation(shown, self._rules(), self.lines, self._words)):
            return False
        results.publish(
            self._station,
            self._event,
            shown.publish_as,
            expected_hash=shown.standings.result_hash,
            reason=reason,
            origin=self,
        )
        self._publish_as = None
        self.show()
        return True

    def prints_draft(self) -> bool:
        """Whether a paper made now is a draft: the chief's, of what is not published."""
        return self.sees_live and not (self.shown.standings and self.shown.standings.is_public)

    def pays(self) -> bool:
        """Whether a grade of the published result comes with an allowance."""
        is_published = self.shown.standings is not None and self.shown.standings.revision
        return bool(is_published and any(one.allowance for one in self._rules().awards.stars))

    def results_list(self) -> ResultsList:
        assert self._event is not None
        return papers.results_list(
            self._station, self._event, self._words, draft=self.prints_draft()
        )

    def results_table(self) -> ResultsTable:
        assert self._event is not None
        return papers.results_table(
            self._station, self._event, self._words, draft=self.prints_draft()
        )

    def chart(self) -> tuple[list[str], list[Bar]]:
        """What each module adds to each total, in the order of the table: names and bars.

        Penalties on the whole event are not part of any module, so a bar may stand higher than
        the total.
        """
        event = self._rules()
        components = {part.id: part.weight for part in event.components}
        weights = [module.weight * components[module.component] for module in event.modules]
        names = [f"{one.id} {self._words.pick(one.name, one.name_en)}" for one in event.modules]
        bars = [
            Bar(
                self.lines.number(one.entry),
                tuple(
                    float(Decimal(one.modules[module.id]) * weight)
                    for module, weight in zip(event.modules, weights, strict=True)
                ),
            )
            for one in self.shown.rows
            if one.modules
        ]
        return names, bars

    def file_name(self, ending: str) -> str:
        """What a paper of this result would be called."""
        revision = self.shown.standings.revision if self.shown.standings else 0
        kind = "draft" if self.prints_draft() else f"r{revision}"
        return f"{self._event}-{self._words.say('results.file')}-{kind}{ending}"

    def _read(self) -> Shown:
        if self._event is None:
            return Shown((), None)
        if self.sees_live:
            return self._read_live(self._event)
        snapshot = results.published(self._station, self._event)
        if snapshot is None:
            return Shown((), self._event)
        event = self._rules()
        return Shown(
            (),
            self._event,
            self.lines.columns(event, with_marks=False),
            self.lines.listed(event, snapshot.fact.rows),
            snapshot.fact.rows,
            self._published(snapshot, is_public=True),
        )

    def _read_live(self, code: EventCode) -> Shown:
        now = results.leaderboard(self._station, code)
        standings = Standings(
            Tone.ATTENTION,
            self._words.say("results.draft"),
            self._words.say("results.draft_text"),
            now.result_hash,
            0,
            None,
            False,
        )
        if now.published is not None:
            standings = self._published(now.published, is_public=now.is_published)
        return Shown(
            (),
            code,
            self.lines.columns(now.event, with_marks=True),
            self.lines.listed(now.event, now.running, live.board(self._station, code)),
            now.running,
            replace(standings, result_hash=now.result_hash),
            may_publish=bool(now.rows),
            is_live=True,
            publish_as=self._publish_as or _next_status(standings),
        )

    def _published(self, snapshot: Recorded[ResultsPublished], *, is_public: bool) -> Standings:
        say, fact = self._words.say, snapshot.fact
        at = paper_heads.local_minute(snapshot.at)
        status = say(f"results.status_{fact.status.value}")
        word = say("results.changed", revision=fact.revision)
        is_amended = live.board(self._station, fact.event).rules_hash != fact.rules_hash
        text = say(
            "results.amended_text" if is_amended else "results.changed_text",
            at=at,
            revision=fact.revision,
            status=status,
            hash=short_hash(fact.result_hash),
        )
        if is_public:
            word = say("results.published", revision=fact.revision, status=status)
            text = say("results.published_text", at=at)
        return Standings(
            Tone.DONE if is_public else Tone.ATTENTION,
            word,
            text,
            fact.result_hash,
            fact.revision,
            fact.status,
            is_public,
        )

    def _rules(self) -> Event:
        assert self._event is not None
        return rules.event(self._station, self._event)


def _next_status(standings: Standings) -> ResultStatus:
    """What a chief judge would publish next. A result that was final stays so when it changes;
    one that the public has seen unchanged becomes final when the period for appeals is over."""
    match standings.status:
        case ResultStatus.FINAL:
            return ResultStatus.FINAL
        case ResultStatus.PROVISIONAL if standings.is_public:
            return ResultStatus.FINAL
        case _:
            return ResultStatus.PROVISIONAL
