"""How an invented person's needs are found and planned for."""

from __future__ import annotations

from typing import Final

from domain.codes import NeedSource, Pathway, Role, TreatmentNeed
from domain.commands import RecordPlan, RecordScreening
from domain.facts import PathwayAnswer, PathwayStatus, PlanAction
from infra.demo.case import Case
from infra.demo.diary import Diary

_SOURCES: Final = (
    (NeedSource.SELF_REPORT, NeedSource.PRISON_RECORD),
    (NeedSource.SELF_REPORT, NeedSource.OASYS, NeedSource.PROBATION),
    (NeedSource.SELF_REPORT, NeedSource.HEALTH, NeedSource.PREVIOUS_CONVICTIONS),
    (NeedSource.SELF_REPORT,),
)
_OWNERS: Final = {
    Pathway.DRUGS_AND_ALCOHOL: Role.HEALTHCARE,
    Pathway.HEALTH: Role.HEALTHCARE,
    Pathway.ATTITUDES_THINKING_AND_BEHAVIOUR: Role.PROBATION,
}


def screening(diary: Diary) -> None:
    """Answer all seven pathways and the treatment need."""
    case = diary.case
    diary.write(
        RecordScreening(
            on=case.after_start(1),
            answers=tuple(_answer(case, each) for each in Pathway),
            treatment=case.found,
        )
    )


def plan(diary: Diary) -> None:
    """Plan an action for every need."""
    case = diary.case
    wanted = [each for each in Pathway if _needs(case, each)]
    actions = tuple(
        PlanAction(
            id=f"p{place}",
            pathway=pathway,
            owner=_OWNERS.get(pathway, Role.RESETTLEMENT),
            due_on=case.before(14),
        )
        for place, pathway in enumerate(wanted, start=1)
    )
    contingency = "relapse-plan" if case.found.believed_drug_free else None
    diary.write(RecordPlan(on=case.after_start(3), actions=actions, contingency=contingency))


def _needs(case: Case, pathway: Pathway) -> bool:
    if pathway is Pathway.DRUGS_AND_ALCOHOL:
        return case.found.need is TreatmentNeed.NEEDED
    return case.choose((True, False, False), pathway)


def _answer(case: Case, pathway: Pathway) -> PathwayAnswer:
    needed = _needs(case, pathway)
    status = PathwayStatus.SUPPORT_REQUIRED if needed else PathwayStatus.SUPPORT_NOT_REQUIRED
    sources = case.choose(_SOURCES, f"source {pathway}")
    why = f"demo-why-{pathway}".replace("_", "-") if needed else None
    return PathwayAnswer(pathway=pathway, status=status, sources=sources, why_note=why)
