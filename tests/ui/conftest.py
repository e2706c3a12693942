"""The world around the screens of the station that a test works on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.services.station import Station
from tests.ui.around import Around, around_of


@pytest.fixture
def around(station: Station) -> Iterator[Around]:
    with around_of(station) as made:
        yield made
