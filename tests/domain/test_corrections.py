"""Corrections of open and closed releases: what was counted from a wrong fact is counted anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import SubstanceGroup, TreatmentNeed
from domain.commands import (
    CancelRelease,
    Command,
    CorrectRelease,
    CorrectTreatmentPicture,
    CorrectTreatmentStart,
    RecordRetention,
    RecordTreatmentStart,
)
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import RetentionOutcome, TreatmentPicture
from domain.journey import Step
from domain.state import Closure, LadderStatus, Phase
from tests.builders import SERVICE, Journey, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    LEAVES_ON,
    MISSED,
    NOT_NEEDED,
    OPEN,
    day,
    kinds,
    ladder,
    lapses_of,
    london,
    move_to,
    refused,
    release,
    released,
    screened,
    stands,
    state_of,
)

NO_NEED = TreatmentPicture(need=TreatmentNeed.NOT_NEEDED)


def after(days: int) -> date:
    return LEAVES_ON + timedelta(days=days)


def in_treatment(since: int, now: str = "2027-01-11 12:00") -> Journey:
    journey = move_to(released(), london(now))
    journey.submit(RecordTreatmentStart(on=after(since), service=SERVICE))
    return journey


def completed(since: int = 1) -> Journey:
    journey = in_treatment(since, "2027-04-30 12:00")
    in_care = RetentionOutcome.IN_TREATMENT
    journey.submit(RecordRetention(on=after(since + 84), outcome=in_care))
    return journey


def start(days: int | None) -> CorrectTreatmentStart:
    return CorrectTreatmentStart(on=None if days is None else after(days), reason="wrong_date")


def left(at: str) -> CorrectRelease:
    return CorrectRelease(at=london(at), reason="wrong_date")


def picture(treatment: TreatmentPicture) -> CorrectTreatmentPicture:
    return CorrectTreatmentPicture(treatment=treatment, reason="told_later")


# Of an open release


@pytest.mark.parametrize(
    ("was", "put_right", "status"), [(30, 21, DONE), (21, 30, MISSED), (5, 6, DONE)]
)
def test_a_corrected_start_is_judged_anew(was: int, put_right: int, status: str) -> None:
    journey = in_treatment(was)
    journey.submit(start(put_right))

    assert stands(journey, Step.ENGAGEMENT) == status
    assert journey.state.treatment_start is not None
    assert journey.state.treatment_start.on == after(put_right)


def test_a_start_taken_back_opens_engagement_again_and_what_is_overdue_lapses() -> None:
    journey = in_treatment(5)
    journey.submit(start(None))
    assert stands(journey, Step.ENGAGEMENT) is OPEN

    move_to(journey, london("2027-01-11 12:01"))

    assert ladder(journey, Step.ENGAGEMENT).status is not LadderStatus.CLOSED
    assert stands(journey, Step.RETENTION) is OPEN


def test_retention_waits_for_a_new_start_when_the_start_is_taken_back() -> None:
    journey = in_treatment(5)
    journey.submit(start(None))
    move_to(journey, london("2027-05-01 12:00"))
    assert lapses_of(journey, Step.RETENTION) == []

    journey.submit(RecordTreatmentStart(on=day("2027-04-01"), service=SERVICE))
    move_to(journey, london("2027-07-01 12:00"))

    assert lapses_of(journey, Step.RETENTION) == [london("2027-06-25 00:00")]


@pytest.mark.parametrize(
    ("left_at", "status"), [("2026-11-30 09:00", MISSED), ("2026-12-01 23:30", DONE)]
)
def test_a_corrected_release_counts_the_three_weeks_anew(left_at: str, status: str) -> None:
    journey = in_treatment(21)
    journey.submit(left(left_at))

    assert stands(journey, Step.ENGAGEMENT) == status


def test_a_corrected_release_moves_the_end_of_three_weeks() -> None:
    journey = move_to(released(), london("2026-12-03 12:00"))
    journey.submit(left("2026-12-02 09:00"))
    move_to(journey, london("2026-12-31 12:00"))

    assert lapses_of(journey, Step.ENGAGEMENT) == [london("2026-12-24 00:00")]


def test_a_correction_keeps_what_was_said_before_and_why() -> None:
    journey = in_treatment(30)
    corrected = journey.submit(start(21))[0]
    moved = journey.submit(left("2026-11-30 09:00"))[0]

    assert (corrected.data["was"], corrected.data["why"]) == ("2026-12-31", "wrong_date")
    assert (moved.data["was"], moved.data["why"]) == ("2026-12-01", "wrong_date")


def test_a_need_found_out_to_be_none_lets_the_person_leave() -> None:
    journey = screened()
    journey.submit(picture(NO_NEED))

    assert journey.state.closure is Closure.NO_TREATMENT_NEED
    assert stands(journey, Step.REFERRAL) is NOT_NEEDED


def test_opiate_treatment_found_out_later_takes_a_standing_lapse_to_the_duty_rota() -> None:
    alcohol = an_opiate_picture(
        substances=("alcohol",), opiate_treatment=False, opiate_history=False
    )
    journey = move_to(screened(alcohol), london("2026-11-18 10:00"))
    before = ladder(journey, Step.APPOINTMENT)
    assert before.severity == "S2"

    events = journey.submit(picture(an_opiate_picture()))

    after_it = ladder(journey, Step.APPOINTMENT)
    assert (after_it.severity, after_it.level, after_it.number) == ("S1", 1, before.number)
    assert after_it.opened_at == before.opened_at
    assert after_it.next_at == london("2026-11-18 10:15")
    assert EventKind.ESCALATION_RAISED in kinds(events)


def test_a_ladder_never_gets_milder() -> None:
    journey = move_to(screened(), london("2026-11-18 10:00"))
    assert ladder(journey, Step.APPOINTMENT).severity == "S1"
    standing = ladder(journey, Step.APPOINTMENT)

    journey.submit(picture(an_opiate_picture(opiate_treatment=False)))

    assert ladder(journey, Step.APPOINTMENT) == standing


def test_a_need_nobody_recorded_in_prison_can_be_recorded_outside() -> None:
    journey = Journey()
    unknown = refused(journey, picture(an_opiate_picture()))
    assert unknown.code is Refusal.WRONG_STATE
    release(journey)

    journey.submit(picture(an_opiate_picture()))

    assert journey.state.treatment is not None
    assert journey.state.treatment.group is SubstanceGroup.OPIATE


# Of a closed release


def test_a_closed_release_takes_corrections_and_stays_closed() -> None:
    journey = completed()
    closed_at = journey.state.closed_at
    journey.submit(start(3))

    assert journey.state.phase is Phase.CLOSED
    assert (journey.state.closure, journey.state.closed_at) == (Closure.COMPLETED, closed_at)
    assert stands(journey, Step.ENGAGEMENT) is DONE


@pytest.mark.parametrize(
    ("put_right", "engagement", "retention"),
    # Seen on day 85 after release: with a later start twelve weeks were not over yet.
    [(1, DONE, DONE), (0, DONE, DONE), (2, DONE, MISSED), (22, MISSED, MISSED)],
)
def test_a_corrected_start_is_judged_anew_after_closing(
    put_right: int, engagement: str, retention: str
) -> None:
    journey = completed(since=1)
    if put_right != 1:
        journey.submit(start(put_right))

    assert stands(journey, Step.ENGAGEMENT) == engagement
    assert stands(journey, Step.RETENTION) == retention


def test_a_start_taken_back_after_closing_takes_the_outcomes_with_it_and_wakes_nobody() -> None:
    journey = completed()
    events = journey.submit(start(None))

    for step in (Step.ENGAGEMENT, Step.RETENTION):
        state = state_of(journey, step)
        assert (state.status, state.reason) == (MISSED, "withdrawn_by_correction")
    assert EventKind.STEP_OPENED not in kinds(events)
    assert EventKind.ESCALATION_OPENED not in kinds(events)


def test_a_start_outside_the_window_that_is_taken_back_is_no_start_outside_the_window() -> None:
    journey = completed(since=22)
    journey.submit(start(None))

    assert state_of(journey, Step.ENGAGEMENT).reason == "withdrawn_by_correction"


def test_a_release_corrected_after_closing_counts_the_window_anew() -> None:
    journey = completed(since=21)
    assert stands(journey, Step.ENGAGEMENT) is DONE

    journey.submit(left("2026-11-30 09:00"))

    engagement = state_of(journey, Step.ENGAGEMENT)
    assert (engagement.status, engagement.reason) == (MISSED, "started_outside_window")


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (start(-1), Refusal.DATE_TOO_EARLY, "on"),
        (start(200), Refusal.DATE_IN_FUTURE, "on"),
        (start(86), Refusal.DATE_TOO_LATE, "on"),
        (left("2026-12-03 09:00"), Refusal.DATE_TOO_LATE, "at"),
        (left("2027-04-30 12:01"), Refusal.DATE_IN_FUTURE, "at"),
        (left("2026-05-31 09:00"), Refusal.DATE_TOO_EARLY, "at"),
    ],
)
def test_a_correction_that_cannot_be_true_is_refused(
    command: Command, code: Refusal, field: str
) -> None:
    refusal = refused(completed(), command)

    assert (refusal.code, refusal.field) == (code, field)


def test_there_is_nothing_to_correct_before_it_is_recorded() -> None:
    journey = screened()

    assert refused(journey, left("2026-09-08 09:00")).code is Refusal.NOT_RELEASED
    assert refused(journey, start(1)).code is Refusal.WRONG_STATE


def test_a_cancelled_release_has_no_release_to_correct() -> None:
    journey = screened()
    journey.submit(CancelRelease(on=day("2026-09-08"), reason="new_sentence"))

    assert refused(journey, left("2026-09-08 09:00")).code is Refusal.NOT_RELEASED
