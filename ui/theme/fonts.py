"""The font of the window: the system's own, with Chinese from the system or from the bundled font.

Every number that is compared is shown in tabular figures, so that columns line up.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from app.paths import resource
from ui.theme.tokens import TextSize, Theme

# Screen faces made for Simplified Chinese, best first. Named explicitly because a machine set to
# English otherwise takes whatever face claims the character, often a Japanese one.
_CHINESE_FACES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
)


def find_families() -> tuple[str, ...]:
    """The families to show text in, best first; loads the bundled font if Chinese has none.

    Needs a QGuiApplication.
    """
    # Resolved to a real face: an alias such as "Sans Serif" would be taken for the next family.
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).family()
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    preferred = [face for face in _CHINESE_FACES if face in chinese]
    return (system, *(preferred[:1] or chinese[:1] or _bundled_families()))


def _bundled_families() -> list[str]:
    loaded: list[str] = []
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        loaded += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return loaded


def font(theme: Theme, size: TextSize = TextSize.BASE, *, bold: bool = False) -> QFont:
    """The window's font in one of its sizes, with tabular figures."""
    found = QFont(list(theme.families)) if theme.families else QFont()
    found.setPointSizeF(theme.pt(size))
    # Said either way: a font that names no weight takes the one of the widget it is painted on.
    found.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    tabular_figures(found)
    return found


def tabular_figures(changed: QFont) -> None:
    """Give every digit the same width where the font can."""
    changed.setFeature(QFont.Tag("tnum"), 1)
