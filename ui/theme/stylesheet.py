"""The one style sheet of the window, generated from the tokens.

A widget says what it is through the properties ``kind``, ``role`` and ``tone``
(``ui.theme.styling``); which colour and size that means is decided here alone.
"""

from __future__ import annotations

from app.paths import resource
from ui.theme.tokens import TextSize, Theme, Tone


def stylesheet(theme: Theme) -> str:
    """The text for ``QApplication.setStyleSheet``."""
    parts = (_texts, _buttons, _fields, _tables, _surfaces, _frame, _small_parts)
    return "\n".join(part(theme) for part in parts)


def _texts(theme: Theme) -> str:
    c = theme.colours
    rules = [
        "QLabel { background: transparent; }",
        f'QLabel[kind="muted"] {{ color: {c.muted}; }}',
        f'QLabel[kind="label"] {{ color: {c.muted}; font-size: {theme.pt(TextSize.LABEL)}pt; }}',
    ]
    rules += [
        f'QLabel[kind="{kind}"] {{ font-size: {theme.pt(size)}pt; font-weight: {weight}; }}'
        for kind, size, weight in (
            ("strong", TextSize.STRONG, 600),
            ("title", TextSize.TITLE, 600),
            ("big", TextSize.BIG, 600),
            ("name", TextSize.NAME, 600),
            ("huge", TextSize.HUGE, 600),
        )
    ]
    for tone in Tone:
        colours = theme.tone(tone)
        rules.append(f'QLabel[tone="{tone.value}"] {{ color: {colours.ink}; }}')
        rules.append(
            f'QFrame[kind="chip"][tone="{tone.value}"] '
            f"{{ background: {colours.soft}; border-radius: {theme.px(1.25)}px; }}"
        )
        rules.append(
            f'QFrame[kind="banner"][tone="{tone.value}"] {{ background: {colours.soft};'
            f" border: 1px solid {colours.ink}; border-radius: {theme.px()}px; }}"
        )
        rules.append(
            f'QFrame[kind="banner"][role="flat"][tone="{tone.value}"] {{ border-radius: 0;'
            f" border: none; border-bottom: 1px solid {colours.ink}; }}"
        )
    return "\n".join(rules)


def _buttons(theme: Theme) -> str:
    c, danger = theme.colours, theme.tone(Tone.BLOCKED)
    height = theme.px(3.5)
    down = resource("icons", "chevron-down.svg").as_posix()
    return f"""
QPushButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.control_line};
  outline: none; border-radius: {theme.px(0.75)}px; padding: {theme.px(0.5)}px {theme.px(2)}px;
  min-height: {height}px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.selection}; color: {c.on_selection}; }}
QPushButton:focus {{ border: 2px solid {c.focus}; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.sunken}; border-color: {c.line}; }}
QPushButton[role="primary"], QPushButton[role="danger"] {{ font-weight: 600;
  min-height: {theme.px(4.5)}px; padding: {theme.px(0.5)}px {theme.px(3)}px; }}
QPushButton[role="primary"]:enabled {{ background: {c.primary}; color: {c.on_primary};
  border: 2px solid {c.primary}; }}
QPushButton[role="primary"]:enabled:hover, QPushButton[role="primary"]:enabled:pressed
  {{ background: {c.primary_hover}; }}
QPushButton[role="primary"]:enabled:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="danger"]:enabled {{ background: {danger.strong}; color: {danger.on_strong};
  border: 2px solid {danger.strong}; }}
QPushButton[role="danger"]:enabled:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent;
  padding: {theme.px(0.5)}px {theme.px(1)}px; }}
QPushButton[role="quiet"]:hover {{ background: {c.hover}; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[role="offer"] {{ text-align: left; padding: {theme.px(1)}px {theme.px(2)}px; }}
QToolButton {{ background: transparent; border: 1px solid transparent;
  border-radius: {theme.px(0.75)}px; padding: {theme.px(0.5)}px; color: {c.text}; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border: 2px solid {c.focus}; }}
QPushButton::menu-indicator {{ image: url("{down}"); width: {theme.px(2)}px;
  height: {theme.px(2)}px; subcontrol-position: right center; right: {theme.px(0.75)}px; }}
"""


