"""Certificates for what was won in a combined standing, which is no event."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace

from app.domain.award_rules import Awards, Quota
from app.services import certificate_printing as printing
from app.services import certifying
from app.services.certificate_source import OfStanding
from app.services.standing_changes import amend_standings
from app.services.standings import combined_standing, publish_standing
from tests.reports.reading import page_texts
from tests.samples.season import SEASON, season_file

pytestmark = pytest.mark.usefixtures("station_home")


@pytest.mark.parametrize(
    ("template", "name", "sentence"),
    [
        ("honour", "样例选手甲", "“赛季积分”综合排名中成绩优异，荣获"),
        ("award", "Sample Entrant A", "in the combined standing Season points"),
    ],
)
def test_who_won_a_season_gets_a_certificate_that_names_it_as_a_standing(
    template: str, name: str, sentence: str
) -> None:
    station = season_file()
    prize = Quota(award="赛季冠军", award_en="Season champion", number=1)
    amend_standings(station, [replace(SEASON, awards=Awards(quotas=(prize,)))], "组委会决定")
    found = combined_standing(station, "season")
    publish_standing(station, "season", expected_hash=found.standing_hash)
    season = OfStanding("season")
    # 甲 and 乙 share the first place with 10 + 8.
    champion, _ = [one.holder for one in certifying.recipients(station, season)]
    certifying.issue(station, season, [champion], template=template)
    paper = io.BytesIO()
    assert printing.print_certificates(station, season, paper) == 1
    (text,) = page_texts(paper.getvalue())
    assert name in text
    assert sentence in text
    station.close()
