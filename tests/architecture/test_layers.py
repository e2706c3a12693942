"""Who may import whom. The contracts themselves are at the end of pyproject.toml."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT, modules

IMPORT_EVERYTHING_WITHOUT_QT = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import app
for module in pkgutil.walk_packages(app.__path__, "app."):
    importlib.import_module(module.name)
print(sum(name == "app" or name.startswith("app.") for name in sys.modules))
"""


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_every_module_of_app_imports_where_qt_cannot_be_found() -> None:
    done = run_python(IMPORT_EVERYTHING_WITHOUT_QT)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(modules("app"))


def test_the_import_contracts_hold() -> None:
    done = run_python("from importlinter.cli import lint_imports_command as lint; lint()")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_packaging_is_no_package_and_so_cannot_shadow_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
