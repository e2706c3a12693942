"""Buttons that say what they do and which key does it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from ui.theme.fonts import font
from ui.theme.icons import icon
from ui.theme.styling import mark
from ui.theme.tokens import TextSize, Theme, Tone


class Role(Enum):
    """How much a button matters; one ``PRIMARY`` a screen, at the lower right."""

    PLAIN = ""
    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"


class KeyButton(QPushButton):
    """A button with its key shown at the right of the text.

    The key works wherever the button's window has the focus. ``Return`` and ``Space`` are only
    shown: they belong to the field that has the focus, which calls ``click()`` itself.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        key: str = "",
        role: Role = Role.PLAIN,
        icon_name: str = "",
    ) -> None:
        super().__init__(text)
        self._theme = theme
        named = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        # Qt calls the main Enter key Return; keyboards do not.
        self._key = named.replace("Return", "Enter")
        mark(self, role=role.value)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self._role = role
        if icon_name:
            self.setIcon(icon(theme, icon_name, self._ink().name()))
            self.setIconSize(QSize(theme.px(2.5), theme.px(2.5)))
        if key and key not in {"Return", "Enter", "Space"}:
            # Not the button's own shortcut: that one clicks 100 ms late, to look pressed.
            QShortcut(QKeySequence(key), self, self.click)
        if on_click is not None:
            self.clicked.connect(lambda _checked: on_click())

    def setText(self, text: str) -> None:
        """Change the text, also for a screen reader."""
        super().setText(text)
        self.setAccessibleName(text)

    def set_role(self, role: Role) -> None:
        """How much it matters from now on."""
        self._role = role
        mark(self, role=role.value)
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint + QSize(self._cap_width() + self._theme.px(1.5), 0) if self._key else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        whole = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        content = option.text, option.icon
        option.text, option.icon = "", type(option.icon)()
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        option.text, option.icon = content
        room = self._cap_width() + self._theme.px(1.5)
        option.rect = whole.adjusted(0, 0, -room, 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        self._paint_cap(painter)
        painter.end()

    def _paint_cap(self, painter: QPainter) -> None:
        small = font(self._theme, TextSize.LABEL)
        painter.setFont(small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink()
        width, height = self._cap_width(), painter.fontMetrics().height() + self._theme.px(0.25)
        cap = QRect(0, 0, width, height)
        cap.moveCenter(self.rect().center())
        cap.moveRight(self.rect().right() - self._theme.px(1.5))
        edge = QColor(ink)
        edge.setAlphaF(0.55)
        painter.setPen(edge)
        painter.drawRoundedRect(cap, self._theme.px(0.5), self._theme.px(0.5))
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _cap_width(self) -> int:
        metrics = QFontMetrics(font(self._theme, TextSize.LABEL))
        return metrics.horizontalAdvance(self._key) + self._theme.px(1.25)

    def _ink(self) -> QColor:
        colours = self._theme.colours
        if not self.isEnabled():
            return QColor(colours.muted)
        match self._role:
            case Role.PRIMARY:
                return QColor(colours.on_primary)
            case Role.DANGER:
                return QColor(self._theme.tone(Tone.BLOCKED).on_strong)
            case Role.PLAIN | Role.QUIET:
                return QColor(colours.text)


def primary_button(
    theme: Theme, text: str, on_click: Callable[[], object] | None = None, *, key: str = ""
) -> KeyButton:
    """The one button a screen is about."""
    return KeyButton(theme, text, on_click, key=key, role=Role.PRIMARY)


def plain_button(
    theme: Theme,
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    key: str = "",
    icon_name: str = "",
) -> KeyButton:
    """Any other button."""
    return KeyButton(theme, text, on_click, key=key, icon_name=icon_name)
