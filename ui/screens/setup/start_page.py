"""Where a new competition begins: a template, a CIS workbook, or a scheme as TOML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleBroken
from app.problems import Problem
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.screens.setup.presenter import SetupPresenter
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling
from ui.widgets.offer import Offer
from ui.widgets.template_offers import template_offers


class StartPage(QWidget):
    """Offers what there is; ``on_started`` is called once the file holds a scheme."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_started: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_started = on_started
        theme, words = context.theme, context.words
        self.offers = template_offers(theme, words, self.begin)
        self.from_cis = Offer(
            theme,
            "file",
            words.say("setup.from_cis"),
            words.say("setup.from_cis_detail"),
            lambda: self._choose("cis", ("*.xlsx", "*.xls", "*.ods")),
        )
        self.from_toml = Offer(
            theme,
            "file",
            words.say("setup.from_toml"),
            words.say("setup.from_toml_detail"),
            lambda: self._choose("toml", ("*.toml",)),
        )
        body = QWidget()
        body.setMaximumWidth(theme.px(128))
        left = card(
            theme,
            text_label(words.say("setup.from_template"), Kind.STRONG),
            *self.offers,
            STRETCH,
            gap=1.5,
        )
        right = card(
            theme,
            text_label(words.say("setup.from_file"), Kind.STRONG),
            self.from_cis,
            self.from_toml,
            STRETCH,
            gap=1.5,
        )
        body.setLayout(
            column(
                theme,
                STRETCH,
                text_label(words.say("setup.start_title"), Kind.BIG, wraps=True),
                text_label(words.say("setup.start_text"), Kind.MUTED, wraps=True),
                row(theme, (left, 3), (right, 2), gap=3),
                STRETCH,
                STRETCH,
                gap=3,
                margin=3,
            )
        )
        # A row keeps to the width a part may have. A page that scrolls alone would reckon its
        # height at a greater width, and the words would have too little room.
        centred = QWidget()
        centred.setLayout(row(theme, STRETCH, (body, 20), STRETCH))
        self.setLayout(row(theme, scrolling(theme, centred)))
        if self.offers:
            self.setFocusProxy(self.offers[0])
        may_begin = presenter.may_edit
        for offer in (*self.offers, self.from_cis, self.from_toml):
            offer.setEnabled(may_begin)

    def begin(self, path: Path) -> None:
        """Fill the file; a scheme with faults is refused in a sentence and nothing is written."""
        words = self._context.words
        try:
            warnings = self._presenter.start_from(path)
        except (RuleBroken, Problem) as refused:
            self._context.fail(refused)
            return
        self._on_started()
        if warnings:
            title = words.say("setup.warnings_title", count=len(warnings))
            self._context.ask.tell(title, "\n\n".join(warnings))

    def _choose(self, kind: str, patterns: tuple[str, ...]) -> None:
        words = self._context.words
        label = words.say(f"setup.kind_{kind}")
        path = self._context.ask.open_file(
            words.say(f"setup.from_{kind}"), [FileKind(label, patterns)]
        )
        if path is not None:
            self.begin(path)
