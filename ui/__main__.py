"""``python -m ui [FILE]`` opens the window, on a competition file if one is named."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a competition file to open")
    chosen = parser.parse_args()
    # Nothing loaded on the way to the window is garbage; searching for it takes a tenth of the way.
    gc.disable()
    # After the arguments are read: a usage error should not wait for Qt to load.
    from ui.application import start

    return start(chosen.file)


if __name__ == "__main__":
    sys.exit(main())
