"""The journey in which everything lapses: its work is done only when the last rung was paged.

The times come from the pure domain, so that the same story can be told to a server.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from domain.codes import HandoverParty
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    Command,
    ConfirmLastDose,
    RecordContact,
    RecordRelease,
    RecordRetention,
    RecordTreatmentStart,
    RequestLicenceCondition,
    SendHandover,
    SendReferral,
    WithdrawLicenceCondition,
)
from domain.facts import DrugCondition, RetentionOutcome
from domain.falling_due import next_wakeup
from domain.journey import Step
from domain.ladder import rungs
from domain.london_time import london_date
from domain.state import LadderStatus, Release
from tests.builders import (
    SERVICE,
    Journey,
    a_plan,
    a_prescription,
    a_screening,
    all_essentials,
    an_appointment,
    naloxone_given,
)

Sittings = list[tuple[datetime, tuple[Command, ...]]]
SOON_AFTER = timedelta(minutes=1)
PARTIES = (
    HandoverParty.COMMUNITY_DRUG_SERVICE,
    HandoverParty.PROBATION,
    HandoverParty.PRISON_DRUG_SERVICE,
)


def late_sittings(journey: Journey) -> Sittings:
    """Return when the work of each step is done, at last, and what is recorded then.

    Args:
        journey: Just started; it is driven to its end.
    """
    asked = RequestLicenceCondition(on=london_date(journey.now), condition=DrugCondition.TESTING)
    told: Sittings = [(journey.now, (asked,))]
    journey.submit(asked)
    while journey.state.is_open:
        wakes_at = next_wakeup(journey.state, journey.rules)
        assert wakes_at is not None
        journey.wait_until(wakes_at)
        for step in _unanswered(journey):
            when = journey.now + SOON_AFTER
            commands = _WORK[step](journey.state, london_date(when), when)
            journey.wait_until(when)
            journey.submit(*commands)
            told.append((when, commands))
    return told


def _unanswered(journey: Journey) -> list[Step]:
    """Return the steps whose last rung has been paged without an answer."""
    chains = journey.rules.policy.chains
    return [
        each.step
        for each in journey.state.escalations.values()
        if each.status is not LadderStatus.CLOSED and each.level >= rungs(chains[each.severity])
    ]


def _refer(state: Release, on: date, _: datetime) -> tuple[Command, ...]:
    if state.live_referral is None:
        return (SendReferral(on=on, service=SERVICE),)
    return (AcceptReferral(on=on),)


def _hand_over(state: Release, on: date, _: datetime) -> tuple[Command, ...]:
    if state.handover is None:
        return (SendHandover(on=on, pack="pack-1"),)
    return tuple(AcknowledgeHandover(on=on, party=each) for each in PARTIES)


def _prescribe(state: Release, on: date, _: datetime) -> tuple[Command, ...]:
    confirmed = ConfirmLastDose(on=on, with_prescriber=True, with_pharmacy=True)
    return (a_prescription(on, state.leaves_on), confirmed)


def _start(_: Release, on: date, __: datetime) -> tuple[Command, ...]:
    return (RecordTreatmentStart(on=on, service=SERVICE),)


def _retain(_: Release, on: date, __: datetime) -> tuple[Command, ...]:
    return (RecordRetention(on=on, outcome=RetentionOutcome.IN_TREATMENT),)


_WORK: dict[Step, Callable[[Release, date, datetime], tuple[Command, ...]]] = {
    Step.SCREENING: lambda _, on, __: (a_screening(on),),
    Step.PLAN: lambda _, on, __: (a_plan(on),),
    Step.REFERRAL: _refer,
    Step.PRESCRIPTION: _prescribe,
    Step.NALOXONE: lambda _, on, __: (naloxone_given(on),),
    Step.APPOINTMENT: lambda state, on, __: (an_appointment(on, state.leaves_on),),
    Step.ESSENTIALS: lambda _, on, __: (all_essentials(on),),
    Step.LICENCE: lambda _, on, __: (
        WithdrawLicenceCondition(on=on, condition=DrugCondition.TESTING),
    ),
    Step.HANDOVER: _hand_over,
    Step.RELEASE: lambda _, __, now: (RecordRelease(at=now, naloxone_in_hand=True),),
    Step.FIRST_CONTACT: lambda _, on, __: (RecordContact(on=on, appointment="a1", attended=True),),
    Step.ENGAGEMENT: _start,
    Step.RETENTION: _retain,
}
