"""The page before any competition is open: new, open, sample, recent files, templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.words import Words
from ui.theme.icons import window_icon
from ui.theme.tokens import Theme
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling
from ui.widgets.offer import Offer
from ui.widgets.template_offers import template_offers

TWO_COLUMNS = 100
"""A page narrower than so many grid steps shows the recent files below the choices."""


class Welcome(QWidget):
    """Its choices leave as signals; ``file_chosen(Path)`` is one of the recent files and
    ``template_chosen(Path)`` the scheme file of a template."""

    new_wanted = Signal()
    template_chosen = Signal(object)
    open_wanted = Signal()
    sample_wanted = Signal()
    file_chosen = Signal(object)

    def __init__(self, theme: Theme, words: Words, recent: Sequence[Path]) -> None:
        super().__init__()
        self.offers = [
            Offer(
                theme,
                icon_name,
                words.say(f"frame.{what}"),
                words.say(f"frame.{what}_detail"),
                signal.emit,
            )
            for what, icon_name, signal in (
                ("new", "add", self.new_wanted),
                ("open", "open", self.open_wanted),
                ("sample", "sample", self.sample_wanted),
            )
        ]
        self.templates: list[Offer] = []
        self.recent = [self._recent(theme, path) for path in recent]
        logo = QLabel()
        logo.setPixmap(window_icon().pixmap(QSize(theme.px(8), theme.px(8))))
        heading = column(
            theme,
            text_label(words.say("frame.welcome_title"), Kind.BIG, wraps=True),
            text_label(words.say("frame.welcome_text"), Kind.MUTED, wraps=True),
            gap=0.5,
        )
        start = column(theme, *self.offers, STRETCH, gap=1.5)
        lately = card(
            theme,
            text_label(words.say("frame.recent"), Kind.STRONG),
            *(self.recent or [text_label(words.say("frame.recent_none"), Kind.MUTED, wraps=True)]),
            STRETCH,
        )
        self._theme, self._words = theme, words
        self._sides = row(theme, (start, 1), (lately, 1), gap=3)
        self._left, self._right = column(theme, gap=1.5), column(theme, gap=1.5)
        self._template_sides = row(theme, (self._left, 1), (self._right, 1), gap=3)
        body = QWidget()
        body.setMaximumWidth(theme.px(120))
        body.setLayout(
            column(
                theme,
                row(theme, logo, (heading, 1), gap=2.5),
                self._sides,
                text_label(words.say("frame.templates"), Kind.STRONG),
                self._template_sides,
                STRETCH,
                gap=3,
                margin=3,
            )
        )
        centred = QWidget()
        centred.setLayout(row(theme, STRETCH, (body, 20), STRETCH))
        self.setLayout(row(theme, scrolling(theme, centred)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.templates:
            # Reading them takes a tenth of a second: the page stands before.
            QTimer.singleShot(0, self, self._list_templates)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QHBoxLayout.Direction
        narrow = self.width() < self._theme.px(TWO_COLUMNS)
        for sides in (self._sides, self._template_sides):
            sides.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _list_templates(self) -> None:
        self.templates = template_offers(self._theme, self._words, self.template_chosen.emit)
        half = -(-len(self.templates) // 2)
        for side, offers in (
            (self._left, self.templates[:half]),
            (self._right, self.templates[half:]),
        ):
            for offer in offers:
                side.addWidget(offer)
            side.addStretch(1)

    def _recent(self, theme: Theme, path: Path) -> QWidget:
        return Offer(
            theme, "file", path.stem, str(path.parent), lambda: self.file_chosen.emit(path)
        )
