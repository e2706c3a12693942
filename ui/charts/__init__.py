"""Charts; the only importer of pyqtgraph."""

from __future__ import annotations

import os

# Before any module of it loads pyqtgraph, which would take PyQt6 if there were one.
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
