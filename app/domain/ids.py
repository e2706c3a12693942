"""Identifiers of the domain, each its own type so that one cannot be passed for another.

Every id is short text that can be read aloud from paper. None of them is derived from a person's
data: an entry id says nothing about who the competitor is.
"""

from __future__ import annotations

from typing import NewType

EventCode = NewType("EventCode", str)
"""赛项代码: one event of a competition, e.g. ``ROBOT``."""

ModuleId = NewType("ModuleId", str)
"""模块: one timed and marked part of an event, e.g. ``A``. Unique within its event."""

SubcriterionId = NewType("SubcriterionId", str)
"""评分子项: aspects marked together by one panel, e.g. ``A1``."""

AspectId = NewType("AspectId", str)
"""评分点: one thing assessed, e.g. ``A1.3``. Unique within its event."""

ComponentId = NewType("ComponentId", str)
"""成绩组成: theory (理论) or practice (实操); modules add up to it."""

EntryId = NewType("EntryId", str)
"""参赛编号: one competitor or team in one event, unique in the file, e.g. ``ROBOT-07``."""

WorkCode = NewType("WorkCode", str)
"""加密号: the code a work carries while it is marked blind. Unique within event and module."""

WorkplaceId = NewType("WorkplaceId", str)
"""赛位号: the bench or stage a competitor works at."""

JudgeId = NewType("JudgeId", str)
"""裁判编号: ``J1`` ... ``Jn``. A mark a whole panel agrees on is given by ``PANEL``."""

StationId = NewType("StationId", str)
"""工作站: four characters chosen at random when a laptop first writes into a file."""

OpId = NewType("OpId", str)
"""记录号: ``S7K2-000042``, station and sequence number, readable on paper."""

CertificateNumber = NewType("CertificateNumber", str)
"""证书编号, with its check character; never used twice."""

PANEL = JudgeId("PANEL")
"""The judge id of a value that a marking team agrees on as one (measurement, 结果评分)."""
