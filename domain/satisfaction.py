"""What satisfies each step, as a pure reading of the facts recorded so far.

A step is never ticked off: it is done exactly when its facts say so, and open again when they no
longer do (an appointment moved beyond the cover). A change to what a step asks for changes this
file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from domain.answers import (
    DONE,
    LEFT_EARLY,
    NO_CONDITION,
    NO_NEED,
    NO_OPIATE_HISTORY,
    OPEN,
    OUTSIDE_WINDOW,
    OVERTAKEN,
    Answer,
)
from domain.codes import HandoverParty, Pathway, TreatmentNeed
from domain.continuity import is_covered, is_inside_cover, is_last_dose_confirmed
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
from domain.state import Release

BOTH_AGENCIES: Final = 2
"""How many agencies a near-miss review must name (R118)."""


_TREATMENT_STEPS: Final = frozenset(
    {
        *(Step.REFERRAL, Step.PRESCRIPTION, Step.APPOINTMENT, Step.HANDOVER),
        *(Step.FIRST_CONTACT, Step.ENGAGEMENT),
    }
)


_ON_THE_WAY: Final = frozenset({Step.REFERRAL, Step.PRESCRIPTION, Step.APPOINTMENT, Step.HANDOVER})
"""What brings a person to treatment, and is past once treatment has started."""


def answer_of(state: Release, step: Step, rules: Rules) -> Answer:
    """Return how `step` stands by the facts recorded so far."""
    answer = _ANSWERS[step](state, rules)
    if answer is OPEN and step in _ON_THE_WAY and state.treatment_start is not None:
        return OVERTAKEN
    if answer is OPEN and step in _TREATMENT_STEPS and has_no_need(state):
        return NO_NEED
    return answer


def has_no_need(state: Release) -> bool:
    """Return whether the screening found that no drug or alcohol treatment is needed."""
    return state.treatment is not None and state.treatment.need is TreatmentNeed.NOT_NEEDED


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
    return _done_if(is_covered(state, rules) and is_last_dose_confirmed(state))


def _naloxone(state: Release, _: Rules) -> Answer:
    given, picture = state.naloxone, state.treatment
    settled = (NaloxoneAnswer.SUPPLIED_AND_TRAINED, NaloxoneAnswer.DECLINED)
    if given is not None and given.answer in settled and given.conversation_by is not None:
        return DONE
    known = picture is not None and picture.need is not TreatmentNeed.NOT_YET_KNOWN
    return NO_OPIATE_HISTORY if picture and known and not picture.has_opiate_history else OPEN


def _appointment(state: Release, rules: Rules) -> Answer:
    latest = state.leaves_on + timedelta(days=rules.policy.engagement.window_to_day)
    for each in state.standing_appointments:
        on = london_date(each.at)
        known = each.place is not None and each.told_on is not None
        if known and state.leaves_on <= on <= latest and is_inside_cover(state, on, rules):
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


def _retention(state: Release, rules: Rules) -> Answer:
    start, retention = state.treatment_start, state.retention
    if start is None or retention is None:
        return OPEN
    if retention.outcome is RetentionOutcome.LEFT_EARLY:
        return LEFT_EARLY
    if retention.outcome is RetentionOutcome.LEFT_TREATMENT_COMPLETE:
        return DONE
    return _done_if((retention.on - start.on).days >= rules.policy.engagement.retention_days)


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
