"""Rules frozen with an earlier version keep their hash, whatever fields were added since.

A hash that changes here means that a default changed or a field is written that nobody set: every
competition file and bundle out there would no longer match its rules.
"""

from __future__ import annotations

import pytest

from app.domain.scheme import rules_hash
from app.paths import resource
from app.sheets.scheme_files import read_scheme


@pytest.mark.parametrize(
    ("template", "event", "expected"),
    [
        (
            "robot-operation",
            "ROBOT",
            "6e8ed996936f87680a83bf5b1ac8b69e9f29bc169bb428a5ba6aee062c202b01",
        ),
        (
            "panel-performance",
            "STAGE",
            "62c2fff6a9d24ac9779d3bb6e3eca7e64c52811a72bc076479d8e767ddb33db6",
        ),
    ],
)
def test_the_shipped_templates_keep_the_hash_they_were_released_with(
    template: str, event: str, expected: str
) -> None:
    scheme = read_scheme(resource("schemes", f"{template}.toml")).scheme
    assert {one.code: rules_hash(one) for one in scheme.events} == {event: expected}
