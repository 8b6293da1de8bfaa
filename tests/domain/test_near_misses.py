"""Near misses and their reviews, and signs of exploitation."""

from __future__ import annotations

import pytest

from domain.codes import Role
from domain.commands import (
    ArrangePrescription,
    Command,
    ConfirmLastDose,
    FlagExploitation,
    MarkNotNeeded,
    RecordNearMiss,
    RecordRetention,
    RecordReview,
    RecordSafeguardingReferral,
    RecordTreatmentStart,
)
from domain.cover import TakeHome
from domain.errors import Refusal
from domain.facts import ExploitationSign, NearMissKind, RetentionOutcome, ReviewOutcome
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus
from tests.builders import SERVICE, Journey, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    OPEN,
    day,
    first_lapse,
    ladder,
    lapses_of,
    london,
    move_to,
    ready,
    refused,
    release,
    released,
    screened,
    stands,
    state_of,
)

ON = day("2026-10-06")
OVERDOSE = RecordNearMiss(on=ON, near_miss=NearMissKind.NON_FATAL_OVERDOSE)
COMPLETE = RecordReview(
    on=ON,
    review="n1",
    contacted_on=ON,
    agencies=("prison-service", "cds-hartlepool"),
    outcome=ReviewOutcome.LEARNING_SHARED,
    told=(Role.PROBATION,),
)


def waiting() -> Journey:
    return move_to(screened(), london("2026-10-06 10:00"))


@pytest.mark.parametrize("kind", list(NearMissKind))
def test_a_near_miss_opens_a_review_that_is_a_matter_of_life(kind: NearMissKind) -> None:
    journey = waiting()
    journey.submit(RecordNearMiss(on=ON, near_miss=kind))

    lapsed_at = first_lapse(journey, Step.REVIEW, london("2026-10-12 12:00"))

    assert lapsed_at == london("2026-10-09 10:00")
    assert ladder(journey, Step.REVIEW).severity is Severity.S1


@pytest.mark.parametrize(
    ("missing", "value"),
    [
        ("contacted_on", None),
        ("agencies", ("prison-service",)),
        ("agencies", ("prison-service", "prison-service")),
        ("outcome", None),
        ("told", ()),
    ],
)
def test_a_review_needs_contact_both_agencies_an_outcome_and_who_was_told(
    missing: str, value: object
) -> None:
    journey = waiting()
    journey.submit(OVERDOSE, COMPLETE.model_copy(update={missing: value}))
    assert stands(journey, Step.REVIEW) is OPEN
    # Whatever is missing, the review stays due.
    assert first_lapse(journey, Step.REVIEW, london("2026-10-12 12:00")) is not None


def test_a_complete_review_closes_and_may_be_put_together_bit_by_bit() -> None:
    journey = waiting()
    journey.submit(OVERDOSE)
    journey.submit(RecordReview(on=ON, review="n1", contacted_on=ON, agencies=("a",)))
    journey.submit(RecordReview(on=ON, review="n1", agencies=("b",), told=(Role.PROVIDER,)))
    assert stands(journey, Step.REVIEW) is OPEN

    journey.submit(RecordReview(on=ON, review="n1", outcome=ReviewOutcome.PRACTICE_CHANGED))

    assert stands(journey, Step.REVIEW) is DONE
    assert journey.state.reviews[0].agencies == ("a", "b")


def test_a_second_near_miss_opens_the_review_again() -> None:
    journey = waiting()
    journey.submit(OVERDOSE, COMPLETE)
    move_to(journey, london("2026-10-20 10:00"))
    again = RecordNearMiss(on=day("2026-10-20"), near_miss=NearMissKind.MISSED_FIRST_NIGHT)
    journey.submit(again)

    assert stands(journey, Step.REVIEW) is OPEN
    lapsed_at = first_lapse(journey, Step.REVIEW, london("2026-10-30 12:00"))
    assert lapsed_at == london("2026-10-23 10:00")


def test_an_unknown_review_is_refused() -> None:
    refusal = refused(waiting(), COMPLETE)

    assert (refusal.code, refusal.field) == (Refusal.UNKNOWN_ITEM, "review")


def test_contact_in_the_future_is_refused() -> None:
    later = COMPLETE.model_copy(update={"contacted_on": day("2026-10-07")})

    assert refused(waiting(), OVERDOSE, later).field == "contacted_on"


# Released without cover


def test_a_release_on_opiate_treatment_without_cover_opens_a_review_by_itself() -> None:
    journey = screened()
    release(journey)

    (review,) = journey.state.reviews
    assert (review.kind, review.happened_on) == (
        NearMissKind.RELEASED_WITHOUT_COVER,
        day("2026-12-01"),
    )
    assert stands(journey, Step.REVIEW) is OPEN


def test_a_release_with_cover_opens_none() -> None:
    assert released().state.reviews == ()


def test_cover_arranged_for_a_later_day_does_not_help_a_person_released_early() -> None:
    journey = ready()
    assert stands(journey, Step.PRESCRIPTION) is DONE
    release(journey, day("2026-11-26"))

    (review,) = journey.state.reviews
    assert review.kind is NearMissKind.RELEASED_WITHOUT_COVER


