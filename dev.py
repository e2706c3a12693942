"""Everything a developer or a first-time user runs, on every system: python3 dev.py COMMAND

    run [FILE]             open the window, on a competition file if one is named
    demo                   run a complete event on sample data into demo-out/, then show it
    test [PYTEST ARGS]     run the tests
    check                  format, lint, types, import contracts, translations; all are reported
    bench [--json]         measure the budgets against their floors
    shots [--lang zh|en]   render every screen into shots-out/<language>/
    package                build the program for this system

Each command first makes .venv from requirements/lock.txt and sees to the shared libraries Qt needs.
It needs only the standard library of Python 3.11 or newer, and must stay readable by older ones so
that they get a clear refusal. What it says of itself goes to stderr; stdout is the command's own.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements" / "lock.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-lock.sha256"  # written last: without it the environment is half made
LANGUAGES = ("zh", "en")

# What PySide6's wheels expect of a Linux system, and the Debian or Ubuntu packages that hold it,
# newest name first (Debian 13 and Ubuntu 24.04 renamed some with "t64").
QT_LIBRARIES: dict[str, tuple[str, ...]] = {
    "libGL.so.1": ("libgl1",),
    "libEGL.so.1": ("libegl1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libzstd.so.1": ("libzstd1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libX11.so.6": ("libx11-6",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
    "libcups.so.2": ("libcups2t64", "libcups2"),  # certificates go to real printers
}


class CannotPrepare(Exception):
    """Something is missing that a person must see to; the message says what."""


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------- preparation


def prepare() -> None:
    """Bring this machine to where the commands can run; the second time that is nearly free."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise CannotPrepare(
            "Python {}.{} or newer is needed, this is {}.{}.".format(
                *OLDEST_PYTHON, *sys.version_info[:2]
            )
        )
    need_system_parts()
    if not environment_is_current():
        make_environment()


def need_system_parts() -> None:
    """Python's venv support and Qt's libraries: installed when root, else named in one line."""
    missing = missing_parts()
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise CannotPrepare(f"install what provides these, then try again: {' '.join(missing)}")
    if not is_root():
        install = f"sudo apt-get install -y --no-install-recommends {' '.join(debian(missing))}"
        raise CannotPrepare(f"system libraries are missing. Install them and try again:\n{install}")
    unattended = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A source that cannot be reached need not matter; if it does, the installation says so.
    subprocess.call(["apt-get", "update", "-qq"], env=unattended, stdout=sys.stderr)
    packages = debian(missing)  # only now: before the update apt may know no names at all
    say(f"installing {' '.join(packages)}")
    call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=unattended)
    importlib.invalidate_caches()
    still = missing_parts()
    if still:
        raise CannotPrepare(f"apt-get did not provide: {' '.join(still)}")


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def missing_parts() -> list[str]:
    """What is missing: shared libraries by file name, and Python's venv module as a package."""
    missing = []
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if sys.platform.startswith("linux"):
        missing += [name for name in QT_LIBRARIES if not loads(name)]
    return missing


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def debian(missing: list[str]) -> list[str]:
    """The package for each missing part, under its name in this release of Debian or Ubuntu."""
    chosen = []
    for part in missing:
        *newer, oldest = QT_LIBRARIES.get(part, (part,))
        known = (name for name in newer if succeeds(["apt-cache", "show", name]))
        chosen.append(next(known, oldest))
    return chosen


def environment_is_current() -> bool:
    if not PYTHON.exists() or not STAMP.exists() or STAMP.read_text("ascii") != lock_digest():
        return False
    # A system upgrade may have taken away the Python the environment was made for.
    return succeeds([str(PYTHON), "-c", "import PySide6"])


def lock_digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def make_environment() -> None:
    """Make .venv anew from the lock; a half-made or outdated one is cleared first."""
    say("making .venv from requirements/lock.txt (the first time it downloads about 250 MB)")
    call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    call([*pip, "install", *quiet, *options, "-r", str(LOCK)])
    STAMP.write_text(lock_digest(), "ascii")


