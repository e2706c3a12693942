"""The sample entrants and judges. None of them exists: every name says that it is a sample.

The ID numbers carry a region code that was never given out, 999999, and a right check character, so
that they pass the same checks as real ones and can be no one's.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from app.sheets.id_numbers import check_character
from app.words import Language

UNITS: Mapping[Language, tuple[str, ...]] = {
    "zh": (
        "样例第一汽车制造厂",
        "样例重型机械集团",
        "样例轨道客车公司",
        "样例发动机公司",
        "样例化工集团",
        "样例光电仪器厂",
        "样例电力设备厂",
        "样例职业技术学院",
        "样例木业公司",
    ),
    "en": (
        "Sample Motor Works",
        "Sample Heavy Machinery",
        "Sample Railway Vehicles",
        "Sample Engine Works",
        "Sample Chemicals",
        "Sample Instruments",
        "Sample Power Equipment",
        "Sample Technical College",
        "Sample Joinery",
    ),
}
JUDGE_UNITS: Mapping[Language, tuple[str, ...]] = {
    "zh": ("样例技师学院", "样例机器人协会", "样例检测中心", "样例大学", "样例鉴定中心"),
    "en": (
        "Sample Institute",
        "Sample Robot Association",
        "Sample Test Centre",
        "Sample University",
        "Sample Assessment Centre",
    ),
}

_NAMES: Mapping[Language, str] = {"zh": "样例选手{:02d}", "en": "Sample Entrant {:02d}"}
_JUDGES: Mapping[Language, str] = {"zh": "样例裁判{:02d}", "en": "Sample Judge {:02d}"}
_HEADINGS = ("姓名", "身份证号", "工作单位", "参赛编号", "备注")


def write_sample_roster(path: Path, entries: int, language: Language) -> None:
    """A roster as an organiser would hand it over, UTF-8 with the mark that Excel wants."""
    units = UNITS[language]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(_HEADINGS)
        for number in range(1, entries + 1):
            name, unit = sample_name(number, language), units[(number - 1) % len(units)]
            rows.writerow((name, _id_number(number), unit, f"{number:02d}", "样例"))


def sample_name(number: int, language: Language) -> str:
    """样例选手01, Sample Entrant 02 ..."""
    return _NAMES[language].format(number)


def sample_judges(language: Language) -> list[tuple[str, str]]:
    """Five judges with their units, none of which is an entrant's."""
    units = JUDGE_UNITS[language]
    return [(_JUDGES[language].format(number), unit) for number, unit in enumerate(units, start=1)]


def _id_number(number: int) -> str:
    month, day = number % 12 + 1, number % 28 + 1
    digits = f"999999{1980 + number % 25}{month:02d}{day:02d}{number % 1000:03d}"
    return digits + check_character(digits)
