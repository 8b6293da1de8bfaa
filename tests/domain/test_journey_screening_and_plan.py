"""Screening and plan: every clause of what satisfies them, and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.codes import NeedSource, Pathway, Role, Substance, SubstanceGroup, TreatmentNeed
from domain.commands import RecordActionOutcome, RecordPlan, RecordRelease, RecordScreening
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import (
    ActionOutcome,
    PathwayAnswer,
    PathwayStatus,
    PlanAction,
    TreatmentPicture,
)
from domain.journey import Step
from domain.state import Closure
from tests.builders import Journey, a_plan, a_screening, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    OPEN,
    STARTS_ON,
    day,
    lapses_of,
    london,
    move_to,
    refused,
    screened,
    stands,
    state_of,
)

SOURCES = (NeedSource.SELF_REPORT, NeedSource.OASYS)
UNKNOWN = TreatmentPicture(need=TreatmentNeed.NOT_YET_KNOWN)
NO_NEED = TreatmentPicture(need=TreatmentNeed.NOT_NEEDED)


def answered(pathway: Pathway, status: PathwayStatus, why: str | None = None) -> PathwayAnswer:
    return PathwayAnswer(pathway=pathway, status=status, sources=SOURCES, why_note=why)


def all_answers(*needs: Pathway) -> tuple[PathwayAnswer, ...]:
    required, none = PathwayStatus.SUPPORT_REQUIRED, PathwayStatus.SUPPORT_NOT_REQUIRED
    return tuple(
        answered(each, required, "why-1") if each in needs else answered(each, none)
        for each in Pathway
    )


def action(pathway: Pathway, number: int = 1) -> PlanAction:
    due_on = STARTS_ON + timedelta(days=20)
    return PlanAction(id=f"act-{number}", pathway=pathway, owner=Role.PROBATION, due_on=due_on)


def test_a_screening_is_done_when_seven_pathways_and_the_treatment_need_are_answered() -> None:
    journey = Journey()
    journey.submit(a_screening(STARTS_ON))

    assert stands(journey, Step.SCREENING) is DONE
    assert state_of(journey, Step.SCREENING).on == STARTS_ON


@pytest.mark.parametrize("left_out", list(Pathway))
def test_a_screening_that_leaves_a_pathway_out_stays_open(left_out: Pathway) -> None:
    journey = Journey()
    answers = tuple(each for each in all_answers() if each.pathway is not left_out)
    journey.submit(RecordScreening(on=STARTS_ON, answers=answers, treatment=an_opiate_picture()))

    assert stands(journey, Step.SCREENING) is OPEN


@pytest.mark.parametrize("picture", [None, UNKNOWN])
def test_a_screening_without_a_known_treatment_need_stays_open(
    picture: TreatmentPicture | None,
) -> None:
    journey = Journey()
    journey.submit(RecordScreening(on=STARTS_ON, answers=all_answers(), treatment=picture))

    assert stands(journey, Step.SCREENING) is OPEN


def test_a_screening_may_be_held_in_several_sittings() -> None:
    journey, answers = Journey(), all_answers(Pathway.HEALTH)
    journey.submit(RecordScreening(on=STARTS_ON, answers=answers[:3]))
    journey.submit(RecordScreening(on=STARTS_ON, answers=answers[3:]))
    journey.submit(RecordScreening(on=STARTS_ON, treatment=an_opiate_picture()))

    assert stands(journey, Step.SCREENING) is DONE


def test_a_need_must_say_why() -> None:
    with pytest.raises(ValidationError, match="why_note"):
        answered(Pathway.HEALTH, PathwayStatus.SUPPORT_REQUIRED)


def test_an_answer_must_name_the_sources_that_were_checked() -> None:
    with pytest.raises(ValidationError, match="sources"):
        PathwayAnswer(pathway=Pathway.HEALTH, status=PathwayStatus.SUPPORT_DECLINED, sources=())


@pytest.mark.parametrize(
    ("sources", "flagged"),
    [
        ((NeedSource.SELF_REPORT,), True),
        ((NeedSource.SELF_REPORT, NeedSource.HEALTH), False),
        ((NeedSource.PRISON_RECORD,), False),
    ],
)
def test_an_answer_from_the_persons_word_alone_is_flagged(
    sources: tuple[NeedSource, ...], flagged: bool
) -> None:
    status = PathwayStatus.SUPPORT_NOT_REQUIRED
    answer = PathwayAnswer(pathway=Pathway.HEALTH, status=status, sources=sources)

    assert answer.self_report_only is flagged


def test_a_treatment_need_must_name_a_substance_or_a_group() -> None:
    with pytest.raises(ValidationError, match="substances"):
        TreatmentPicture(need=TreatmentNeed.NEEDED)


@pytest.mark.parametrize(
    ("picture", "group"),
    [
        ({"substances": (Substance.CRACK, Substance.ALCOHOL)}, "non_opiate_and_alcohol"),
        ({"substances": (Substance.HEROIN, Substance.ALCOHOL)}, "opiate"),
        ({"stated_group": SubstanceGroup.ALCOHOL_ONLY}, "alcohol_only"),
        ({"substances": (Substance.CANNABIS,), "stated_group": "opiate"}, "non_opiate_only"),
    ],
)
def test_the_group_follows_from_the_substances_before_what_another_system_says(
    picture: dict[str, object], group: str
) -> None:
    known = TreatmentPicture.model_validate({"need": "needed", **picture})

    assert known.group == group


def test_one_pathway_answered_twice_is_refused() -> None:
    answer = answered(Pathway.HEALTH, PathwayStatus.SUPPORT_DECLINED)
    refusal = refused(Journey(), RecordScreening(on=STARTS_ON, answers=(answer, answer)))

    assert (refusal.code, refusal.field) == (Refusal.INCOMPLETE, "answers")


def test_an_empty_screening_is_refused() -> None:
    assert refused(Journey(), RecordScreening(on=STARTS_ON)).code is Refusal.INCOMPLETE


def test_a_screening_that_lapsed_can_still_be_done_and_its_lateness_stays() -> None:
    journey = move_to(Journey(), day("2026-09-15"))
    journey.submit(a_screening(day("2026-09-15")))

    assert stands(journey, Step.SCREENING) is DONE
    assert lapses_of(journey, Step.SCREENING) == [london("2026-09-09 17:00")]
    assert state_of(journey, Step.SCREENING).lapses == 1


def test_a_screening_held_before_the_release_may_be_recorded_after_it() -> None:
    journey = move_to(Journey(), day("2026-09-09"))
    journey.submit(RecordRelease(at=journey.now, naloxone_in_hand=True))

    journey.submit(a_screening(day("2026-09-08")))

    assert stands(journey, Step.SCREENING) is DONE


def test_a_screening_after_the_release_is_refused() -> None:
    journey = move_to(Journey(), day("2026-09-09"))
    journey.submit(RecordRelease(at=journey.now, naloxone_in_hand=True))
    move_to(journey, day("2026-09-11"))

    assert refused(journey, a_screening(day("2026-09-10"))).code is Refusal.ALREADY_RELEASED


def test_a_plan_is_done_when_each_need_has_an_action() -> None:
    journey = Journey()
    needs = (Pathway.HEALTH, Pathway.ACCOMMODATION)
    answers = all_answers(*needs)
    journey.submit(RecordScreening(on=STARTS_ON, answers=answers, treatment=an_opiate_picture()))

    journey.submit(RecordPlan(on=STARTS_ON, actions=(action(Pathway.HEALTH),)))
    assert stands(journey, Step.PLAN) is OPEN

    journey.submit(RecordPlan(on=STARTS_ON, actions=(action(Pathway.ACCOMMODATION, 2),)))
    assert stands(journey, Step.PLAN) is DONE


def test_a_plan_before_the_screening_is_refused() -> None:
    assert refused(Journey(), a_plan(STARTS_ON)).code is Refusal.OUT_OF_ORDER


def test_a_need_found_later_opens_the_plan_again() -> None:
    journey = screened()
    found = answered(Pathway.FINANCE_AND_ID, PathwayStatus.SUPPORT_REQUIRED, "why-2")
    journey.submit(RecordScreening(on=day("2026-09-08"), answers=(found,)))

    assert stands(journey, Step.PLAN) is OPEN


@pytest.mark.parametrize(
    ("drug_free", "opiate_history", "contingency", "done"),
    [
        (True, True, None, False),
        (True, True, "note-1", True),
        (True, False, None, True),
        (False, True, None, True),
    ],
)
def test_a_person_believed_drug_free_after_opiates_needs_a_contingency(
    drug_free: bool, opiate_history: bool, contingency: str | None, done: bool
) -> None:
    picture = TreatmentPicture(
        need=TreatmentNeed.NEEDED,
        stated_group=SubstanceGroup.ALCOHOL_ONLY,
        opiate_history=opiate_history,
        believed_drug_free=drug_free,
    )
    journey = Journey()
    journey.submit(a_screening(STARTS_ON, picture))
    plan = RecordPlan(
        on=STARTS_ON, actions=(action(Pathway.DRUGS_AND_ALCOHOL),), contingency=contingency
    )
    journey.submit(plan)

    assert (stands(journey, Step.PLAN) is DONE) is done


def test_a_contingency_is_not_lost_when_the_plan_grows() -> None:
    journey = Journey()
    journey.submit(a_screening(STARTS_ON, an_opiate_picture(believed_drug_free=True)))
    journey.submit(RecordPlan(on=STARTS_ON, contingency="note-1"))
    journey.submit(a_plan(STARTS_ON))

    assert journey.state.contingency == "note-1"
    assert stands(journey, Step.PLAN) is DONE


def test_a_referral_sent_is_no_outcome_of_an_action() -> None:
    with pytest.raises(ValidationError):
        RecordActionOutcome.model_validate(
            {"on": STARTS_ON, "action": "act-1", "outcome": "referral_sent"}
        )


def test_an_action_ends_with_an_outcome_and_its_day() -> None:
    journey = screened()
    on = day("2026-09-08")
    journey.submit(RecordActionOutcome(on=on, action="act-1", outcome=ActionOutcome.ATTENDED))

    (closed,) = journey.state.actions
    assert (closed.outcome, closed.outcome_on) == (ActionOutcome.ATTENDED, on)


def test_a_person_with_no_treatment_need_leaves_after_the_plan_with_that_reason() -> None:
    journey = Journey()
    answers = all_answers(Pathway.HEALTH)
    journey.submit(RecordScreening(on=STARTS_ON, answers=answers, treatment=NO_NEED))
    assert journey.state.is_open
    referral = state_of(journey, Step.REFERRAL)
    assert (referral.status, referral.reason) == ("not_needed", "no_treatment_need")

    events = journey.submit(RecordPlan(on=STARTS_ON, actions=(action(Pathway.HEALTH),)))

    assert journey.state.closure is Closure.NO_TREATMENT_NEED
    assert events[-1].kind is EventKind.RELEASE_CLOSED


def test_a_person_with_no_need_and_no_plan_leaves_at_the_gate_without_being_chased() -> None:
    journey = Journey()
    journey.submit(RecordScreening(on=STARTS_ON, answers=all_answers(), treatment=NO_NEED))
    journey.submit(RecordRelease(at=journey.now, naloxone_in_hand=True))

    assert journey.state.closure is Closure.NO_TREATMENT_NEED
