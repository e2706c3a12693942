"""Plainly sample contents for the papers under test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.reports.certificate import CertificateContent
from app.reports.paper import Heading, Imprint, Signature
from app.reports.results_list import ResultRow, ResultsList

HEADING = Heading("第四届样例省职工职业技能大赛决赛", "工业机器人系统运维员")
HASH = "3fa29c1be07d44518ac6d2f09be1573c8842aa10f5d3bb7e62c1904ed8f7a653"
PUBLISHED = Imprint("2025-11-16 09:42", HASH, 2)
PROVISIONAL = Imprint("2025-11-16 02:10", HASH, 0, provisional=True)
PLAIN = Imprint("2025-11-15 08:30", reference="S7K2-000412")
SIGNATURES = (
    Signature("裁判长", "样例裁判01"),
    Signature("监督", "样例监督01"),
    Signature("仲裁"),
)


def certificate(name: str = "样例选手01", **changes: Any) -> CertificateContent:
    content = CertificateContent(
        entry="07",
        number="JL4-2025-ROBOT-1-0001-K",
        name=name,
        unit="样例一厂",
        award="一等奖",
        event="工业机器人系统运维员",
        competition="第四届样例省职工职业技能大赛决赛",
        issuers=("样例省总工会", "样例省人力资源和社会保障厅"),
        date="二〇二五年十一月十六日",
        qr="PL1:JL4-2025-ROBOT-1-0001-K:3fa29c1be07d",
    )
    return replace(content, **changes)


def results(
    *, rows: int = 10, modules: int = 3, imprint: Imprint = PUBLISHED, **changes: Any
) -> ResultsList:
    ranked = tuple(
        ResultRow(
            rank=str(number),
            entry=f"{number:04d}",
            name=f"样例选手{number:04d}",
            unit="样例一厂",
            modules=("20.50",) * modules,
            total="61.50",
            award="一等奖" if number == 1 else "",
        )
        for number in range(1, rows + 1)
    )
    titles = tuple(f"M{number}" for number in range(1, modules + 1))
    content = ResultsList(HEADING, imprint, titles, ranked, signatures=SIGNATURES)
    return replace(content, **changes)
