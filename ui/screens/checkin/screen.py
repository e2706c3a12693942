"""The widgets of check-in. Keys always end up in the field, whatever was clicked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.ids import EntryId, EventCode
from app.services.paper_heads import local_second
from ui.context import Place, ScreenContext
from ui.screens.checkin.card import EntrantCard
from ui.screens.checkin.model import LinesModel
from ui.screens.checkin.presenter import CheckinPresenter, Shown
from ui.screens.checkin.side import AttendanceSide, still_table
from ui.screens.checkin.start_dialog import StartDialog
from ui.theme.styling import mark
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.drop_down import DropDown
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow, flow
from ui.widgets.footed import FootedPage
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}

NARROW_BELOW = 125
"""A screen narrower than so many grid steps has room for the field and the card alone."""


class CheckinScreen(QStackedWidget):
    """Empty state, or the desk."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._words = context.theme, context.words
        self.presenter = CheckinPresenter(
            context.station, self._words, context.ask, self, context.announce
        )
        self._make_parts()
        say = self._words.say
        self._nobody = EmptyState(
            self._theme,
            "checkin",
            say("checkin.empty_title"),
            say("checkin.empty_text"),
            say("checkin.empty_action"),
            lambda: context.go_to(Place.SETUP),
        )
        desk = row(self._theme, (self._left(), 1), self.side, gap=3)
        self._desk = FootedPage(self._theme, desk, acts=self._acts(), main=self.go)
        self.addWidget(self._nobody)
        self.addWidget(self._desk)
        self.setAccessibleName(say("checkin.title"))
        self.presenter.show()

    # what the frame asks

    def reload(self, changes: Changes) -> None:
        self.presenter.reload(changes)

    def waiting(self) -> int:
        return self.presenter.waiting()

    def where(self) -> tuple[str, ...]:
        return (self._events.currentText(),) if self._events.currentText() else ()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        if entry := wanted.get("entry"):
            self.presenter.focus_on(EntryId(entry))
        elif event := wanted.get("event"):
            self.presenter.choose_event(EventCode(event))
        self.field.setFocus()

    # what the presenter shows

    def show_state(self, shown: Shown) -> None:
        self.setCurrentWidget(self._desk if shown.events else self._nobody)
        self.setFocusProxy(self.field if shown.events else self._nobody.button or self._nobody)
        self._show_events(shown)
        self._show_start(shown.start_ms)
        self.card.show_face(shown.card)
        self._show_matches(shown)
        self._show_notice(shown)
        self.side.show_attendance(shown.attendance, shown.unit)
        has_subject = shown.card is not None
        elsewhere = shown.card is not None and shown.card.elsewhere is not None
        for button in (self._absent, self._withdraw, self._take_back):
            button.setEnabled(has_subject and not elsewhere)
        self._go_there.setVisible(elsewhere)
        self.go.setEnabled(shown.card is not None and shown.card.can_check_in)

    def empty_field(self) -> None:
        self.field.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= self._theme.px(NARROW_BELOW))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == (QEvent.Type.KeyPress)
        ):
            if steps := _STEPS.get(Qt.Key(event.key())):
                self.presenter.move(steps)
                return True
            if steps := _PAGES.get(Qt.Key(event.key())):
                self.presenter.filter_unit(steps)
                return True
        return super().eventFilter(watched, event)

    def _make_parts(self) -> None:
        theme, say = self._theme, self._words.say
        self.field = QLineEdit()
        mark(self.field, kind="big")
        self.field.setAccessibleName(say("checkin.field"))
        self.field.setPlaceholderText(say("checkin.field_hint"))
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(self.presenter.typed)
        self.field.returnPressed.connect(lambda: self.presenter.entered(self.field.text()))
        self.field.installEventFilter(self)
        self._events = DropDown()
        self._events.setAccessibleName(say("checkin.event"))
        self._events.activated.connect(self._on_event)
        self._notice = text_label("", Kind.STRONG, wraps=True)
        self.card = EntrantCard(theme, self._words)
        self._match_lines = LinesModel(
            [say(f"checkin.{n}") for n in ("number", "name", "unit", "title")]
        )
        self.matches = still_table(
            theme, say("checkin.title"), self._match_lines, {0: 6, 3: 16}, (1, 2)
        )
        self.matches.clicked.connect(lambda index: self._on_pick(index.row()))
        self.go = primary_button(
            theme, say("checkin.check_in"), self.presenter.check_in, key="Return"
        )
        self._absent = plain_button(
            theme, say("checkin.absent"), self.presenter.mark_absent, key="Alt+A"
        )
        self._withdraw = plain_button(
            theme, say("checkin.withdraw"), self.presenter.withdraw, key="Alt+W"
        )
        self._take_back = plain_button(
            theme, say("checkin.take_back"), self.presenter.take_back, key="Alt+U"
        )
        self._go_there = plain_button(
            theme,
            say("checkin.go_there"),
            self.presenter.switch_to_their_event,
            key="Alt+G",
        )
        self.side = AttendanceSide(
            theme,
            self._words,
            on_unit=self._on_unit,
            on_all_absent=self.presenter.mark_missing_absent,
        )
        self.start = plain_button(theme, say("checkin.start_unset"), self._on_start, key="Alt+S")
        for button in (
            self.start,
            self.go,
            self._absent,
            self._withdraw,
            self._take_back,
            self._go_there,
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _left(self) -> QWidget:
        theme = self._theme
        left = QWidget()
        head = flow(
            theme,
            text_label(self._words.say("checkin.title"), Kind.TITLE),
            STRETCH,
            self._events,
            self.start,
        )
        left.setLayout(
            column(
                theme,
                head,
                self.field,
                self._notice,
                (self.matches, 2),
                (self.card, 3),
                gap=1.5,
            )
        )
        return left

    def _acts(self) -> Flow:
        return flow(
            self._theme,
            self._absent,
            self._withdraw,
            self._take_back,
            self._go_there,
        )

    def _show_events(self, shown: Shown) -> None:
        names = [self._words.pick(event.name, event.name_en) for event in shown.events]
        if [self._events.itemText(n) for n in range(self._events.count())] != names:
            self._events.clear()
            self._events.addItems(names)
        codes = [event.code for event in shown.events]
        if shown.event in codes:
            self._events.setCurrentIndex(codes.index(shown.event))
        self._codes = codes
        self._events.setVisible(len(codes) > 1)

    def _show_start(self, start_ms: int | None) -> None:
        say = self._words.say
        text = say("checkin.start_unset")
        if start_ms is not None:
            text = say("checkin.start_at", time=local_second(start_ms)[:5])
        self._start_ms = start_ms
        self.start.setText(text)

    def _show_matches(self, shown: Shown) -> None:
        self.matches.setVisible(bool(shown.matches))
        self.card.setVisible(not shown.matches or shown.chosen is not None)
        self._match_lines.show_lines(
            [(one.number, one.name, one.unit, one.word) for one in shown.matches],
            [one.tone for one in shown.matches],
        )
        if shown.chosen is None:
            self.matches.clearSelection()
        else:
            self.matches.selectRow(shown.chosen)

    def _show_notice(self, shown: Shown) -> None:
        self._notice.setVisible(shown.notice is not None)
        if shown.notice is not None:
            self._notice.setText(shown.notice.text)
            mark(self._notice, kind="strong", tone=shown.notice.tone)
        self.field.setAccessibleDescription(shown.notice.text if shown.notice else "")

    def _on_start(self) -> None:
        dialog = StartDialog(self._theme, self._words, self._start_ms, self)
        if dialog.exec() == StartDialog.DialogCode.Accepted:
            self.presenter.set_start(dialog.start_ms)
        self.field.setFocus()

    def _on_event(self, place: int) -> None:
        self.presenter.choose_event(self._codes[place])
        self.field.setFocus()

    def _on_pick(self, place: int) -> None:
        self.presenter.pick(place)
        self.field.setFocus()

    def _on_unit(self, unit: str | None) -> None:
        self.presenter.show_unit(unit)
        self.field.setFocus()
