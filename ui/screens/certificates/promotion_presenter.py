"""What the promotion list shows and does, without widgets: who goes up, who declines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.facts import PromotionDeclined
from app.domain.ids import EventCode
from app.domain.roles import may_record
from app.reports.promotion_list import PromotionRow
from app.services import rules
from app.services.promotion import Promotion, decline, promotion
from app.services.promotion_papers import promotion_rows, promotion_writer
from app.services.station import Station
from app.words import Words


class PromotionPresenter:
    """The list of one event; ``read`` takes it in as it stands now."""

    def __init__(self, station: Station, event: EventCode, words: Words) -> None:
        self._station, self._event, self._words = station, event, words
        self.rows: tuple[PromotionRow, ...] = ()
        self.obstacle: RuleBroken | None = None
        self._found: Promotion | None = None
        self.read()

    def read(self) -> None:
        try:
            self._found = promotion(self._station, self._event)
        except RuleBroken as refused:
            self.obstacle, self._found, self.rows = refused, None, ()
            return
        self.obstacle = None
        self.rows = promotion_rows(self._station, self._event, self._found, self._words)

    @property
    def summary(self) -> str:
        """The list in a line: how many, and from which revision."""
        found = self._found
        if found is None:
            return self._words.explain(self.obstacle) if self.obstacle else ""
        event = rules.event(self._station, self._event)
        reserves = sum(one.reserve is not None for one in found.found)
        return self._words.say(
            "promotion.dialog-summary",
            event=self._words.pick(event.name, event.name_en),
            going=len(found.found) - reserves,
            reserves=reserves,
            declined=sum(bool(one.declined) for one in found.others),
            revision=found.snapshot.fact.revision,
        )

    def may_decline(self, line: int) -> bool:
        """Whether the entry on this line still has a place to give away."""
        listed = 0 if self._found is None else len(self._found.found)
        return 0 <= line < listed and may_record(self._station.actor, PromotionDeclined)

    def decline(self, line: int, reason: str) -> None:
        assert self._found is not None, "nothing is listed"
        decline(self._station, self._event, self._found.found[line].row.entry, reason, origin=self)
        self.read()

    def writer(self, target: Path) -> Callable[[], int]:
        """What writes the list; it is read here and may be written elsewhere."""
        return promotion_writer(self._station, self._event, self._words, target)

    @property
    def file_name(self) -> str:
        return f"{self._event}-{self._words.say('promotion.file')}.pdf"
