"""What a sheet on screen needs of whoever owns it: the same keys for entering and for checking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ui.screens.marking.sheet_editor import SheetEditor


class SheetKeys(Protocol):
    """Takes the keys of a sheet; each call ends with the sheet shown again."""

    @property
    def editor(self) -> SheetEditor | None: ...

    def press(self, key: str) -> bool: ...
    def enter(self) -> bool: ...
    def back(self) -> bool: ...
    def move_to(self, place: int) -> bool: ...
    def rub_out(self) -> None: ...
    def give_up(self) -> bool: ...


class SheetOwner(Protocol):
    """A screen with such a presenter, which shows what is refused."""

    @property
    def presenter(self) -> SheetKeys: ...

    def attempt(self, act: Callable[[], object]) -> bool: ...
