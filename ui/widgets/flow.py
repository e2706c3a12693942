"""A row that goes on in the next line where the window is too narrow for all of it.

For buttons and other parts of fixed size: at 200 % or on a small screen everything stays in reach
without scrolling sideways. Only the widest part says how narrow the row can get.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

from ui.theme.tokens import Theme
from ui.widgets.layout import STRETCH


def flow(theme: Theme, *parts: QWidget | str, gap: float = 1) -> Flow:
    """Parts beside each other; those after ``STRETCH`` keep to the right of their line."""
    return Flow(theme.px(gap), parts)


class Flow(QWidget):
    """Asks for the height its lines need; a plain widget would forget that it depends on width."""

    def __init__(self, gap: int, parts: tuple[QWidget | str, ...]) -> None:
        super().__init__()
        lines = FlowLayout(gap)
        for part in parts:
            if isinstance(part, QWidget):
                lines.addWidget(part)
            elif part == STRETCH:
                lines.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))
        self.setLayout(lines)
        # Not fixed in height: Qt would then hold it to the height of one line.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class FlowLayout(QLayout):
    """Lines of items, each as large as it asks to be and in the middle of its line's height."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [_least(item) for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        # In the middle, as a row has it, when the row it stands in is higher.
        top = rect.top() + max(0, rect.height() - self.heightForWidth(rect.width())) // 2
        for line in self._lines(rect.width()):
            height = _height(line)
            self._place(line, QRect(rect.left(), top, rect.width(), height))
            top += height + self._gap

    def _place(self, line: list[QLayoutItem], rect: QRect) -> None:
        parts = [item for item in line if item.widget() is not None]
        used = sum(_width(part, rect.width()) for part in parts) + self._gap * (len(parts) - 1)
        left = rect.left()
        for item in line:
            if item.widget() is None:
                left += max(0, rect.width() - used)
                continue
            width = _width(item, rect.width())
            height = min(item.sizeHint().height(), rect.height())
            item.setGeometry(QRect(left, rect.top() + (rect.height() - height) // 2, width, height))
            left += width + self._gap

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The items of each line; a stretch goes down with the part that follows it."""
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        spacers: list[QLayoutItem] = []
        for item in self._items:
            if item.widget() is None:
                spacers = [item]
                continue
            if item.isEmpty():
                continue
            needed = _width(item, width)
            if used and used + self._gap + needed > width:
                lines.append([])
                used = 0
                spacers = spacers or [one for one in lines[-2] if one.widget() is None]
            lines[-1] += [*spacers, item]
            spacers = []
            used += needed + (self._gap if used else 0)
        return [line for line in lines if line]

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if item.widget() is not None and not item.isEmpty()]


def _least(item: QLayoutItem) -> QSize:
    return item.minimumSize()


def _width(item: QLayoutItem, room: int) -> int:
    """As it asks for, at most the whole line."""
    return min(max(item.sizeHint().width(), _least(item).width()), room)


def _height(line: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line if item.widget() is not None), default=0)
