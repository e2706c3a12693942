"""``python -m tests.bench [--json] [--quick] [NAME ...]`` measures every budget of the design.

Exit status 1 when one is missed. ``--quick`` measures on a tiny event, to see that the bench itself
works: its figures mean nothing and miss nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import marking, paper, record, repaint, window
from tests.bench.finals import FULL, QUICK, Finals, make_finals
from tests.bench.rows import Row, table


class Measure(NamedTuple):
    """One or more rows, and how often the value and its floor take turns."""

    rows: Callable[[Finals, int], Iterator[Row]]
    rounds: int
    quick_rounds: int


MEASURES = {
    "mark": Measure(marking.one_mark, 400, 4),
    "repaint": Measure(repaint.repaint, 100, 4),
    "rebuild": Measure(record.rebuild, 5, 1),
    "certificates": Measure(paper.certificates, 5, 1),
    "export": Measure(record.export, 5, 1),
    "merge": Measure(record.merge, 5, 1),
    "window": Measure(window.window, 7, 1),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--quick", action="store_true", help="a tiny event, to try the bench")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(MEASURES):
        parser.error(f"no measure {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with TemporaryDirectory(prefix="plumbline-bench-") as folder:
        tell("building the finals")
        finals = make_finals(Path(folder), QUICK if chosen.quick else FULL)
        for name in chosen.names or MEASURES:
            tell(name)
            measure = MEASURES[name]
            rows += measure.rows(finals, measure.quick_rounds if chosen.quick else measure.rounds)
    if chosen.json:
        print(json.dumps({"rows": [row.as_json() for row in rows]}, ensure_ascii=False))
    else:
        print(table(rows))
    return 0 if chosen.quick or all(row.ok for row in rows) else 1


def tell(step: str) -> None:
    """What is being measured, for whoever waits; stdout is for the rows."""
    print(f"bench: {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
