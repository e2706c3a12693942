"""The same results in a competition of another tier and class, changed in its heading alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.services import setup
from tests.templates.worked import nominated, run, table, worked

if TYPE_CHECKING:
    from pathlib import Path


def test_every_tier_and_class_proposes_by_its_own_rules(tmp_path: Path) -> None:
    case = worked("class-series")
    station = run(case, tmp_path)
    scheme = setup.scheme_in_hand(station)
    assert scheme is not None
    for given in case.more["headings"]:
        tier, rank_class = given["tier"], given["rank_class"]
        heading = replace(scheme.competition, tier=tier, rank_class=rank_class)
        setup.save_scheme(station, replace(scheme, competition=heading))
        for event in case.events:
            proposed = [
                {"entry": one.entry.rpartition("-")[2], "line": one.line, "rule": one.rule}
                for one in nominated(station, event.code)
            ]
            assert proposed == table(given[event.code]), (tier, rank_class, event.code)
    station.close()
