"""What satisfies each step, as a pure reading of the facts recorded so far.

A step is never ticked off: it is done exactly when its facts say so, and open again when they no
longer do (an appointment moved beyond the cover). A change to what a step asks for changes this
file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from domain.codes import HandoverParty, Pathway, TreatmentNeed
from domain.cover import CoverReport, check_cover
from domain.facts import (
    AppointmentStatus,
    ConditionStatus,
    Essential,
    NaloxoneAnswer,
    NearMissReview,
    PathwayStatus,
    ReferralStatus,
    RetentionOutcome,
)
from domain.journey import Step
from domain.london_time import london_date
from domain.rules import Rules
from domain.state import Release, StepStatus

BOTH_AGENCIES: Final = 2
"""How many agencies a near-miss review must name (R118)."""


class Answer(NamedTuple):
    """How a step stands by its facts; `reason` is the automatic code of anything but done."""

    status: StepStatus
    reason: str | None = None


OPEN: Final = Answer(StepStatus.OPEN)
DONE: Final = Answer(StepStatus.DONE)
NO_NEED: Final = Answer(StepStatus.NOT_NEEDED, "no_treatment_need")
NO_OPIATE_HISTORY: Final = Answer(StepStatus.NOT_NEEDED, "no_opiate_history")
NO_CONDITION: Final = Answer(StepStatus.NOT_NEEDED, "no_condition_requested")
OUTSIDE_WINDOW: Final = Answer(StepStatus.MISSED, "started_outside_window")
LEFT_EARLY: Final = Answer(StepStatus.MISSED, "left_treatment_early")

AUTOMATIC_REASONS: Final = frozenset(
    each.reason for each in (NO_NEED, NO_OPIATE_HISTORY, NO_CONDITION, OUTSIDE_WINDOW, LEFT_EARLY)
)
"""Reasons that the facts gave and the facts can take back; any other was given by a person."""

_TREATMENT_STEPS: Final = frozenset(
    {Step.REFERRAL, Step.PRESCRIPTION, Step.APPOINTMENT, Step.HANDOVER}
)


def answer_of(state: Release, step: Step, rules: Rules) -> Answer:
    """Return how `step` stands by the facts recorded so far."""
    if step in _TREATMENT_STEPS and has_no_need(state):
        return NO_NEED
    return _ANSWERS[step](state, rules)


def has_no_need(state: Release) -> bool:
    """Return whether the screening found that no drug or alcohol treatment is needed."""
    return state.treatment is not None and state.treatment.need is TreatmentNeed.NOT_NEEDED


def cover_report(state: Release, rules: Rules) -> CoverReport | None:
    """Return the day-by-day cover from release to the first community prescriber.

    None while no prescription is recorded.
    """
    if state.prescription is None:
        return None
    return check_cover(
        state.prescription.supplies,
        nation=state.nation,
        from_on=state.leaves_on,
        until_on=prescriber_on(state),
        pharmacy=state.prescription.pharmacy,
        calendar=rules.calendar,
        limits=rules.policy.cover.limits,
    )


def prescriber_on(state: Release) -> date | None:
    """Return the day of the first community prescriber, from the record or an appointment."""
    if state.prescription and state.prescription.prescriber_on:
        return state.prescription.prescriber_on
    booked = (each for each in state.standing_appointments if each.with_prescriber)
    return next((london_date(each.at) for each in booked), None)


def covered_until(report: CoverReport) -> date | None:
    """Return the last day of unbroken cover, None when the first day is uncovered already."""
    last = None
    for day in report.days:
        if not day.covered:
            break
        last = day.on
    return last


def _done_if(satisfied: bool) -> Answer:  # noqa: FBT001 - the whole meaning of the function
    return DONE if satisfied else OPEN


def _screening(state: Release, _: Rules) -> Answer:
    known = state.treatment and state.treatment.need is not TreatmentNeed.NOT_YET_KNOWN
    return _done_if(bool(known) and set(state.answers) == set(Pathway))


def _plan(state: Release, _: Rules) -> Answer:
    if state.planned_on is None:
        return OPEN
    required = PathwayStatus.SUPPORT_REQUIRED
    needs = {each.pathway for each in state.answers.values() if each.status is required}
    planned = {each.pathway for each in state.actions}
    return _done_if(needs <= planned and not _contingency_missing(state))


def _contingency_missing(state: Release) -> bool:
    picture = state.treatment
    wanted = picture and picture.believed_drug_free and picture.has_opiate_history
    return bool(wanted) and state.contingency is None


def _referral(state: Release, _: Rules) -> Answer:
    live = state.live_referral
    return _done_if(live is not None and live.status is ReferralStatus.ACCEPTED)


def _prescription(state: Release, rules: Rules) -> Answer:
    report = cover_report(state, rules)
    confirmed = state.last_dose is not None and state.last_dose.with_prescriber
    return _done_if(report is not None and report.is_continuous and confirmed)


def _naloxone(state: Release, _: Rules) -> Answer:
    if state.treatment and not state.treatment.has_opiate_history and state.naloxone is None:
        unknown = state.treatment.need is TreatmentNeed.NOT_YET_KNOWN
        return OPEN if unknown else NO_OPIATE_HISTORY
    given = state.naloxone
    settled = (NaloxoneAnswer.SUPPLIED_AND_TRAINED, NaloxoneAnswer.DECLINED)
    return _done_if(
        given is not None and given.answer in settled and given.conversation_by is not None
    )


def _appointment(state: Release, rules: Rules) -> Answer:
    report = cover_report(state, rules)
    until = covered_until(report) if report else None
    latest = state.leaves_on + timedelta(days=rules.policy.engagement.window_to_day)
    for each in state.standing_appointments:
        on = london_date(each.at)
        known = each.place is not None and each.told_on is not None
        inside_cover = report is None or (until is not None and on <= until)
        if known and inside_cover and state.leaves_on <= on <= latest:
            return DONE
    return OPEN


def _essentials(state: Release, _: Rules) -> Answer:
    return _done_if(set(state.essentials) == set(Essential))


def _licence(state: Release, _: Rules) -> Answer:
    over = ConditionStatus.WITHDRAWN
    wanted = [each.status for each in state.conditions.values() if each.status is not over]
    if not wanted:
        return NO_CONDITION
    return _done_if(all(each is ConditionStatus.EVIDENCED for each in wanted))


def _handover(state: Release, _: Rules) -> Answer:
    return _done_if(
        state.handover is not None and set(state.handover.acknowledged) == set(HandoverParty)
    )


def _release(state: Release, _: Rules) -> Answer:
    return _done_if(state.released is not None)


def _first_contact(state: Release, _: Rules) -> Answer:
    attended = AppointmentStatus.ATTENDED
    seen = any(each.status is attended for each in state.appointments)
    return _done_if(seen or state.treatment_start is not None)


def _engagement(state: Release, rules: Rules) -> Answer:
    if state.treatment_start is None or state.released is None:
        return OPEN
    days = (state.treatment_start.on - state.released.on).days
    window = rules.policy.engagement
    inside = window.window_from_day <= days <= window.window_to_day
    return DONE if inside else OUTSIDE_WINDOW


def _retention(state: Release, _: Rules) -> Answer:
    if state.retention is None:
        return OPEN
    early = state.retention.outcome is RetentionOutcome.LEFT_EARLY
    return LEFT_EARLY if early else DONE


def _review(state: Release, _: Rules) -> Answer:
    return _done_if(bool(state.reviews) and all(is_complete(each) for each in state.reviews))


def is_complete(review: NearMissReview) -> bool:
    """Return whether a review has contact, both agencies, an outcome and who was told (R119)."""
    agencies = len(set(review.agencies)) >= BOTH_AGENCIES
    return bool(review.contacted_on and agencies and review.outcome and review.told)


def _safeguarding(state: Release, _: Rules) -> Answer:
    return _done_if(state.safeguarding_referred_on is not None)


_ANSWERS: Final[dict[Step, Callable[[Release, Rules], Answer]]] = {
    Step.SCREENING: _screening,
    Step.PLAN: _plan,
    Step.REFERRAL: _referral,
    Step.PRESCRIPTION: _prescription,
    Step.NALOXONE: _naloxone,
    Step.APPOINTMENT: _appointment,
    Step.ESSENTIALS: _essentials,
    Step.LICENCE: _licence,
    Step.HANDOVER: _handover,
    Step.RELEASE: _release,
    Step.FIRST_CONTACT: _first_contact,
    Step.ENGAGEMENT: _engagement,
    Step.RETENTION: _retention,
    Step.REVIEW: _review,
    Step.SAFEGUARDING: _safeguarding,
}
