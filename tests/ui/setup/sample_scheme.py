"""A scheme of two modules, one of them judged by three."""

from __future__ import annotations

from decimal import Decimal

from app.domain.ids import AspectId, EventCode, ModuleId, SubcriterionId
from app.domain.methods import Judgement
from app.domain.scheme import Aspect, Competition, Event, Module, Scheme, Subcriterion


def sample_scheme() -> Scheme:
    judged = Aspect(
        id=AspectId("A1.1"),
        name="样例评判",
        max=Decimal(40),
        method=Judgement(),
        descriptors=("差", "合格", "良", "优"),
    )
    measured = Aspect(id=AspectId("B1.1"), name="样例测量", max=Decimal(60))

    def module(name: str, aspect: Aspect) -> Module:
        part = Subcriterion(id=SubcriterionId(f"{name}1"), name="样例子项", aspects=(aspect,))
        return Module(
            id=ModuleId(name), name=f"样例模块{name}", limit_minutes=60, subcriteria=(part,)
        )

    event = Event(
        code=EventCode("ROBOT"),
        name="样例赛项",
        modules=(module("A", judged), module("B", measured)),
    )
    competition = Competition(code="S-1", title="样例竞赛", venue="样例赛场")
    return Scheme(competition=competition, events=(event,))