def _fields(theme: Theme) -> str:
    c = theme.colours
    down, up, tick = (
        resource("icons", f"{name}.svg").as_posix()
        for name in ("chevron-down", "chevron-up", f"tick-{theme.mode.value}")
    )
    kinds = (
        "QLineEdit",
        "QPlainTextEdit",
        "QTextEdit",
        "QComboBox",
        "QAbstractSpinBox",
        "QDateTimeEdit",
    )
    fields, focused, off, wrong = (
        ", ".join(kind + state for kind in kinds)
        for state in ("", ":focus", ":disabled", '[wrong="true"]')
    )
    return f"""
{fields} {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.control_line};
  border-radius: {theme.px(0.75)}px; padding: {theme.px(0.5)}px {theme.px(1)}px;
  min-height: {theme.px(3)}px; selection-background-color: {c.selection};
  selection-color: {c.on_selection}; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QLineEdit {{ placeholder-text-color: {c.muted}; }}
{focused} {{ border: 2px solid {c.focus}; }}
{off} {{ background: {c.sunken}; color: {c.muted}; border-color: {c.line}; }}
{wrong} {{ border: 2px solid {theme.tone(Tone.BLOCKED).ink}; }}
QLineEdit[kind="big"] {{ font-size: {theme.pt(TextSize.BIG)}pt; min-height: {theme.px(7)}px; }}
QComboBox::drop-down {{ border: none; width: {theme.px(3)}px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: url("{down}");
  width: {theme.px(2)}px; height: {theme.px(2)}px; }}
QComboBox QAbstractItemView {{ background: {c.raised}; color: {c.text};
  border: 1px solid {c.control_line}; selection-background-color: {c.selection};
  selection-color: {c.on_selection}; outline: none; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent;
  width: {theme.px(3)}px; }}
QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: {theme.px(1.5)}px; }}
QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: {theme.px(1.5)}px; }}
QCheckBox, QRadioButton {{ spacing: {theme.px(1)}px; background: transparent; }}
QCheckBox::indicator, QTableView::indicator, QRadioButton::indicator {{
  width: {theme.px(2)}px; height: {theme.px(2)}px;
  border: {theme.px(0.25)}px solid {c.control_line}; background: {c.raised}; }}
QCheckBox::indicator, QTableView::indicator {{ border-radius: {theme.px(0.5)}px; }}
QRadioButton::indicator {{ border-radius: {theme.px(1.25)}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {c.focus}; }}
QCheckBox::indicator:checked, QTableView::indicator:checked {{ background: {c.primary};
  border-color: {c.primary}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ border: {theme.px(0.75)}px solid {c.primary};
  width: {theme.px(1)}px; height: {theme.px(1)}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.focus}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.muted}; }}
"""


def _tables(theme: Theme) -> str:
    c = theme.colours
    return f"""
QAbstractItemView {{ background: {c.raised}; alternate-background-color: {c.surface};
  color: {c.text}; border: 1px solid {c.line}; border-radius: {theme.px(0.75)}px;
  gridline-color: {c.line}; outline: none; selection-background-color: {c.selection};
  selection-color: {c.on_selection}; }}
QAbstractItemView:focus {{ border: 2px solid {c.focus}; }}
QTableView::item {{ padding: 0 {theme.px(1)}px; }}
QListView::item, QTreeView::item {{ padding: {theme.px(0.5)}px {theme.px(1)}px; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected
  {{ background: {c.selection}; color: {c.on_selection}; }}
QHeaderView {{ background: {c.sunken}; border: none; }}
QHeaderView::section {{ background: {c.sunken}; color: {c.muted}; border: none;
  border-bottom: 1px solid {c.line}; padding: {theme.px(0.75)}px {theme.px(1)}px;
  font-weight: 600; }}
QTableCornerButton::section {{ background: {c.sunken}; border: none; }}
"""


