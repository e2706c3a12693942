"""The field a mark is typed into: decimal keys only, checked at the field, unset unlike zero.

The value is ``Points`` or ``None`` for unset; unset shows as a dash. The input method is switched
off, because a Chinese one would swallow digits and turn the point into "。".
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

from app.domain.errors import RuleBroken
from app.domain.points import Points, format_points, parse_points, plain_points
from app.words import Words
from ui.theme.styling import mark_wrong
from ui.theme.tokens import Theme

Check = Callable[[Points], object]
"""Raises ``RuleBroken`` for a value out of range or off the step; the result is ignored."""

DASH = "–"


class MarkEdit(QLineEdit):
    """Enter takes the value and asks for the next field, Shift+Enter for the one before.

    ``mark_entered(Points | None)`` is emitted only when an accepted value differs from the one the
    field held; ``refused(RuleBroken)`` when it does not pass, and then the field keeps the focus
    and the typed text. Escape brings the held value back.
    """

    mark_entered = Signal(object)
    refused = Signal(object)
    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(
        self, theme: Theme, words: Words, *, name: str, places: int = 2, check: Check | None = None
    ) -> None:
        super().__init__()
        self._words = words
        self._places = places
        self._check = check
        self._held: Points | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(DASH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setValidator(
            QRegularExpressionValidator(QRegularExpression(r"-?[0-9]{0,6}([.][0-9]{0,4})?"), self)
        )
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMaximumWidth(theme.px(14))
        self.textEdited.connect(self._forgive)

    @property
    def value(self) -> Points | None:
        """The value last accepted or set, not what is being typed."""
        return self._held

    def set_value(self, value: Points | None) -> None:
        """Show a value from outside; what was being typed is dropped."""
        self._held = value
        self._forgive()
        self.setText(self._written(value))

    def accept_typed(self) -> bool:
        """Take what is typed; ``False`` when it is refused, with the reason at the field."""
        if not self.isModified():
            return True
        try:
            typed = self._read()
        except RuleBroken as refusal:
            sentence = self._words.explain(refusal)
            mark_wrong(self, True)
            self.setToolTip(sentence)
            self.setAccessibleDescription(sentence)
            self.refused.emit(refusal)
            return False
        changed = typed != self._held
        self.set_value(typed)
        if changed:
            self.mark_entered.emit(typed)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if self.accept_typed():
                    (self.previous_wanted if backwards else self.next_wanted).emit()
            case Qt.Key.Key_Escape if self.isModified():
                self.set_value(self._held)
                self.selectAll()
            case Qt.Key.Key_Comma:
                # The decimal key of a number pad under a European keyboard layout.
                self.insert(".")
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.accept_typed()

    def _read(self) -> Points | None:
        typed = self.text().strip()
        if not typed:
            return None
        points = parse_points(typed)
        if self._check is not None:
            self._check(points)
        return points

    def _written(self, value: Points | None) -> str:
        if value is None:
            return ""
        try:
            return format_points(value, self._places)
        except RuleBroken:
            return plain_points(value)

    def _forgive(self) -> None:
        mark_wrong(self, False)
        self.setToolTip("")
        self.setAccessibleDescription("")
