"""``python -m app``: everything but the window, for scripts, tests and whoever checks a bundle."""

from __future__ import annotations

import sys

from app.cli.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