def _surfaces(theme: Theme) -> str:
    c = theme.colours
    return f"""
QMainWindow, QDialog {{ background: {c.surface}; }}
QFrame[kind="card"] {{ background: {c.raised}; border: 1px solid {c.line};
  border-radius: {theme.px()}px; }}
QFrame[kind="sunken"] {{ background: {c.sunken}; border-radius: {theme.px()}px; }}
QWidget[kind="hall"] {{ background: {c.hall.surface}; }}
QWidget[kind="hall"] QLabel {{ color: {c.hall.text}; }}
QFrame[kind="line"] {{ background: {c.line}; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] {{ background: transparent;
  border: none; }}
QToolTip {{ background: {c.rail}; color: {c.rail_here_text}; border: 1px solid {c.control_line};
  padding: {theme.px(0.5)}px; }}
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.control_line};
  padding: {theme.px(0.5)}px; }}
QMenu::item {{ padding: {theme.px(0.75)}px {theme.px(3)}px; border-radius: {theme.px(0.5)}px; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.on_selection}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {theme.px(0.5)}px; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; border: none;
  border-bottom: 3px solid transparent; padding: {theme.px()}px {theme.px(2)}px; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.primary}; font-weight: 600; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:focus {{ background: {c.hover}; }}
QSplitter::handle {{ background: {c.line}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {theme.px(1.5)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {theme.px(1.5)}px; margin: 0; }}
QScrollBar::handle {{ background: {c.control_line}; border-radius: {theme.px(0.5)}px;
  min-height: {theme.px(4)}px; min-width: {theme.px(4)}px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _frame(theme: Theme) -> str:
    c = theme.colours
    return f"""
QFrame[kind="rail"] {{ background: {c.rail}; }}
QFrame[kind="rail"] QLabel {{ color: {c.rail_text}; }}
QFrame[kind="rail"] QLabel[kind="mark"] {{ color: {c.rail_here_text};
  font-size: {theme.pt(TextSize.STRONG)}pt; font-weight: 600; }}
QFrame[kind="rail"] QToolButton {{ color: {c.rail_text}; padding: {theme.px(0.5)}px
  0; }}
QFrame[kind="rail"] QToolButton:hover {{ background: {c.rail_here}; }}
QFrame[kind="rail"] QToolButton:focus {{ border: 2px solid {c.rail_accent}; }}
QFrame[kind="rail"] QPushButton {{ min-height: {theme.px(2.75)}px; padding: 0; border: none; }}
QFrame[kind="context"] {{ background: {c.raised}; border: none;
  border-bottom: 1px solid {c.line}; }}
QFrame[kind="status"] {{ background: {c.sunken}; border: none; border-top: 1px solid {c.line}; }}
QFrame[kind="status"] QLabel {{ font-size: {theme.pt(TextSize.LABEL)}pt; }}
"""


def _small_parts(theme: Theme) -> str:
    c = theme.colours
    return f"""
QLabel[kind="key"] {{ background: {c.sunken}; color: {c.muted}; border: 1px solid {c.line};
  border-radius: {theme.px(0.5)}px; padding: 1px {theme.px(0.75)}px;
  font-size: {theme.pt(TextSize.LABEL)}pt; }}
QProgressBar {{ background: {c.sunken}; border: none; border-radius: {theme.px(0.5)}px;
  max-height: {theme.px()}px; min-height: {theme.px()}px; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: {theme.px(0.5)}px; }}
QLabel[kind="flash"] {{ border: {theme.px(3)}px solid {theme.tone(Tone.ATTENTION).strong}; }}
"""
