"""The referral's closed loop: nothing closes on sending, and silence has a clock."""

from __future__ import annotations

import pytest

from domain.commands import (
    AcceptReferral,
    Command,
    RecordReferralReceived,
    RejectReferral,
    SendReferral,
    WithdrawReferral,
)
from domain.errors import Refusal
from domain.facts import ReferralStatus, RejectionReason
from domain.journey import Step
from domain.policy import Severity
from domain.state import LadderStatus
from tests.builders import SERVICE, Journey
from tests.domain.journeys import (
    DONE,
    OPEN,
    day,
    first_lapse,
    ladder,
    lapses_of,
    london,
    move_to,
    refused,
    screened,
    stands,
    state_of,
)

SENT_ON = day("2026-10-15")
REJECTED = RejectReferral(on=day("2026-10-19"), reason=RejectionReason.NO_CAPACITY)


def sent(*, waited_until: str = "2026-10-15") -> Journey:
    journey = move_to(screened(), SENT_ON)
    journey.submit(SendReferral(on=SENT_ON, service=SERVICE))
    return move_to(journey, day(waited_until)) if waited_until > "2026-10-15" else journey


def test_sending_closes_nothing() -> None:
    assert stands(sent(), Step.REFERRAL) is OPEN


def test_having_received_it_closes_nothing_and_the_answer_stays_due() -> None:
    journey = sent(waited_until="2026-10-16")
    journey.submit(RecordReferralReceived(on=day("2026-10-16")))

    assert stands(journey, Step.REFERRAL) is OPEN
    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-10-30 12:00"))
    assert lapsed_at == london("2026-10-22 17:00")


def test_accepting_alone_closes_the_loop() -> None:
    journey = sent(waited_until="2026-10-16")
    journey.submit(AcceptReferral(on=day("2026-10-16")))

    assert stands(journey, Step.REFERRAL) is DONE
    assert state_of(journey, Step.REFERRAL).on == day("2026-10-16")


def test_silence_lapses_and_somebody_is_told() -> None:
    journey = sent(waited_until="2026-10-23")

    assert lapses_of(journey, Step.REFERRAL) == [london("2026-10-22 17:00")]
    assert ladder(journey, Step.REFERRAL).severity is Severity.S2


def test_an_answer_after_the_lapse_still_closes_the_loop_and_stops_the_ladder() -> None:
    journey = sent(waited_until="2026-10-26")
    journey.submit(AcceptReferral(on=day("2026-10-26")))

    assert stands(journey, Step.REFERRAL) is DONE
    assert ladder(journey, Step.REFERRAL).status is LadderStatus.CLOSED
    assert state_of(journey, Step.REFERRAL).lapses == 1


def test_a_rejection_leaves_the_step_open_for_another_service_by_the_first_due_time() -> None:
    journey = sent(waited_until="2026-10-19")
    journey.submit(REJECTED)

    assert stands(journey, Step.REFERRAL) is OPEN
    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-05 12:00"))
    assert lapsed_at == london("2026-11-03 17:00")


def test_a_rejection_after_the_first_due_time_gives_one_working_day() -> None:
    journey = move_to(screened(), day("2026-11-02"))
    journey.submit(SendReferral(on=day("2026-11-02"), service=SERVICE))
    move_to(journey, london("2026-11-05 11:00"))
    journey.submit(RejectReferral(on=day("2026-11-05"), reason=RejectionReason.OUT_OF_AREA))

    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-12 12:00"))

    assert lapsed_at == london("2026-11-06 17:00")


def test_after_a_rejection_a_second_service_may_accept() -> None:
    journey = sent(waited_until="2026-10-19")
    on = day("2026-10-19")
    journey.submit(REJECTED, SendReferral(on=on, service="cds-stockton"), AcceptReferral(on=on))

    first, second = journey.state.referrals
    assert (first.status, first.reason) == (ReferralStatus.REJECTED, RejectionReason.NO_CAPACITY)
    assert (second.status, second.service) == (ReferralStatus.ACCEPTED, "cds-stockton")
    assert stands(journey, Step.REFERRAL) is DONE


def test_a_second_service_has_an_answering_time_of_its_own() -> None:
    journey = sent(waited_until="2026-10-19")
    journey.submit(REJECTED, SendReferral(on=day("2026-10-19"), service="cds-stockton"))

    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-05 12:00"))

    assert lapsed_at == london("2026-10-26 17:00")


def test_withdrawing_an_accepted_referral_opens_the_step_again() -> None:
    journey = sent(waited_until="2026-10-19")
    on = day("2026-10-19")
    journey.submit(AcceptReferral(on=on))
    journey.submit(WithdrawReferral(on=on))

    assert stands(journey, Step.REFERRAL) is OPEN


def test_sending_late_starts_the_answering_clock_and_the_lapse_stays_on_record() -> None:
    journey = move_to(screened(), day("2026-11-05"))
    assert lapses_of(journey, Step.REFERRAL) == [london("2026-11-03 17:00")]
    journey.submit(SendReferral(on=day("2026-11-05"), service=SERVICE))

    assert ladder(journey, Step.REFERRAL).status is LadderStatus.CLOSED
    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-20 12:00"))
    assert lapsed_at == london("2026-11-12 17:00")
    assert state_of(journey, Step.REFERRAL).lapses == 2


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ((AcceptReferral(on=SENT_ON),), Refusal.OUT_OF_ORDER),
        ((RecordReferralReceived(on=SENT_ON),), Refusal.OUT_OF_ORDER),
        ((WithdrawReferral(on=SENT_ON),), Refusal.WRONG_STATE),
        ((SendReferral(on=SENT_ON, service=SERVICE),) * 2, Refusal.WRONG_STATE),
        (
            (SendReferral(on=SENT_ON, service=SERVICE), AcceptReferral(on=day("2026-10-14"))),
            Refusal.DATE_TOO_EARLY,
        ),
        (
            (SendReferral(on=SENT_ON, service=SERVICE), *(AcceptReferral(on=SENT_ON),) * 2),
            Refusal.ALREADY_DONE,
        ),
        (
            (
                SendReferral(on=SENT_ON, service=SERVICE),
                *(RecordReferralReceived(on=SENT_ON),) * 2,
            ),
            Refusal.ALREADY_DONE,
        ),
    ],
)
def test_an_answer_out_of_order_is_refused(commands: tuple[Command, ...], code: Refusal) -> None:
    assert refused(move_to(screened(), SENT_ON), *commands).code is code
