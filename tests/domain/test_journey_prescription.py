"""The prescription: no uncovered day up to the first prescriber, and the last dose confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.commands import (
    ArrangePrescription,
    BookAppointment,
    CancelAppointment,
    ConfirmLastDose,
    MarkNotNeeded,
    MoveReleaseDate,
    RecordContact,
)
from domain.cover import (
    Collection,
    Depot,
    FormType,
    Formulation,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Schedule,
    Supply,
    TakeHome,
)
from domain.errors import Refusal
from domain.journey import Step
from domain.policy import Severity
from tests.builders import SERVICE, Journey
from tests.domain.journeys import (
    DONE,
    LEAVES_ON,
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
)

ON = day("2026-11-02")
CONFIRMED = ConfirmLastDose(on=ON, with_prescriber=True, with_pharmacy=True)
PHARMACY = Pharmacy(pharmacy_id="ph-1", closed_weekdays=frozenset({6}))


def arranged(
    *supplies: Supply, prescriber_on: date | None, pharmacy: Pharmacy | None = PHARMACY
) -> ArrangePrescription:
    return ArrangePrescription(
        on=ON, supplies=supplies, prescriber_on=prescriber_on, pharmacy=pharmacy
    )


def after(days: int) -> date:
    return LEAVES_ON + timedelta(days=days)


def take_home(days: int) -> TakeHome:
    return TakeHome(from_on=LEAVES_ON, days=days)


def form(*collections: tuple[int, int], **changes: object) -> PrescriptionForm:
    facts: dict[str, object] = {
        "form": FormType.FP10MDA,
        "schedule": Schedule.TWO,
        "signed_on": ON,
        "appropriate_on": LEAVES_ON,
        "collections": [
            Collection(collect_on=after(on), covers_days=days) for on, days in collections
        ],
        "pharmacy_id": "ph-1",
        "is_first_collection_confirmed": True,
    }
    return PrescriptionForm.model_validate({**facts, **changes})


def on_medicine() -> Journey:
    return move_to(screened(), ON)


DOSE = ReleasedDose(on=LEAVES_ON)


@pytest.mark.parametrize(
    ("command", "done"),
    [
        # Cover must reach the prescriber, that day included.
        (arranged(take_home(7), prescriber_on=after(6)), True),
        (arranged(take_home(7), prescriber_on=after(7)), False),
        (arranged(take_home(7), prescriber_on=None), False),
        (arranged(TakeHome(from_on=after(1), days=7), prescriber_on=after(3)), False),
        # A dose at the gate, then instalments; a form in instalments lasts fourteen days.
        (arranged(DOSE, form((1, 4), (4, 3)), prescriber_on=after(6)), True),
        (arranged(DOSE, form((1, 7), (8, 7)), prescriber_on=after(14)), True),
        (arranged(DOSE, form((1, 7), (8, 8)), prescriber_on=after(15)), False),
        (arranged(DOSE, form((1, 2), (4, 3)), prescriber_on=after(6)), False),
        # 6 December is a Sunday, on which the pharmacy is closed.
        (arranged(DOSE, form((1, 4), (5, 3)), prescriber_on=after(6)), False),
        (arranged(DOSE, form((1, 5)), prescriber_on=after(3), pharmacy=None), False),
        (
            arranged(
                DOSE, form((1, 5), is_first_collection_confirmed=False), prescriber_on=after(3)
            ),
            False,
        ),
        # A controlled drug must first be collected within 28 days of the form's date.
        (
            arranged(
                DOSE,
                form((1, 5), signed_on=day("2026-11-04"), appropriate_on=None),
                prescriber_on=after(3),
            ),
            True,
        ),
        (
            arranged(
                DOSE,
                form((1, 5), signed_on=day("2026-11-02"), appropriate_on=None),
                prescriber_on=after(3),
            ),
            False,
        ),
        # An injection covers its interval, and the next must be booked.
        (
            arranged(
                Depot(
                    formulation=Formulation.MONTHLY,
                    given_on=day("2026-11-24"),
                    next_booked_on=day("2026-12-22"),
                ),
                prescriber_on=after(14),
            ),
            True,
        ),
        (
            arranged(
                Depot(formulation=Formulation.MONTHLY, given_on=day("2026-11-24")),
                prescriber_on=after(14),
            ),
            False,
        ),
    ],
)
def test_every_day_must_be_covered_up_to_the_first_prescriber(
    command: ArrangePrescription, done: bool
) -> None:
    journey = on_medicine()
    journey.submit(command, CONFIRMED)

    assert (stands(journey, Step.PRESCRIPTION) is DONE) is done


def test_a_form_of_the_other_nation_covers_nobody() -> None:
    journey = Journey(nation="wales")
    move_to(journey, ON)
    journey.submit(arranged(DOSE, form((1, 5)), prescriber_on=after(3)), CONFIRMED)

    assert stands(journey, Step.PRESCRIPTION) is OPEN


@pytest.mark.parametrize(
    ("supply", "with_prescriber", "with_pharmacy", "done"),
    [
        (take_home(7), True, False, True),
        (take_home(7), False, True, False),
        # A pharmacy that supplies must know the last dose as well (R56).
        (form((0, 7)), True, True, True),
        (form((0, 7)), True, False, False),
    ],
)
def test_the_last_dose_is_confirmed_to_the_prescriber_and_to_a_pharmacy_that_supplies(
    supply: Supply, with_prescriber: bool, with_pharmacy: bool, done: bool
) -> None:
    journey = on_medicine()
    confirmed = ConfirmLastDose(on=ON, with_prescriber=with_prescriber, with_pharmacy=with_pharmacy)
    journey.submit(arranged(supply, prescriber_on=after(3)), confirmed)

    assert (stands(journey, Step.PRESCRIPTION) is DONE) is done


def test_cover_without_a_confirmed_last_dose_is_not_enough() -> None:
    journey = on_medicine()
    journey.submit(arranged(take_home(7), prescriber_on=after(3)))

    assert stands(journey, Step.PRESCRIPTION) is OPEN


def test_the_last_dose_cannot_be_confirmed_before_anything_is_arranged() -> None:
    assert refused(on_medicine(), CONFIRMED).code is Refusal.OUT_OF_ORDER


def test_a_prescription_nobody_arranged_is_a_matter_of_life() -> None:
    journey = move_to(screened(), london("2026-11-24 17:00"))

    assert lapses_of(journey, Step.PRESCRIPTION) == [london("2026-11-24 17:00")]
    assert ladder(journey, Step.PRESCRIPTION).severity is Severity.S1


def test_a_prescription_arranged_late_ends_its_escalation() -> None:
    journey = move_to(screened(), london("2026-11-25 09:00"))
    journey.submit(arranged(take_home(7), prescriber_on=after(6)), CONFIRMED)

    assert stands(journey, Step.PRESCRIPTION) is DONE
    assert ladder(journey, Step.PRESCRIPTION).status == "closed"
    assert journey.state.steps[Step.PRESCRIPTION].lapses == 1


def seen_on(on: date, *, prescriber: bool = True) -> BookAppointment:
    at = london(f"{on.isoformat()} 11:00")
    return BookAppointment(
        on=ON, service=SERVICE, at=at, place="place-1", with_prescriber=prescriber, told_on=ON
    )


def test_the_prescription_opens_again_when_the_prescribers_appointment_moves_beyond_cover() -> None:
    journey = on_medicine()
    journey.submit(seen_on(after(3)), arranged(take_home(7), prescriber_on=after(3)), CONFIRMED)
    assert stands(journey, Step.PRESCRIPTION) is DONE

    journey.submit(CancelAppointment(on=ON, appointment="a1"), seen_on(after(10)))

    assert stands(journey, Step.PRESCRIPTION) is OPEN
    lapsed_at = first_lapse(journey, Step.PRESCRIPTION, london("2026-11-30 12:00"))
    assert lapsed_at == london("2026-11-24 17:00")


def test_a_longer_supply_closes_it_again() -> None:
    journey = on_medicine()
    journey.submit(seen_on(after(10)), arranged(take_home(7), prescriber_on=None), CONFIRMED)
    assert stands(journey, Step.PRESCRIPTION) is OPEN

    journey.submit(arranged(take_home(14), prescriber_on=None))

    assert stands(journey, Step.PRESCRIPTION) is DONE


def test_a_keyworker_is_no_prescriber() -> None:
    journey = on_medicine()
    journey.submit(
        seen_on(after(3), prescriber=False),
        arranged(take_home(7), prescriber_on=None),
        CONFIRMED,
    )

    assert stands(journey, Step.PRESCRIPTION) is OPEN


def test_after_a_missed_prescriber_cover_must_reach_the_next_one() -> None:
    journey = move_to(released(), london("2026-12-02 14:00"))
    on = day("2026-12-02")
    journey.submit(RecordContact(on=on, appointment="a1", attended=False))
    assert stands(journey, Step.PRESCRIPTION) is DONE

    later = london("2026-12-09 11:00")
    journey.submit(BookAppointment(on=on, service=SERVICE, at=later, with_prescriber=True))

    assert stands(journey, Step.PRESCRIPTION) is OPEN
    # Nobody has a working day to spare once the person is out: one hour, then the duty rota.
    lapsed_at = first_lapse(journey, Step.PRESCRIPTION, london("2026-12-02 18:00"))
    assert lapsed_at == london("2026-12-02 15:00")


def test_moving_the_release_away_from_the_supplies_opens_the_prescription_again() -> None:
    journey = ready()
    later = day("2026-12-15")
    journey.submit(MoveReleaseDate(on=day("2026-11-16"), scheduled_on=later, as_given=True))

    assert stands(journey, Step.PRESCRIPTION) is OPEN


def test_cover_is_judged_from_the_day_the_person_really_left() -> None:
    journey = ready()
    release(journey, day("2026-11-26"))

    assert stands(journey, Step.PRESCRIPTION) is OPEN


def test_a_friday_release_needs_cover_past_the_first_working_day() -> None:
    friday = day("2026-12-04")
    journey = Journey(scheduled_on=friday, as_given=True)
    move_to(journey, ON)
    short = arranged(TakeHome(from_on=friday, days=3), prescriber_on=friday)
    journey.submit(short, CONFIRMED)
    assert stands(journey, Step.PRESCRIPTION) is OPEN

    # Friday to Monday, and one day more.
    journey.submit(arranged(TakeHome(from_on=friday, days=5), prescriber_on=friday))
    assert stands(journey, Step.PRESCRIPTION) is DONE


@pytest.mark.parametrize(
    "supply",
    [
        TakeHome(from_on=date.max, days=56),
        Depot(formulation=Formulation.MONTHLY, given_on=date.max),
        form((200, 7)),
    ],
)
def test_a_supply_more_than_half_a_year_away_is_a_slip_of_the_pen(supply: Supply) -> None:
    refusal = refused(on_medicine(), arranged(supply, prescriber_on=after(3)))

    assert (refusal.code, refusal.field) == (Refusal.DATE_TOO_LATE, "supplies")


@pytest.mark.parametrize(
    "reason", ["no_medicine", "not_in_prison_treatment", "completed_in_prison"]
)
def test_a_person_without_medicine_needs_no_prescription_for_a_coded_reason(reason: str) -> None:
    journey = on_medicine()
    journey.submit(MarkNotNeeded(on=ON, step=Step.PRESCRIPTION, reason=reason))

    state = journey.state.steps[Step.PRESCRIPTION]
    assert (state.status, state.reason) == ("not_needed", reason)


def test_a_prescriber_more_than_half_a_year_away_is_a_slip_of_the_pen() -> None:
    command = arranged(take_home(7), prescriber_on=day("2027-06-03"))

    refusal = refused(on_medicine(), command)

    assert (refusal.code, refusal.field) == (Refusal.DATE_TOO_LATE, "prescriber_on")