def test_cover_for_the_day_itself_is_enough_when_only_the_last_dose_is_not_confirmed() -> None:
    journey = move_to(ready(), day("2026-11-20"))
    leaves_on = day("2026-12-01")
    supply = TakeHome(from_on=leaves_on, days=7)
    journey.submit(
        ArrangePrescription(on=day("2026-11-20"), supplies=(supply,)),
        ConfirmLastDose(on=day("2026-11-20"), with_prescriber=False, with_pharmacy=True),
    )
    release(journey)

    assert journey.state.reviews == ()
    assert stands(journey, Step.PRESCRIPTION) is OPEN


def test_a_person_on_no_opiate_treatment_is_no_near_miss() -> None:
    journey = screened(an_opiate_picture(opiate_treatment=False))
    release(journey)

    assert journey.state.reviews == ()


@pytest.mark.parametrize("reason", ["no_medicine", "completed_in_prison"])
def test_a_person_who_needs_no_prescription_is_no_near_miss(reason: str) -> None:
    journey = screened()
    on = day("2026-09-08")
    journey.submit(MarkNotNeeded(on=on, step=Step.PRESCRIPTION, reason=reason))
    release(journey)

    assert journey.state.reviews == ()


def test_a_journey_is_not_over_while_a_review_is_open() -> None:
    journey = move_to(released(), london("2027-02-24 10:00"))
    on = day("2027-02-24")
    start = RecordTreatmentStart(on=day("2026-12-02"), service=SERVICE)
    answer = RecordRetention(on=on, outcome=RetentionOutcome.IN_TREATMENT)
    journey.submit(start, RecordNearMiss(on=on, near_miss=NearMissKind.NON_FATAL_OVERDOSE), answer)
    assert journey.state.is_open
    assert refused(journey, answer).code is Refusal.ALREADY_DONE

    journey.submit(COMPLETE.model_copy(update={"on": on}))

    assert journey.state.closure is Closure.COMPLETED


# Exploitation


def flag(on: str, sign: ExploitationSign = ExploitationSign.CUCKOOING) -> FlagExploitation:
    return FlagExploitation(on=day(on), sign=sign)


REFERRED = RecordSafeguardingReferral(on=ON)


@pytest.mark.parametrize(
    ("commands", "alert"),
    [
        ((flag("2026-10-05"),), False),
        ((flag("2026-10-05"), flag("2026-10-06", ExploitationSign.COUNTY_LINES)), True),
        ((flag("2026-10-05"), flag("2026-10-05")), True),
        ((flag("2026-10-05"), REFERRED, flag("2026-10-06")), False),
    ],
)
def test_two_signs_without_a_safeguarding_referral_are_an_alert(
    commands: tuple[Command, ...], alert: bool
) -> None:
    journey = waiting()
    journey.submit(*commands)

    assert (Step.SAFEGUARDING in journey.state.steps) is alert


def alerted() -> Journey:
    journey = waiting()
    journey.submit(flag("2026-10-05"), flag("2026-10-06"))
    return journey


def test_a_safeguarding_referral_answers_the_alert() -> None:
    journey = alerted()
    journey.submit(REFERRED)

    assert stands(journey, Step.SAFEGUARDING) is DONE


def test_an_alert_nobody_answers_lapses_the_same_day() -> None:
    journey = move_to(alerted(), london("2026-10-07 00:00"))

    assert lapses_of(journey, Step.SAFEGUARDING) == [london("2026-10-07 00:00")]
    assert ladder(journey, Step.SAFEGUARDING).severity is Severity.S2


def test_one_more_sign_gives_nobody_more_time() -> None:
    journey = move_to(alerted(), london("2026-10-08 12:00"))
    journey.submit(flag("2026-10-08"))

    assert ladder(journey, Step.SAFEGUARDING).status is not LadderStatus.CLOSED
    assert state_of(journey, Step.SAFEGUARDING).lapsed_at == london("2026-10-07 00:00")


def test_an_open_review_does_not_move_the_alert() -> None:
    journey = move_to(screened(), london("2026-10-01 10:00"))
    journey.submit(OVERDOSE.model_copy(update={"on": day("2026-10-01")}))
    move_to(journey, london("2026-10-06 10:00"))
    journey.submit(flag("2026-10-05"), flag("2026-10-06"))

    lapsed_at = first_lapse(journey, Step.SAFEGUARDING, london("2026-10-09 12:00"))

    assert lapsed_at == london("2026-10-07 00:00")


def test_one_more_sign_after_somebody_saw_no_risk_asks_for_another_look() -> None:
    journey = alerted()
    journey.submit(MarkNotNeeded(on=ON, step=Step.SAFEGUARDING, reason="not_at_risk"))
    journey.submit(flag("2026-10-06", ExploitationSign.REPEATED_ASSAULT))

    assert stands(journey, Step.SAFEGUARDING) is OPEN
