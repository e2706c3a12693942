"""As what a result is published next, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox

from app.domain.facts import ResultStatus
from app.words import Words
from ui.screens.results.rows import Shown
from ui.theme.tokens import Theme
from ui.widgets.buttons import Role, primary_button
from ui.widgets.drop_down import DropDown
from ui.widgets.labels import Kind, text_label


class PublishBar:
    """``choice`` stands beside the button ``go`` at the foot of the screen."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        on_status: Callable[[ResultStatus], None],
        on_publish: Callable[[], None],
    ) -> None:
        self._words = words
        name = words.say("results.publish_as")
        self.status = DropDown()
        self.status.setAccessibleName(name)
        self.status.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for status in ResultStatus:
            self.status.addItem(words.say(f"results.status_{status.value}"), status.value)
        self.status.activated.connect(
            lambda place: on_status(ResultStatus(self.status.itemData(place)))
        )
        self.go = primary_button(theme, name, on_publish, key="Ctrl+Return")
        self.choice = (text_label(name, Kind.LABEL), self.status)

    def show_offer(self, shown: Shown) -> None:
        """What can be published next; to make a final result provisional again is to reopen it."""
        for part in (*self.choice, self.go):
            part.setVisible(shown.is_live)
        if shown.standings is None:
            return
        say = self._words.say
        was_final = shown.standings.status is ResultStatus.FINAL
        again = say("results.reopen" if was_final else "results.status_provisional")
        self.status.setItemText(self.status.findData(ResultStatus.PROVISIONAL.value), again)
        self.status.setCurrentIndex(self.status.findData(shown.publish_as.value))
        status = say(f"results.status_{shown.publish_as.value}")
        revision = shown.standings.revision + 1
        self.go.setText(say("results.publish", revision=revision, status=status))
        # Publishing once more what everybody sees already is never what comes next.
        stays = shown.standings.is_public and shown.standings.status is shown.publish_as
        self.go.set_role(Role.PLAIN if stays else Role.PRIMARY)
