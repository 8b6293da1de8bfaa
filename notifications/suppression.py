"""Whether the person leaving prison may be texted at this moment; asked before every send.

The reasons are those for which probation's own reminders are not sent (notifications study,
section 5.1), and death and recall (R114). Whoever asks reads the facts afresh; what is held for the
night is asked about again in the morning.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from domain.london_time import LONDON, add_days_at, london_date, london_instant
from domain.policy import Delivery

A_WEEK: Final = timedelta(days=7)


class Reason(StrEnum):
    """Why a person is not texted; the first that holds is recorded.

    Attributes:
        AT_RISK: Somebody else who may see the phone is a danger to them.
        NUMBER_SHARED: Another open release has the same number.
        APPOINTMENT_CHANGED: What the text says about an appointment is no longer so.
        CAP: They had as many texts in 7 days as the policy allows.
        QUIET_HOURS: It may go later, at `Suppressed.until`.
    """

    DIED = "died"
    CLOSED = "closed"
    RECALLED = "recalled"
    IN_CUSTODY = "in_custody"
    NO_AGREEMENT = "no_agreement"
    OPTED_OUT = "opted_out"
    AT_RISK = "at_risk"
    NUMBER_UNUSABLE = "number_unusable"
    NUMBER_SHARED = "number_shared"
    APPOINTMENT_CHANGED = "appointment_changed"
    CAP = "cap"
    QUIET_HOURS = "quiet_hours"


class PersonFacts(NamedTuple):
    """What is known of a person and of the text that is about to go.

    Attributes:
        agreed: They agreed to texts, and the agreement stands.
        number_usable: It is a UK mobile number that has not failed for good.
        appointment_stands: The appointment is as the text says, or the text is about none.
        texted_at: When they were texted in the last 7 days; more does no harm.
        answers: The text answers what they have just written: the cap does not count, and whoever
            writes at night is answered at night.
    """

    died: bool
    closed: bool
    recalled: bool
    in_custody: bool
    agreed: bool
    opted_out: bool
    at_risk: bool
    number_usable: bool
    number_shared: bool
    appointment_stands: bool
    texted_at: tuple[datetime, ...] = ()
    answers: bool = False


class Suppressed(NamedTuple):
    """A text that must not go now.

    Attributes:
        until: For `QUIET_HOURS`, the UTC instant at which it may be asked about again.
    """

    reason: Reason
    until: datetime | None = None


_FOR_GOOD: Final[tuple[tuple[Reason, Callable[[PersonFacts], bool]], ...]] = (
    (Reason.DIED, lambda facts: facts.died),
    (Reason.CLOSED, lambda facts: facts.closed),
    (Reason.RECALLED, lambda facts: facts.recalled),
    (Reason.IN_CUSTODY, lambda facts: facts.in_custody),
    (Reason.NO_AGREEMENT, lambda facts: not facts.agreed),
    (Reason.OPTED_OUT, lambda facts: facts.opted_out),
    (Reason.AT_RISK, lambda facts: facts.at_risk),
    (Reason.NUMBER_UNUSABLE, lambda facts: not facts.number_usable),
    (Reason.NUMBER_SHARED, lambda facts: facts.number_shared),
    (Reason.APPOINTMENT_CHANGED, lambda facts: not facts.appointment_stands),
)


def suppressed(facts: PersonFacts, at: datetime, delivery: Delivery) -> Suppressed | None:
    """Return why a person may not be texted at an instant, None when they may.

    Raises:
        domain.london_time.NaiveInstantError: `at` has no zone.
    """
    until = quiet_until(at, delivery)
    for reason, holds in _FOR_GOOD:
        if holds(facts):
            return Suppressed(reason)
    if not facts.answers and _texted(facts, at) >= delivery.person_texts_a_week:
        return Suppressed(Reason.CAP)
    if until is None or facts.answers:
        return None
    return Suppressed(Reason.QUIET_HOURS, until)


def quiet_until(at: datetime, delivery: Delivery) -> datetime | None:
    """Return the UTC instant at which quiet hours end, None outside them.

    Raises:
        domain.london_time.NaiveInstantError: `at` has no zone.
    """
    on, wall = london_date(at), _wall_time(at)
    if wall < delivery.person_opens:
        return london_instant(on, delivery.person_opens)
    if wall >= delivery.person_closes:
        return add_days_at(on, 1, delivery.person_opens)
    return None


def valid_for(at: datetime, delivery: Delivery) -> timedelta:
    """Return how long the provider may go on trying a text to the person, nothing in quiet hours.

    Raises:
        domain.london_time.NaiveInstantError: `at` has no zone.
    """
    if quiet_until(at, delivery):
        return timedelta()
    closes_at = london_instant(london_date(at), delivery.person_closes)
    return min(timedelta(minutes=delivery.text_valid_minutes), closes_at - at)


def _texted(facts: PersonFacts, at: datetime) -> int:
    return sum(at - A_WEEK < each for each in facts.texted_at)


def _wall_time(at: datetime) -> time:
    return at.astimezone(LONDON).time()
