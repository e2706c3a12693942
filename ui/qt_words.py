"""The words of windows that are Qt's own: choosing a file, whether to replace it, printing.

Qt speaks English until it is given others. They are given only while such a window is open, for
with them the keys on our buttons would have other names too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from app.words import Language

_FILES: dict[Language, str] = {"zh": "qtbase_zh_CN"}
"""What comes with Qt; English is in the program itself."""


@contextmanager
def qt_speaking(language: Language) -> Iterator[None]:
    if language not in _FILES:
        yield
        return
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(_FILES[language], folder)
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)
