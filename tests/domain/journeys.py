"""Journeys for tests of the rules: short names, London wall times, and what a refusal said."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from domain.codes import HandoverParty
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    Command,
    ConfirmLastDose,
    RecordRelease,
    SendHandover,
    SendReferral,
)
from domain.deciding import decide
from domain.errors import Refused
from domain.events import Event, EventKind
from domain.facts import ReleaseRoute, TreatmentPicture
from domain.journey import Step
from domain.state import Escalation, StepState, StepStatus
from tests.builders import (
    SERVICE,
    Journey,
    a_plan,
    a_prescription,
    a_screening,
    a_submission,
    all_essentials,
    an_appointment,
    naloxone_given,
)

STARTS_ON = date(2026, 9, 7)
"""A Monday; `Journey` begins at eleven in London, in summer time."""
LEAVES_ON = date(2026, 12, 1)
"""A Tuesday, in winter time: London and UTC are the same."""
OPEN, DONE = StepStatus.OPEN, StepStatus.DONE
MISSED, NOT_NEEDED, DECLINED = StepStatus.MISSED, StepStatus.NOT_NEEDED, StepStatus.DECLINED


def day(text: str) -> date:
    return date.fromisoformat(text)


def utc(text: str) -> datetime:
    """Return an instant written in UTC, as `2026-12-01 18:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def london(text: str) -> datetime:
    """Return the instant of a London wall time, without the code under test."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), ZoneInfo("Europe/London")).astimezone(UTC)


def stands(journey: Journey, step: Step) -> StepStatus:
    return journey.state.steps[step].status


def state_of(journey: Journey, step: Step) -> StepState:
    return journey.state.steps[step]


def ladder(journey: Journey, step: Step) -> Escalation:
    return journey.state.escalations[step]


def kinds(events: Iterable[Event]) -> list[EventKind]:
    return [each.kind for each in events]


def lapses_of(journey: Journey, step: Step) -> list[datetime]:
    """Return the instants at which `step` lapsed, oldest first."""
    return [
        each.at
        for each in journey.events
        if each.kind is EventKind.STEP_LAPSED and each.step is step
    ]


def first_lapse(journey: Journey, step: Step, until: datetime) -> datetime | None:
    """Return when `step` lapses next if nothing more happens until then: by waiting."""
    known = len(lapses_of(journey, step))
    move_to(journey, until)
    found = lapses_of(journey, step)[known:]
    return found[0] if found else None


def refused(journey: Journey, *commands: Command, key: str | None = None) -> Refused:
    """Return how the submission is refused."""
    with pytest.raises(Refused) as caught:
        decide(journey.state, a_submission(*commands, key=key), journey.now, journey.rules)
    return caught.value


def move_to(journey: Journey, now: datetime | date) -> Journey:
    """Move the clock (noon of a day), letting everything fall due on the way."""
    journey.wait_until(now if isinstance(now, datetime) else noon(now))
    return journey


def screened(picture: TreatmentPicture | None = None) -> Journey:
    """Return a journey that was screened and planned on its second day."""
    return forked(_screened(picture))


def referred() -> Journey:
    """Return a screened journey whose referral was accepted, with an appointment on 2 December."""
    return forked(_referred())


def ready() -> Journey:
    """Return a journey with nothing left to do before the gate, on Monday 16 November."""
    return forked(_ready())


def released() -> Journey:
    """Return a well-prepared journey on the morning of the release."""
    return forked(_released())


def forked(journey: Journey) -> Journey:
    """Return a journey that goes on from here without touching this one."""
    fork = copy(journey)
    fork.events = list(journey.events)
    return fork


@cache
def _screened(picture: TreatmentPicture | None = None) -> Journey:
    journey = move_to(Journey(), day("2026-09-08"))
    journey.submit(a_screening(day("2026-09-08"), picture), a_plan(day("2026-09-08")))
    return journey


@cache
def _referred() -> Journey:
    journey = move_to(screened(), day("2026-09-10"))
    on = day("2026-09-10")
    journey.submit(SendReferral(on=on, service=SERVICE), AcceptReferral(on=on))
    journey.submit(an_appointment(on, LEAVES_ON))
    return journey


@cache
def _ready() -> Journey:
    journey = move_to(referred(), day("2026-11-16"))
    on = day("2026-11-16")
    others = set(HandoverParty) - {HandoverParty.PRISON_RESETTLEMENT}
    journey.submit(
        a_prescription(on, LEAVES_ON),
        ConfirmLastDose(on=on, with_prescriber=True, with_pharmacy=True),
        all_essentials(on),
        naloxone_given(on),
        SendHandover(on=on, pack="pack-1"),
        *(AcknowledgeHandover(on=on, party=each) for each in sorted(others)),
    )
    return journey


def release(
    journey: Journey, on: date = LEAVES_ON, route: ReleaseRoute = ReleaseRoute.PLANNED
) -> tuple[Event, ...]:
    """Release at nine in the morning and record it at ten."""
    move_to(journey, datetime.combine(on, time(10), UTC))
    at = datetime.combine(on, time(9), UTC)
    return journey.submit(RecordRelease(at=at, route=route, naloxone_in_hand=True))


@cache
def _released() -> Journey:
    journey = ready()
    release(journey)
    return journey
