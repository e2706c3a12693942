"""A list in an older encoding is read as the text that was written, and no Chinese list suffers."""

from __future__ import annotations

import pytest

from app.sheets.delimited import decode

TAIWAN = """number,name,unit,trade
01,樣例選手甲,樣例電力工廠,機器人系統
02,樣例選手乙,樣例電信公司,網路維護
"""
JAPAN = """number,name,unit,trade
01,見本選手一,見本製鉄所,ロボット操作
02,見本選手二,見本造船所,溶接
"""
KOREA = """number,name,unit,trade
01,견본선수일,견본조선소,로봇운영
02,견본선수이,견본제철소,용접기능
03,견본선수삼,견본전력공사,통신망유지보수
"""
MAINLAND = """number,name,unit,trade
01,样例选手甲,样例一厂,机器人系统
02,样例选手㛃,样例镕喆厂,光纤熔接
"""


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TAIWAN, "big5"),
        (TAIWAN, "cp950"),
        (JAPAN, "shift_jis"),
        (JAPAN, "cp932"),
        (KOREA, "euc_kr"),
        (KOREA, "cp949"),
        (MAINLAND, "gb18030"),
        (TAIWAN, "gb18030"),
        (JAPAN, "gb18030"),
        *((text, "utf-8") for text in (TAIWAN, JAPAN, KOREA, MAINLAND)),
    ],
)
def test_a_list_is_read_in_the_encoding_it_was_saved_in(text: str, encoding: str) -> None:
    assert decode("list.csv", text.encode(encoding)) == text


@pytest.mark.parametrize(
    "line",
    [
        "01,㛃㛃,喆\n",  # rare characters alone
        "01,陳大文,臺灣電力公司\n",  # traditional ones
        "01,高明,电厂\n",  # a few from A to R, where hangul is
        "01,样例\ue863,样例\n",  # a character of an old input method
        "01,選手,見本\n",
    ],
)
def test_a_list_in_doubt_is_chinese(line: str) -> None:
    assert decode("list.csv", line.encode("gb18030")) == line
