"""Cleans what people type into a roster's cells: widths, spaces, invisible characters.

Names are changed as little as possible: a rare or private-use character in a name is somebody's
name, so compatibility folding, which would swap it for another, is never applied to them.
"""

from __future__ import annotations

import re
import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DOTS = dict.fromkeys(map(ord, "•・‧∙⋅．｡"), "·")
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
_SPACE_IN_HAN = re.compile(rf"(?<=[{_HAN}·]) +(?=[{_HAN}·])")
_ODD_IN_NAME = re.compile(r"[=+@<>{}\[\]|\\/*?!#$%^&~\"_;:,，。；：？！、]|^-|^[\d.]+$")
_YES = {"是", "yes", "y", "1", "true", "√", "✓", "✔", "*", "★", "☆", "打星", "不计奖"}
_NO = {"", "否", "no", "n", "0", "false", "-", "—", "/", "无", "计奖", "不打星"}


def cleaned(text: str) -> tuple[str, bool]:
    """Text on one line with single spaces and narrow ASCII; and whether it hid characters."""
    shown = []
    hidden = False
    for character in text:
        category = unicodedata.category(character)
        if character.isspace() or category == "Zs":
            shown.append(" ")
        elif category in ("Cc", "Cf"):
            hidden = True
        else:
            shown.append(character)
    return " ".join("".join(shown).translate(_FULL_WIDTH).split()), hidden


def cleaned_name(text: str) -> tuple[str, bool]:
    """A name whose Chinese characters stand together; and whether spaces had to go.

    ``张 三`` is 张三, typed apart to line up in a table. The dot in a name of several parts has one
    form.
    """
    dotted = text.translate(_DOTS)
    together = _SPACE_IN_HAN.sub("", dotted)
    return together, together != dotted


def looks_odd(name: str) -> bool:
    """Whether a name holds signs that names do not have."""
    return bool(_ODD_IN_NAME.search(name))


def is_outside_awards(text: str) -> bool | None:
    """The answer in a 打星 column; ``None`` when it is neither yes nor no."""
    answer = text.casefold()
    if answer in _YES:
        return True
    return False if answer in _NO else None
