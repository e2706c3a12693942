"""How an event is divided: what is ranked and awarded apart, as part of its rules (组别)."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class DividedBy(StrEnum):
    """What parts the entries of an event.

    By members there are individuals and teams (个人、团体), whatever the size of a team; by group
    there is a division for every group on the roster (职工组、学生组).
    """

    MEMBERS = "members"
    GROUP = "group"


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """组别: a group by the name it has on the roster. Groups are printed in the order listed."""

    name: str
    name_en: str = ""