def call(command: list[str], env: dict[str, str] | None = None) -> None:
    """A step of the preparation: its output goes to stderr, its failure ends the preparation."""
    code = subprocess.call(command, env=env, stdout=sys.stderr, stdin=subprocess.DEVNULL)
    if code != 0:
        raise CannotPrepare(f"this failed with status {code}: {shlex.join(command)}")


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


# ---------------------------------------------------------------------------------------- commands


def python(*arguments: str, offscreen: bool = False) -> int:
    """Run the environment's Python in the project's folder; its exit status passes through."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    if offscreen:
        env["QT_QPA_PLATFORM"] = "offscreen"
    sys.stdout.flush()
    code = subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=env)
    return code if code >= 0 else 128 - code  # killed by a signal: as a shell reports it


def has_display() -> bool:
    is_desktop_system = sys.platform in ("win32", "darwin")
    return is_desktop_system or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def run(arguments: list[str]) -> int:
    opened = [name if name.startswith("-") else str(Path(name).resolve()) for name in arguments]
    return python("-m", "ui", *opened)


def demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py demo", allow_abbrev=False)
    parser.add_argument("--out", type=Path, default=ROOT / "demo-out")
    known, rest = parser.parse_known_args(arguments)
    out = known.out.resolve()
    set_aside(out)
    code = python("-m", "app", "demo", "--out", str(out), *rest)
    if code != 0:
        return code
    if not has_display():
        say(f"no display here, so the window stays closed; its screens go to {out / 'screenshots'}")
        return shots(["--out", str(out / "screenshots")])
    competitions = sorted(out.glob("*.plumb"))
    return run([str(path) for path in competitions[:1]])


def set_aside(out: Path) -> None:
    """Keep an earlier demonstration under another name: a competition file is never replaced."""
    if not any(out.glob("*.plumb")):
        return
    number = 1
    while (older := out.with_name(f"{out.name}-{number}")).exists():
        number += 1
    out.rename(older)
    say(f"the demonstration before this one is kept in {older}")


def test(arguments: list[str]) -> int:
    return python("-m", "pytest", *arguments, offscreen=True)


def check(arguments: list[str]) -> int:
    if arguments:
        raise CannotPrepare("check takes no arguments")
    architecture = [
        f"tests/architecture/test_{name}.py" for name in ("translations", "house_rules")
    ]
    steps = {
        "lint": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "types": ["-m", "mypy", "--strict", "app", "ui", "dev.py"],
        "import contracts": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
        "translations and house rules": ["-m", "pytest", "-q", *architecture],
    }
    failed = []
    for name, step in steps.items():
        print(f"--- {name}", flush=True)
        if python(*step, offscreen=True) != 0:
            failed.append(name)
    print(f"--- check failed: {', '.join(failed)}" if failed else "--- check passed", flush=True)
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    return python("-m", "tests.bench", *arguments, offscreen=True)


def shots(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py shots", allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help="one language only")
    parser.add_argument("--out", type=Path, default=ROOT / "shots-out")
    known = parser.parse_args(arguments)
    for language in [known.lang] if known.lang else LANGUAGES:
        out = str(known.out.resolve() / language)
        code = python("-m", "ui.shots", "--lang", language, "--out", out, offscreen=True)
        if code != 0:
            return code
    return 0


def package(arguments: list[str]) -> int:
    script = ROOT / "packaging" / "package.py"
    if not script.exists():
        raise CannotPrepare("this version cannot be packaged: it has no packaging/package.py")
    return python(str(script), *arguments)


COMMANDS = {
    "run": run,
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "shots": shots,
    "package": package,
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0 if arguments else 2
    command, *rest = arguments
    if command not in COMMANDS:
        say(f"no command {command!r}; there are {', '.join(COMMANDS)}")
        return 2
    try:
        prepare()
        return COMMANDS[command](rest)
    except CannotPrepare as reason:
        say(str(reason))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
