"""Starting a release, the day that is expected, and what is recorded at the gate."""

from __future__ import annotations

import pytest

from domain.codes import ReleaseType
from domain.commands import CorrectTreatmentPicture, MoveReleaseDate, RecordRelease
from domain.errors import Refusal, Refused
from domain.facts import ReleaseRoute
from domain.journey import Step
from domain.policy import Severity
from domain.state import Phase
from tests.builders import Journey, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    MISSED,
    OPEN,
    day,
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
)

# Fridays, weekends, bank holidays and their eves, with the official vectors of R101 first.
EXPECTED = [
    ("2026-05-01", "2026-04-30"),
    ("2026-05-04", "2026-04-30"),
    ("2026-04-03", "2026-04-01"),
    ("2026-04-06", "2026-04-01"),
    ("2026-12-24", "2026-12-23"),
    ("2026-05-13", "2026-05-13"),
    ("2026-12-25", "2026-12-23"),
    ("2026-12-28", "2026-12-23"),
    ("2026-12-05", "2026-12-03"),
]


@pytest.mark.parametrize(("scheduled_on", "expected_on"), EXPECTED)
def test_a_release_starts_with_the_day_the_prison_will_release_on(
    scheduled_on: str, expected_on: str
) -> None:
    journey = Journey(
        now=london("2026-02-02 10:00"),
        reception_on=day("2026-01-12"),
        scheduled_on=day(scheduled_on),
    )

    assert journey.state.expected_on == day(expected_on)
    assert journey.state.scheduled_on == day(scheduled_on)


@pytest.mark.parametrize(("scheduled_on", "expected_on"), EXPECTED)
def test_a_moved_date_follows_the_same_rule(scheduled_on: str, expected_on: str) -> None:
    journey = Journey(
        now=london("2026-02-02 10:00"),
        reception_on=day("2026-01-12"),
        scheduled_on=day("2026-06-10"),
    )
    journey.submit(MoveReleaseDate(on=day("2026-02-02"), scheduled_on=day(scheduled_on)))

    assert journey.state.expected_on == day(expected_on)
    assert journey.state.earlier_dates == (day("2026-06-10"),)


def test_a_day_given_as_it_is_stays_a_friday() -> None:
    journey = Journey(scheduled_on=day("2026-12-04"), as_given=True)
    assert journey.state.expected_on == day("2026-12-04")

    friday = day("2026-12-11")
    journey.submit(MoveReleaseDate(on=day("2026-09-07"), scheduled_on=friday, as_given=True))
    assert journey.state.expected_on == friday


@pytest.mark.parametrize(
    "release_type", [ReleaseType.HOME_DETENTION_CURFEW, ReleaseType.PAROLE, ReleaseType.COURT]
)
def test_a_release_the_act_leaves_out_stays_a_friday(release_type: ReleaseType) -> None:
    journey = Journey(scheduled_on=day("2026-12-04"), release_type=release_type)

    assert journey.state.expected_on == day("2026-12-04")


def test_a_release_is_never_brought_forward_to_a_day_that_has_passed() -> None:
    # Begun on the Friday itself: Thursday is over.
    journey = Journey(now=london("2026-12-04 09:00"), scheduled_on=day("2026-12-04"))

    assert journey.state.expected_on == day("2026-12-04")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"scheduled_on": day("2026-05-31")}, Refusal.DATE_TOO_EARLY, "scheduled_on"),
        ({"reception_on": day("2026-09-08")}, Refusal.DATE_IN_FUTURE, "reception_on"),
        ({"scheduled_on": day("2036-01-02")}, Refusal.DATE_TOO_LATE, "scheduled_on"),
        (
            {"reception_on": day("2001-01-01"), "scheduled_on": day("2001-02-01")},
            Refusal.DATE_TOO_EARLY,
            "scheduled_on",
        ),
        ({"started_at": london("2026-05-31 09:00")}, Refusal.DATE_TOO_EARLY, "started_at"),
    ],
)
def test_a_release_with_an_impossible_date_does_not_start(
    changes: dict[str, object], code: Refusal, field: str
) -> None:
    with pytest.raises(Refused) as caught:
        Journey(now=None, rules=None, **changes)

    assert (caught.value.code, caught.value.field) == (code, field)


