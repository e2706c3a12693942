"""The smallest event there can be, as the files that a script would hand over."""

from __future__ import annotations

SCHEME = """
[competition]
code = "S"
title = "样例竞赛"
title_en = "Sample Contest"

[[events]]
code = "WELD"
name = "焊接"
name_en = "Welding"

[[events.modules]]
id = "A"
name = "平焊"
name_en = "Flat welds"
blind = false

[[events.modules.subcriteria]]
id = "A1"
name = "外观"

[[events.modules.subcriteria.aspects]]
id = "A1.1"
name = "尺寸"
max = "60"
method = { method = "direct" }

[[events.modules.subcriteria.aspects]]
id = "A1.2"
name = "外观评判"
max = "40"
method = { method = "judgement" }
"""
ROSTER = "参赛编号,姓名,单位\n01,样例选手01,样例一厂\n02,样例选手02,样例二厂\n"
MARKS = (
    "entry,aspect,judge,value\n"
    "01,A1.1,,55.5\n01,A1.2,J1,3\n01,A1.2,J2,3\n01,A1.2,J3,2\n"
    "02,A1.1,,60\n02,A1.2,J1,1\n02,A1.2,J2,1\n02,A1.2,J3,1\n"
)
