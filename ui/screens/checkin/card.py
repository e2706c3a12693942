"""The entrant's card: the name as the largest thing, the state in colour, icon and word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from app.words import Words
from ui.screens.checkin.faces import CardFace
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.labels import ElidedLabel, Kind, text_label
from ui.widgets.layout import STRETCH, column, row

PHOTO_WIDTH, PHOTO_HEIGHT = 18, 24
"""In grid steps: the proportions of an identity photo."""


class EntrantCard(QFrame):
    """Shows one entrant; ``show_face(None)`` shows that the desk is ready."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._photo = QLabel()
        self._photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._photo.setFixedSize(theme.px(PHOTO_WIDTH), theme.px(PHOTO_HEIGHT))
        mark(self._photo, kind="photo")
        self._icon = QLabel()
        self.state = text_label("", Kind.BIG)
        self.number = text_label("", Kind.BIG)
        self.name = ElidedLabel("", Kind.NAME)
        self._unit = text_label("", Kind.STRONG, wraps=True)
        self._event = text_label("", wraps=True)
        self._id = text_label("", Kind.MUTED)
        self.advice = text_label("", Kind.STRONG, wraps=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        state = row(theme, self._icon, (self.state, 1), gap=1.5)
        facts = column(
            theme,
            self.number,
            self.name,
            self._unit,
            self._event,
            self._id,
            STRETCH,
            state,
            self.advice,
            gap=1,
        )
        photo = column(theme, self._photo, STRETCH)
        self.setLayout(row(theme, photo, (facts, 1), gap=3, margin=3))
        self.show_face(None)

    def show_face(self, face: CardFace | None) -> None:
        """Show an entrant, or nobody."""
        self._photo.setVisible(face is not None)
        self._icon.setVisible(face is not None)
        if face is None:
            self._show_ready()
            return
        mark(self, kind="banner", tone=face.tone)
        ink, size = self._theme.tone(face.tone).ink, self._theme.px(5)
        self._icon.setPixmap(pixmap(TONE_ICONS[face.tone], ink, size, self.devicePixelRatioF()))
        self.state.setText(face.word)
        mark(self.state, kind=Kind.BIG.value, tone=face.tone)
        self.number.setText(face.number)
        self.name.setText(face.name)
        self._unit.setText(face.unit)
        self._event.setText(face.event)
        shown_id = f"{self._words.say('checkin.id_number')}  {face.masked_id}"
        self._id.setText(shown_id if face.masked_id else "")
        self.advice.setText(face.advice)
        self._show_photo(face.photo)
        self.setAccessibleName(f"{face.number} {face.name} {face.word}")

    def _show_ready(self) -> None:
        mark(self, kind="card")
        self.number.setText("")
        self.name.setText(self._words.say("checkin.ready_title"))
        self._unit.setText(self._words.say("checkin.ready_text"))
        for part in (self._event, self._id, self.state, self.advice):
            part.setText("")
        self.setAccessibleName(self._words.say("checkin.ready_title"))

    def _show_photo(self, image: bytes | None) -> None:
        picture = QPixmap()
        if image is not None and picture.loadFromData(image):
            ratio = self.devicePixelRatioF()
            scaled = picture.scaled(
                self._photo.size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self._photo.setPixmap(scaled)
        else:
            ink = self._theme.colours.control_line
            size = self._theme.px(PHOTO_WIDTH // 2)
            self._photo.setPixmap(pixmap("person", ink, size, self.devicePixelRatioF()))