def test_the_steps_before_the_gate_are_open_from_the_start() -> None:
    opened = {step for step, state in Journey().state.steps.items() if state.status is OPEN}

    assert opened == {
        Step.SCREENING,
        Step.PLAN,
        Step.REFERRAL,
        Step.PRESCRIPTION,
        Step.NALOXONE,
        Step.APPOINTMENT,
        Step.ESSENTIALS,
        Step.HANDOVER,
        Step.RELEASE,
    }


def test_the_release_itself_closes_the_release_day() -> None:
    journey = released()

    assert stands(journey, Step.RELEASE) is DONE
    assert journey.state.phase is Phase.COMMUNITY
    assert stands(journey, Step.FIRST_CONTACT) is OPEN
    assert stands(journey, Step.ENGAGEMENT) is OPEN


def test_a_release_nobody_recorded_by_six_in_the_evening_is_a_matter_of_life() -> None:
    journey = move_to(ready(), london("2026-12-01 18:00"))

    assert lapses_of(journey, Step.RELEASE) == [london("2026-12-01 18:00")]
    assert ladder(journey, Step.RELEASE).severity is Severity.S1


def test_work_that_needed_custody_is_missed_and_the_rest_goes_on() -> None:
    journey = screened()
    release(journey)

    steps = journey.state.steps
    essentials = steps[Step.ESSENTIALS]
    assert (essentials.status, essentials.reason) == (MISSED, "released_before_it_was_done")
    still_open = {Step.REFERRAL, Step.PRESCRIPTION, Step.NALOXONE, Step.APPOINTMENT, Step.HANDOVER}
    assert all(steps[each].status is OPEN for each in still_open)


def test_a_step_of_custody_does_not_open_again_outside() -> None:
    journey = released()
    assert stands(journey, Step.PLAN) is DONE
    drug_free = an_opiate_picture(believed_drug_free=True)
    journey.submit(CorrectTreatmentPicture(treatment=drug_free, reason="told_later"))

    assert stands(journey, Step.PLAN) is DONE


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (
            RecordRelease(at=london("2026-12-01 09:01"), naloxone_in_hand=True),
            Refusal.DATE_IN_FUTURE,
            "at",
        ),
        (
            RecordRelease(at=london("2026-05-31 09:00"), naloxone_in_hand=True),
            Refusal.DATE_TOO_EARLY,
            "at",
        ),
        (
            RecordRelease(
                at=london("2026-11-30 09:00"),
                last_supervised_dose_on=day("2026-12-01"),
                naloxone_in_hand=True,
            ),
            Refusal.DATE_TOO_LATE,
            "last_supervised_dose_on",
        ),
        (
            RecordRelease(
                at=london("2026-12-01 09:00"),
                last_supervised_dose_on=day("2026-05-31"),
                naloxone_in_hand=True,
            ),
            Refusal.DATE_TOO_EARLY,
            "last_supervised_dose_on",
        ),
    ],
)
def test_a_release_that_cannot_be_is_refused(
    command: RecordRelease, code: Refusal, field: str
) -> None:
    refusal = refused(move_to(ready(), london("2026-12-01 09:00")), command)

    assert (refusal.code, refusal.field) == (code, field)


def test_a_second_release_is_refused() -> None:
    journey = released()
    again = RecordRelease(at=journey.now, naloxone_in_hand=True)

    assert refused(journey, again).code is Refusal.ALREADY_RELEASED


def test_what_was_in_hand_at_the_gate_is_kept() -> None:
    journey = move_to(ready(), london("2026-12-01 10:00"))
    at = london("2026-12-01 09:00")
    dose_on = day("2026-12-01")
    journey.submit(RecordRelease(at=at, last_supervised_dose_on=dose_on, naloxone_in_hand=False))

    record = journey.state.released
    assert record is not None
    assert (record.at, record.on, record.route) == (at, dose_on, ReleaseRoute.PLANNED)
    assert (record.last_supervised_dose_on, record.naloxone_in_hand) == (dose_on, False)


def test_a_release_late_in_the_evening_of_summer_is_on_its_london_day() -> None:
    journey = move_to(Journey(), london("2026-09-11 09:00"))
    just_after_midnight = london("2026-09-11 00:30")
    journey.submit(RecordRelease(at=just_after_midnight, naloxone_in_hand=True))

    assert journey.state.leaves_on == day("2026-09-11")
