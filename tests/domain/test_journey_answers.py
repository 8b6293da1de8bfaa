"""Not needed and declined: coded answers that stay visible and can be taken back."""

from __future__ import annotations

import pytest

from domain.commands import (
    AcceptReferral,
    Command,
    MarkNotNeeded,
    RecordDeclined,
    ReopenStep,
    SendReferral,
)
from domain.errors import Refusal
from domain.events import EventKind
from domain.journey import Step
from domain.state import LadderStatus
from tests.builders import SERVICE, Journey, an_opiate_picture
from tests.domain.journeys import (
    DECLINED,
    DONE,
    NOT_NEEDED,
    OPEN,
    STARTS_ON,
    day,
    first_lapse,
    kinds,
    ladder,
    london,
    move_to,
    refused,
    released,
    screened,
    stands,
    state_of,
)

ON = day("2026-09-08")

NOT_NEEDED_FOR = [
    *((Step.REFERRAL, each) for each in ("already_in_treatment", "going_abroad")),
    *((Step.PRESCRIPTION, each) for each in ("no_medicine", "completed_in_prison")),
    (Step.NALOXONE, "already_has_naloxone"),
    (Step.APPOINTMENT, "residential_admission"),
    (Step.HANDOVER, "transferring_to_hospital"),
]
MAY_DECLINE = (Step.REFERRAL, Step.PRESCRIPTION, Step.APPOINTMENT, Step.HANDOVER)
ALWAYS_NEEDED = (Step.SCREENING, Step.PLAN, Step.ESSENTIALS, Step.RELEASE)


@pytest.mark.parametrize(("step", "reason"), NOT_NEEDED_FOR)
def test_a_step_is_not_needed_for_a_coded_reason_that_stays_visible(
    step: Step, reason: str
) -> None:
    journey = screened()
    journey.submit(MarkNotNeeded(on=ON, step=step, reason=reason))
    move_to(journey, day("2026-11-30"))

    answer = state_of(journey, step)
    assert (answer.status, answer.reason, answer.on) == (NOT_NEEDED, reason, ON)
    assert step not in journey.state.escalations


@pytest.mark.parametrize("step", MAY_DECLINE)
def test_a_person_may_decline_and_stays_in_the_count(step: Step) -> None:
    journey = screened()
    journey.submit(RecordDeclined(on=ON, step=step, reason="wants_no_contact"))

    answer = state_of(journey, step)
    assert (answer.status, answer.reason) == (DECLINED, "wants_no_contact")
    assert journey.state.treatment is not None
    assert journey.state.treatment.group is not None


def test_a_person_outside_may_decline_contact() -> None:
    journey = released()
    on = day("2026-12-01")
    journey.submit(RecordDeclined(on=on, step=Step.FIRST_CONTACT, reason="wants_no_contact"))

    assert stands(journey, Step.FIRST_CONTACT) is DECLINED
    assert stands(journey, Step.ENGAGEMENT) is OPEN


@pytest.mark.parametrize("step", [*ALWAYS_NEEDED, Step.ENGAGEMENT])
def test_the_outcomes_and_the_work_for_everybody_cannot_be_left_out(step: Step) -> None:
    journey = released() if step is Step.ENGAGEMENT else Journey()

    for command in (
        MarkNotNeeded(on=STARTS_ON, step=step, reason="going_abroad"),
        RecordDeclined(on=STARTS_ON, step=step, reason="wants_no_treatment"),
    ):
        refusal = refused(journey, command)
        assert (refusal.code, refusal.field) == (Refusal.REASON_NOT_ALLOWED, "step")


@pytest.mark.parametrize(
    "command",
    [
        MarkNotNeeded(on=ON, step=Step.REFERRAL, reason="no_medicine"),
        MarkNotNeeded(on=ON, step=Step.NALOXONE, reason="no_opiate_history"),
        RecordDeclined(on=ON, step=Step.REFERRAL, reason="because"),
    ],
)
def test_another_reason_is_refused_with_the_ones_allowed(command: Command) -> None:
    refusal = refused(screened(), command)

    assert (refusal.code, refusal.field) == (Refusal.REASON_NOT_ALLOWED, "reason")
    assert "already_" in refusal.message or "wants_no_treatment" in refusal.message


@pytest.mark.parametrize("step", [Step.SCREENING, Step.FIRST_CONTACT])
def test_a_step_answered_already_or_not_arisen_is_refused(step: Step) -> None:
    declined = RecordDeclined(on=ON, step=step, reason="wants_no_contact")

    assert refused(screened(), declined).code is Refusal.ALREADY_DONE


def test_an_answer_after_the_lapse_ends_the_escalation() -> None:
    journey = move_to(screened(), day("2026-11-25"))
    on = day("2026-11-25")
    journey.submit(MarkNotNeeded(on=on, step=Step.PRESCRIPTION, reason="no_medicine"))

    assert ladder(journey, Step.PRESCRIPTION).status is LadderStatus.CLOSED


def test_a_step_wanted_after_all_is_due_again() -> None:
    journey = screened()
    journey.submit(RecordDeclined(on=ON, step=Step.REFERRAL, reason="wants_no_treatment"))
    journey.submit(ReopenStep(on=ON, step=Step.REFERRAL))

    assert stands(journey, Step.REFERRAL) is OPEN
    assert state_of(journey, Step.REFERRAL).reason is None
    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-10 12:00"))
    assert lapsed_at == london("2026-11-03 17:00")


def test_a_step_opened_again_after_its_time_gets_one_working_day() -> None:
    journey = screened()
    journey.submit(RecordDeclined(on=ON, step=Step.REFERRAL, reason="wants_no_treatment"))
    move_to(journey, london("2026-11-20 15:00"))
    journey.submit(ReopenStep(on=day("2026-11-20"), step=Step.REFERRAL))

    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-27 12:00"))

    assert lapsed_at == london("2026-11-23 17:00")


def test_what_the_facts_answered_nobody_can_open() -> None:
    journey = screened(
        an_opiate_picture(substances=("alcohol",), opiate_treatment=False, opiate_history=False)
    )

    refusal = refused(journey, ReopenStep(on=ON, step=Step.NALOXONE))

    assert refusal.code is Refusal.WRONG_STATE


@pytest.mark.parametrize("step", [Step.REFERRAL, Step.SCREENING, Step.ENGAGEMENT])
def test_only_a_step_somebody_left_out_can_be_opened(step: Step) -> None:
    assert refused(screened(), ReopenStep(on=ON, step=step)).code is Refusal.WRONG_STATE


def test_the_work_done_after_all_counts_before_the_answer() -> None:
    journey = screened()
    journey.submit(RecordDeclined(on=ON, step=Step.REFERRAL, reason="prefers_other_support"))
    events = journey.submit(SendReferral(on=ON, service=SERVICE), AcceptReferral(on=ON))

    assert stands(journey, Step.REFERRAL) is DONE
    assert EventKind.STEP_COMPLETED in kinds(events)
