"""The screenshot maker writes pictures of the sizes that matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.shots import take_shots


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_welcome_page_is_pictured_at_both_sizes(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    taken = list(take_shots(language, tmp_path, None))
    assert [path.name for path in taken] == [
        f"00-welcome-{language}-1366x768.png",
        f"00-welcome-{language}-1920x1080.png",
    ]
    sizes = [(QImage(str(path)).width(), QImage(str(path)).height()) for path in taken]
    assert sizes == [(1366, 768), (1920, 1080)]
